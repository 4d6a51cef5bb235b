"""What the pages of coverage hold. Counts of inhabitants are estimates; nothing is about a person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

PARTS = ("any", "day", "evening", "weekend")


@dataclass(frozen=True, slots=True)
class Home:
    """Inhabitants of one place. `needs`: how often was asked in vain there, by share of inhabitants.

    `municipality` is a slug. Degrees (WGS 84).
    """

    key: str
    name: str
    municipality: str
    municipality_name: str
    latitude: float
    longitude: float
    people: float
    needs: float = 0.0


@dataclass(frozen=True, slots=True)
class Door:
    """A support point as the computation sees it: minutes open a week by part (day, evening, weekend).

    `counted_hours` is what it holds in the measure in which the region agreed on growth.
    """

    point_id: UUID
    name: str
    municipality: str
    latitude: float
    longitude: float
    day_minutes: int
    evening_minutes: int
    weekend_minutes: int
    counted_hours: float

    @property
    def hours_a_week(self) -> float:
        """Open hours of a usual week."""
        return (self.day_minutes + self.evening_minutes + self.weekend_minutes) / 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page was asked: how far, how one travels, which part of the week, what to reach most of.

    `moved` is a point or empty for a new one; `to` the key of a place, `close`, or empty for no what-if.
    """

    km: int
    mode: str
    part: str = "any"
    aim: str = "people"
    k: int = 3
    moved: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class White:
    """A place whose people have nothing within reach. `km` to the nearest point; None without any point."""

    home: Home
    km: float | None


@dataclass(frozen=True, slots=True)
class Next:
    """A place for a new point, and how many more it reaches after those before it."""

    home: Home
    adds: float


@dataclass(frozen=True, slots=True)
class Best:
    """The best next places: what they reach together, and what no choice can exceed."""

    places: tuple[Next, ...]
    gained: float
    bound: float
    proven: bool


@dataclass(frozen=True, slots=True)
class Gain:
    """What a change brings to one place."""

    name: str
    gained: float
    lost: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change that was looked at: of which point, to where, and who gains and who loses."""

    point: str
    to: str
    closes: bool
    gained: float
    lost: float
    needs: float
    mean_metres: float
    gains: tuple[Gain, ...]

    @property
    def shorter(self) -> float:
        """Metres that the mean way becomes shorter."""
        return -self.mean_metres


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality in the fit-gap report. `wanted` hours is None where the region agreed on nothing."""

    name: str
    people: float
    reached: float
    needs: float
    points: int
    hours: float
    wanted: float | None
    hours_per_1000: float
    white: tuple[str, ...]

    @property
    def share(self) -> float:
        """Which part of the inhabitants has a point within reach."""
        return self.reached / self.people if self.people else 1.0

    @property
    def outside(self) -> float:
        """Inhabitants with nothing within reach."""
        return self.people - self.reached

    @property
    def short(self) -> float | None:
        """Hours that are wanted and not there."""
        return None if self.wanted is None else max(0.0, self.wanted - self.hours)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the region stands for one question."""

    asked: Asked
    homes: tuple[Home, ...]
    doors: tuple[Door, ...]
    open_doors: frozenset[UUID]
    without_place: tuple[str, ...]
    people: float
    reached: float
    needs: float
    needs_reached: float
    mean_km: float | None
    white: tuple[White, ...]
    covered: frozenset[str]
    towns: tuple[Town, ...]
    best: Best | None
    what_if: WhatIf | None
