"""What she decided."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """Someone may read something from now on, or from the day it begins."""

    consent_id: UUID
