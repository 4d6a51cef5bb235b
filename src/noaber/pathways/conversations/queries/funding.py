"""Minutes per payer over a period: counts, never a person. It opens to conversations by pseudonym."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, QuerySet, Sum

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import AMSTERDAM, day_of
from noaber.knowledge.funding import PAYER_WORDS, Payer, load_titles
from noaber.pathways.conversations.metrics import pseudonym
from noaber.pathways.conversations.models import Conversation, FundedTime
from noaber.pathways.conversations.rules import LIVED

GROUPS = {
    "ggz": "ggz",
    "social": "sociaal domein",
    LIVED: "ervaringsdeskundige",
    "primary_care": "huisartsenzorg",
    "municipality": "gemeente",
    "other": "anders",
}
QUARTERS_BACK = 8


@dataclass(frozen=True, slots=True)
class Period:
    """A whole quarter or a whole year; `until_on` is the first day after it."""

    key: str
    label: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class FundingRow:
    """One line of the claim."""

    payer: str
    payer_words: str
    title: str
    group: str
    conversations: int
    parts: int
    minutes: int


@dataclass(frozen=True, slots=True)
class PayerTotal:
    """All lines of one payer together."""

    payer: str
    payer_words: str
    parts: int
    minutes: int
    rows: tuple[FundingRow, ...]


@dataclass(frozen=True, slots=True)
class FundingPage:
    """The claim of one period, and how many conversations still lack somebody's time."""

    period: Period
    payers: tuple[PayerTotal, ...]
    incomplete: int


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One act behind a line: a conversation under its pseudonym, who sat there by group, how long."""

    pseudonym: str
    week: str
    group: str
    title: str
    minutes: int


def quarter(year: int, number: int) -> Period:
    """A quarter, 1 to 4."""
    after = date(year + number // 4, number % 4 * 3 + 1, 1)
    return Period(f"{year}-Q{number}", f"{number}e kwartaal {year}", date(year, number * 3 - 2, 1), after)


def periods(today: date) -> tuple[Period, ...]:
    """The periods one can choose from, the newest first. Fixed ones, so that nobody can subtract two."""
    found = []
    year, number = today.year, (today.month - 1) // 3 + 1
    for _ in range(QUARTERS_BACK):
        found.append(quarter(year, number))
        year, number = (year, number - 1) if number > 1 else (year - 1, 4)
    years = [
        Period(str(y), str(y), date(y, 1, 1), date(y + 1, 1, 1))
        for y in range(today.year, today.year - 3, -1)
    ]
    return (*found, *years)


def period_of(key: str, today: date) -> Period:
    """The period with this key; the quarter of today when it is not one of the list."""
    known = {period.key: period for period in periods(today)}
    return known.get(key, periods(today)[0])


def _times(actor: Actor, period: Period) -> QuerySet[FundedTime]:
    gate.require_act(actor, "funding.see")
    return FundedTime.objects.filter(
        participation__active=True,
        participation__conversation__state=Conversation.State.HELD,
        participation__conversation__region_id__in=actor.regions(Role.PROGRAMME_MANAGER),
        started_at__gte=_midnight(period.from_on),
        started_at__lt=_midnight(period.until_on),
        minutes__gt=0,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), AMSTERDAM)


def funding_page(actor: Actor, period: Period, *, now: datetime) -> FundingPage:
    """The lines of this period by payer, and what is not complete yet. The look is logged."""
    rows = list(_rows(_times(actor, period)))
    incomplete = (
        Conversation.objects.filter(
            state=Conversation.State.HELD,
            region_id__in=actor.regions(Role.PROGRAMME_MANAGER),
            held_at__gte=_midnight(period.from_on),
            held_at__lt=_midnight(period.until_on),
            participations__active=True,
            participations__time__isnull=True,
        )
        .distinct()
        .count()
    )
    _log(actor, "funding.read", "aantallen en minuten per betaler", now)
    return FundingPage(period, tuple(_by_payer(rows)), incomplete)


def _rows(times: QuerySet[FundedTime]) -> Iterator[FundingRow]:
    counted = (
        times.values("payer", "title", "domain_group")
        .annotate(
            conversations=Count("participation__conversation_id", distinct=True),
            parts=Count("pk"),
            total=Sum("minutes"),
        )
        .order_by("payer", "title", "domain_group")
    )
    for row in counted:
        title = load_titles().get(row["title"])
        yield FundingRow(
            payer=row["payer"],
            payer_words=PAYER_WORDS[Payer(row["payer"])],
            title=title.label if title else row["title"],
            group=GROUPS.get(row["domain_group"], row["domain_group"]),
            conversations=row["conversations"],
            parts=row["parts"],
            minutes=row["total"],
        )


def _by_payer(rows: list[FundingRow]) -> Iterator[PayerTotal]:
    for payer in Payer:
        mine = tuple(row for row in rows if row.payer == payer)
        if mine:
            yield PayerTotal(
                payer=str(payer),
                payer_words=PAYER_WORDS[payer],
                parts=sum(row.parts for row in mine),
                minutes=sum(row.minutes for row in mine),
                rows=mine,
            )


def evidence_of(actor: Actor, period: Period, payer: str, *, now: datetime) -> tuple[EvidenceRow, ...]:
    """The acts behind one payer's claim, by pseudonym, in the order in which they were. Logged."""
    rows = _times(actor, period).filter(payer=payer).order_by("started_at", "pk")
    _log(actor, "funding.evidence", "gesprekken onder schuilnaam", now)
    values = rows.values_list(
        "participation__conversation_id", "started_at", "domain_group", "title", "minutes"
    )
    return tuple(
        EvidenceRow(pseudonym(pk), _week(day_of(at)), GROUPS.get(group, group), _label(title), minutes)
        for pk, at, group, title, minutes in values
    )


def _week(day: date) -> str:
    """A week, not a day: a day and a place would point at somebody."""
    year, week, _ = day.isocalendar()
    return f"week {week}, {year}"


def _label(code: str) -> str:
    title = load_titles().get(code)
    return title.label if title else code


def _log(actor: Actor, event_type: str, part: str, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type=event_type,
        resident_id=None,
        object_kind="funding",
        object_id="",
        part=part,
        purpose="om de bekostiging na te gaan",
        now=now,
    )
