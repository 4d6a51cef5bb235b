"""What happened in two years, as a plan without a database: the same seed gives the same plan.

Numbers of held conversations by month follow the region's own plan: somewhat below the target, above the
lower bound; summers and Christmas dip. Waits are in days from receipt to the conversation.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.random import Generator

from noaber.knowledge.calendar import dutch_holidays

HELD_BY_MONTH: dict[tuple[int, int], int] = {
    (2025, 7): 4,
    (2025, 8): 8,
    (2025, 9): 17,
    (2025, 10): 26,
    (2025, 11): 31,
    (2025, 12): 27,
    (2026, 1): 38,
    (2026, 2): 44,
    (2026, 3): 55,
    (2026, 4): 58,
    (2026, 5): 60,
    (2026, 6): 66,
    (2026, 7): 46,
    (2026, 8): 40,
    (2026, 9): 70,
    (2026, 10): 76,
    (2026, 11): 75,
    (2026, 12): 66,
    (2027, 1): 92,
    (2027, 2): 98,
    (2027, 3): 112,
    (2027, 4): 110,
    (2027, 5): 106,
    (2027, 6): 126,
}
LATER = 112
"""Held conversations a month after the last month named above."""
SHARES: dict[int, tuple[tuple[str, float], ...]] = {
    2025: (
        ("multidisciplinary_ggz", 0.79),
        ("monodisciplinary_ggz", 0.10),
        ("social_domain", 0.06),
        ("social_basis", 0.02),
        ("own_network", 0.01),
        ("none", 0.01),
        ("other", 0.01),
    ),
    2026: (
        ("multidisciplinary_ggz", 0.735),
        ("monodisciplinary_ggz", 0.12),
        ("social_domain", 0.085),
        ("social_basis", 0.03),
        ("own_network", 0.01),
        ("none", 0.01),
        ("other", 0.01),
    ),
    2027: (
        ("multidisciplinary_ggz", 0.68),
        ("monodisciplinary_ggz", 0.135),
        ("social_domain", 0.105),
        ("social_basis", 0.04),
        ("own_network", 0.015),
        ("none", 0.015),
        ("other", 0.01),
    ),
}
SLOTS = (time(9, 0), time(10, 30), time(13, 0), time(14, 30), time(16, 0))
MEDIAN_WAIT = {2025: 12.0, 2026: 10.0, 2027: 9.0}


@dataclass(frozen=True, slots=True)
class Case:
    """One request for help as it will go."""

    position: int
    received_on: date
    held_on: date | None
    slot: time | None
    outcome: str
    ending: str
    """held, stopped, open or booked"""
    detour: str
    """'', no_show, cancelled or postponed: what happened on the way"""
    second_on: date | None = None
    agrees: str = "silent"
    """silent, agrees or objects: what she says of the letter"""


def workday(day: date) -> bool:
    """Monday to Friday and no holiday."""
    return day.isoweekday() <= 5 and day not in dutch_holidays(day.year)


def next_workday(day: date) -> date:
    """This day, or the first working day after it."""
    while not workday(day):
        day += timedelta(days=1)
    return day


def _days_in(month: tuple[int, int], until: date) -> list[date]:
    last = calendar.monthrange(*month)[1]
    return [d for n in range(1, last + 1) if (d := date(*month, n)) < until and workday(d)]


def months(start: date, until: date) -> list[tuple[int, int]]:
    """The months from `start` up to and including the one before `until`'s first day."""
    found = []
    year, month = start.year, start.month
    while date(year, month, 1) < until:
        found.append((year, month))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def make_plan(
    rng: Generator, *, start: date, today: date, scale: float = 1.0, open_requests: int = 46
) -> list[Case]:
    """All requests from `start` until the day before `today`, in order of receipt."""
    cases: list[Case] = []
    for month in months(start, today):
        days = _days_in(month, today)
        if not days:
            continue
        full = len(_days_in(month, date(9999, 1, 1)))
        wanted = HELD_BY_MONTH.get(month, LATER) * scale * len(days) / full
        for _ in range(max(1, round(wanted))):
            cases.append(_held(rng, days[int(rng.integers(len(days)))], start, today))
    for _ in range(round(len(cases) * 0.055)):
        cases.append(_stopped(rng, start, today))
    for number in range(max(3, round(open_requests * scale))):
        cases.append(_open(rng, number, today))
    cases.sort(key=lambda c: (c.received_on, c.outcome, str(c.slot)))
    return [replace(case, position=number) for number, case in enumerate(cases)]


def _outcome(rng: Generator, year: int) -> str:
    shares = SHARES[min(max(year, 2025), 2027)]
    weights = np.array([share for _, share in shares])
    return shares[int(rng.choice(len(shares), p=weights / weights.sum()))][0]


def _wait(rng: Generator, year: int) -> int:
    median = MEDIAN_WAIT[min(max(year, 2025), 2027)]
    return int(np.clip(round(float(rng.lognormal(np.log(median), 0.38))), 2, 41))


def _held(rng: Generator, held_on: date, start: date, today: date) -> Case:
    wait = _wait(rng, held_on.year)
    detour = str(rng.choice(["", "no_show", "cancelled", "postponed"], p=[0.82, 0.05, 0.05, 0.08]))
    if detour:
        wait += int(rng.integers(6, 12))
    second = held_on + timedelta(days=int(rng.integers(28, 70))) if rng.random() < 0.05 else None
    if second is not None:
        second = next_workday(second)
    return Case(
        position=0,
        received_on=max(held_on - timedelta(days=wait), start - timedelta(days=wait)),
        held_on=held_on,
        slot=SLOTS[int(rng.integers(len(SLOTS)))],
        outcome=_outcome(rng, held_on.year),
        ending="held",
        detour=detour,
        second_on=second if second is not None and second < today else None,
        agrees=str(rng.choice(["silent", "agrees", "objects"], p=[0.46, 0.48, 0.06])),
    )


def _stopped(rng: Generator, start: date, today: date) -> Case:
    span = (today - start).days - 10
    received = start + timedelta(days=int(span * float(rng.random()) ** 0.6))
    return Case(0, received, None, None, "", "stopped", "")


def _open(rng: Generator, number: int, today: date) -> Case:
    waited = int(rng.integers(0, 13))
    received = today - timedelta(days=waited + 1)
    if number % 3 == 2:
        return Case(0, received, None, None, "", "open", "postponed" if number % 9 == 8 else "")
    booked = next_workday(today + timedelta(days=int(rng.integers(1, 13))))
    return Case(0, received, booked, SLOTS[int(rng.integers(len(SLOTS)))], "", "booked", "")


def moment(day: date, at: time) -> datetime:
    """Local time without zone; the caller gives it Amsterdam."""
    return datetime.combine(day, at)
