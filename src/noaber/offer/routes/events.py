"""What happens with agreements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RouteAgreed:
    """A version of an agreement was agreed by its owner and applies from a day."""

    card_id: UUID
    version_id: UUID
    region_id: UUID
    from_on: date
