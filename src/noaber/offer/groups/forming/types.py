"""What pages and other rooms may hold of forming groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewWait:
    """Somebody who waits, as her organisation writes it down. `reference`: its own mark, never a name."""

    reference: str
    kind: str
    theme: str
    municipality_id: UUID
    postcode: str
    day_parts: tuple[str, ...]
    language: str
    age_band: str
    since: date
    travel_km: int
    consented_on: date
    once_key: str
    resident_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in a line of a file: the line (1 is the head), the column and a sentence."""

    line: int
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of a file: how many were added, how many stood there already. With faults nothing is kept."""

    added: int
    known: int
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class WaitLine:
    """A row on the list of an organisation, for its own people."""

    id: UUID
    reference: str
    organisation: str
    kind: str
    theme: str
    where: str
    when: str
    language: str
    age: str
    since: date
    consented_on: date
    consent_over: bool
    state: str
    state_word: str
    asked: bool


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """Whether a person of this list would want a group, with all she needs to know to say so."""

    id: UUID
    reference: str
    organisation: str
    title: str
    when: str
    starts_on: date
    sessions: int
    place: str
    leaders: tuple[str, ...]
    deadline: date
    answer: str
    answer_word: str
    open: bool
    state: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Somebody in a group to be, without a name: a pseudonym, her organisation, and how long she waits."""

    pseudonym: str
    organisation: str
    age: str
    place: str
    weeks: int
    km: float
    answer: str = ""
    answer_word: str = ""
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Chance:
    """A group that could start. `key` finds it again; `seen` changes when its people do."""

    key: str
    seen: str
    kind: str
    kind_label: str
    theme: str
    theme_label: str
    day_part: str
    when: str
    municipality_id: UUID
    place: str
    people: int
    eligible: int
    organisations: tuple[str, ...]
    longest_weeks: int
    language: str
    young: bool
    why: tuple[str, ...]
    cards: tuple[PersonCard, ...]
    leaders: tuple[str, ...]
    leader_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class PoolCell:
    """How many wait for a theme in one kind; None where it is hidden, with what it is hidden in."""

    kind: str
    theme: str
    people: int | None
    longest_weeks: int | None


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal in a list."""

    id: UUID
    title: str
    place: str
    when: str
    starts_on: date
    state: str
    state_word: str
    asked: int
    yes: int
    no: int
    later: int
    open: int
    least: int
    deadline: date
    group_id: UUID | None

    @property
    def enough(self) -> bool:
        """Whether it can start now."""
        return self.yes >= self.least


def euros(cents: int) -> str:
    """An amount as Dutch people write it, without its sign: € 1.234,56."""
    whole, rest = divmod(abs(cents), 100)
    return f"€ {whole:,}".replace(",", ".") + f",{rest:02}"


@dataclass(frozen=True, slots=True)
class ShareLine:
    """What one organisation carries, brings, and still pays (or, below 0, receives), in cents."""

    organisation: str
    participants: int
    carries_cents: int
    brings_cents: int
    balance_cents: int

    @property
    def carries(self) -> str:
        """In euro, to the cent."""
        return euros(self.carries_cents)

    @property
    def brings(self) -> str:
        """In euro, to the cent."""
        return euros(self.brings_cents)

    @property
    def balance(self) -> str:
        """In euro, to the cent, without its sign."""
        return euros(self.balance_cents)


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of what happened."""

    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """A proposal in full."""

    line: ProposalLine
    kind_label: str
    theme_label: str
    minutes: int
    sessions: int
    from_time: time
    leaders: tuple[tuple[str, str], ...]
    cards: tuple[PersonCard, ...]
    why: tuple[str, ...]
    shares: tuple[ShareLine, ...]
    total_cents: int
    cost_by: str
    carried_by: str
    steps: tuple[StepLine, ...]

    @property
    def total(self) -> str:
        """The whole cost in euro, to the cent."""
        return euros(self.total_cents)


@dataclass(frozen=True, slots=True)
class NewProposal:
    """What an organiser proposes. `key` and `seen` say which chance she saw; money in whole cents."""

    key: str
    seen: str
    title: str
    venue: str
    room_id: UUID | None
    starts_on: date
    from_time: time
    minutes: int
    sessions: int
    deadline: date
    leader_ids: tuple[UUID, ...]
    carried_by_id: UUID
    cost_by: str
    cents_per_hour: int
    leader_hours: Decimal
    other_cents: int
    once_key: str


@dataclass(frozen=True, slots=True)
class LeaderChoice:
    """Somebody who may lead: (membership of the role), name, organisation, and whether she is free then."""

    account_id: UUID
    organisation_id: UUID
    name: str
    organisation: str
    leads: int
    busy: frozenset[str]
