"""Pure decisions about the thread."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from noaber.ground.errors import Conflict, Invalid
from noaber.network.residents.types import Days

MAX_POSTPONE_DAYS = 60
TAKE_UP_DAYS = 30
STOPPED_BY_RESIDENT = "stopped_by_resident"


def count_days(*, received_on: date, today: date, postponed: Iterable[tuple[date, date]], norm: int) -> Days:
    """Days since receipt, and the same without the days she postponed herself.

    Each postponement is a half-open span [from, until). Overlapping spans count a day once.
    """
    spans = [(max(a, received_on), b) for a, b in postponed]
    so_far = _covered((a, min(b, today)) for a, b in spans)
    total = (today - received_on).days
    return Days(
        since_receipt=total,
        own=total - so_far,
        postponed=so_far,
        norm=norm,
        deadline_on=_deadline(received_on, spans, norm),
    )


def _covered(spans: Iterable[tuple[date, date]]) -> int:
    covered, until = 0, date.min
    for start, end in sorted(spans):
        start = max(start, until)
        if end > start:
            covered += (end - start).days
            until = end
    return covered


def _deadline(received_on: date, spans: list[tuple[date, date]], norm: int) -> date:
    day, left = received_on, norm
    while left > 0:
        if not any(a <= day < b for a, b in spans):
            left -= 1
        day += timedelta(days=1)
    return day


def nothing_to_postpone() -> Conflict:
    """There is no conversation ahead."""
    return Conflict(
        "nothing_to_postpone",
        happened="Er is nu niets om uit te stellen.",
        why="Uw gesprek is al geweest, of uw vraag is afgerond.",
        now_what="Wilt u iets anders veranderen? Bel uw vaste persoon.",
    )


def check_postponement(*, from_on: date, until_on: date, today: date) -> None:
    """Refuse a postponement that ends before it starts, lies in the past or takes too long."""
    if until_on <= max(from_on, today):
        raise Invalid(
            "postponement_in_the_past",
            happened="Deze datum kan niet.",
            why="Hij ligt niet na vandaag.",
            now_what="Kies een datum in de toekomst.",
            fields={"until_on": "Kies een datum na vandaag."},
        )
    if (until_on - today).days > MAX_POSTPONE_DAYS:
        raise Invalid(
            "postponement_too_long",
            happened="Zo lang uitstellen kan hier niet.",
            why="Het kan tot %(days)s dagen.",
            now_what="Kies een eerdere datum, of bel uw vaste persoon. Stoppen mag ook.",
            fields={"until_on": "Kies een datum binnen %(days)s dagen."},
            values={"days": MAX_POSTPONE_DAYS},
        )


def may_take_up(*, closed_at: datetime | None, because: str, now: datetime) -> bool:
    """Whether she stopped it herself, at most `TAKE_UP_DAYS` ago."""
    if closed_at is None or because != STOPPED_BY_RESIDENT:
        return False
    return now - closed_at <= timedelta(days=TAKE_UP_DAYS)


def check_taking_up(*, closed_at: datetime | None, because: str, now: datetime) -> None:
    """Refuse to take up again what she did not stop herself, or stopped too long ago."""
    if not may_take_up(closed_at=closed_at, because=because, now=now):
        raise Conflict(
            "cannot_take_up",
            happened="U kunt deze vraag hier niet meer openen.",
            why="Dat kan tot %(days)s dagen nadat u zelf stopte.",
            now_what="Bel uw huisarts. Die kan een nieuwe vraag sturen.",
            values={"days": TAKE_UP_DAYS},
        )


def lacks(
    *, holder: bool, next_on: date | None, meanwhile: str, today: date, guide_left: bool = False
) -> tuple[str, ...]:
    """What an open request misses of the three things it must always have."""
    missing = []
    if not holder:
        missing.append("houder")
    if next_on is None:
        missing.append("volgende datum")
    elif next_on < today:
        missing.append("datum is voorbij")
    if not meanwhile:
        missing.append("iets voor nu")
    if guide_left:
        missing.append("gespreksvoerder werkt hier niet meer")
    return tuple(missing)
