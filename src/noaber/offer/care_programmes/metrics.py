"""What steering may count of waits: whether the region has a living system of waits for all its ggz.

Only organisations and dates are shown: never who waits.
"""

from __future__ import annotations

from base64 import b32encode
from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from noaber.ground.metrics import CountedItem, Figure, Metric
from noaber.hallway.clock import day_of
from noaber.knowledge.waits import limits_on, norms_on
from noaber.network.partners import queries as partners
from noaber.offer.care_programmes.models import CareProgramme, WaitReport


def pseudonym(organisation_id: UUID) -> str:
    """A short name for a provider in addresses."""
    digest = salted_hmac("noaber.waits.pseudonym", str(organisation_id), algorithm="sha256").digest()
    return "Z-" + b32encode(digest).decode()[:8]


def system_live(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """1 when on the last day every ggz provider has a figure that counts, and there is one; otherwise 0."""
    living = live_providers(region_id, from_on, until_on, as_of)
    silent = without_figure(region_id, from_on, until_on, as_of)
    return Figure(
        value=1.0 if living and not silent else 0.0,
        n=len(living),
        numerator=None,
        later=0,
        left_out=0,
        unknown=0,
        from_on=from_on,
        until_on=until_on,
        as_of=as_of,
    )


def live_providers(
    region_id: UUID, from_on: date, until_on: date, as_of: datetime
) -> tuple[CountedItem, ...]:
    """Each provider of ggz with the newest figure that counts on the last day."""
    day = min(until_on, day_of(as_of))
    owned = _ggz(region_id, day)
    newest: dict[UUID, WaitReport] = {}
    for row in _counting(owned, day, as_of):
        newest[row.programme.organisation_id] = row
    somewhere = next(iter(partners.municipalities_of(region_id)), None)
    found = []
    for organisation_id, row in newest.items():
        programmes = owned[organisation_id]
        places = [one.municipality_id for one in programmes if one.municipality_id]
        place = places[0] if places else somewhere.pk if somewhere else region_id
        found.append(_item(row, len(programmes), place))
    return tuple(sorted(found, key=lambda item: (item.happened_at, item.label)))


def without_figure(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> int:
    """How many providers of ggz have no figure that counts."""
    day = min(until_on, day_of(as_of))
    owned = _ggz(region_id, day)
    told = {row.programme.organisation_id for row in _counting(owned, day, as_of)}
    return len(set(owned) - told)


def _ggz(region_id: UUID, day: date) -> dict[UUID, list[CareProgramme]]:
    """The programmes with a norm in which one could start on a day, per provider."""
    read = CareProgramme.objects.filter(
        region_id=region_id, care_type__in=norms_on(day).care_types, began_on__lte=day
    ).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    found: dict[UUID, list[CareProgramme]] = defaultdict(list)
    for row in read.order_by("name", "pk"):
        found[row.organisation_id].append(row)
    return found


def _counting(owned: dict[UUID, list[CareProgramme]], day: date, as_of: datetime) -> QuerySet[WaitReport]:
    """The providers' own figures that still ranked on a day, as was known then; the oldest first."""
    oldest = day - timedelta(days=limits_on(day).out_after_days)
    return (
        WaitReport.objects.filter(
            programme__in=[one.pk for rows in owned.values() for one in rows],
            source="",
            questioned=False,
            reference_date__range=(oldest, day),
            reported_at__lte=as_of,
        )
        .filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=as_of))
        .select_related("programme__organisation")
        .order_by("reference_date", "reported_at", "pk")
    )


def _item(row: WaitReport, programmes: int, place_id: UUID) -> CountedItem:
    return CountedItem(
        pseudonym=pseudonym(row.programme.organisation_id),
        happened_at=row.reported_at,
        recorded_at=row.reported_at,
        sequence=1,
        mode="",
        composition=(),
        outcome_class="live",
        outcome_known=True,
        place_id=place_id,
        label=row.programme.organisation.name,
        facts=(
            ("Nieuwste peildatum", row.reference_date.strftime("%d-%m-%Y")),
            ("Programma's", str(programmes)),
        ),
    )


METRICS = (
    Metric(
        key="waiting_time_system_live",
        definition=(
            "Het systeem telt als levend (1) als op de laatste dag elke aanbieder van ggz met aanbod in de "
            "regio minstens één eigen wachttijd heeft die nog meetelt in de volgorde. Ontbreekt er één, dan "
            "is het 0. Hoe oud een cijfer mag zijn, is onze eigen afspraak. Het plan zegt: een systeem "
            "met wachttijden en aanbod van ten minste de ggz."
        ),
        unit="systeem",
        count=system_live,
        items=live_providers,
        waiting=without_figure,
        adds_up=False,
        things="aanbieders",
    ),
)
"""What this room can count for steering."""
