"""The best next places compared with HiGHS, the solver of scipy, where it finishes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, eye, hstack, vstack

from noaber.engines.coverage import Coverage, Geometry, Point, Population, Reach


def near(population: Population, points: list[Point], reach: Reach) -> Any:
    """Who has which point within reach, on a plane."""
    y, x = np.array([p.y for p in points]), np.array([p.x for p in points])
    return (population.y[:, None] - y) ** 2 + (population.x[:, None] - x) ** 2 <= reach.metres**2


def solved(
    population: Population, points: list[Point], candidates: list[Point], k: int, reach: Reach
) -> float:
    """The proven optimum of the maximal covering location problem, as a mixed integer programme."""
    missed = ~(near(population, points, reach).any(axis=1))
    pairs = csr_matrix(near(population, candidates, reach)[missed].astype(float))
    weight = population.people[missed]
    rows, n = len(weight), len(candidates)
    at_most_k = csr_matrix(np.concatenate([np.ones(n), np.zeros(rows)]))
    found = milp(
        np.concatenate([np.zeros(n), -weight]),
        constraints=[
            LinearConstraint(
                vstack([hstack([-pairs, eye(rows)]), at_most_k]),
                ub=np.concatenate([np.zeros(rows), [k]]),
            )
        ],
        bounds=Bounds(0, 1),
        integrality=np.concatenate([np.ones(n), np.zeros(rows)]),
        options={"mip_rel_gap": 0, "time_limit": 60},
    )
    assert found.status == 0
    return float(-found.fun)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("n", "k"), [(20, 4), (60, 8), (100, 12)])
def test_the_best_next_places_reach_as_many_as_the_solver_proves(seed: int, n: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    population = Population.of(
        rng.uniform(0, 3e4, 3000), rng.uniform(0, 3e4, 3000), rng.integers(1, 40, 3000)
    )
    points = [Point(f"p{i}", *rng.uniform(0, 3e4, 2)) for i in range(5)]
    candidates = [Point(f"c{i}", *rng.uniform(0, 3e4, 2)) for i in range(n)]
    reach = Reach(float(rng.choice([2000.0, 4000.0, 6000.0])), 1.0, Geometry.PLANE)
    stands = Coverage(population, points, reach)
    best = stands.best_next(candidates, k)
    optimum = solved(population, points, candidates, k, reach)
    assert best.gained <= optimum + 1e-6 <= best.bound + 2e-6
    assert best.optimal
    assert best.gained == pytest.approx(optimum)


@pytest.mark.parametrize("seed", range(8))
def test_weights_that_are_no_whole_numbers_are_proven_too(seed: int) -> None:
    rng = np.random.default_rng(seed)
    population = Population.of(rng.uniform(0, 3e4, 110), rng.uniform(0, 3e4, 110), rng.pareto(1.2, 110) * 900)
    candidates = [
        Point(f"c{i}", y, x) for i, (y, x) in enumerate(zip(population.y, population.x, strict=True))
    ]
    reach = Reach(3900.0, 1.0, Geometry.PLANE)
    best = Coverage(population, [], reach).best_next(candidates, 3 + seed)
    assert best.optimal
    assert best.gained == pytest.approx(solved(population, [], candidates, 3 + seed, reach))


def test_out_of_effort_the_bound_still_holds() -> None:
    rng = np.random.default_rng(11)
    population = Population.of(rng.uniform(0, 2e4, 4000), rng.uniform(0, 2e4, 4000), np.ones(4000))
    candidates = [Point(f"c{i}", *rng.uniform(0, 2e4, 2)) for i in range(80)]
    reach = Reach(2500.0, 1.0, Geometry.PLANE)
    stands = Coverage(population, [], reach)
    hasty = stands.best_next(candidates, 8, effort=1e-3)
    optimum = solved(population, [], candidates, 8, reach)
    assert hasty.gained <= optimum + 1e-6 <= hasty.bound + 2e-6
    assert hasty.gap < 0.1
