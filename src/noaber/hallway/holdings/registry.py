"""The list of all that is held about a resident; each room adds its own part at start."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from noaber.hallway.access.types import Actor
from noaber.hallway.holdings.types import Holding, ToRing

RegionOf = Callable[[UUID], UUID | None]
Find = Callable[[str, Iterable[UUID]], UUID | None]
WhoToRing = Callable[[Actor, datetime], ToRing]

READING_ORDER = (
    *("contact", "wgbo_record", "wmo_record", "consent_proof", "evaluation"),
    *("session", "erasure_proof", "access_log"),
)
_holdings: dict[str, Holding] = {}
_region_of: list[RegionOf] = []
_find: list[Find] = []
_who_to_ring: list[WhoToRing] = []


def register(holding: Holding) -> None:
    """Add one kind of thing; the same key again replaces it."""
    _holdings[holding.key] = holding


def holdings() -> tuple[Holding, ...]:
    """All kinds, in the order in which she reads them: who she is, her file, and last who looked at it."""
    return tuple(sorted(_holdings.values(), key=lambda kind: (_place(kind.retention), kind.key)))


def _place(retention: str) -> int:
    return READING_ORDER.index(retention) if retention in READING_ORDER else len(READING_ORDER) - 2


def holding(key: str) -> Holding | None:
    """One kind of thing, or None for a key that no room has (any more)."""
    return _holdings.get(key)


def register_residents(region_of: RegionOf, find: Find) -> None:
    """Let the room of residents say whose region is which, and who has this number of a request.

    `find(code, regions)` gives the resident of the request with this code, within these regions.
    """
    _region_of[:] = [region_of]
    _find[:] = [find]


def region_of(resident_id: UUID) -> UUID | None:
    """The region in which a resident asked for help."""
    return _region_of[0](resident_id) if _region_of else None


def find(code: str, regions: Iterable[UUID]) -> UUID | None:
    """The resident of the request with this code, within these regions."""
    return _find[0](code, regions) if _find else None


def register_who_to_ring(who: WhoToRing) -> None:
    """Let the room that knows say whom a resident can ring."""
    _who_to_ring[:] = [who]


def who_to_ring(actor: Actor, now: datetime) -> ToRing | None:
    """Her fixed person or the office that plans; None when no room knows."""
    return _who_to_ring[0](actor, now) if _who_to_ring else None
