"""Refuses a question that cannot be right, with a message that says what to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from noaber.engines.coverage.errors import BadInstance
from noaber.engines.coverage.kernel import extent, how_many_outside
from noaber.engines.coverage.layout import EARTH_METRES
from noaber.engines.coverage.model import (
    Change,
    Floats,
    Geometry,
    Ints,
    Part,
    Point,
    Population,
    Problem,
    Reach,
)

MOST_POPULATION = 5_000_000
MOST_POINTS = 20_000
MOST_FLOAT = float(np.finfo(np.float64).max)
WEEK_MINUTES = 7 * 24 * 60
FURTHEST_KM = 300.0
"""Further from the middle of the population than this is taken for a mistake: no region is so wide."""


def check(problem: Problem) -> None:
    """Raise BadInstance on the first thing that cannot be right."""
    check_reach(problem.reach)
    _check_population(problem.population, problem.reach)
    _check_points("points", problem.points, problem.reach)
    _check_near("points", problem.points, middle_of(problem.population), problem.reach)
    if problem.k or problem.candidates:
        check_k(problem.candidates, problem.k, problem.reach)
        _check_near("candidates", problem.candidates, middle_of(problem.population), problem.reach)
    if not problem.effort > 0:
        raise BadInstance("effort", happened=f"{problem.effort} is geen werk.", now_what="Kies meer dan 0.")
    if problem.change is not None:
        check_change(
            problem.change, {p.id: 0 for p in problem.points}, middle_of(problem.population), problem.reach
        )


def check_reach(reach: Reach) -> None:
    """A distance above nothing, and a road that is not shorter than the way of the crow."""
    if not (isfinite(reach.metres) and reach.metres > 0):
        raise BadInstance(
            "reach.metres",
            happened=f"{reach.metres} meter is geen bereik.",
            now_what="Geef een afstand in meters boven 0, bijvoorbeeld 5000.",
        )
    if not (isfinite(reach.detour) and 1 <= reach.detour <= 10):
        raise BadInstance(
            "reach.detour",
            happened=f"de omwegfactor {reach.detour} kan niet.",
            why="Een weg is nooit korter dan de rechte lijn.",
            now_what="Kies 1 tot 10; langs de weg is het ongeveer 1,3.",
        )


def _check_population(population: Population, reach: Reach) -> None:
    n = len(population)
    for name in ("y", "x", "people", "needs", "place"):
        found = len(getattr(population, name))
        if found != n:
            raise BadInstance(
                f"population.{name}",
                happened=f"heeft {found} waarden, people heeft er {n}.",
                now_what="Geef van elk punt elke waarde.",
            )
    if n == 0:
        raise BadInstance(
            "population",
            happened="er is geen enkel punt met inwoners.",
            now_what="Geef er minstens een, bijvoorbeeld het midden van een dorp.",
        )
    if n > MOST_POPULATION:
        raise BadInstance(
            "population",
            happened=f"{n} punten is te veel.",
            why="Zo veel past niet in het geheugen.",
            now_what=f"Tel adressen samen tot hoogstens {MOST_POPULATION}, bijvoorbeeld per postcode.",
        )
    for name in ("people", "needs"):
        values = getattr(population, name)
        if how_many_outside(values, 0.0, MOST_FLOAT):
            _refuse(f"population[{{}}].{name}", values, ~((values >= 0) & (values < np.inf)),
                    "is geen aantal.", "Geef 0 of meer; laat een punt zonder getal weg.")  # fmt: skip
    place, last = population.place, len(population.places) - 1
    if how_many_outside(place, 0, last):
        _refuse("population[{}].place", place, (place < 0) | (place > last),
                "is geen nummer van een plaats.", f"Kies 0 tot en met {last}.")  # fmt: skip
    _check_positions("population[{}]", population.y, population.x, reach)
    _refuse_far("population[{}]", population.y, population.x, middle_of(population), reach)


def middle_of(population: Population) -> tuple[float, float]:
    """About the middle of where people live: the median of at most a thousand of the points."""
    step = len(population) // 1000 + 1
    return float(np.median(population.y[::step])), float(np.median(population.x[::step]))


def _refuse(
    where: str, values: Floats | Ints, wrong: NDArray[np.bool_], happened: str, now_what: str
) -> None:
    if wrong.any():
        i = int(np.flatnonzero(wrong)[0])
        more = int(wrong.sum()) - 1
        also = f" Dat geldt voor nog {more} andere." if more else ""
        raise BadInstance(where.format(i), happened=f"{values[i]} {happened}{also}", now_what=now_what)


def _check_positions(where: str, y: Floats, x: Floats, reach: Reach) -> None:
    if not len(y):
        return
    plane = reach.geometry is Geometry.PLANE
    most_y, most_x = (MOST_FLOAT, MOST_FLOAT) if plane else (90.0, 180.0)
    if not how_many_outside(y, -most_y, most_y) and not how_many_outside(x, -most_x, most_x):
        return
    i = int(np.flatnonzero(~((np.abs(y) <= most_y) & (np.abs(x) <= most_x)))[0])
    if plane:
        raise BadInstance(
            where.format(i),
            happened=f"({y[i]}, {x[i]}) is geen plek.",
            now_what="Geef twee getallen in meters, geen lege waarde.",
        )
    raise BadInstance(
        where.format(i),
        happened=f"({y[i]}, {x[i]}) is geen plaats op aarde.",
        why="In Nederland ligt de breedte rond 52 en de lengte rond 6.",
        now_what="Geef eerst de breedte en dan de lengte, in graden. Meters (RD) horen bij geometry plane.",
    )


def _refuse_far(where: str, y: Floats, x: Floats, middle: tuple[float, float], reach: Reach) -> None:
    if not len(y):
        return
    corners_y, corners_x = np.array(extent(y)), np.array(extent(x))
    if (
        np.hypot(*(np.abs(axis).max() for axis in _km_from(corners_y, corners_x, middle, reach)))
        <= FURTHEST_KM
    ):
        return
    km = np.hypot(*_km_from(y, x, middle, reach))
    i = int(km.argmax())
    if km[i] > FURTHEST_KM:
        raise BadInstance(
            where.format(i),
            happened=f"({y[i]}, {x[i]}) ligt {km[i]:.0f} km van het midden van de inwoners.",
            why="Dat is buiten de regio, vaak in zee: een lege plek, of breedte en lengte zijn gewisseld.",
            now_what="Kijk deze plek na of laat het punt weg.",
        )


def _km_from(y: Floats, x: Floats, middle: tuple[float, float], reach: Reach) -> tuple[Floats, Floats]:
    north, east = (y - middle[0]) / 1000, (x - middle[1]) / 1000
    if reach.geometry is Geometry.PLANE:
        return north, east
    degree = EARTH_METRES * np.pi / 180
    return north * degree, east * degree * np.cos(np.radians(middle[0]))


def _check_near(where: str, points: Sequence[Point], middle: tuple[float, float], reach: Reach) -> None:
    y = np.array([point.y for point in points], dtype=np.float64)
    x = np.array([point.x for point in points], dtype=np.float64)
    _refuse_far(where + "[{}]", y, x, middle, reach)


def _check_points(where: str, points: Sequence[Point], reach: Reach) -> None:
    if len(points) > MOST_POINTS:
        raise BadInstance(
            where, happened=f"{len(points)} is te veel.", now_what=f"Geef er hoogstens {MOST_POINTS}."
        )
    seen: set[str] = set()
    for i, point in enumerate(points):
        if not point.id or point.id in seen:
            raise BadInstance(
                f"{where}[{i}].id",
                happened="ontbreekt." if not point.id else f"'{point.id}' staat er twee keer in.",
                now_what="Geef elk punt een eigen naam.",
            )
        seen.add(point.id)
        _check_opening(f"{where}[{i}]", point)
    y = np.array([point.y for point in points], dtype=np.float64)
    x = np.array([point.x for point in points], dtype=np.float64)
    _check_positions(where + "[{}]", y, x, reach)


def _check_opening(where: str, point: Point) -> None:
    for part, minutes in point.minutes:
        if part is not Part.ANY and not 0 <= minutes <= WEEK_MINUTES:
            raise BadInstance(
                f"{where}.minutes.{part}",
                happened=f"{minutes} minuten kan niet.",
                now_what=f"Geef de minuten per week: 0 tot en met {WEEK_MINUTES}.",
            )
    visits = point.visits_per_week
    if visits is not None and not (isfinite(visits) and visits > 0):
        raise BadInstance(
            f"{where}.visits_per_week",
            happened=f"{visits} bezoeken per week kan niet.",
            why="Een punt zonder plek ontvangt niemand en zou wel als bereikbaar tellen.",
            now_what="Geef meer dan 0, of laat het weg als u het niet weet.",
        )


def check_k(candidates: Sequence[Point], k: int, reach: Reach) -> None:
    """Places to choose from, and not more asked than there are."""
    _check_points("candidates", candidates, reach)
    if k < 1:
        raise BadInstance(
            "k",
            happened=f"{k} nieuwe plekken kan niet.",
            now_what="Vraag er 1 of meer, of laat candidates weg.",
        )
    if k > len(candidates):
        raise BadInstance(
            "k",
            happened=f"er worden {k} plekken gevraagd uit {len(candidates)}.",
            why="Elke plek kan één keer gekozen worden.",
            now_what="Vraag er minder of geef meer candidates.",
        )


def check_change(change: Change, known: Mapping[str, int], middle: tuple[float, float], reach: Reach) -> None:
    """A point that is known, and a place where it can be."""
    if change.point is None and change.to is None:
        raise BadInstance(
            "change", happened="er verandert niets.", now_what="Noem een punt, een plek of allebei."
        )
    if change.point is not None and change.point not in known:
        raise BadInstance(
            "change.point", happened=f"'{change.point}' is geen punt.", now_what="Kies een id uit points."
        )
    if change.to is not None:
        y, x = np.array([change.to[0]], dtype=np.float64), np.array([change.to[1]], dtype=np.float64)
        _check_positions("change.to", y, x, reach)
        _refuse_far("change.to", y, x, middle, reach)
