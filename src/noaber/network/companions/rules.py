"""How long and how often: the time together, the digits by phone, letters that wait. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from noaber.ground.errors import Invalid
from noaber.hallway.access.types import Role

HELPERS = (Role.HOST, Role.GUIDE, Role.REFERRER)
"""Roles that may sit beside her."""

LASTS = timedelta(minutes=45)
"""A time together ends by itself, whoever forgets it."""

WRONG_PINS = 5
KEPT_FOR = timedelta(hours=24)
DIGITS_LAST = timedelta(minutes=10)
WRONG_DIGITS = 3
DIGITS_PER_HOUR = 3
PAPER_LASTS = timedelta(days=14)
LETTER_DAYS = 1
"""A letter that was not posted after so many working days stands on top, as an alarm."""


def is_running(*, ends_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Whether the time together still runs; at the second of `ends_at` it is over."""
    return ended_at is None and now < ends_at


def working_days_between(first: date, last: date) -> int:
    """Mondays to Fridays after `first`, up to and including `last`."""
    days = (last - first).days
    return sum(1 for n in range(1, days + 1) if (first + timedelta(days=n)).weekday() < 5)


def is_late(*, queued_on: date, today: date) -> bool:
    """Whether a letter or call waits longer than one working day."""
    return working_days_between(queued_on, today) > LETTER_DAYS


def check_again_on(*, again_on: date | None, today: date) -> None:
    """A next try lies within two weeks from today. Raises Invalid."""
    if again_on is None or not today <= again_on <= today + timedelta(days=14):
        raise Invalid(
            "again_on",
            happened="Deze dag kan niet.",
            why="Zij wacht op dit bericht.",
            now_what="Kies een dag binnen twee weken.",
            fields={"again_on": "Kies een dag binnen twee weken."},
        )


def may_be_signed_on(day: date, *, today: date) -> bool:
    """She signed today or within the two weeks that the form is good for."""
    return today - PAPER_LASTS <= day <= today


def gave_this_pin(*, own: bool, worked_at: frozenset[object], gave: frozenset[object]) -> bool:
    """Whether someone who works or worked where this pin was told to her could know it.

    Then it proves nothing about who is there, at whichever organisation she or he helps today.
    """
    return not own and bool(worked_at & gave)
