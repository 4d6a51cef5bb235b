"""What happens with the entries of the directory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EntryChanged:
    """An entry was added, edited, confirmed, merged or ended. Others may look again."""

    service_id: UUID
    region_id: UUID
    revision: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ErrorReported:
    """A visitor says that something is not right with an entry."""

    report_id: UUID
    service_id: UUID
    at: datetime
