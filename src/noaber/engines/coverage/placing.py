"""Where k new points reach the most: the maximal covering location problem, with a proven bound.

People with the same set of candidates within reach are one group. A greedy choice is improved by exchange;
Lagrangian prices give a bound and often a better choice; branching closes what is left, as far as the effort
allows. No randomness but the fixed keys by which groups are found, and those are checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from noaber.engines.coverage import placing_kernel, reaching_kernel
from noaber.engines.coverage.layout import Layout, axes_of_points, straight
from noaber.engines.coverage.model import Aim, BestNext, Floats, Point, Reach

loops: Any = placing_kernel  # to mypy the functions of numba take no arguments in a row
pairing: Any = reaching_kernel
ROOT_ROUNDS = 1200
NODE_ROUNDS = 120
ROUNDING = 1e-9
Status = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Groups of people and the candidates that reach them, both ways."""

    weight: Floats
    ptr: NDArray[np.int64]
    cand: NDArray[np.int32]
    cptr: NDArray[np.int64]
    grp: NDArray[np.int32]
    whole: bool

    @property
    def arrays(self) -> tuple[Any, ...]:
        """As the loops take them."""
        return self.ptr, self.cand, self.cptr, self.grp, self.weight


def best_next(layout: Layout, within: NDArray[np.int32], candidates: Sequence[Point], k: int, reach: Reach,
              aim: Aim, effort: float) -> BestNext:  # fmt: skip
    """The best k of the candidates for those who have nothing now, and what no choice can exceed."""
    weight = np.where(within == 0, layout.people if aim is Aim.PEOPLE else layout.needs, 0.0)
    pairs = grouped(layout, weight, candidates, reach)
    search = Search(pairs, k, effort=effort * 1e6)
    search.run()
    chosen, each = search.in_order()
    return BestNext(
        aim=aim,
        chosen=tuple(candidates[j].id for j in chosen),
        each=tuple(each),
        gained=search.value,
        bound=search.bound,
        optimal=search.closed,
        could_gain=float(pairs.weight.sum()),
        nodes=search.nodes,
    )


def grouped(layout: Layout, weight: Floats, candidates: Sequence[Point], reach: Reach) -> Pairs:
    """Bring people together who have the same candidates within reach. Exact: every list is compared."""
    n, points = len(candidates), len(layout.px)
    wanted = weight > 0
    sx, sy, sz = axes_of_points(candidates, layout.geometry)
    line = straight(reach)
    ground = (layout.start, layout.cx, layout.cy, layout.cz, layout.rad, layout.px, layout.py, layout.pz)
    keys = np.random.default_rng(20260101).integers(1, 2**63, size=(2, n), dtype=np.uint64)
    sign1, sign2 = np.zeros(points, dtype=np.uint64), np.zeros(points, dtype=np.uint64)
    size = np.zeros(points, dtype=np.int64)

    def sign(first: int, last: int) -> None:
        pairing.signatures(
            *(first, last, *ground, wanted, sx, sy, sz, line, line * line, keys[0], keys[1]),
            *(sign1, sign2, size),
        )

    layout.in_parts(sign)
    reached = np.flatnonzero(size)
    order = reached[np.lexsort((sign2[reached], sign1[reached]))]
    fresh = np.ones(len(order), dtype=np.bool_)
    fresh[1:] = (np.diff(sign1[order]) != 0) | (np.diff(sign2[order]) != 0)
    group = np.full(points, -1, dtype=np.int64)
    group[order] = np.cumsum(fresh) - 1
    sizes = size[order[fresh]]
    ptr = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    cand = np.full(int(ptr[-1]), -1, dtype=np.int32)
    if not pairing.lists(*ground, group, sx, sy, sz, line, line * line, ptr, cand):
        raise AssertionError("two groups of people with the same sign have other places within reach")
    total = np.bincount(group[order], weight[order], len(sizes)) if len(order) else np.empty(0)
    cptr, grp = loops.turned(ptr, cand, n)
    whole = bool((weight == np.floor(weight)).all()) and float(weight.sum()) < 2**52
    return Pairs(np.ascontiguousarray(total), ptr, cand, cptr, grp, whole)


@dataclass(slots=True, eq=False)
class Search:
    """One search: the best choice so far, the bound, and the work that is left."""

    pairs: Pairs
    k: int
    effort: float
    value: float = -1.0
    bound: float = float("inf")
    closed: bool = False
    nodes: int = 0
    best: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    _spent: float = 0.0

    def run(self) -> None:
        """Greedy and exchange, prices at the root, then branching until closed or out of effort."""
        n = len(self.pairs.cptr) - 1
        if self.k == 0 or n == 0 or not len(self.pairs.weight):
            self.best = np.arange(min(self.k, n))
            self.value, self.bound, self.closed = 0.0, 0.0, True
            return
        status = np.zeros(n, dtype=np.int8)
        self._try(np.full(self.k, -1, dtype=np.int64), status)
        self._branch(status)
        self.bound = max(self.bound, self.value)
        self.closed = self._is_closed(self.bound)
        if self.closed:
            self.bound = self.value

    def in_order(self) -> tuple[list[int], list[float]]:
        """The chosen places, each time the one that adds most, and what each adds."""
        left, chosen, each = list(self.best.tolist()), list[int](), list[float]()
        w, cptr, grp = self.pairs.weight.copy(), self.pairs.cptr, self.pairs.grp
        while left:
            adds = [float(w[grp[cptr[j] : cptr[j + 1]]].sum()) for j in left]
            top = int(np.argmax(adds))
            j = left.pop(top)
            chosen.append(j)
            each.append(adds[top])
            w[grp[cptr[j] : cptr[j + 1]]] = 0.0
        return chosen, each

    def _is_closed(self, bound: float) -> bool:
        """Whether nothing better than what was found can lie below this bound."""
        limit = bound * (1 + ROUNDING)
        if self.pairs.whole:
            return float(np.floor(limit + 1e-6)) <= self.value
        return limit <= self.value * (1 + 3 * ROUNDING)

    def _try(self, chosen: NDArray[np.int64], status: Status) -> None:
        value = float(loops.improve(chosen, self.k, status, *self.pairs.arrays))
        self._spent += 4.0 * len(self.pairs.cand)
        if value > self.value:
            self.value, self.best = value, chosen[chosen >= 0].copy()

    def _branch(self, root: Status) -> None:
        """Depth first, the place that is most in doubt first in and then out."""
        pairs = self.pairs
        prices = 0.5 * pairs.weight / np.maximum(np.diff(pairs.ptr), 1) ** 0.5
        stack: list[tuple[Status, Floats, float]] = [(root, prices, float(pairs.weight.sum()))]
        left_open = -1.0
        while stack:
            status, prices, above = stack.pop()
            if self._is_closed(above):
                continue
            if self.nodes and self._spent > self.effort:
                left_open = max(left_open, above, *(node[2] for node in stack))
                break
            bound, mean_x = self._look(status, prices, above)
            if self.nodes == 1:
                self.bound = bound
            if self._is_closed(bound):
                continue
            free = np.flatnonzero(status == 0)
            if self._is_settled(status, free):
                continue
            doubt = free[int(np.argmin(np.abs(mean_x[free] - 0.5)))]
            for way in (2, 1):
                child = status.copy()
                child[doubt] = way
                stack.append((child, prices.copy(), bound))
        self.bound = min(self.bound, max(left_open, self.value))

    def _is_settled(self, status: Status, free: NDArray[np.int64]) -> bool:
        """Whether nothing is left to choose at this node; then its value is exact, and kept when better."""
        inside = np.flatnonzero(status == 1)
        left = self.k - len(inside)
        if 0 < left < len(free):
            return False
        chosen = np.concatenate([inside, free]) if left > 0 else inside
        value = float(loops.value_of(chosen, self.pairs.cptr, self.pairs.grp, self.pairs.weight))
        if value > self.value:
            self.value, self.best = value, chosen
        return True

    def _look(self, status: Status, prices: Floats, above: float) -> tuple[float, Floats]:
        """Bound a node, try what its prices suggest, and settle what they prove."""
        pairs, n = self.pairs, len(status)
        mean_x, chosen = np.zeros(n), np.full(self.k, -1, dtype=np.int64)
        rounds = NODE_ROUNDS if self.nodes else ROOT_ROUNDS
        self.nodes += 1
        bound, earn, found = loops.bound(
            prices, rounds, self.k, status, self.value, *pairs.arrays, chosen, mean_x
        )
        self._spent += 2.0 * rounds * (len(pairs.cand) + len(pairs.weight))
        if found > self.value:
            self.value, self.best = float(found), chosen[chosen >= 0].copy()
        self._settle(
            status, earn, float(bound)
        )  # what follows from prices goes with the bound at those prices
        return min(float(bound), above), mean_x

    def _settle(self, status: Status, earn: Floats, bound: float) -> None:
        """Leave out for good what cannot be in a better choice; choose for good what must be in one."""
        open_places = self.k - int((status == 1).sum())
        free = np.flatnonzero(status == 0)
        if not 0 < open_places < len(free):
            return
        by_earning = free[np.argsort(-earn[free], kind="stable")]
        last_in, first_out = earn[by_earning[open_places - 1]], earn[by_earning[open_places]]
        for at, j in enumerate(by_earning.tolist()):
            if at < open_places:
                if self._is_closed(bound - earn[j] + first_out):
                    status[j] = 1
            elif self._is_closed(bound - last_in + earn[j]):
                status[j] = 2
