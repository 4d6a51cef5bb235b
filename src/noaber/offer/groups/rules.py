"""Pure decisions: how a group stands, when it meets, who is next, and how costs are split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from noaber.ground.small_cells import SMALLEST_CELL
from noaber.offer.groups.types import Places, Standing

LONGEST_SERIES = 120
"""Sessions that are planned at once; a group without an end gets a year of them."""


def standing(
    state: str, *, starts_on: date, ends_on: date | None, joins: bool, places: Places, today: date
) -> Standing:
    """How a group stands today. `joins`: one may still come in when it has begun."""
    if state in {"proposed", "ended", "cancelled"}:
        return Standing(state)
    if ends_on is not None and ends_on < today:
        return Standing.ENDED
    began = starts_on <= today
    if state == "closed" or (began and not joins):
        return Standing.RUNNING if began and state != "closed" else Standing.CLOSED
    if not places.open_to_new:
        return Standing.FULL
    return Standing.RUNNING if began else Standing.OPEN


def may_join(standing: Standing, *, joins: bool, began: bool) -> bool:
    """Whether somebody can sign up, be it for the waiting list."""
    if standing in {Standing.OPEN, Standing.FULL}:
        return not began or joins
    return standing is Standing.RUNNING and joins


def days_of_pattern(
    *, starts_on: date, ends_on: date | None, weekday: int, every_weeks: int, skip: Iterable[date] = ()
) -> list[date]:
    """The days on which it meets; of a group without an end those of a year. `skip` are days off."""
    off = set(skip)
    day = starts_on + timedelta(days=(weekday - starts_on.isoweekday()) % 7)
    last = ends_on or starts_on + timedelta(days=365)
    days: list[date] = []
    while day <= last and len(days) < LONGEST_SERIES:
        if day not in off:
            days.append(day)
        day += timedelta(weeks=max(1, every_weeks))
    return days


def first_free(taken: Iterable[int], most: int) -> int | None:
    """The lowest place that nobody holds."""
    held = set(taken)
    return next((seat for seat in range(1, most + 1) if seat not in held), None)


def split(hours: Mapping[UUID, Decimal], shares: Mapping[UUID, Decimal]) -> dict[UUID, Decimal]:
    """Hours that each organisation still owes (positive) or has coming (negative), by the agreed shares.

    `hours` are those that each organisation made; `shares` are percents. The sum of what comes out is nought.
    """
    total = sum(hours.values(), Decimal(0))
    whole = sum(shares.values(), Decimal(0))
    if not total or not whole:
        return {}
    owed = {
        who: (total * shares.get(who, Decimal(0)) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
        for who in {*hours, *shares}
    }
    rest = total - sum(owed.values(), Decimal(0))
    if rest:
        largest = max(shares, key=lambda who: (shares[who], str(who)))
        owed[largest] += rest
    return {who: owed[who] - hours.get(who, Decimal(0)) for who in owed}


def mean_change(pairs: Sequence[tuple[int, int]]) -> tuple[float, int] | None:
    """The mean change from start to end and of how many; nothing for a group small enough to know."""
    if len(pairs) < SMALLEST_CELL:
        return None
    return sum(end - start for start, end in pairs) / len(pairs), len(pairs)


def attendance_share(present: int, noted: int, people: int) -> float | None:
    """Part of the noted attendance that was there, 0 to 1; nothing when few people stand behind it."""
    if people < SMALLEST_CELL or not noted:
        return None
    return present / noted


def is_now(start: datetime, end: datetime, now: datetime) -> bool:
    """Whether a session is about to begin, goes on, or is just over: an hour on either side."""
    return start - timedelta(hours=1) <= now <= end + timedelta(hours=1)


def fits_in_day(from_time: time | None, until_time: time | None) -> bool:
    """Whether both times are there, the later one last."""
    return from_time is not None and until_time is not None and from_time < until_time
