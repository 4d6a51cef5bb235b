"""The board: one planning question laid out on grid steps, to be read in several ways.

Built once per question. `outlook` reads it under a composition and a wish; the explanation of a shortage
reads it again with one condition dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from noaber.engines.planning.kernel import Bools, Ints, Starts, counts_per_step, some_free, start_runs
from noaber.engines.planning.model import (
    LIVED_EXPERIENCE,
    Candidate,
    Composition,
    LanguageBy,
    LivedExperience,
    Mode,
    Problem,
    Wish,
)
from noaber.engines.planning.seating import Kind, TablePlan, table_plans
from noaber.ground.intervals import Interval, wall_clock_windows

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Board:
    """Free starts of people and places, on steps 0 to `steps` - 1 from `origin`."""

    problem: Problem
    origin: datetime
    steps: int
    people: Starts
    places: Starts

    @classmethod
    def of(cls, problem: Problem) -> Board:
        """Lay out a checked problem."""
        grid = problem.grid_minutes * 60
        duration = problem.duration_minutes * 60
        begin = -int(-problem.earliest.timestamp() // 1)
        end = int(problem.latest.timestamp() // 1)
        origin = -(-begin // grid)
        last = (end - duration) // grid - origin

        def runs(free: list[tuple[Interval, ...]]) -> Starts:
            return start_runs(free, horizon=(begin, end), duration_s=duration, grid_s=grid)

        return cls(
            problem=problem,
            origin=datetime.fromtimestamp(origin * grid, UTC),
            steps=max(0, last + 1),
            people=runs([candidate.free for candidate in problem.candidates]),
            places=runs([place.free for place in problem.places]),
        )

    def at(self, step: int) -> datetime:
        """The instant of a step."""
        return self.origin + step * timedelta(minutes=self.problem.grid_minutes)

    def local_day(self, step: int) -> date:
        """The date in Amsterdam on which a step starts."""
        return self.at(step).astimezone(AMSTERDAM).date()

    def day_number(self, step: int) -> int:
        """Days since the date of receipt, both dates in Amsterdam."""
        received = self.problem.received_at.astimezone(AMSTERDAM).date()
        return (self.local_day(step) - received).days

    def within_hours(self, wish: Wish) -> Bools:
        """The steps at which the whole conversation lies in the wished days and hours."""
        span = Interval(self.problem.earliest, self.problem.latest)
        windows = wall_clock_windows(span, weekdays=wish.weekdays, hours=wish.hours, zone=AMSTERDAM)
        grid = self.problem.grid_minutes * 60
        runs = start_runs(
            [windows],
            horizon=(int(self.origin.timestamp()), int(self.problem.latest.timestamp() // 1)),
            duration_s=self.problem.duration_minutes * 60,
            grid_s=grid,
        )
        return some_free(runs, [True], self.steps)

    def with_place(self, wish: Wish, *, home_only: bool = False) -> Bools:
        """The steps at which a place of the allowed municipalities is free for the conversation."""
        allowed = [
            place_allowed(place.municipality, wish, home_only=home_only) for place in self.problem.places
        ]
        return some_free(self.places, allowed, self.steps)

    def outlook(self, composition: Composition, wish: Wish, *, lived_waived: bool) -> Outlook:
        """Read the board under these conditions."""
        binds = lived_binds(composition, waived=lived_waived)
        kind_of, kinds = _kinds(self.problem.candidates, composition, wish)
        counts = counts_per_step(self.people, kind_of, len(kinds), self.steps)
        most = counts.max(axis=1, initial=0)
        plans = table_plans(
            kinds,
            tuple(min(int(count), composition.max_people) for count in most),
            composition,
            lived_binds=binds,
            one_speaker=wish.language_by is LanguageBy.ONE,
        )
        return Outlook(kind_of, kinds, counts, plans)


def place_allowed(municipality: str, wish: Wish, *, home_only: bool = False) -> bool:
    """Whether a place may be used, or with `home_only` whether it is in the wished municipality."""
    if wish.municipalities and municipality not in wish.municipalities:
        return False
    return not home_only or wish.home_municipality in (None, municipality)


def lived_binds(composition: Composition, *, waived: bool) -> bool:
    """Whether a table without lived experience is refused."""
    rule = composition.lived_experience
    return rule is LivedExperience.ALWAYS or (rule is LivedExperience.UNLESS_REASONED and not waived)


def needs_place(mode: Mode) -> bool:
    """Whether people of flesh and blood must sit somewhere."""
    return mode is not Mode.ONLINE


def speaks(candidate: Candidate, wish: Wish) -> bool:
    """Whether this person speaks the resident's language; with no language wished everyone does."""
    return wish.language is None or wish.language in candidate.languages


def eligible(candidate: Candidate, composition: Composition, wish: Wish) -> bool:
    """Whether this person may sit at this table at all, free or not."""
    return (
        candidate.id not in wish.not_with
        and composition.flags_for_everyone <= candidate.flags
        and (wish.language_by is LanguageBy.ONE or speaks(candidate, wish))
    )


def _kinds(
    candidates: tuple[Candidate, ...], composition: Composition, wish: Wish
) -> tuple[Ints, tuple[Kind, ...]]:
    """The kind of each candidate (-1: may not sit here) and the kinds, in order of first appearance."""
    flags = frozenset({LIVED_EXPERIENCE}).union(*(r.flags for r in composition.required))
    index: dict[Kind, int] = {}
    kind_of = np.full(len(candidates), -1, dtype=np.int64)
    for i, person in enumerate(candidates):
        if eligible(person, composition, wish):
            kind = Kind(
                domains=tuple(sorted(person.domains)),
                flags=person.flags & flags,
                speaks=speaks(person, wish),
                right_gender=wish.gender is None or person.gender == wish.gender,
            )
            kind_of[i] = index.setdefault(kind, len(index))
    return kind_of, tuple(index)


@dataclass(frozen=True)
class Outlook:
    """The board under one composition and wish: kinds of people, how many are free when, which tables."""

    kind_of: Ints
    kinds: tuple[Kind, ...]
    counts: Ints
    plans: tuple[TablePlan, ...]

    @cached_property
    def plan_masks(self) -> Bools:
        """For each table plan the steps at which it can be filled; shape (plans, steps)."""
        masks = np.ones((len(self.plans), self.counts.shape[1]), dtype=np.bool_)
        for mask, plan in zip(masks, self.plans, strict=True):
            for kind, count in plan.need:
                mask &= self.counts[kind] >= count
        return masks

    @cached_property
    def feasible(self) -> Bools:
        """The steps at which some table can be filled."""
        feasible: Bools = np.logical_or.reduce(self.plan_masks, axis=0)
        return feasible

    @cached_property
    def feasible_ideal(self) -> Bools:
        """The steps at which a table with lived experience and the wished gender can be filled."""
        ideal = [i for i, plan in enumerate(self.plans) if plan.lived and plan.gender]
        feasible: Bools = np.logical_or.reduce(self.plan_masks[ideal], axis=0)
        return feasible
