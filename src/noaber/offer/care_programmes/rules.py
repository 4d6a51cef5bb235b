"""What a figure, a start list and a stop must be before anything is kept. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

from noaber.offer.care_programmes import errors
from noaber.offer.care_programmes.types import NewReport, NewStart

MOST_WEEKS = 999
HUNDREDTH = Decimal("0.01")
_A_WHOLE_DAY = 1e-9


def check_report(new: NewReport, *, today: date, began_on: date, known_methods: Collection[str]) -> None:
    """Refuse what cannot be; what is only hard to believe is another matter (`is_believable`).

    Raises:
        Invalid: a negative wait, none at all, a day to come, an unknown method.
    """
    for name, weeks in (("intake_weeks", new.intake_weeks), ("treatment_weeks", new.treatment_weeks)):
        if weeks is not None and not 0 <= weeks <= MOST_WEEKS:
            raise errors.negative(name) if weeks < 0 else errors.too_long(name)
    if new.intake_weeks is None and new.treatment_weeks is None:
        raise errors.no_wait()
    check_reference_date(new.reference_date, today=today, began_on=began_on)
    if new.method not in known_methods:
        raise errors.unknown_method()


def check_reference_date(on: date, *, today: date, began_on: date) -> None:
    """What is told of a day that has not come, or from before the programme began, cannot be.

    Raises:
        Invalid: it is one of these.
    """
    if on > today:
        raise errors.not_yet()
    if on < began_on:
        raise errors.too_old()


def is_believable(new: NewReport, most_weeks: float) -> bool:
    """Whether we take it at once; a longer wait is asked again first."""
    return all(weeks is None or weeks <= most_weeks for weeks in (new.intake_weeks, new.treatment_weeks))


def kept_weeks(weeks: float | None) -> Decimal | None:
    """As it is kept, in hundredths, so that rounding never brings a wait within a norm.

    Whole days go to the nearest hundredth: 29 days and 69 days are 14 weeks together, and no more. Anything
    else is rounded up.
    """
    if weeks is None:
        return None
    whole_days = abs(weeks * 7 - round(weeks * 7)) < _A_WHOLE_DAY
    rounding = ROUND_HALF_UP if whole_days else ROUND_UP
    return Decimal(str(weeks)).quantize(HUNDREDTH, rounding=rounding)


def check_start(new: NewStart, *, today: date) -> None:
    """Days of one start follow each other, none is still to come, and nobody waits since before all memory.

    Raises:
        Invalid: they do not.
    """
    if new.registered_on < today - timedelta(weeks=MOST_WEEKS):
        raise errors.too_long_ago("registered_on")
    steps = (
        ("registered_on", new.registered_on),
        ("intake_on", new.intake_on),
        ("treatment_on", new.treatment_on),
    )
    last = date.min
    for name, day in steps:
        if day is None:
            continue
        if day < last:
            raise errors.days_cross(name)
        last = day
    if new.left_on is not None and new.left_on < new.registered_on:
        raise errors.days_cross("left_on")
    happened = [new.registered_on, *([new.left_on] if new.left_on else [])]
    if any(day > today for day in happened):
        raise errors.not_yet("registered_on" if new.registered_on > today else "left_on")


def check_stop(since: date, until: date | None) -> None:
    """A stop ends later than it begins.

    Raises:
        Invalid: it does not.
    """
    if until is not None and until < since:
        raise errors.stop_ends_before()
