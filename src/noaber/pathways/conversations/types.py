"""What other rooms may hold of a conversation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from noaber.network.residents.types import Days


@dataclass(frozen=True, slots=True)
class PersonChip:
    """Someone at the table: name, group and shape on the planner's board."""

    professional_id: UUID
    name: str
    group: str
    profession: str
    certified: bool
    account_id: UUID | None = None
    moment: str = "during"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A conversation that can be booked now."""

    starts_at: datetime
    ends_at: datetime
    mode: str
    room_id: UUID | None
    place: str
    people: tuple[PersonChip, ...]
    day: int
    own_day: int
    within_norm: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """What fits, earliest first, and in words why not sooner."""

    options: tuple[Proposal, ...]
    shortage: tuple[str, ...] = ()
    without_lived_experience: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """What the planner chose."""

    starts_at: datetime
    mode: str
    room_id: UUID | None
    professional_ids: tuple[UUID, ...]
    lived_experience_reason: str = ""


@dataclass(frozen=True, slots=True)
class ConversationCard:
    """A conversation as its readers may see it."""

    id: UUID
    help_request_id: UUID
    number: int
    state: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    place: str
    address: str
    municipality: str
    people: tuple[PersonChip, ...]
    outcome_recorded: bool = False
    has_report: bool = False


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of the planner's board."""

    help_request_id: UUID
    code: str
    municipality: str
    question: str
    wishes: str
    language: str
    phase: str
    days: Days
    received_on: date
    booked: ConversationCard | None
    days_ahead: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class NewStep:
    """An agreed step as it is typed."""

    words: str
    kind: str
    service_id: UUID | None = None
    try_on: date | None = None
    return_on: date | None = None


@dataclass(frozen=True, slots=True)
class StepView:
    """An agreed step as it is read."""

    words: str
    kind: str
    try_on: date | None
    return_on: date | None


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as its reader may see it."""

    conversation_id: UUID
    body: str
    author: str
    written_at: datetime
    resident_read_at: datetime | None
    resident_agreed_at: datetime | None
    version: int
    steps: tuple[StepView, ...] = field(default=())
