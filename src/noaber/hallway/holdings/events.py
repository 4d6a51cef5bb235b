"""What this room tells the others."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ErasureAnswered:
    """The privacy officer answered her request to erase; she can read it on her page."""

    resident_id: UUID
    request_id: UUID
