"""A coverage question and its answer as JSON, for the command line and for handing over a puzzling case.

On the sphere a place has `latitude` and `longitude` in degrees, on the plane `y` and `x` in metres. The
population is a list of objects, or for big files one object of lists of equal length. Unknown names are
refused, not ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from math import isfinite
from typing import Any, TypeVar

import numpy as np

from noaber.engines.coverage.errors import BadInstance
from noaber.engines.coverage.model import (
    Aim,
    Change,
    CoverAnswer,
    Geometry,
    Part,
    Point,
    Population,
    Problem,
    Reach,
)

Json = Any
Choice = TypeVar("Choice", bound=StrEnum)
OPENING = (Part.DAY, Part.EVENING, Part.WEEKEND)
TOP = {"geometry", "reach", "part", "population", "points", "candidates", "k", "aim", "effort", "change"}


def from_json(document: Json) -> Problem:
    """Read a problem from parsed JSON. Raises BadInstance naming the field; run.py checks the whole."""
    top = _record(document, "", must={"population", "reach"}, may=TOP)
    geometry = _one_of(Geometry, top.get("geometry", Geometry.GREAT_CIRCLE.value), "geometry")
    reach = _record(top["reach"], "reach", must={"metres"}, may={"metres", "detour"})
    points, candidates = top.get("points", []), top.get("candidates", [])
    return Problem(
        population=_population(top["population"], geometry),
        points=_points(points, "points", geometry),
        reach=Reach(
            _number(reach["metres"], "reach.metres"),
            _number(reach.get("detour", 1.0), "reach.detour"),
            geometry,
        ),
        part=_one_of(Part, top.get("part", Part.ANY.value), "part"),
        candidates=_points(candidates, "candidates", geometry),
        k=_whole(top.get("k", 0), "k"),
        aim=_one_of(Aim, top.get("aim", Aim.PEOPLE.value), "aim"),
        effort=_number(top.get("effort", 3000.0), "effort"),
        change=_change(top["change"], geometry) if top.get("change") is not None else None,
    )


def to_json(answer: CoverAnswer, *, each: bool = False) -> Json:
    """Plain dictionaries, lists, strings and numbers; what is infinite is null. `each` adds every point."""
    plain: dict[str, Json] = {
        "people": answer.people,
        "people_reached": answer.people_reached,
        "needs": answer.needs,
        "needs_reached": answer.needs_reached,
        "mean_metres": answer.mean_metres,
        "white_spots": [asdict(spot) for spot in answer.white_spots],
        "unknown_capacity": list(answer.unknown_capacity),
    }
    if answer.best_next is not None:
        plain["best_next"] = {**asdict(answer.best_next), "gap": answer.best_next.gap}
    if answer.change is not None:
        plain["change"] = asdict(answer.change)
    if each:
        plain["each"] = {
            "within": answer.count.within.tolist(),
            "nearest": answer.count.nearest.tolist(),
            "metres": answer.count.metres.tolist(),
            "accessibility": answer.accessibility.tolist(),
        }
    return _finite(plain)


def _finite(value: Json) -> Json:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return value.value if isinstance(value, StrEnum) else value


def _axes(geometry: Geometry) -> tuple[str, str]:
    return ("y", "x") if geometry is Geometry.PLANE else ("latitude", "longitude")


def _population(value: Json, geometry: Geometry) -> Population:
    y, x = _axes(geometry)
    must, may = {y, x, "people"}, {y, x, "people", "needs", "place"}
    if isinstance(value, Mapping):
        columns = _record(value, "population", must=must, may=may)
        for name, column in columns.items():
            if not isinstance(column, list):
                raise _wrong(f"population.{name}", "een lijst", column)
    elif isinstance(value, list):
        rows = [_record(row, f"population[{i}]", must=must, may=may) for i, row in enumerate(value)]
        empty = {"needs": 0, "place": ""}
        columns = {name: [row.get(name, empty.get(name)) for row in rows] for name in (*must, *empty)}
    else:
        raise _wrong("population", "een lijst of een object", value)
    n = len(columns["people"])
    for name, column in columns.items():
        if len(column) != n:
            raise BadInstance(
                f"population.{name}",
                happened=f"heeft {len(column)} waarden, people heeft er {n}.",
                now_what="Geef van elk punt elke waarde.",
            )
    names = columns.get("place") or [""] * n
    for i, name in enumerate(names):
        if not isinstance(name, str):
            raise _wrong(f"population[{i}].place", "een tekst", name)
    places = sorted(set(names)) or [""]
    number = {name: i for i, name in enumerate(places)}
    return Population.of(
        _numbers(columns[y], y),
        _numbers(columns[x], x),
        _numbers(columns["people"], "people"),
        needs=_numbers(columns["needs"], "needs") if "needs" in columns else None,
        place=[number[name] for name in names],
        places=places,
    )


def _points(value: Json, where: str, geometry: Geometry) -> tuple[Point, ...]:
    if not isinstance(value, list):
        raise _wrong(where, "een lijst", value)
    y, x = _axes(geometry)
    must, may = {"id", y, x}, {"id", y, x, "minutes", "visits_per_week"}
    found = []
    for i, part in enumerate(value):
        here = f"{where}[{i}]"
        row = _record(part, here, must=must, may=may)
        visits = row.get("visits_per_week")
        found.append(
            Point(
                id=_text(row["id"], f"{here}.id"),
                y=_number(row[y], f"{here}.{y}"),
                x=_number(row[x], f"{here}.{x}"),
                minutes=_minutes(row.get("minutes", {}), f"{here}.minutes"),
                visits_per_week=None if visits is None else _number(visits, f"{here}.visits_per_week"),
            )
        )
    return tuple(found)


def _minutes(value: Json, where: str) -> tuple[tuple[Part, int], ...]:
    row = _record(value, where, must=set(), may=set(OPENING))
    return tuple((part, _whole(row[part], f"{where}.{part}")) for part in OPENING if part in row)


def _change(value: Json, geometry: Geometry) -> Change:
    row = _record(value, "change", must=set(), may={"point", "to"})
    point, to = row.get("point"), row.get("to")
    place = None
    if to is not None:
        y, x = _axes(geometry)
        spot = _record(to, "change.to", must={y, x}, may={y, x})
        place = (_number(spot[y], f"change.to.{y}"), _number(spot[x], f"change.to.{x}"))
    return Change(None if point is None else _text(point, "change.point"), place)


def _wrong(where: str, expected: str, found: Json) -> BadInstance:
    shown = repr(found) if len(repr(found)) <= 60 else repr(found)[:57] + "..."
    return BadInstance(where or "(top)", happened=f"verwacht: {expected}; gevonden: {shown}.")


def _record(value: Json, where: str, *, must: set[str], may: set[Any]) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise _wrong(where, "een object", value)
    prefix = f"{where}." if where else ""
    for name in value:
        if name not in may:
            raise BadInstance(
                f"{prefix}{name}",
                happened="deze naam bestaat hier niet.",
                now_what=f"Kies uit: {', '.join(sorted(may))}.",
            )
    for name in sorted(must - set(value)):
        raise BadInstance(f"{prefix}{name}", happened="ontbreekt.", now_what="Vul dit veld in.")
    return value


def _numbers(values: Sequence[Json], name: str) -> Any:
    for i, value in enumerate(values):
        if type(value) is not float and type(value) is not int:
            raise _wrong(f"population[{i}].{name}", "een getal", value)
    try:
        return np.array(values, dtype=np.float64)
    except OverflowError as error:
        raise _wrong(f"population.{name}", "getallen die een computer kent", max(values)) from error


def _number(value: Json, where: str) -> float:
    if type(value) is not float and type(value) is not int:
        raise _wrong(where, "een getal", value)
    try:
        return float(value)
    except OverflowError as error:
        raise _wrong(where, "een getal dat een computer kent", value) from error


def _whole(value: Json, where: str) -> int:
    if type(value) is not int:
        raise _wrong(where, "een heel getal", value)
    return value


def _text(value: Json, where: str) -> str:
    if not isinstance(value, str):
        raise _wrong(where, "een tekst", value)
    return value


def _one_of(choices: type[Choice], value: Json, where: str) -> Choice:
    if not isinstance(value, str) or value not in list(choices):
        raise _wrong(where, "een van " + ", ".join(choices), value)
    return choices(value)
