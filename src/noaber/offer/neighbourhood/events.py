"""What happened in a neighbourhood. Ids only: never who it was."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class KeyPersonWithdrew:
    """Someone took back her consent to be known. Whatever was kept of her elsewhere must go now."""

    key_person_id: UUID
    area_id: UUID
