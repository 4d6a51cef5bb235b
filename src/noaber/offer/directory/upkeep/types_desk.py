"""What the desk of an editor or an owner shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from noaber.offer.directory.upkeep.rules_fresh import Freshness, State


class Look(StrEnum):
    """Why an entry needs a look."""

    REPORT = "report"
    ANSWER = "answer"
    CALL = "call"
    STALE = "stale"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits at the desk. `item_id` is the report or the question, when there is one."""

    look: Look
    service_id: UUID
    name: str
    organisation: str
    place: str
    since: date | None
    words: str = ""
    about: str = ""
    item_id: UUID | None = None
    reachable: str = ""
    """A phone number of the provider, for who must be called."""


@dataclass(frozen=True, slots=True)
class OwnerFreshness:
    """How fresh the entries of one owner are."""

    owner: str
    fresh: int
    ageing: int
    stale: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.fresh + self.ageing + self.stale

    @property
    def share(self) -> float:
        """The share that is fresh, 0 to 1."""
        return self.fresh / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class DeskRow:
    """An entry that a search at the desk found."""

    service_id: UUID
    name: str
    organisation: str
    place: str
    state: State
    status: str
    assured_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the first page of who keeps entries."""

    todos: tuple[Todo, ...]
    counts: dict[Look, int]
    owners: tuple[OwnerFreshness, ...]
    whole_region: bool
    gaps_open: int = 0


@dataclass(frozen=True, slots=True)
class Edit:
    """One line of the history of an entry."""

    version: int
    at: datetime
    by: str
    origin: str
    fields: tuple[tuple[str, str, str], ...]
    """(field in words, before, after)."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report or an answer that waits on the page of its entry."""

    item_id: UUID
    about: str
    words: str
    at: datetime
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Beside the form of one entry: how fresh it is, what waits, and what happened with it."""

    freshness: Freshness
    signs: tuple[tuple[str, date, str], ...]
    edits: tuple[Edit, ...]
    reports: tuple[Waiting, ...]
    answers: tuple[Waiting, ...]
    origins: dict[str, str] = field(default_factory=dict)
    """Where each field came from, in words: a source by its slug; ours is left out."""
    owner_email: str = ""
    asked_on: date | None = None
    may_choose_owner: bool = False
