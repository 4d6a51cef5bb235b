"""What other rooms may hold of an account or an invitation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """An invitation as the organisation sees it. The link itself is nowhere to be read back."""

    id: UUID
    email: str
    name: str
    role: str
    organisation_id: UUID
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone of the invented cast, to sign in as with one button."""

    key: UUID
    name: str
    role: str
    does: str
