"""The question and the answer of this engine, frozen. Positions in degrees or metres, distances in metres."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Geometry(StrEnum):
    """What `y` and `x` mean: degrees of latitude and longitude on a sphere, or metres on a plane."""

    GREAT_CIRCLE = "great_circle"
    PLANE = "plane"


class Part(StrEnum):
    """The part of the week in which a point must be open to count."""

    ANY = "any"
    DAY = "day"
    EVENING = "evening"
    WEEKEND = "weekend"


class Aim(StrEnum):
    """What the best next places reach as many of as they can."""

    PEOPLE = "people"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """Where people live: one entry per point in every array.

    `people` is the number that lives there, `needs` what was recorded as lacking there (gaps), `place` the
    number in `places` of the named place that the point belongs to.
    """

    y: Floats
    x: Floats
    people: Floats
    needs: Floats
    place: Ints
    places: tuple[str, ...]

    @classmethod
    def of(cls, y: Any, x: Any, people: Any, needs: Any = None, place: Any = None, places: Any = ("",)
           ) -> Population:  # fmt: skip
        """From anything that numpy reads; needs are 0 and the place is the first when left out."""
        empty = np.zeros(len(people))
        return cls(
            y=np.ascontiguousarray(y, dtype=np.float64),
            x=np.ascontiguousarray(x, dtype=np.float64),
            people=np.ascontiguousarray(people, dtype=np.float64),
            needs=empty if needs is None else np.ascontiguousarray(needs, dtype=np.float64),
            place=np.ascontiguousarray(empty if place is None else place, dtype=np.int64),
            places=tuple(places),
        )

    def __len__(self) -> int:
        return len(self.people)


@dataclass(frozen=True, slots=True)
class Point:
    """A point that people can go to.

    `minutes` a week that it is open by part of the week; none given means always open. `visits_per_week` is
    how many visits it can receive; None is not known, and then it does not count in the accessibility.
    """

    id: str
    y: float
    x: float
    minutes: tuple[tuple[Part, int], ...] = ()
    visits_per_week: float | None = None

    def open_in(self, part: Part) -> bool:
        """Whether one can go there in this part of the week."""
        return not self.minutes or self._minutes_in(part) > 0

    def visits_in(self, part: Part) -> float:
        """The visits a week in this part, in proportion to the minutes it is open; 0 when not known."""
        if self.visits_per_week is None or not self.open_in(part):
            return 0.0
        if not self.minutes or part is Part.ANY:
            return self.visits_per_week
        return self.visits_per_week * self._minutes_in(part) / self._minutes_in(Part.ANY)

    def _minutes_in(self, part: Part) -> int:
        return sum(minutes for when, minutes in self.minutes if part in (Part.ANY, when))


@dataclass(frozen=True, slots=True)
class Reach:
    """How far is near enough: `metres` of road, which are `detour` times those of the crow."""

    metres: float
    detour: float = 1.0
    geometry: Geometry = Geometry.GREAT_CIRCLE


@dataclass(frozen=True, slots=True)
class Change:
    """Open a point (`point` None), close one (`to` None) or move one. `to` is (y, x)."""

    point: str | None = None
    to: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """The whole question. `candidates` with `k` ask for the best next places, `change` what would change.

    `effort` bounds the search for the best next places, in millions of looked-at pairs.
    """

    population: Population
    points: tuple[Point, ...]
    reach: Reach
    part: Part = Part.ANY
    candidates: tuple[Point, ...] = ()
    k: int = 0
    aim: Aim = Aim.PEOPLE
    effort: float = 3000.0
    change: Change | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Count:
    """Per population point, as given: the points within reach, the nearest (-1: none) and how far it is."""

    within: Ints
    nearest: Ints
    metres: Floats


@dataclass(frozen=True, slots=True)
class WhiteSpot:
    """People of one named place who have nothing within reach.

    `share` of the people of that place; `metres` is their mean distance to the nearest point, infinite when
    there is none at all. (`y`, `x`) is their middle.
    """

    place: str
    people: float
    needs: float
    share: float
    points: int
    metres: float
    y: float
    x: float


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """What a change brings to one named place."""

    place: str
    gained: float
    lost: float


@dataclass(frozen=True, slots=True)
class Delta:
    """What a change would bring.

    People and needs that get something within reach, or lose the last; `mean_metres` is the change of the
    mean distance to the nearest point; `people_in_reach` are those around the new point.
    """

    people_gained: float
    people_lost: float
    needs_gained: float
    needs_lost: float
    mean_metres: float
    people_in_reach: float
    by_place: tuple[PlaceChange, ...] = ()


@dataclass(frozen=True, slots=True)
class BestNext:
    """The best next places: `gained` of what is not yet reached, and a bound that no choice can exceed.

    `each` is what each adds after those before it. `optimal`: the bound equals what was found.
    """

    aim: Aim
    chosen: tuple[str, ...]
    each: tuple[float, ...]
    gained: float
    bound: float
    optimal: bool
    could_gain: float
    nodes: int = 0

    @property
    def gap(self) -> float:
        """How far the best may lie above what was found, as a part of the bound."""
        return 0.0 if self.bound <= 0 else max(0.0, (self.bound - self.gained) / self.bound)


@dataclass(frozen=True, slots=True)
class CoverAnswer:
    """How the region stands. `accessibility` (2SFCA) is visits a week per person, per population point."""

    people: float
    people_reached: float
    needs: float
    needs_reached: float
    mean_metres: float
    count: Count
    accessibility: Floats
    white_spots: tuple[WhiteSpot, ...]
    best_next: BestNext | None = None
    change: Delta | None = None
    unknown_capacity: tuple[str, ...] = field(default=())
