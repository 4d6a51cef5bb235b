"""What steering may count of conversations: how many were held, for whom, and where they led.

A conversation counts once: when it was held and its outcome was recorded, in the year of the Amsterdam day on
which it was held. A no-show, a cancelled conversation and a conversation without an outcome never count.
Everything is counted as it was known at `as_of`. Nothing of what was said is touched.
"""

from __future__ import annotations

from base64 import b32encode
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.crypto import salted_hmac

from noaber.ground.metrics import CountedItem, Figure, Metric
from noaber.hallway.access import gate
from noaber.hallway.clock import AMSTERDAM
from noaber.network.partners import queries as partners
from noaber.pathways.conversations.models import Conversation, Participation

SPECIALIST = "specialist_ggz"
NOT_SPECIALIST = "not_specialist_ggz"
UNKNOWN = "unknown"

_FIRST = Q(number=1)
_LATER = Q(number__gte=2)


def pseudonym(conversation_id: UUID) -> str:
    """A name for a conversation in lists: always the same, and no way back without the secret key."""
    digest = salted_hmac("noaber.conversations.pseudonym", str(conversation_id), algorithm="sha256").digest()
    return "G-" + b32encode(digest).decode()[:8]


def exploratory_conversations_held(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """How many exploratory conversations were held, with their outcome recorded."""
    return _figure(region_id, from_on, until_on, as_of, share=False)


def share_conversations_to_specialist_ggz(
    region_id: UUID, from_on: date, until_on: date, as_of: datetime
) -> Figure:
    """Which share of the counted conversations led to specialist ggz, by the classes of the region."""
    return _figure(region_id, from_on, until_on, as_of, share=True)


def residents_using_exploratory_conversation(
    region_id: UUID, from_on: date, until_on: date, as_of: datetime
) -> Figure:
    """How many different residents had at least one counted conversation.

    Every conversation of a resident leads to the same resident, so second ones neither add nor are left out.
    """
    with gate.as_system("inwoners tellen, zonder iets van hen te tonen"):
        found = _held(region_id, from_on, until_on, as_of).aggregate(
            people=Count("help_request__resident", distinct=True),
            n=Count("pk"),
            later=Count("pk", filter=_LATER),
            unknown=Count("pk", filter=Q(outcome__main=UNKNOWN)),
        )
    people = int(found["people"])
    return Figure(
        value=float(people),
        n=int(found["n"]),
        numerator=None,
        later=int(found["later"]),
        left_out=0,
        unknown=int(found["unknown"]),
        from_on=from_on,
        until_on=until_on,
        as_of=as_of,
    )


def counted_items(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> tuple[CountedItem, ...]:
    """Each counted conversation under its pseudonym, in the order in which they were held."""
    settings = _settings(region_id)
    held = _held(region_id, from_on, until_on, as_of)
    if not _counts_later(settings):
        held = held.filter(_FIRST)
    return _items(held, settings)


def residents_items(
    region_id: UUID, from_on: date, until_on: date, as_of: datetime
) -> tuple[CountedItem, ...]:
    """The conversations behind the count of residents: all of them, second ones too."""
    return _items(_held(region_id, from_on, until_on, as_of), _settings(region_id))


def held_without_outcome(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> int:
    """How many conversations were held but do not count yet, because nobody recorded the outcome."""
    happened = _happened(region_id, from_on, until_on, as_of)
    return happened.exclude(outcome__recorded_at__lte=as_of).count()


def lighter_outcomes(settings: dict[str, Any]) -> list[str]:
    """The outcomes that do not count as specialist ggz in this region.

    Everything else does: also 'unknown', until it is known, and a code that the region does not class.
    """
    return sorted(
        code for code, name in _classes(settings).items() if name == NOT_SPECIALIST and code != UNKNOWN
    )


def _figure(region_id: UUID, from_on: date, until_on: date, as_of: datetime, *, share: bool) -> Figure:
    settings = _settings(region_id)
    counts_later = _counts_later(settings)
    which = Q() if counts_later else _FIRST
    found = _held(region_id, from_on, until_on, as_of).aggregate(
        n=Count("pk", filter=which),
        later=Count("pk", filter=_LATER),
        unknown=Count("pk", filter=which & Q(outcome__main=UNKNOWN)),
        specialist=Count("pk", filter=which & ~Q(outcome__main__in=lighter_outcomes(settings))),
    )
    n, part, later = int(found["n"]), int(found["specialist"]), int(found["later"])
    return Figure(
        value=(part / n if n else None) if share else float(n),
        n=n,
        numerator=part if share else None,
        later=later if counts_later else 0,
        left_out=0 if counts_later else later,
        unknown=int(found["unknown"]),
        from_on=from_on,
        until_on=until_on,
        as_of=as_of,
    )


def _held(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> QuerySet[Conversation]:
    """Held in these Amsterdam days, with an outcome, both known at `as_of`."""
    return _happened(region_id, from_on, until_on, as_of).filter(outcome__recorded_at__lte=as_of)


def _happened(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> QuerySet[Conversation]:
    begin = _midnight(from_on)
    end = _midnight(until_on + timedelta(days=1))
    return Conversation.objects.filter(
        region_id=region_id,
        state=Conversation.State.HELD,
        held_at__gte=begin,
        held_at__lt=end,
        held_at__lte=as_of,
    )


def _items(held: QuerySet[Conversation], settings: dict[str, Any]) -> tuple[CountedItem, ...]:
    lighter = lighter_outcomes(settings)
    rows = list(
        held.order_by("held_at", "pk").values_list(
            "pk", "held_at", "outcome__recorded_at", "number", "mode", "outcome__main", "municipality_id"
        )
    )
    tables = _compositions([row[0] for row in rows])
    return tuple(
        CountedItem(
            pseudonym=pseudonym(pk),
            happened_at=held_at,
            recorded_at=recorded_at,
            sequence=number,
            mode=mode,
            composition=tables.get(pk, ()),
            outcome_class=NOT_SPECIALIST if main in lighter else SPECIALIST,
            outcome_known=main != UNKNOWN,
            place_id=place_id,
        )
        for pk, held_at, recorded_at, number, mode, main, place_id in rows
        if held_at is not None
    )


def _compositions(conversations: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    """From which sides people sat at each table, in alphabetical order."""
    groups: dict[UUID, list[str]] = defaultdict(list)
    parts = Participation.objects.filter(conversation_id__in=conversations, active=True)
    for conversation_id, group in parts.values_list("conversation_id", "domain_group"):
        groups[conversation_id].append(group)
    return {pk: tuple(sorted(found)) for pk, found in groups.items()}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), AMSTERDAM).astimezone(UTC)


def _settings(region_id: UUID) -> dict[str, Any]:
    return partners.settings_of(region_id)


def _classes(settings: dict[str, Any]) -> dict[str, str]:
    outcomes = settings.get("outcomes")
    classes = outcomes.get("kpi_classes") if isinstance(outcomes, dict) else None
    return classes if isinstance(classes, dict) else {}


def _counts_later(settings: dict[str, Any]) -> bool:
    second = settings.get("second_conversation")
    return bool(second.get("counts_for_kpi")) if isinstance(second, dict) else False


METRICS = (
    Metric(
        key="exploratory_conversations_held",
        definition=(
            "Een verkennend gesprek telt één keer: als het is gevoerd én de uitkomst is vastgelegd. "
            "Het telt in het jaar waarin het gesprek was. Afgezegde gesprekken, gesprekken waar de inwoner "
            "niet kwam en dubbele boekingen tellen nooit. De regio bepaalt of een tweede gesprek meetelt."
        ),
        unit="gesprekken",
        count=exploratory_conversations_held,
        items=counted_items,
        waiting=held_without_outcome,
        adds_up=True,
    ),
    Metric(
        key="share_conversations_to_specialist_ggz",
        definition=(
            "Van de getelde verkennende gesprekken: het deel met een hoofduitkomst die de regio "
            "specialistische ggz noemt. Is de uitkomst nog niet bekend, dan telt het gesprek als "
            "specialistische ggz tot die bekend is. Lager is beter."
        ),
        unit="deel van de gesprekken",
        count=share_conversations_to_specialist_ggz,
        items=counted_items,
        waiting=held_without_outcome,
        adds_up=False,
    ),
    Metric(
        key="residents_using_exploratory_conversation",
        definition=(
            "Het aantal verschillende inwoners met minstens één verkennend gesprek dat is gevoerd en "
            "waarvan de uitkomst is vastgelegd, in het jaar waarin het gesprek was. Wie twee keer komt, "
            "telt één keer."
        ),
        unit="inwoners",
        count=residents_using_exploratory_conversation,
        items=residents_items,
        waiting=held_without_outcome,
        adds_up=False,
    ),
)
"""What this room can count for steering."""
