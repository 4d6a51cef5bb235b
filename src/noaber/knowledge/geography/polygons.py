"""The centre of gravity of a shape as GeoJSON writes it, in the units of its own coordinates."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

DEEPEST = 8
LARGEST_PARTS = 100_000


class NoShape(ValueError):
    """This is no shape of which a centre can be told; the text says why, for a person, in Dutch."""


def centre_of(geometry: Any) -> tuple[float, float]:
    """The centre (x, y) of a point, polygon, several polygons or a collection. `NoShape` when there is none.

    Weighed by surface; holes are taken out, whatever way round they are drawn.
    """
    area = across = up = 0.0
    points: list[tuple[float, float]] = []
    for kind, coordinates in _parts(geometry, 0):
        if kind == "Point":
            points.append(_point(coordinates))
            continue
        surface, x, y = _polygon(coordinates)
        area, across, up = area + surface, across + surface * x, up + surface * y
    if area > 0:
        return across / area, up / area
    if points:
        return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    raise NoShape("de vorm heeft geen oppervlak")


def _parts(geometry: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """The points and polygons in a geometry."""
    if not isinstance(geometry, dict) or depth > DEEPEST:
        raise NoShape("de vorm (geometry) ontbreekt")
    kind, inside = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        for part in _list(geometry.get("geometries")):
            yield from _parts(part, depth + 1)
    elif kind in {"MultiPolygon", "MultiPoint"}:
        for part in _list(inside):
            yield kind.removeprefix("Multi"), part
    elif kind in {"Polygon", "Point"}:
        yield kind, inside
    else:
        raise NoShape("de vorm is geen vlak (Polygon) of punt (Point)")


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value or len(value) > LARGEST_PARTS:
        raise NoShape("de coördinaten ontbreken")
    return value


def _polygon(rings: Any) -> tuple[float, float, float]:
    """Surface and centre of an outer ring without its holes."""
    total = across = up = 0.0
    for position, ring in enumerate(_list(rings)):
        surface, x, y = _ring([_point(point) for point in _list(ring)])
        sign = 1.0 if position == 0 else -1.0
        total, across, up = total + sign * surface, across + sign * surface * x, up + sign * surface * y
    if total <= 0:
        raise NoShape("de vorm heeft geen oppervlak")
    return total, across / total, up / total


def _ring(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Surface (never negative) and centre of one ring, by the shoelace formula around its first point."""
    if len(points) < 4 or points[0] != points[-1]:
        raise NoShape("een rand is niet gesloten")
    x0, y0 = points[0]
    twice = across = up = 0.0
    for (ax, ay), (bx, by) in pairwise(points):
        cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        twice += cross
        across += cross * (ax + bx - 2 * x0)
        up += cross * (ay + by - 2 * y0)
    if twice == 0:
        return 0.0, x0, y0
    return abs(twice) / 2, x0 + across / (3 * twice), y0 + up / (3 * twice)


def _point(value: Any) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) < 2:
        raise NoShape("een coördinaat is geen paar getallen")
    x, y = value[0], value[1]
    if isinstance(x, bool) or isinstance(y, bool):
        raise NoShape("een coördinaat is geen paar getallen")
    if not isinstance(x, int | float) or not isinstance(y, int | float):
        raise NoShape("een coördinaat is geen paar getallen")
    if not (math.isfinite(x) and math.isfinite(y)):
        raise NoShape("een coördinaat is geen gewoon getal")
    return float(x), float(y)
