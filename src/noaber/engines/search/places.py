"""Where documents are: points in the cells of a grid, so that only what may be near is measured."""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, degrees, pi, radians, sin
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from noaber.engines.search.bits import Bits, count, keep, members, put, room, take

EARTH_KM = 6371.0088
_MOST_CELLS = 128
"""Cells along each side of the grid, at most; of a region of 200 km they are some 1.6 km wide."""
_IN_A_CELL = 8
_DEAR = 3
"""Looking up the points of a document costs as much as so many points of a cell."""
_MARGIN = 1e-9
_ALL_ROUND = 1e9

Doubles = npt.NDArray[np.float64]


class Places(NamedTuple):
    """Points in order of their cell, whose they are, and the points of each document. No points: everywhere.

    `grid`: the south and west end, and rows and columns to a degree.
    """

    everywhere: Bits
    start: npt.NDArray[np.int64]
    at: npt.NDArray[np.int32]
    point: Doubles
    owner: npt.NDArray[np.int32]
    cells: npt.NDArray[np.int64]
    grid: Doubles
    side: int


def unit(latitude: float, longitude: float) -> tuple[float, float, float]:
    """The point on the unit sphere."""
    lat, lon = radians(latitude), radians(longitude)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def box(latitude: float, longitude: float, angle: float) -> tuple[float, float, float, float]:
    """South, north, west and east of what holds all within an angle; all round near a pole."""
    tall = degrees(angle) + _MARGIN
    south, north = latitude - tall, latitude + tall
    if abs(latitude) + tall >= 90.0:
        return south, north, -_ALL_ROUND, _ALL_ROUND
    wide = degrees(asin(min(sin(min(angle, pi / 2)) / cos(radians(latitude)), 1.0))) + _MARGIN
    if abs(longitude) + wide >= 180.0:
        return south, north, -_ALL_ROUND, _ALL_ROUND
    return south, north, longitude - wide, longitude + wide


def lay(points: Sequence[Sequence[tuple[float, float]]]) -> Places:
    """The points of each document, laid in a grid."""
    n = len(points)
    sizes = np.fromiter(map(len, points), dtype=np.int64, count=n)
    start = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    everywhere = np.zeros(room(n), dtype=np.uint64)
    for d in np.flatnonzero(sizes == 0).tolist():
        everywhere[d >> 6] |= np.uint64(1 << (d & 63))
    flat = [point for some in points for point in some]
    degree = np.array(flat, dtype=np.float64).reshape(-1, 2)
    on_sphere = np.array([unit(*point) for point in flat], dtype=np.float64).reshape(-1, 3)
    side = int(min(max((len(flat) / _IN_A_CELL) ** 0.5, 1), _MOST_CELLS))
    low = degree.min(axis=0) if flat else np.zeros(2)
    wide = np.maximum(degree.max(axis=0) - low, 1e-6) if flat else np.ones(2)
    grid = np.concatenate([low, side / wide])
    cell = np.clip(((degree - low) * grid[2:]).astype(np.int64), 0, side - 1)
    number = cell[:, 0] * side + cell[:, 1]
    order = np.argsort(number, kind="stable")
    at = np.empty(len(flat), dtype=np.int32)
    at[order] = np.arange(len(flat), dtype=np.int32)
    cells = np.searchsorted(number[order], np.arange(side * side + 1)).astype(np.int64)
    owner = np.repeat(np.arange(n, dtype=np.int32), sizes)[order]
    return Places(everywhere, start, at, on_sphere[order], owner, cells, grid, side)


@njit(cache=True)
def chord(start: Any, at: Any, point: Any, x: float, y: float, z: float, d: int) -> float:
    """The square of the chord to the nearest point of a document; -1 when it is everywhere."""
    best = -1.0 if start[d] == start[d + 1] else 9.0
    for p in range(start[d], start[d + 1]):
        best = min(best, _squared(point, at[p], x, y, z))
    return best


@njit(cache=True)
def keep_near(places: Places, near: Any, fits: Any, spare: Any, out: Any) -> None:
    """Leave in `fits` what is within reach: by looking at each, or, when they are many, by the cells."""
    side, cells, point = places.side, places.cells, places.point
    x, y, z, reach = near.x, near.y, near.z, near.reach
    south, north = _cell(near.south, places, 0), _cell(near.north, places, 0)
    west, east = _cell(near.west, places, 1), _cell(near.east, places, 1)
    points = 0
    for row in range(south, north + 1):
        points += cells[row * side + east + 1] - cells[row * side + west]
    if _DEAR * count(fits) <= points:
        start, at = places.start, places.at
        for i in range(members(fits, out)):
            if chord(start, at, point, x, y, z, out[i]) > reach:
                take(fits, out[i])
        return
    owner = places.owner
    spare[:] = places.everywhere
    for row in range(south, north + 1):
        for i in range(cells[row * side + west], cells[row * side + east + 1]):
            if _squared(point, i, x, y, z) <= reach:
                put(spare, owner[i])
    keep(fits, spare)


@njit(cache=True, inline="always")
def _squared(point: Any, i: int, x: float, y: float, z: float) -> Any:
    dx = point[i, 0] - x
    dy = point[i, 1] - y
    dz = point[i, 2] - z
    return dx * dx + dy * dy + dz * dz


@njit(cache=True, inline="always")
def _cell(degree: float, places: Places, axis: int) -> Any:
    """The row or column of a degree; beyond the grid the last one."""
    number = np.floor((degree - places.grid[axis]) * places.grid[axis + 2])
    return np.int64(min(max(number, 0.0), places.side - 1.0))
