"""What the region lacks in care programmes, as lines for its list of gaps."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from noaber.offer.directory.hooks import Lack


def lacking(region_id: UUID, now: datetime) -> tuple[Lack, ...]:
    """Intake stops, waits beyond the norm, and diagnosis groups without a programme within reach."""
    return ()
