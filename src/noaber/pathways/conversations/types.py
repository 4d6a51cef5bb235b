"""What other rooms may hold of a conversation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from noaber.network.residents.types import Days, Thread


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
    organisation: str = ""
    starts_at: datetime | None = None
    participation_id: UUID | None = None

    @property
    def first_name(self) -> str:
        """What colleagues call them; enough on a crowded board."""
        return self.name.split(" ", 1)[0]


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
    differs: str = ""

    @property
    def choice(self) -> str:
        """This proposal as a button carries it; see `read_choice`."""
        people = ",".join(str(p.professional_id) for p in self.people)
        return f"{self.starts_at.isoformat()}|{self.mode}|{self.room_id or ''}|{people}"


@dataclass(frozen=True, slots=True)
class Proposals:
    """What fits, earliest first, and in words why not sooner."""

    options: tuple[Proposal, ...]
    shortage: tuple[str, ...] = ()
    without_lived_experience: Proposal | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Booking:
    """What the planner chose."""

    starts_at: datetime
    mode: str
    room_id: UUID | None
    professional_ids: tuple[UUID, ...]
    lived_experience_reason: str = ""


@dataclass(frozen=True, slots=True)
class PeerBooking:
    """A peer worker before or after a conversation: who, which of the two, when, how long."""

    professional_id: UUID
    moment: str
    starts_at: datetime
    minutes: int


def read_choice(text: str) -> Booking:
    """The booking behind a button. Raises ValueError when it was tampered with."""
    start, mode, room, people = text.split("|")
    starts_at = datetime.fromisoformat(start)
    if starts_at.tzinfo is None:
        raise ValueError("a start needs its distance to UTC")
    ids = tuple(UUID(part) for part in people.split(","))
    return Booking(starts_at.astimezone(UTC), mode, UUID(room) if room else None, ids)


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
    number: int = 1
    postponed: frozenset[date] = frozenset()
    postponed_until: date | None = None
    proposal: Proposal | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What the planner asked to see. `state`: '' open and booked, 'open', 'booked', 'late' or 'after'."""

    text: str = ""
    municipality: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """The board in four figures, over everything the planner may see, before filters."""

    total: int
    booked: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page of the board. `ids` are all requests that were found, in order."""

    rows: tuple[BoardRow, ...]
    ids: tuple[UUID, ...]
    tally: Tally
    municipalities: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanningRules:
    """What the region asks of a table and a place, for the planner's page."""

    norm_days: int
    min_people: int
    max_people: int
    lived_experience: str
    modes: tuple[str, ...]
    default_mode: str
    duration_minutes: int
    max_conversations: int | None


@dataclass(frozen=True, slots=True)
class PlannerCase:
    """Everything on the page where one request gets its conversation."""

    thread: Thread
    number: int
    rules: PlanningRules
    booked: ConversationCard | None
    earlier: tuple[ConversationCard, ...]
    proposals: Proposals | None
    postponed: frozenset[date]
    may_book: bool
    earliest_on: date


@dataclass(frozen=True, slots=True)
class PersonAt:
    """A professional at a chosen moment: free, or what stands in the way."""

    person: PersonChip
    state: str


@dataclass(frozen=True, slots=True)
class RoomAt:
    """A room at a chosen moment: free, or what stands in the way."""

    room_id: UUID
    name: str
    municipality: str
    near: bool
    state: str


@dataclass(frozen=True, slots=True)
class Availability:
    """Who and what there is at one moment, for a choice by hand."""

    starts_at: datetime
    ends_at: datetime
    people: tuple[PersonAt, ...]
    rooms: tuple[RoomAt, ...]


@dataclass(frozen=True, slots=True)
class HolderChoice:
    """Someone who could hold a request."""

    account_id: UUID
    name: str
    organisation: str


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
    id: UUID | None = None
    answer: str = ""
    answered_at: datetime | None = None

    def asks(self, today: date) -> bool:
        """The day of looking back has come; she can say how it went, or change what she said."""
        return self.return_on is not None and self.return_on <= today


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


@dataclass(frozen=True, slots=True)
class ServiceChoice:
    """Something from the directory that can be agreed."""

    id: UUID
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of a guide's worklist. `todo`: record, write, outcome, today, upcoming or done."""

    conversation_id: UUID
    code: str
    resident_name: str
    question: str
    todo: str
    promised_on: date
    card: ConversationCard


@dataclass(frozen=True, slots=True)
class Worklist:
    """What needs a guide: first what is due, oldest promise first; then what comes; then what is done."""

    due: tuple[WorkItem, ...]
    upcoming: tuple[WorkItem, ...]
    done: tuple[WorkItem, ...]


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """The main outcome as it was recorded."""

    code: str
    label: str
    derived: bool
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One thing she said is wrong, and what became of it."""

    id: UUID
    words: str
    on_version: int
    proposed_at: datetime
    answer: str
    answered_at: datetime | None
    answered_by: str
    mended_in: int | None


@dataclass(frozen=True, slots=True)
class ReportState:
    """Where the report is.

    `goes_on` is the day on which the letter goes by itself; None when it goes only with her consent.
    """

    body: str
    author: str
    written_at: datetime
    version: int
    resident_read_at: datetime | None
    resident_agreed_at: datetime | None
    goes_on: date | None
    corrections: tuple[CorrectionView, ...] = ()
    statement: str = ""

    @property
    def asks_mending(self) -> bool:
        """She said that something is wrong, and waits for it."""
        return any(c.answered_at is None for c in self.corrections)


@dataclass(frozen=True, slots=True)
class GuidedConversation:
    """One conversation for who holds it: to prepare, to record, to write about."""

    card: ConversationCard
    code: str
    resident_name: str
    phone: str
    question: str
    wishes: str
    language: str
    received_on: date
    holder: str
    lived_experience_reason: str
    triage_forbidden: bool
    outcomes_allowed: tuple[str, ...]
    letter_by_itself: bool
    report_due_on: date
    steps: tuple[StepView, ...]
    outcome: OutcomeView | None
    report: ReportState | None
    report_hidden: bool
    services: tuple[ServiceChoice, ...]
    begun: bool
    may_have_another: bool
