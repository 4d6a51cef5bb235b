"""The sweep: from free stretches to the grid starts at which people and places are free.

Everything here is integer arithmetic on grid steps since 1970 (UTC). Offsets in Europe/Amsterdam are whole
hours and a grid step divides the hour, so a grid start is a whole step on the wall clock as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from noaber.engines.planning.errors import BadInstance
from noaber.ground.intervals import Interval

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_SPACING = 1 << 40  # seconds, some 35,000 years: keeps the stretches of one owner apart from the next


@dataclass(frozen=True, slots=True)
class Starts:
    """Runs of feasible start steps: owner i may start at every step from `first` up to and with `last`."""

    owner: Ints
    first: Ints
    last: Ints

    def free_at(self, step: int) -> Ints:
        """The owners that can start at this step, in order."""
        return np.sort(self.owner[(self.first <= step) & (step <= self.last)])


def start_runs(
    free: Sequence[Sequence[Interval]], *, horizon: tuple[int, int], duration_s: int, grid_s: int
) -> Starts:
    """The grid starts at which the whole duration lies in one (merged) free stretch of an owner.

    Horizon in seconds since 1970; steps in the answer count from `ceil(horizon start / grid)`.
    """
    owner = np.repeat(np.arange(len(free)), [len(stretches) for stretches in free])
    begin = _seconds(stretch.start for stretches in free for stretch in stretches)
    end = _seconds(stretch.end for stretches in free for stretch in stretches)
    begin, end = np.maximum(begin, horizon[0]), np.minimum(end, horizon[1])
    inside = end > begin
    owner, begin, end = _merged(owner[inside], begin[inside], end[inside])
    origin = -(-horizon[0] // grid_s)
    first = -(-begin // grid_s) - origin
    last = (end - duration_s) // grid_s - origin
    fits = last >= first
    return Starts(owner[fits], first[fits], last[fits])


def _seconds(moments: Iterable[datetime]) -> Ints:
    """Whole seconds since 1970. Raises BadInstance on a moment within a second."""
    exact = np.fromiter((moment.timestamp() for moment in moments), dtype=np.float64)
    seconds = exact.astype(np.int64)
    if (seconds != exact).any():
        raise BadInstance(
            "free",
            happened="een vrij tijdvak begint of eindigt midden in een seconde.",
            now_what="Rond alle tijden af op hele seconden.",
        )
    return seconds


def _merged(owner: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """Touching and overlapping stretches of one owner made one."""
    if not len(owner):
        return owner, begin, end
    order = np.lexsort((begin, owner))
    shift = owner[order] * _SPACING
    low, high = begin[order] + shift, end[order] + shift
    reach = np.maximum.accumulate(high)
    fresh = np.ones(len(low), dtype=np.bool_)
    fresh[1:] = low[1:] > reach[:-1]
    at = np.flatnonzero(fresh)
    until = np.append(at[1:], len(low)) - 1
    return owner[order][at], low[at] - shift[at], reach[until] - shift[at]


def some_free(starts: Starts, usable: Sequence[bool], steps: int) -> Bools:
    """The steps at which at least one usable owner can start."""
    group = np.where(np.array(usable, dtype=np.bool_), 0, -1)
    free: Bools = counts_per_step(starts, group, 1, steps)[0] > 0
    return free


def counts_per_step(starts: Starts, group_of: Ints, groups: int, steps: int) -> Ints:
    """How many owners of each group can start at each step; shape (groups, steps). Group -1 is left out."""
    group = group_of[starts.owner]
    used = group >= 0
    row = group[used] * (steps + 1)
    change = np.bincount(row + starts.first[used], minlength=groups * (steps + 1))
    change -= np.bincount(row + starts.last[used] + 1, minlength=groups * (steps + 1))
    return np.cumsum(change.reshape(groups, steps + 1), axis=1)[:, :steps]
