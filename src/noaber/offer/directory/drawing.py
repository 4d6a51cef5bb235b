"""The map beside the list: our own drawing of places, no pictures from elsewhere. Pure.

Flat over a region of some tens of kilometres: a degree of longitude is shrunk by the cosine of the latitude.
Sizes are in units of the drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin

WIDTH = 420.0
TALLEST, LOWEST = 520.0, 240.0
PIN = 15.0
EDGE = 30.0
KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Spot:
    """Something with a place: degrees. `weight`: which label comes first when not all fit."""

    name: str
    latitude: float
    longitude: float
    weight: float = 0.0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered pin. Coordinates as text, with a point."""

    number: int
    name: str
    x: str
    y: str
    text_y: str


@dataclass(frozen=True, slots=True)
class Town:
    """The name of a place; the dot under it."""

    name: str
    x: str
    y: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Circle:
    """How far was looked."""

    x: str
    y: str
    r: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything on the map."""

    box: str
    pins: tuple[Pin, ...]
    towns: tuple[Town, ...]
    circle: Circle | None


@dataclass(frozen=True, slots=True)
class _Frame:
    west: float
    north: float
    per_degree: float
    shrink: float
    height: float

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        x = (longitude - self.west) * self.per_degree * self.shrink
        return x, (self.north - latitude) * self.per_degree


def draw(
    pins: Sequence[Spot],
    towns: Sequence[Spot],
    *,
    centre: tuple[float, float] | None = None,
    radius_km: float | None = None,
    around: bool = True,
) -> Drawing | None:
    """Pins over the names of towns; with a centre and a radius as far as that, and its circle when
    `around`. None with nothing to show."""
    if centre is not None and radius_km is not None:
        high, wide = radius_km / KM_PER_DEGREE, radius_km / (KM_PER_DEGREE * cos(radians(centre[0])))
        corners = [(centre[0] - high, centre[1] - wide), (centre[0] + high, centre[1] + wide)]
    else:
        corners = [(spot.latitude, spot.longitude) for spot in (*towns, *pins)]
        corners += [centre] if centre else []
    if not corners:
        return None
    frame = _frame(corners)
    circle = None
    if around and centre is not None and radius_km is not None:
        x, y = frame.at(*centre)
        circle = Circle(_n(x), _n(y), _n(radius_km / KM_PER_DEGREE * frame.per_degree))
    placed = tuple(_pins(pins, frame))
    return Drawing(
        box=f"0 0 {_n(WIDTH)} {_n(frame.height)}",
        pins=placed,
        towns=tuple(_towns(towns, frame, placed)),
        circle=circle,
    )


def _frame(corners: Sequence[tuple[float, float]]) -> _Frame:
    south, north = min(c[0] for c in corners), max(c[0] for c in corners)
    west, east = min(c[1] for c in corners), max(c[1] for c in corners)
    shrink = max(cos(radians((south + north) / 2)), 0.1)
    wide, high = max((east - west) * shrink, 0.02), max(north - south, 0.02)
    per_degree = min((WIDTH - 2 * EDGE) / wide, (TALLEST - 2 * EDGE) / high)
    height = min(max(high * per_degree + 2 * EDGE, LOWEST), TALLEST)
    left = (WIDTH / per_degree - wide) / 2
    top = (height / per_degree - high) / 2
    return _Frame(west - left / shrink, north + top, per_degree, shrink, height)


def _pins(spots: Sequence[Spot], frame: _Frame) -> Iterable[Pin]:
    """Pins where they are, or just beside when another pin is there already."""
    taken: list[tuple[float, float]] = []
    for spot in spots:
        x, y = _beside(taken, frame.at(spot.latitude, spot.longitude), frame)
        taken.append((x, y))
        yield Pin(spot.number, spot.name, _n(x), _n(y), _n(y + 5.5))


def _beside(
    taken: Sequence[tuple[float, float]], wanted: tuple[float, float], frame: _Frame
) -> tuple[float, float]:
    for step in range(200):
        turn, away = step * 2.4, (PIN * 0.7) * (step**0.5)
        x = min(max(wanted[0] + away * cos(turn), PIN), WIDTH - PIN)
        y = min(max(wanted[1] + away * sin(turn), PIN), frame.height - PIN)
        if all(hypot(x - tx, y - ty) >= PIN * 1.9 for tx, ty in taken):
            return x, y
    return wanted


def _towns(spots: Sequence[Spot], frame: _Frame, pins: Sequence[Pin]) -> Iterable[Town]:
    """Names that fit beside the pins and each other, the largest towns first; each name once."""
    boxes = [(float(p.x) - PIN, float(p.y) - PIN, float(p.x) + PIN, float(p.y) + PIN) for p in pins]
    seen: set[str] = set()
    for spot in sorted(spots, key=lambda one: (-one.weight, one.name)):
        x, y = frame.at(spot.latitude, spot.longitude)
        if spot.name in seen:
            continue
        for down in (17.0, -9.0, 32.0, -24.0):
            box = _label_box(spot.name, x, y + down)
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= frame.height
            if inside and not any(_overlap(box, other) for other in boxes):
                seen.add(spot.name)
                boxes.append(box)
                yield Town(spot.name, _n(x), _n(y), _n(y + down))
                break


def _label_box(name: str, x: float, baseline: float) -> tuple[float, float, float, float]:
    half = len(name) * 3.9 + 3
    return x - half, baseline - 13, x + half, baseline + 4


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _n(value: float) -> str:
    """A number as SVG reads it."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
