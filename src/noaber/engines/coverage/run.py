"""The public functions of this engine: how a region stands, what a change would bring, where to go next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from noaber.engines.coverage import kernel, reaching_kernel, white
from noaber.engines.coverage.checks import check, check_change, check_k, middle_of
from noaber.engines.coverage.layout import Layout, axes_of, axes_of_points, road, straight
from noaber.engines.coverage.model import (
    Aim,
    BestNext,
    Change,
    Count,
    CoverAnswer,
    Delta,
    Floats,
    Part,
    PlaceChange,
    Point,
    Population,
    Problem,
    Reach,
    WhiteSpot,
)
from noaber.engines.coverage.placing import best_next

loops: Any = kernel  # to mypy the functions of numba take no arguments in a row
reaching: Any = reaching_kernel
NOWHERE = (np.inf, np.inf, np.inf)
Spot = tuple[float, float, float]


class Coverage:
    """A region laid out once: count it, look at changes in well under a millisecond, and make them.

    Not for several threads at once. Points that are closed in the chosen part of the week do not count.
    """

    def __init__(
        self,
        population: Population,
        points: Sequence[Point],
        reach: Reach,
        part: Part = Part.ANY,
        *,
        threads: int | None = None,
    ) -> None:
        check(Problem(population, tuple(points), reach, part))
        self.points, self.reach, self.part = list(points), reach, part
        self.layout = Layout.of(population, reach.geometry, threads=threads)
        n, cells = len(population), self.layout.cells
        self._d1, counts = np.empty((2, n))  # one block, so that the system gives it in big pages
        self._within, self._near = counts.view(np.int32)[:n], counts.view(np.int32)[n:]
        self._second, self._d2 = np.empty(0, dtype=np.int32), np.empty(0)
        self._far1, self._far2 = np.empty(cells), np.empty(cells)
        self._by_place = np.zeros((len(population.places), 2))
        self._index = {point.id: i for i, point in enumerate(self.points)}
        self._middle = middle_of(population)
        self._line = straight(reach)
        self._line2 = self._line * self._line
        self._stand()
        self._sweep()

    @cached_property
    def _people(self) -> float:
        return float(self.layout.population.people.sum())

    def _stand(self) -> None:
        """Put every point on the map; those that are closed in this part of the week at infinity."""
        self._sx, self._sy, self._sz = axes_of_points(self.points, self.reach.geometry)
        for i, point in enumerate(self.points):
            if not point.open_in(self.part):
                self._sx[i], self._sy[i], self._sz[i] = NOWHERE

    def _ground(self) -> tuple[Any, ...]:
        at = self.layout
        return at.start, at.cx, at.cy, at.cz, at.rad

    def _sweep(self) -> None:
        at = self.layout

        def sweep(first: int, last: int) -> None:
            loops.sweep(
                *(first, last, *self._ground(), at.px, at.py, at.pz, self._sx, self._sy, self._sz),
                *(self._line, self._line2, self._within, self._near, self._second, self._d1, self._d2),
                *(self._far1, self._far2),
            )

        at.in_parts(sweep)

    def _ready_for_changes(self) -> None:
        """Find the second nearest too, once: who asks for a change needs them."""
        if not len(self._second):
            self._second, self._d2 = np.empty(len(self._near), dtype=np.int32), np.empty(len(self._near))
            self._sweep()

    def recount(self) -> None:
        """Count everyone anew on the ground as it is laid out."""
        self._sweep()

    def count(self) -> Count:
        """Points within reach, the nearest and its distance by road, per population point as given."""
        given = self.layout.as_given
        return Count(
            within=given(self._within).astype(np.int64),
            nearest=given(self._near).astype(np.int64),
            metres=road(np.asarray(given(self._d1), dtype=np.float64), self.reach),
        )

    def people_reached(self) -> float:
        """People with a point within reach."""
        return float(self.layout.people[self._within > 0].sum())

    def needs_reached(self) -> float:
        """Recorded needs with a point within reach."""
        return float(self.layout.needs[self._within > 0].sum())

    def mean_metres(self) -> float:
        """Mean distance by road of a person to the nearest point; infinite when there is none."""
        if not self._people or not np.isfinite(self._d1).all():
            return float("inf")
        return float(road(self._d1, self.reach) @ self.layout.people) / self._people

    def accessibility(self) -> Floats:
        """Visits a week per person, per population point as given: two-step floating catchment (2SFCA).

        First each point's visits are divided by the people within its reach; then each person adds up what
        the points within reach give. A point that nobody reaches gives nothing.
        """
        at = self.layout
        stretches = len(at.cuts) - 1
        asked = np.zeros((stretches, len(self.points)))
        numbers = {int(at.cuts[i]): i for i in reversed(range(stretches))}

        def first_step(first: int, last: int) -> None:
            if first < last:
                reaching.demand(
                    *(first, last, *self._ground(), at.px, at.py, at.pz, at.people),
                    *(self._sx, self._sy, self._sz, self._line, self._line2, asked[numbers[first]]),
                )

        at.in_parts(first_step)
        people = asked.sum(axis=0)
        visits = np.array([point.visits_in(self.part) for point in self.points], dtype=np.float64)
        ratio = np.divide(visits, people, out=np.zeros_like(visits), where=people > 0)
        access = np.empty(len(at.people))

        def second_step(first: int, last: int) -> None:
            reaching.share(
                *(first, last, *self._ground(), at.px, at.py, at.pz, self._sx, self._sy, self._sz),
                *(self._line, self._line2, ratio, access),
            )

        at.in_parts(second_step)
        return np.asarray(at.as_given(access), dtype=np.float64)

    def white_spots(self) -> tuple[WhiteSpot, ...]:
        """Named places with people who have nothing within reach: most people first, then most needs."""
        return white.white_spots(self.layout, self._within, road(self._d1, self.reach))

    def what_if(self, change: Change) -> Delta:
        """What a change would bring; nothing changes yet. Raises BadInstance."""
        moved, a, b = self._from_to(change)
        self._ready_for_changes()
        at = self.layout
        self._by_place[:] = 0.0
        out = loops.peek(
            *(*self._ground(), self._far1, at.px, at.py, at.pz, at.people, at.needs, at.place),
            *(self._within, self._near, self._d1, self._d2, moved, *a, *b),
            *(self._line, self._line2, self._by_place),
        )
        places = self.layout.population.places
        touched = np.flatnonzero(self._by_place.any(axis=1))
        by_place = [PlaceChange(places[i], *self._by_place[i].tolist()) for i in touched.tolist()]
        by_place.sort(key=lambda row: (row.lost - row.gained, row.place))
        gained, lost, needs_gained, needs_lost, shift, _, in_reach = out.tolist()
        mean = shift * self.reach.detour / self._people if self._people else 0.0
        return Delta(gained, lost, needs_gained, needs_lost, mean, in_reach, tuple(by_place))

    def make(self, change: Change, *, name: str = "new") -> None:
        """Make a change: everything that is asked after this knows it. `name` is for a point that opens."""
        moved, a, b = self._from_to(change)
        self._ready_for_changes()
        if moved < 0 and change.to is not None:
            self._open(Point(name, *change.to), b)
            moved = len(self.points) - 1
        else:
            if change.to is not None:
                self.points[moved] = replace(self.points[moved], y=change.to[0], x=change.to[1])
            self._sx[moved], self._sy[moved], self._sz[moved] = b
        if change.to is None:
            self.points[moved] = replace(self.points[moved], minutes=((Part.ANY, 0),))
        at = self.layout
        loops.settle(
            *(*self._ground(), self._far1, self._far2, at.px, at.py, at.pz, self._sx, self._sy, self._sz),
            *(self._within, self._near, self._second, self._d1, self._d2, *a, *b, self._line, self._line2),
        )

    def _open(self, point: Point, b: Spot) -> None:
        if point.id in self._index:
            point = replace(point, id=f"{point.id} {len(self.points) + 1}")
        self._index[point.id] = len(self.points)
        self.points.append(point)
        self._sx, self._sy, self._sz = (
            np.append(axis, part) for axis, part in zip((self._sx, self._sy, self._sz), b, strict=True)
        )

    def _from_to(self, change: Change) -> tuple[int, Spot, Spot]:
        check_change(change, self._index, self._middle, self.reach)
        moved = -1 if change.point is None else self._index[change.point]
        a: Spot = NOWHERE if moved < 0 else (self._sx[moved], self._sy[moved], self._sz[moved])
        if change.to is None or (moved >= 0 and not self.points[moved].open_in(self.part)):
            return moved, a, NOWHERE
        y, x = np.array([change.to[0]]), np.array([change.to[1]])
        bx, by, bz = axes_of(y, x, self.reach.geometry)
        return moved, a, (float(bx[0]), float(by[0]), float(bz[0]))

    def best_next(
        self, candidates: Sequence[Point], k: int, *, aim: Aim = Aim.PEOPLE, effort: float = 3000.0
    ) -> BestNext:
        """Where `k` new points reach the most of those who have nothing now, with a proven bound."""
        check_k(candidates, k, self.reach)
        able = [point for point in candidates if point.open_in(self.part)]
        return best_next(self.layout, self._within, able, min(k, len(able)), self.reach, aim, effort)


def cover(problem: Problem) -> CoverAnswer:
    """Everything the problem asks, at once. Raises BadInstance on what cannot be right."""
    check(problem)
    population = problem.population
    stands = Coverage(population, problem.points, problem.reach, problem.part)
    best = change = None
    if problem.k:
        best = stands.best_next(problem.candidates, problem.k, aim=problem.aim, effort=problem.effort)
    if problem.change is not None:
        change = stands.what_if(problem.change)
    return CoverAnswer(
        people=float(population.people.sum()),
        people_reached=stands.people_reached(),
        needs=float(population.needs.sum()),
        needs_reached=stands.needs_reached(),
        mean_metres=stands.mean_metres(),
        count=stands.count(),
        accessibility=stands.accessibility(),
        white_spots=stands.white_spots(),
        best_next=best,
        change=change,
        unknown_capacity=tuple(p.id for p in problem.points if p.visits_per_week is None),
    )


def warm() -> None:
    """Compile, or read from disk, every loop. For installations and for the start of a server."""
    population = Population.of([52.2, 52.3], [6.8, 6.9], [10, 20])
    for geometry in (Reach(2000.0),):
        stands = Coverage(population, [Point("a", 52.2, 6.8, visits_per_week=10)], geometry)
        stands.what_if(Change("a", (52.3, 6.9)))
        stands.make(Change("a", (52.3, 6.9)))
        stands.accessibility()
        stands.best_next([Point("b", 52.2, 6.8), Point("c", 52.31, 6.9)], 1)
