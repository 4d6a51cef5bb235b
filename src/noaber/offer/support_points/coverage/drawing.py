"""The sketch of the region: places as dots, covered or white, points with a number. Pure.

Flat over some tens of kilometres: a degree of longitude is shrunk by the cosine of the latitude. Sizes are in
units of the drawing, as text that SVG reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

from noaber.offer.support_points.coverage.types import Door, Home, Standing

WIDTH, EDGE = 640.0, 34.0
KM_PER_DEGREE = 111.2
SMALLEST, LARGEST = 4.0, 15.0
LETTER = 7.2
PIN = 10.0
DOWN = (22.0, -14.0, 34.0, -26.0)
"""Where the name of a place may stand: under it, over it; for the largest also a line further."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A place. `state` is covered, white or chosen."""

    key: str
    name: str
    people: float
    state: str
    x: str
    y: str
    r: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A support point with its number in the list, and how far people come; closed in the part that was asked
    when `open` is False."""

    number: int
    name: str
    x: str
    y: str
    text_y: str
    r: str
    open: bool


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a place; `main` when it is the largest of its municipality."""

    name: str
    x: str
    y: str
    main: bool


@dataclass(frozen=True, slots=True)
class Sketch:
    """Everything on the map."""

    box: str
    dots: tuple[Dot, ...]
    pins: tuple[Pin, ...]
    labels: tuple[Label, ...]


class _Frame:
    def __init__(self, spots: Sequence[Home | Door]) -> None:
        south, north = min(s.latitude for s in spots), max(s.latitude for s in spots)
        west, east = min(s.longitude for s in spots), max(s.longitude for s in spots)
        self.shrink = max(cos(radians((south + north) / 2)), 0.1)
        wide, high = max((east - west) * self.shrink, 0.02), max(north - south, 0.02)
        self.scale = (WIDTH - 2 * EDGE) / max(wide, high)
        self.west, self.north = west, north
        self.left = (WIDTH - wide * self.scale) / 2
        self.height = high * self.scale + 2 * EDGE

    def at(self, spot: Home | Door) -> tuple[float, float]:
        x = self.left + (spot.longitude - self.west) * self.shrink * self.scale
        return x, EDGE + (self.north - spot.latitude) * self.scale


def sketch(standing: Standing, detour: float) -> Sketch:
    """The region as it stands; the place of a what-if is marked. Large places lie under small ones."""
    frame = _Frame([*standing.homes, *standing.doors])
    most = max((home.people for home in standing.homes), default=1.0) or 1.0
    reach = standing.asked.km / detour / KM_PER_DEGREE * frame.scale
    ranked = sorted(standing.homes, key=lambda home: (-home.people, home.key))
    pins = []
    for number, door in enumerate(standing.doors, 1):
        x, y = frame.at(door)
        pins.append(
            Pin(number, door.name, _n(x), _n(y), _n(y + 4.5), _n(reach), door.point_id in standing.open_doors)
        )
    return Sketch(
        box=f"0 0 {_n(WIDTH)} {_n(frame.height)}",
        dots=tuple(_dot(home, standing, frame, most) for home in ranked),
        pins=tuple(pins),
        labels=tuple(_labels(ranked, standing.doors, frame)),
    )


def _dot(home: Home, standing: Standing, frame: _Frame, most: float) -> Dot:
    x, y = frame.at(home)
    state = "covered" if home.key in standing.covered else "white"
    if home.key == standing.asked.to and standing.what_if is not None:
        state = "chosen"
    size = SMALLEST + (LARGEST - SMALLEST) * sqrt(home.people / most) + (4.0 if state == "chosen" else 0.0)
    return Dot(home.key, home.name, home.people, state, _n(x), _n(y), _n(size))


def _labels(ranked: Iterable[Home], doors: Iterable[Door], frame: _Frame) -> Iterable[Label]:
    """Names that fit: the largest place of each municipality first, then the others."""
    first: dict[str, Home] = {}
    rest = []
    for home in ranked:
        if home.municipality in first:
            rest.append(home)
        else:
            first[home.municipality] = home
    at = [frame.at(door) for door in doors]
    taken = [(x - PIN, y - PIN, x + PIN, y + PIN) for x, y in at]
    for home in [*first.values(), *rest]:
        x, y = frame.at(home)
        half = len(home.name) * LETTER / 2 + 3
        main = home is first[home.municipality]
        for down in DOWN if main else DOWN[:2]:
            box = (x - half, y + down - 12, x + half, y + down + 4)
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= frame.height
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield Label(home.name, _n(x), _n(y + down), main)
                break


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
