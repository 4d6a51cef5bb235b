"""When something is open: now, today, next, and over a week. Pure; local times of the Netherlands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from noaber.knowledge.calendar import dutch_holidays
from noaber.offer.directory.types_record import ScheduleRecord, ServiceRecord

Differs = Mapping[date, tuple[tuple[time, time, str], ...]]
NOTHING: Differs = {}
"""Days that differ from the hours (`hooks.Differs`): they go before a holiday, and that before the week."""

LOOK_AHEAD_DAYS = 60
LONGEST_ONCE_DAYS = 31
"""A schedule without weekdays is one occasion when it lasts no longer than this."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """From when to when, with the words that go with it. A time that is not known is None."""

    opens: time | None
    closes: time | None
    notes: str = ""

    @property
    def sorting(self) -> tuple[time, time]:
        """By beginning, then by end."""
        return self.opens or time.min, self.closes or time.max


@dataclass(frozen=True, slots=True)
class Day:
    """One day and its slots; on a holiday nobody can be sure of them."""

    on: date
    slots: tuple[Slot, ...] = ()
    holiday: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """What the hours say at one moment. `known` is False when there are no hours, only words."""

    known: bool
    now: Slot | None = None
    next_on: date | None = None
    next_slot: Slot | None = None
    week: tuple[Day, ...] = ()
    holidays: tuple[date, ...] = ()
    """Days of the coming week on which it would be open, were it no holiday."""


def hours_of(record: ServiceRecord) -> tuple[ScheduleRecord, ...]:
    """All hours of an entry: those for all its places, and those of each place."""
    return (*record.schedules, *(one for place in record.places for one in place.schedules))


def opening_at(hours: Iterable[ScheduleRecord], at: datetime, differs: Differs = NOTHING) -> Opening:
    """Whether it is open at this local moment, when it opens next, and the seven days from Monday."""
    rows = tuple(hours)
    today = at.date()
    if not any(_days_known(one) for one in rows):
        return Opening(known=False)
    next_on, next_slot = _next(rows, at, differs)
    monday = today - timedelta(days=today.isoweekday() - 1)
    coming = [today + timedelta(days=ahead) for ahead in range(7)]
    return Opening(
        known=True,
        now=_open_now(rows, at, differs),
        next_on=next_on,
        next_slot=next_slot,
        week=tuple(day_of(rows, monday + timedelta(days=ahead), differs) for ahead in range(7)),
        holidays=tuple(
            day for day in coming if is_holiday(day) and day not in differs and day_of(rows, day).slots
        ),
    )


def day_of(hours: Iterable[ScheduleRecord], on: date, differs: Differs = NOTHING) -> Day:
    """The slots of one day, first things first; of a day that differs only what was said of that day."""
    if on in differs:
        return Day(on, tuple(Slot(opens, closes, why) for opens, closes, why in differs[on]))
    slots = {Slot(one.opens_at, one.closes_at, one.notes) for one in hours if _holds(one, on)}
    return Day(on, tuple(sorted(slots, key=lambda slot: slot.sorting)), is_holiday(on))


def is_holiday(on: date) -> bool:
    """Whether this is a Dutch public holiday."""
    return on in dutch_holidays(on.year)


def _days_known(one: ScheduleRecord) -> bool:
    return bool(one.weekdays) or _once(one)


def _once(one: ScheduleRecord) -> bool:
    first, last = one.valid_from, one.valid_until or one.valid_from
    return (
        not one.weekdays
        and first is not None
        and last is not None
        and (one.opens_at is not None)
        and (last - first).days <= LONGEST_ONCE_DAYS
        and (one.valid_until is not None)
    )


def _holds(one: ScheduleRecord, on: date) -> bool:
    if (one.valid_from and on < one.valid_from) or (one.valid_until and on > one.valid_until):
        return False
    if _once(one):
        return True
    return on.isoweekday() in one.weekdays and _in_its_week(one, on)


def _in_its_week(one: ScheduleRecord, on: date) -> bool:
    """Every so many weeks, counted from the week in which it began; without a begin nobody knows which."""
    if one.every_weeks == 1:
        return True
    if one.valid_from is None:
        return False
    begin = one.valid_from - timedelta(days=one.valid_from.isoweekday())
    here = on - timedelta(days=on.isoweekday())
    return ((here - begin).days // 7) % one.every_weeks == 0


def _open_now(hours: tuple[ScheduleRecord, ...], at: datetime, differs: Differs) -> Slot | None:
    day = day_of(hours, at.date(), differs)
    if day.holiday:
        return None
    here = at.time().replace(tzinfo=None)
    return next((slot for slot in day.slots if slot.opens and slot.opens <= here < _end(slot)), None)


def _end(slot: Slot) -> time:
    """Without an end nobody can say that it is still open."""
    return slot.closes or slot.opens or time.min


def _next(
    hours: tuple[ScheduleRecord, ...], at: datetime, differs: Differs
) -> tuple[date | None, Slot | None]:
    here = at.time().replace(tzinfo=None)
    for ahead in range(LOOK_AHEAD_DAYS):
        day = day_of(hours, at.date() + timedelta(days=ahead), differs)
        if day.holiday:
            continue
        for slot in day.slots:
            if ahead or (slot.opens is not None and slot.opens > here):
                return day.on, slot
    return None, None
