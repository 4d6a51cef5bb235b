"""The loops, compiled by numba and kept on disk: lay out, count, nearest two, what a move changes.

Positions are metres in three axes (a plane has z = 0), distances squared until the end, so that they are the
same to the bit as those of a plain search. A closed point stands at infinity: never near, never in reach.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

SLACK = 1e-9
"""Relative room for rounding when a whole cell is judged at once; what falls within it is measured itself."""

FINITE = {"nnan", "nsz", "reassoc"}
"""Sums and largest values may be taken in any order; only for what is judged with slack afterwards."""


@njit(cache=True, nogil=True)
def cells_of(x: Any, y: Any, west: float, south: float, per_x: float, per_y: float, wide: int, high: int,
             cell: Any, count: Any) -> None:  # fmt: skip
    """The cell of each point, row by row, and how many points each cell has."""
    for i in range(len(x)):
        column = min(max(int((x[i] - west) * per_x), 0), wide - 1)
        row = min(max(int((y[i] - south) * per_y), 0), high - 1)
        if row & 1:
            column = wide - 1 - column
        at = row * wide + column
        cell[i] = at
        count[at] += 1


@njit(cache=True, nogil=True)
def sort_by_cell(offset: int, cell: Any, begin: Any, x: Any, y: Any, z: Any, order: Any, px: Any, py: Any,
                 pz: Any) -> None:  # fmt: skip
    """Put a stretch of points where their cells begin, within a cell as given. `begin` is used up.

    `offset` is the number of the first point of the stretch; an empty `z` is a plane.
    """
    for i in range(len(cell)):
        to = begin[cell[i]]
        begin[cell[i]] = to + 1
        order[to] = offset + i
        px[to], py[to] = x[i], y[i]
        pz[to] = z[i] if len(z) else 0.0


@njit(cache=True, nogil=True, fastmath=FINITE)
def middles(first: int, last: int, start: Any, px: Any, py: Any, pz: Any, cx: Any, cy: Any, cz: Any, rad: Any
            ) -> None:  # fmt: skip
    """The middle of the points of each cell and the distance to the furthest of them, with some slack."""
    for c in range(first, last):
        a, b = start[c], start[c + 1]
        x, y, z = px[a:b], py[a:b], pz[a:b]
        mx, my, mz = 0.0, 0.0, 0.0
        for p in range(len(x)):
            mx += x[p]
            my += y[p]
            mz += z[p]
        mx, my, mz = mx / len(x), my / len(x), mz / len(x)
        most = 0.0
        for p in range(len(x)):
            dx, dy, dz = x[p] - mx, y[p] - my, z[p] - mz
            most = max(most, dx * dx + dy * dy + dz * dz)
        cx[c], cy[c], cz[c] = mx, my, mz
        rad[c] = np.sqrt(most) * (1 + SLACK) + 1e-6


@njit(cache=True, nogil=True, fastmath=FINITE)
def largest(values: Any) -> float:
    """The largest of values that are never below nothing; infinity may be among them."""
    most = 0.0
    for p in range(len(values)):
        most = max(most, values[p])
    return most


@njit(cache=True, nogil=True)
def how_many_outside(values: Any, low: float, high: float) -> int:
    """How many values do not lie between low and high; what is no number lies outside."""
    outside = 0
    for i in range(len(values)):
        outside += not (values[i] >= low and values[i] <= high)
    return outside


@njit(cache=True, nogil=True, fastmath=FINITE)
def extent(values: Any) -> Any:
    """The smallest and the largest of values that are all numbers."""
    low, high = values[0], values[0]
    for i in range(len(values)):
        low = min(low, values[i])
        high = max(high, values[i])
    return low, high


@njit(cache=True, nogil=True)
def sweep(first: int, last: int, start: Any, cx: Any, cy: Any, cz: Any, rad: Any, px: Any, py: Any, pz: Any,
          sx: Any, sy: Any, sz: Any, reach: float, reach2: float, within: Any, near: Any, second: Any,
          d1: Any, d2: Any, far1: Any, far2: Any) -> None:  # fmt: skip
    """Count, nearest and second nearest of every point of these cells.

    Per cell the points that are surely in reach are only counted, those that may be are measured, and the
    nearest two are sought among those that can be. Of equals the first by index is the nearest. With an empty
    `second` only the nearest is sought, which is all that a count needs.
    """
    n = len(sx)
    dist = np.empty(n)
    for c in range(first, last):
        a, b = start[c], start[c + 1]
        x, y, z = px[a:b], py[a:b], pz[a:b]
        sure = distances_to(cx[c], cy[c], cz[c], rad[c], sx, sy, sz, reach, dist)
        count = within[a:b]
        for p in range(len(x)):
            count[p] = sure
        for s in range(n):
            if abs(dist[s] - reach) <= rad[c] + SLACK * reach:
                hx, hy, hz = sx[s], sy[s], sz[s]
                for p in range(len(x)):
                    dx, dy, dz = x[p] - hx, y[p] - hy, z[p] - hz
                    count[p] += dx * dx + dy * dy + dz * dz <= reach2
        if len(second) == 0:
            nearest_one(rad[c], dist, x, y, z, sx, sy, sz, near[a:b], d1[a:b])
        else:
            far1[c], far2[c] = nearest_two(
                rad[c], dist, x, y, z, sx, sy, sz, near[a:b], second[a:b], d1[a:b], d2[a:b]
            )


@njit(cache=True, nogil=True)
def nearest_one(rad: float, dist: Any, x: Any, y: Any, z: Any, sx: Any, sy: Any, sz: Any, near: Any, d1: Any
                ) -> None:  # fmt: skip
    """The nearest for the points of one cell; as `nearest_two`, where nobody will ask for a change."""
    low = np.inf
    for s in range(len(dist)):
        low = min(low, dist[s])
    bound = low + 2.0 * rad
    bound += SLACK * bound
    near[:] = -1
    d1[:] = np.inf
    for s in range(len(dist)):
        if dist[s] <= bound and dist[s] < np.inf:
            hx, hy, hz = sx[s], sy[s], sz[s]
            for p in range(len(x)):
                dx, dy, dz = x[p] - hx, y[p] - hy, z[p] - hz
                d = dx * dx + dy * dy + dz * dz
                old, n = d1[p], near[p]
                closer = d < old
                d1[p] = d if closer else old
                near[p] = s if closer else n


@njit(cache=True, nogil=True)
def distances_to(mx: float, my: float, mz: float, rad: float, sx: Any, sy: Any, sz: Any, reach: float,
                 dist: Any) -> int:  # fmt: skip
    """The distance of each point of service to the middle of a cell; how many surely reach the whole cell."""
    sure = 0
    edge = reach - rad - SLACK * reach
    for s in range(len(sx)):
        dx, dy, dz = sx[s] - mx, sy[s] - my, sz[s] - mz
        d = np.sqrt(dx * dx + dy * dy + dz * dz)
        dist[s] = d
        sure += d < edge
    return sure


@njit(cache=True, nogil=True)
def nearest_two(rad: float, dist: Any, x: Any, y: Any, z: Any, sx: Any, sy: Any, sz: Any, near: Any,
                second: Any, d1: Any, d2: Any) -> Any:  # fmt: skip
    """Nearest and second nearest for the points of one cell; gives the largest distance of each."""
    low, next_low = np.inf, np.inf
    for s in range(len(dist)):
        d = dist[s]
        if d < next_low:
            next_low = max(low, d)
            low = min(low, d)
    bound = next_low + 2.0 * rad
    bound += SLACK * bound
    near[:] = -1
    second[:] = -1
    d1[:] = np.inf
    d2[:] = np.inf
    for s in range(len(dist)):
        if dist[s] <= bound and dist[s] < np.inf:
            hx, hy, hz = sx[s], sy[s], sz[s]
            for p in range(len(x)):
                dx, dy, dz = x[p] - hx, y[p] - hy, z[p] - hz
                d = dx * dx + dy * dy + dz * dz
                old1, old2, n1, n2 = d1[p], d2[p], near[p], second[p]
                first_now = d < old1
                second_now = d < old2
                d1[p] = d if first_now else old1
                near[p] = s if first_now else n1
                d2[p] = old1 if first_now else (d if second_now else old2)
                second[p] = n1 if first_now else (s if second_now else n2)
    return np.sqrt(largest(d1)) * (1 + SLACK), np.sqrt(largest(d2)) * (1 + SLACK)


@njit(cache=True, nogil=True)
def peek(
    start: Any,
    cx: Any,
    cy: Any,
    cz: Any,
    rad: Any,
    far1: Any,
    px: Any,
    py: Any,
    pz: Any,
    people: Any,
    needs: Any,
    place: Any,
    within: Any,
    near: Any,
    d1: Any,
    d2: Any,
    moved: int,
    ax: float,
    ay: float,
    az: float,
    bx: float,
    by: float,
    bz: float,
    reach: float,
    reach2: float,
    by_place: Any,
) -> Any:
    """What changes when point `moved` (-1: none) leaves A and one stands at B; infinity is nowhere.

    Adds people gained and lost to `by_place`; gives people gained and lost, needs gained and lost, people
    times the change of distance to the nearest, and the people within reach of A and of B.
    """
    out = np.zeros(7)
    wide = reach * (1 + SLACK)
    for c in range(len(cx)):
        da = distance(cx[c], cy[c], cz[c], ax, ay, az) - rad[c]
        db = distance(cx[c], cy[c], cz[c], bx, by, bz) - rad[c]
        edge = max(wide, far1[c])
        if not ((da <= edge and da < np.inf) or (db <= edge and db < np.inf)):
            continue
        for p in range(start[c], start[c + 1]):
            dx, dy, dz = px[p] - ax, py[p] - ay, pz[p] - az
            in_a = dx * dx + dy * dy + dz * dz <= reach2
            dx, dy, dz = px[p] - bx, py[p] - by, pz[p] - bz
            d = dx * dx + dy * dy + dz * dz
            in_b = d <= reach2
            if in_a:
                out[5] += people[p]
            if in_b:
                out[6] += people[p]
            if in_b and not in_a and within[p] == 0:
                out[0] += people[p]
                out[2] += needs[p]
                by_place[place[p], 0] += people[p]
            elif in_a and not in_b and within[p] == 1:
                out[1] += people[p]
                out[3] += needs[p]
                by_place[place[p], 1] += people[p]
            was = d1[p]
            becomes = min(d, d2[p] if near[p] == moved else was)
            if becomes != was and becomes < np.inf and was < np.inf:
                out[4] += people[p] * (np.sqrt(becomes) - np.sqrt(was))
    return out


@njit(cache=True, nogil=True, inline="always")
def distance(x: float, y: float, z: float, hx: float, hy: float, hz: float) -> Any:
    """Metres in a straight line."""
    dx, dy, dz = x - hx, y - hy, z - hz
    return np.sqrt(dx * dx + dy * dy + dz * dz)


@njit(cache=True, nogil=True)
def settle(
    start: Any,
    cx: Any,
    cy: Any,
    cz: Any,
    rad: Any,
    far1: Any,
    far2: Any,
    px: Any,
    py: Any,
    pz: Any,
    sx: Any,
    sy: Any,
    sz: Any,
    within: Any,
    near: Any,
    second: Any,
    d1: Any,
    d2: Any,
    ax: float,
    ay: float,
    az: float,
    bx: float,
    by: float,
    bz: float,
    reach: float,
    reach2: float,
) -> None:
    """Bring counts and the nearest two up to date after a point left A for B; `sx, sy, sz` are as they are
    now.

    A cell changes its nearest two only when A or B lies within its largest second distance.
    """
    dist = np.empty(len(sx))
    wide = reach * (1 + SLACK)
    for c in range(len(cx)):
        da = distance(cx[c], cy[c], cz[c], ax, ay, az) - rad[c]
        db = distance(cx[c], cy[c], cz[c], bx, by, bz) - rad[c]
        a, b = start[c], start[c + 1]
        if da <= wide:
            for p in range(a, b):
                dx, dy, dz = px[p] - ax, py[p] - ay, pz[p] - az
                within[p] -= dx * dx + dy * dy + dz * dz <= reach2
        if db <= wide:
            for p in range(a, b):
                dx, dy, dz = px[p] - bx, py[p] - by, pz[p] - bz
                within[p] += dx * dx + dy * dy + dz * dz <= reach2
        if da <= far2[c] or db <= far2[c]:
            distances_to(cx[c], cy[c], cz[c], rad[c], sx, sy, sz, reach, dist)
            far1[c], far2[c] = nearest_two(
                rad[c], dist, px[a:b], py[a:b], pz[a:b], sx, sy, sz, near[a:b], second[a:b], d1[a:b], d2[a:b]
            )
