"""What this room tells the house. Ids and times, no words and no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class GroupStarted:
    """Its first session was held."""

    group_id: UUID
    region_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class SessionHeld:
    """A session was held: its attendance was taken."""

    session_id: UUID
    group_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class PlaceAccepted:
    """Somebody has a place. `resident_id` is empty for who has no page of her own."""

    enrolment_id: UUID
    group_id: UUID
    resident_id: UUID | None
    at: datetime
