"""From the Dutch grid (RD, EPSG:28992) to degrees (WGS 84, EPSG:4326).

F.H. Schreutelkamp and G.L. Strang van Hees, "Benaderingsformules voor de transformatie tussen RD- en
WGS84-kaartcoördinaten", 2001: polynomials around the tower of Amersfoort. Within some decimetres in the
Netherlands.
"""

from __future__ import annotations

ORIGIN_X, ORIGIN_Y = 155_000.0, 463_000.0
ORIGIN_LATITUDE, ORIGIN_LONGITUDE = 52.15517440, 5.38720621
SMALLEST_X, LARGEST_X = -7_000.0, 300_000.0
SMALLEST_Y, LARGEST_Y = 289_000.0, 629_000.0
"""The rectangle in which the grid is defined, in metres."""

_NORTH = (
    (0, 1, 3235.65389),
    (2, 0, -32.58297),
    (0, 2, -0.24750),
    (2, 1, -0.84978),
    (0, 3, -0.06550),
    (2, 2, -0.01709),
    (1, 0, -0.00738),
    (4, 0, 0.00530),
    (2, 3, -0.00039),
    (4, 1, 0.00033),
    (1, 1, -0.00012),
)
_EAST = (
    (1, 0, 5260.52916),
    (1, 1, 105.94684),
    (1, 2, 2.45656),
    (3, 0, -0.81885),
    (1, 3, 0.05594),
    (3, 1, -0.05607),
    (0, 1, 0.01199),
    (3, 2, -0.00256),
    (1, 4, 0.00128),
    (0, 2, 0.00022),
    (2, 0, -0.00022),
    (5, 0, 0.00026),
)
_SECONDS = 3600.0


def in_grid(x: float, y: float) -> bool:
    """Whether these can be metres of the grid."""
    return SMALLEST_X <= x <= LARGEST_X and SMALLEST_Y <= y <= LARGEST_Y


def degrees_of(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude in degrees of a point in metres. ValueError outside the grid."""
    if not in_grid(x, y):
        raise ValueError(f"({x}, {y}) is outside the Dutch grid")
    east, north = (x - ORIGIN_X) * 1e-5, (y - ORIGIN_Y) * 1e-5
    latitude = sum(k * east**p * north**q for p, q, k in _NORTH)
    longitude = sum(k * east**p * north**q for p, q, k in _EAST)
    return ORIGIN_LATITUDE + latitude / _SECONDS, ORIGIN_LONGITUDE + longitude / _SECONDS
