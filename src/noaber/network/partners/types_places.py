"""Places, as other rooms may hold them. Degrees (WGS 84)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalityRow:
    """A town, village, neighbourhood, postcode area or municipality. `municipality` is a slug."""

    kind: str
    name: str
    municipality: str
    municipality_name: str
    latitude: float
    longitude: float
    postcodes: tuple[str, ...]
    source: str
    imported: bool


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The point that was meant. `certain` is False when the spelling was repaired: say what was taken."""

    name: str
    municipality: str
    latitude: float
    longitude: float
    certain: bool = True
