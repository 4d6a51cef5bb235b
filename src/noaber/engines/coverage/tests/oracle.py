"""The same questions the long way: every pair measured, every choice tried. Shares only the model."""

from __future__ import annotations

from itertools import combinations
from math import asin, cos, inf, radians, sin, sqrt

from noaber.engines.coverage import Change, Geometry, Part, Point, Population, Reach

EARTH = 6_371_008.8


def metres(a: tuple[float, float], b: tuple[float, float], reach: Reach) -> float:
    """Metres by road: the detour times the crow, on the sphere by the haversine."""
    if reach.geometry is Geometry.PLANE:
        return reach.detour * sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)
    (y1, x1), (y2, x2) = ((radians(y), radians(x)) for y, x in (a, b))
    half = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return reach.detour * 2 * EARTH * asin(min(1.0, sqrt(half)))


def table(population: Population, points: list[Point], reach: Reach, part: Part) -> list[list[float]]:
    """The distance from everyone to every point; infinite to what is closed."""
    return [
        [metres((y, x), (p.y, p.x), reach) if p.open_in(part) else inf for p in points]
        for y, x in zip(population.y.tolist(), population.x.tolist(), strict=True)
    ]


def within(distances: list[list[float]], reach: Reach) -> list[int]:
    """How many points each has within reach."""
    return [sum(d <= reach.metres for d in row) for row in distances]


def access(
    population: Population, points: list[Point], distances: list[list[float]], reach: Reach, part: Part
) -> list[float]:
    """2SFCA as it is written down: ratios per point, summed per person."""
    ratios = []
    for j, point in enumerate(points):
        around = sum(
            people
            for people, row in zip(population.people.tolist(), distances, strict=True)
            if row[j] <= reach.metres
        )
        ratios.append(point.visits_in(part) / around if around else 0.0)
    return [
        sum(ratio for ratio, d in zip(ratios, row, strict=True) if d <= reach.metres) for row in distances
    ]


def after(points: list[Point], change: Change) -> list[Point]:
    """The points as they stand after a change."""
    left = [p for p in points if p.id != change.point]
    if change.to is None:
        return left
    moved = next((p for p in points if p.id == change.point), Point("new", 0, 0))
    return [*left, Point(moved.id, change.to[0], change.to[1], moved.minutes)]


def best_choice(
    population: Population, reached: list[int], candidates: list[Point], k: int, reach: Reach
) -> float:
    """The most people that any k candidates reach of those who have nothing: every choice tried."""
    rows = table(population, candidates, reach, Part.ANY)
    weights = [p if have == 0 else 0.0 for p, have in zip(population.people.tolist(), reached, strict=True)]
    return max(
        sum(w for w, row in zip(weights, rows, strict=True) if any(row[j] <= reach.metres for j in chosen))
        for chosen in combinations(range(len(candidates)), k)
    )
