"""Where everything lies: positions in metres, and the population in order of small cells of the map."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from noaber.engines.coverage import kernel
from noaber.engines.coverage.model import Floats, Geometry, Point, Population, Reach

EARTH_METRES = 6_371_008.8
"""Mean radius of the earth (IUGG)."""

PER_CELL = 230
"""Points of the population in a cell when they lie evenly: measured to be the fastest."""

MOST_CELLS_WIDE = 512
WORTH_A_THREAD = 40_000
Axes = tuple[Floats, Floats, Floats]


def workers() -> int:
    """Threads for the big loops: the cores that this program may use, at most two."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(2, cores)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2, thread_name_prefix="coverage")


def in_parts(act: Callable[[int], None], parts: int, *, threads: int) -> None:
    """Do each part, on threads when there is more than one; the loops let go of the interpreter."""
    if threads == 1 or parts == 1:
        for part in range(parts):
            act(part)
    else:
        list(_pool().map(act, range(parts)))


def axes_of(y: Floats, x: Floats, geometry: Geometry) -> Axes:
    """Positions in metres: on the plane as given, on the sphere from the middle of the earth."""
    if geometry is Geometry.PLANE:
        return x, y, np.zeros(len(x))
    latitude, longitude = np.radians(y), np.radians(x)
    flat = EARTH_METRES * np.cos(latitude)
    return flat * np.cos(longitude), flat * np.sin(longitude), EARTH_METRES * np.sin(latitude)


def axes_of_points(points: Sequence[Point], geometry: Geometry) -> Axes:
    """As `axes_of`, for points that people go to."""
    y = np.array([point.y for point in points], dtype=np.float64)
    return axes_of(y, np.array([point.x for point in points], dtype=np.float64), geometry)


def straight(reach: Reach) -> float:
    """How far the reach is in a straight line: as the crow flies, and on a sphere through the earth."""
    crow = reach.metres / reach.detour
    if reach.geometry is Geometry.PLANE:
        return crow
    return 2 * EARTH_METRES * float(np.sin(min(crow / (2 * EARTH_METRES), np.pi / 2)))


def road(squares: Floats, reach: Reach) -> Floats:
    """Metres of road from squared straight distances."""
    line = np.sqrt(squares)
    if reach.geometry is Geometry.PLANE:
        return line * reach.detour
    with np.errstate(invalid="ignore"):
        crow = 2 * EARTH_METRES * np.arcsin(np.minimum(line / (2 * EARTH_METRES), 1.0))
    return np.where(np.isfinite(line), crow, np.inf) * reach.detour


@dataclass(frozen=True, eq=False)
class Layout:
    """The population in order of cells. `order[i]` is where the i-th point stands in what was given."""

    population: Population
    geometry: Geometry
    order: NDArray[np.int32]
    start: NDArray[np.int64]
    px: Floats
    py: Floats
    pz: Floats
    cx: Floats
    cy: Floats
    cz: Floats
    rad: Floats
    cuts: NDArray[np.int64]
    threads: int

    @cached_property
    def people(self) -> Floats:
        """How many live at each point."""
        return self.population.people[self.order]

    @cached_property
    def needs(self) -> Floats:
        """What was recorded as lacking at each point."""
        return self.population.needs[self.order]

    @cached_property
    def place(self) -> NDArray[np.int64]:
        """The named place of each point."""
        return self.population.place[self.order]

    @property
    def cells(self) -> int:
        """How many cells hold anyone."""
        return len(self.cx)

    @classmethod
    def of(cls, population: Population, geometry: Geometry, *, threads: int | None = None) -> Layout:
        """Sort the population into cells; the order depends on nothing but what was given."""
        n = len(population)
        many = n >= 2 * WORTH_A_THREAD
        threads = (workers() if many else 1) if threads is None else threads
        order, start, px, py, pz = _sorted(population, geometry, threads)
        cells = len(start) - 1
        cuts = np.searchsorted(start, np.linspace(0, n, 4 * threads + 1 if many else 2)).clip(0, cells)
        cuts[-1] = cells
        cx, cy, cz, rad = (np.empty(cells) for _ in range(4))

        def middle(part: int) -> None:
            kernel.middles(cuts[part], cuts[part + 1], start, px, py, pz, cx, cy, cz, rad)

        in_parts(middle, len(cuts) - 1, threads=threads)
        return cls(
            population=population,
            geometry=geometry,
            order=order,
            start=start,
            px=px,
            py=py,
            pz=pz,
            cx=cx,
            cy=cy,
            cz=cz,
            rad=rad,
            cuts=cuts,
            threads=threads,
        )

    def in_parts(self, act: Callable[[int, int], None]) -> None:
        """Do something for every stretch of cells, on the threads of this layout."""
        in_parts(
            lambda part: act(int(self.cuts[part]), int(self.cuts[part + 1])),
            len(self.cuts) - 1,
            threads=self.threads,
        )

    def as_given(self, sorted_values: NDArray[np.generic]) -> NDArray[np.generic]:
        """Values per point in the order in which the population was given."""
        given = np.empty_like(sorted_values)
        given[self.order] = sorted_values
        return given


def _sorted(
    population: Population, geometry: Geometry, threads: int
) -> tuple[NDArray[np.int32], NDArray[np.int64], Floats, Floats, Floats]:
    y, x = population.y, population.x
    n = len(x)
    side = int(np.clip(np.sqrt(n / PER_CELL), 1, MOST_CELLS_WIDE))
    (west, east), (south, north) = kernel.extent(x), kernel.extent(y)
    per_x, per_y = side / max(east - west, 1e-12), side / max(north - south, 1e-12)
    px, py, pz, numbers = np.empty((4, n))  # one block, so that the system gives it in big pages
    cell, order = numbers.view(np.int32)[:n], numbers.view(np.int32)[n:]
    flat = geometry is Geometry.PLANE
    ax, ay, az = (x, y, np.empty(0)) if flat else axes_of(y, x, geometry)
    counts = np.zeros((threads, side * side), dtype=np.int64)
    cut = np.linspace(0, n, threads + 1).astype(np.int64)

    def find(part: int) -> None:
        a, b = cut[part], cut[part + 1]
        kernel.cells_of(x[a:b], y[a:b], west, south, per_x, per_y, side, side, cell[a:b], counts[part])

    in_parts(find, threads, threads=threads)
    totals = counts.sum(axis=0)
    start = np.concatenate([[0], np.cumsum(totals[totals > 0])])
    before = np.concatenate([[0], np.cumsum(counts.T.ravel())[:-1]])
    begin = np.ascontiguousarray(before.reshape(side * side, threads).T)

    def place(part: int) -> None:
        a, b = int(cut[part]), int(cut[part + 1])
        kernel.sort_by_cell(a, cell[a:b], begin[part], ax[a:b], ay[a:b], az[a:b], order, px, py, pz)

    in_parts(place, threads, threads=threads)
    return order, start, px, py, pz
