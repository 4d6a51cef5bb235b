"""The named peer for choosing places: HiGHS as scipy ships it, on the same question as a programme."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, eye, hstack, vstack
from scipy.spatial import cKDTree

from benchmarks.coverage.world import spots
from noaber.engines.coverage import Point, Population, Reach


@dataclass(frozen=True, slots=True)
class Solved:
    """What HiGHS found, what it proved, and whether it finished."""

    value: float
    bound: float
    finished: bool


def solve(people: Population, old: list[Point], candidates: list[Point], k: int, reach: Reach,
          seconds: float) -> Solved:  # fmt: skip
    """The most people that k of the candidates reach of those who have nothing.

    People with the same candidates are one row, as in our engine: that is a kindness to the solver.
    """
    homes = np.column_stack([people.x, people.y])
    have = cKDTree(spots(old)).query_ball_point(homes, reach.metres, return_length=True, workers=2) > 0
    homes, weight = homes[~have], people.people[~have]
    near = cKDTree(homes).sparse_distance_matrix(
        cKDTree(spots(candidates)), reach.metres, output_type="coo_matrix"
    )
    ones = np.ones(len(near.row))
    pairs = csr_matrix((ones, (near.row, near.col)), shape=(len(homes), len(candidates)))
    pairs.sort_indices()
    _, first, group = np.unique(_keys(pairs), return_index=True, return_inverse=True)
    total = np.bincount(group, weight)
    pairs = pairs[first]
    reached = np.diff(pairs.indptr) > 0
    pairs, total = pairs[reached], total[reached]
    rows, n = pairs.shape
    budget = csr_matrix(np.concatenate([np.ones(n), np.zeros(rows)]))
    found = milp(
        np.concatenate([np.zeros(n), -total]),
        constraints=[
            LinearConstraint(
                vstack([hstack([-pairs, eye(rows)]), budget]), ub=np.concatenate([np.zeros(rows), [k]])
            )
        ],
        bounds=Bounds(0, 1),
        integrality=np.concatenate([np.ones(n), np.zeros(rows)]),
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
    value = 0.0 if found.x is None else -float(found.fun)
    bound = float("inf") if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    return Solved(value, bound, finished=found.status == 0)


def _keys(pairs: csr_matrix) -> np.ndarray:
    ends = pairs.indptr.tolist()
    columns = pairs.indices.astype(np.int32).tobytes()
    keys = [columns[4 * a : 4 * b] for a, b in pairwise(ends)]
    return np.unique(np.array(keys, dtype=object), return_inverse=True)[1]
