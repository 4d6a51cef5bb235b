"""The loops over who is within reach: what is asked of a point, who shares it, and which places reach whom.

Compiled by numba and kept on disk, like those of `kernel`, whose ways of measuring they use.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from noaber.engines.coverage.kernel import SLACK, distances_to


@njit(cache=True, nogil=True)
def demand(
    first: int,
    last: int,
    start: Any,
    cx: Any,
    cy: Any,
    cz: Any,
    rad: Any,
    px: Any,
    py: Any,
    pz: Any,
    people: Any,
    sx: Any,
    sy: Any,
    sz: Any,
    reach: float,
    reach2: float,
    asked: Any,
) -> None:
    """Add to `asked` the people within reach of each point: the first step of 2SFCA."""
    dist = np.empty(len(sx))
    for c in range(first, last):
        a, b = start[c], start[c + 1]
        distances_to(cx[c], cy[c], cz[c], rad[c], sx, sy, sz, reach, dist)
        whole = 0.0
        for p in range(a, b):
            whole += people[p]
        for s in range(len(sx)):
            if dist[s] > reach + rad[c] + SLACK * reach:
                continue
            if dist[s] < reach - rad[c] - SLACK * reach:
                asked[s] += whole
                continue
            for p in range(a, b):
                dx, dy, dz = px[p] - sx[s], py[p] - sy[s], pz[p] - sz[s]
                if dx * dx + dy * dy + dz * dz <= reach2:
                    asked[s] += people[p]


@njit(cache=True, nogil=True)
def share(
    first: int,
    last: int,
    start: Any,
    cx: Any,
    cy: Any,
    cz: Any,
    rad: Any,
    px: Any,
    py: Any,
    pz: Any,
    sx: Any,
    sy: Any,
    sz: Any,
    reach: float,
    reach2: float,
    ratio: Any,
    access: Any,
) -> None:
    """The sum of the ratios within reach of each person: the second step of 2SFCA."""
    dist = np.empty(len(sx))
    for c in range(first, last):
        a, b = start[c], start[c + 1]
        distances_to(cx[c], cy[c], cz[c], rad[c], sx, sy, sz, reach, dist)
        for p in range(a, b):
            access[p] = 0.0
        for s in range(len(sx)):
            if dist[s] > reach + rad[c] + SLACK * reach:
                continue
            for p in range(a, b):
                dx, dy, dz = px[p] - sx[s], py[p] - sy[s], pz[p] - sz[s]
                if dx * dx + dy * dy + dz * dz <= reach2:
                    access[p] += ratio[s]


@njit(cache=True, nogil=True)
def signatures(
    first: int,
    last: int,
    start: Any,
    cx: Any,
    cy: Any,
    cz: Any,
    rad: Any,
    px: Any,
    py: Any,
    pz: Any,
    wanted: Any,
    sx: Any,
    sy: Any,
    sz: Any,
    reach: float,
    reach2: float,
    key1: Any,
    key2: Any,
    sign1: Any,
    sign2: Any,
    size: Any,
) -> None:
    """Of each wanted point: how many places reach it, and two sums of the places' random keys."""
    dist = np.empty(len(sx))
    for c in range(first, last):
        a, b = start[c], start[c + 1]
        distances_to(cx[c], cy[c], cz[c], rad[c], sx, sy, sz, reach, dist)
        for s in range(len(sx)):
            if dist[s] > reach + rad[c] + SLACK * reach:
                continue
            for p in range(a, b):
                dx, dy, dz = px[p] - sx[s], py[p] - sy[s], pz[p] - sz[s]
                if wanted[p] and dx * dx + dy * dy + dz * dz <= reach2:
                    sign1[p] += key1[s]
                    sign2[p] += key2[s]
                    size[p] += 1


@njit(cache=True, nogil=True)
def lists(
    start: Any,
    cx: Any,
    cy: Any,
    cz: Any,
    rad: Any,
    px: Any,
    py: Any,
    pz: Any,
    group: Any,
    sx: Any,
    sy: Any,
    sz: Any,
    reach: float,
    reach2: float,
    ptr: Any,
    items: Any,
) -> bool:
    """The places that reach each group of points, in order; False when points of one group differ.

    `group` is -1 for a point that is left out. `items` starts as -1.
    """
    dist = np.empty(len(sx))
    for c in range(len(cx)):
        distances_to(cx[c], cy[c], cz[c], rad[c], sx, sy, sz, reach, dist)
        maybe = np.flatnonzero(dist <= reach + rad[c] + SLACK * reach)
        for p in range(start[c], start[c + 1]):
            g = group[p]
            if g < 0:
                continue
            at = ptr[g]
            for s in maybe:
                dx, dy, dz = px[p] - sx[s], py[p] - sy[s], pz[p] - sz[s]
                if dx * dx + dy * dy + dz * dz <= reach2:
                    if at == ptr[g + 1] or (items[at] != -1 and items[at] != s):
                        return False
                    items[at] = s
                    at += 1
            if at != ptr[g + 1]:
                return False
    return True
