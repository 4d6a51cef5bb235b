"""An invented region: most people in towns of very different size, the rest spread, in metres on a plane."""

from __future__ import annotations

import numpy as np

from noaber.engines.coverage import Floats, Geometry, Point, Population, Reach

SIDE = 40_000.0
TOWNS = 60
REACH = Reach(2500.0, 1.0, Geometry.PLANE)


def population(rng: np.random.Generator, n: int) -> Population:
    """`n` addresses with one to four people each, eight of ten within a few kilometres of a town."""
    towns = rng.uniform(0, SIDE, (TOWNS, 2))
    sizes = rng.pareto(1.2, TOWNS) + 0.1
    town = rng.choice(TOWNS, n, p=sizes / sizes.sum())
    around = towns[town] + rng.normal(0, 1200, (n, 2))
    spots = np.where(rng.random((n, 1)) < 0.8, around, rng.uniform(0, SIDE, (n, 2)))
    people, needs = rng.integers(1, 5, n), rng.poisson(0.001, n)
    return Population.of(
        spots[:, 1], spots[:, 0], people, needs, town, tuple(f"town {i}" for i in range(TOWNS))
    )


def points(rng: np.random.Generator, people: Population, n: int, *, name: str = "point") -> list[Point]:
    """`n` points near people, as support points are."""
    at = rng.choice(len(people), n)
    y, x = people.y[at] + rng.normal(0, 300, n), people.x[at] + rng.normal(0, 300, n)
    return [
        Point(f"{name} {i}", *spot, visits_per_week=50.0)
        for i, spot in enumerate(zip(y.tolist(), x.tolist(), strict=True))
    ]


def spots(some: list[Point]) -> Floats:
    """As the KD-tree takes them."""
    return np.array([(point.x, point.y) for point in some])
