"""Distance over the globe, one for every room. Engines measure many at once, with loops of their own."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
"""The mean radius of the earth, in kilometres."""


def km_between(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """The great-circle distance of two points in degrees, in kilometres (haversine)."""
    half = (
        sin(radians(to_latitude - latitude) / 2) ** 2
        + cos(radians(latitude)) * cos(radians(to_latitude)) * sin(radians(to_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
