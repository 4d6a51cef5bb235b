"""What happened in the network."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class MembershipEnded:
    """A role at an organisation ended; it opens nothing any more."""

    account_id: UUID
    organisation_id: UUID
    role: str
