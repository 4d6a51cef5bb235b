"""What a visitor looks for and what is found. Distances in kilometres, angles in degrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

RADIUS_KM = 15.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What someone looks for. `facets` are codes of `facets.py`, such as ``form:walk_in``.

    One of the codes of a taxonomy is enough, all taxonomies must be met. `radius_km` counts only with a place
    (`latitude` and `longitude`); None is the whole region. `typing`: the last word may be unfinished, and a
    search that finds nothing is not yet a gap. `municipality` is the slug of the place, when it is known.
    """

    text: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = RADIUS_KM
    facets: frozenset[str] = frozenset()
    municipality: str = ""
    typing: bool = False
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class FoundHit:
    """One entry that was found. `distance_km` is None for what is there for the whole region.

    `why`: word, part, prefix, synonym, spelling, meaning.
    """

    service_id: UUID
    score: float = 0.0
    distance_km: float | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, best first; `total` over all pages; for each facet how many there would be.

    `corrected` is what was searched instead of a misspelt text, `meant` what may have been meant when nothing
    was found; both empty when there is nothing to say. `also` are the words that were searched along. `gap`:
    nothing, not_near or not_now, for a question that leaves its asker empty-handed. `place`: the name of the
    place that stood in the words, when it was read so. `danger`: the words may mean suicide, self-harm or
    danger, so numbers to call come first.
    """

    hits: tuple[FoundHit, ...] = ()
    total: int = 0
    facet_counts: Mapping[str, int] = field(default_factory=dict)
    corrected: str = ""
    meant: str = ""
    also: tuple[str, ...] = ()
    widened: bool = False
    gap: str = ""
    place: str = ""
    danger: bool = False
