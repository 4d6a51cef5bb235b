"""What other rooms may hold of members and professionals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Member:
    """Someone with a role at an organisation. `until_on` is the first day without it."""

    id: UUID
    name: str
    email: str
    role: str
    organisation: str
    from_on: date
    until_on: date | None
    may_end: bool

    def runs(self, on: date) -> bool:
        """Whether the role holds on this day."""
        return self.from_on <= on and (self.until_on is None or on < self.until_on)


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that waits for an answer."""

    id: UUID
    name: str
    email: str
    role: str
    organisation: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A training that was finished, and until when it counts."""

    kind: str
    obtained_on: date
    expires_on: date | None

    def counts(self, on: date) -> bool:
        """Whether it counts on this day."""
        return self.obtained_on <= on and (self.expires_on is None or on < self.expires_on)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A professional of an organisation, with what she was trained for."""

    id: UUID
    name: str
    profession: str
    certificates: tuple[CertificateLine, ...]


@dataclass(frozen=True, slots=True)
class PeopleOfOrganisation:
    """Everything that the administrator of an organisation sees on one page."""

    organisations: tuple[tuple[UUID, str], ...]
    members: tuple[Member, ...]
    former: tuple[Member, ...]
    invitations: tuple[OpenInvitation, ...]
    colleagues: tuple[Colleague, ...]


@dataclass(frozen=True, slots=True)
class InvitationOnScreen:
    """What someone who was invited reads before accepting."""

    name: str
    email: str
    role: str
    organisation: str
    has_account: bool
