"""Pure decisions: what a day looks like, when a door opens, which part of the day it is, and growth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from noaber.offer.support_points.types import Hours, OnProgramme, PointDay, Special, Weekly

DAYS_BACK = 14
"""So long afterwards a visit may still be written down: a list on paper, or a page that had no connection."""
LARGEST_LIST = 200
BREAKFAST = time(8)
PARTS = ("morning", "afternoon", "evening", "night")
PARTS_IN_ORDER = ("night", "morning", "afternoon", "evening")
"""As they follow each other on one day: the night is the hours after midnight."""


def part_of(at: time) -> str:
    """The part of the day of a local time."""
    if at < time(6):
        return "night"
    if at < time(12):
        return "morning"
    return "afternoon" if at < time(18) else "evening"


def night_of(at: datetime) -> date:
    """The night that it is or that comes; until breakfast the one that began yesterday evening."""
    return at.date() - timedelta(days=1) if at.time() < BREAKFAST else at.date()


def day_at(
    on: date, weekly: Sequence[Hours], *, holiday: bool, special: Special | None, items: Iterable[Weekly]
) -> PointDay:
    """One day: what was said of this very day goes before a holiday, and a holiday before the week."""
    if special is not None:
        hours, why = special.hours, special.why
    else:
        hours, why = tuple(one for one in weekly if not holiday or all_day(one)), ""
    programme = tuple(
        sorted(
            (
                OnProgramme(item.item_id, item.title, item.text, on, item.starts_at, item.ends_at)
                for item in items
                if is_on(item, on)
            ),
            key=lambda one: (one.starts_at, one.title),
        )
    )
    return PointDay(
        on=on,
        hours=hours,
        holiday=holiday,
        special=special is not None,
        why=why,
        programme=programme if hours else (),
    )


def all_day(hours: Hours) -> bool:
    """Whether the door is open day and night; such a place does not close on a holiday."""
    return hours.opens == time(0) and hours.closes >= time(23, 59)


def is_on(item: Weekly, on: date) -> bool:
    """Whether this is on at that day."""
    if item.on is not None:
        return item.on == on
    inside = item.valid_from <= on and (item.valid_until is None or on <= item.valid_until)
    return inside and item.weekday == on.isoweekday()


@dataclass(frozen=True, slots=True)
class Door:
    """Whether the door is open now, until when; or when it opens next."""

    until: time | None = None
    next_on: date | None = None
    next_at: time | None = None

    @property
    def open_now(self) -> bool:
        """Whether someone can walk in at this moment."""
        return self.until is not None


def door_at(days: Sequence[PointDay], at: datetime) -> Door:
    """The door at a local moment; `days` run from that day on."""
    here = at.time().replace(tzinfo=None)
    for day in days:
        for hours in day.hours:
            if day.on > at.date() or hours.opens > here:
                return Door(next_on=day.on, next_at=hours.opens)
            if hours.opens <= here < hours.closes:
                return Door(until=hours.closes)
    return Door()


def hours_in(days: Iterable[PointDay]) -> float:
    """How many hours the door is open over these days."""
    minutes = sum(
        (h.closes.hour * 60 + h.closes.minute) - (h.opens.hour * 60 + h.opens.minute)
        for day in days
        for h in day.hours
    )
    return minutes / 60


@dataclass(frozen=True, slots=True)
class Growth:
    """Capacity at zero, now, and the growth that was wanted. `share` may be negative: it shrank."""

    zero: float
    now: float
    wanted: float

    @property
    def realised(self) -> float:
        """How much more there is now than at zero."""
        return self.now - self.zero

    @property
    def share(self) -> float | None:
        """Which part of the wanted growth is there; None when no growth was wanted."""
        return self.realised / self.wanted if self.wanted > 0 else None
