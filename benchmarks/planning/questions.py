"""The questions that are asked: a pool such as that of Twente, in ordinary weeks and when little is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from noaber.engines.planning import (
    Candidate,
    Composition,
    LanguageBy,
    LivedExperience,
    Mode,
    Place,
    Problem,
    Requirement,
    Wish,
)
from noaber.ground.intervals import Interval

ZONE = ZoneInfo("Europe/Amsterdam")
RECEIVED = datetime(2027, 7, 1, 8, 12, tzinfo=UTC)
MUNICIPALITIES = ("Almelo", "Borne", "Enschede", "Hengelo", "Losser", "Oldenzaal")
SIDES = ("ggz", "ggz", "social_work", "social_work", "municipality", "peer", "peer")
MORNING, AFTERNOON = (9, 12.5), (13, 17)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what makes it easy or hard."""

    name: str
    problem: Problem


def questions(seed: int, *, people: int, days: int) -> tuple[Question, ...]:
    """Three questions on the same seeded pool of `people`, over `days` days."""
    rng = np.random.default_rng(seed)
    pool = tuple(_person(rng, number, days, share_free=0.45) for number in range(people))
    busy = tuple(_person(rng, number, days, share_free=0.04) for number in range(people))
    ordinary = _problem(pool, days)
    rare = replace(ordinary, wish=replace(ordinary.wish, language="fa"), candidates=_one_speaks_farsi(pool))
    return (
        Question("an ordinary week", ordinary),
        Question("everyone is busy", _problem(busy, days)),
        Question("one person speaks Farsi", rare),
    )


def _one_speaks_farsi(pool: Sequence[Candidate]) -> tuple[Candidate, ...]:
    first, *others = pool
    return replace(first, languages=frozenset({"nl", "fa"})), *others


def _problem(pool: Sequence[Candidate], days: int) -> Problem:
    return Problem(
        candidates=tuple(pool),
        places=tuple(_place(number, days) for number in range(10)),
        composition=Composition(
            min_people=2,
            max_people=3,
            min_domains=2,
            required=(
                Requirement("ggz", frozenset({"ggz"}), 1, frozenset({"ggz_registered"})),
                Requirement("beside_ggz", frozenset({"social_work", "municipality", "peer"})),
            ),
            lived_experience=LivedExperience.ALWAYS,
            lived_domains=frozenset({"peer"}),
        ),
        wish=Wish(
            modes=(Mode.IN_PERSON,),
            weekdays=frozenset(range(5)),
            hours=((540, 750), (780, 1020)),
            language="nl",
            language_by=LanguageBy.ONE,
        ),
        received_at=RECEIVED,
        earliest=RECEIVED + timedelta(hours=24),
        latest=RECEIVED + timedelta(days=days),
    )


def _person(rng: np.random.Generator, number: int, days: int, *, share_free: float) -> Candidate:
    side = SIDES[number % len(SIDES)]
    flags = {"ggz": {"ggz_registered"}, "peer": {"lived_experience"}}.get(side, set())
    free = [
        _stretch(day, part)
        for day in range(days)
        for part in (MORNING, AFTERNOON)
        if rng.random() < share_free
    ]
    return Candidate(
        id=f"p{number:03d}",
        domains=frozenset({side}),
        free=tuple(free),
        flags=frozenset(flags),
        languages=frozenset({"nl", "tr"} if rng.random() < 0.1 else {"nl"}),
        load=int(rng.integers(0, 9)),
    )


def _place(number: int, days: int) -> Place:
    return Place(
        id=f"room{number}",
        municipality=MUNICIPALITIES[number % len(MUNICIPALITIES)],
        free=tuple(_stretch(day, (8, 18)) for day in range(days)),
    )


def _stretch(day: int, hours: tuple[float, float]) -> Interval:
    midnight = (RECEIVED.astimezone(ZONE) + timedelta(days=day)).replace(hour=0, minute=0)
    return Interval(midnight + timedelta(hours=hours[0]), midnight + timedelta(hours=hours[1]))
