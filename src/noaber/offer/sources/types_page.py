"""What the editor's pages show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SourceCard:
    """One source in the list."""

    source_id: UUID
    name: str
    kind_words: str
    state: str
    state_words: str
    why: str
    active: bool
    pulled: bool
    worked_at: datetime | None
    next_at: datetime | None
    editor: str
    entries: int
    differences: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run in the history."""

    run_id: UUID
    purpose: str
    purpose_words: str
    state: str
    state_words: str
    asked_at: datetime
    ended_at: datetime | None
    source_id: UUID | None
    source_name: str
    file_name: str
    words: str
    rows: int
    rows_done: int
    new: int
    changed: int
    same: int
    withdrawn: int
    refused: int

    @property
    def busy(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in {"queued", "running"}


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One fault on the page of a run."""

    row: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """One of the first entries of a trial, field by field in words."""

    name: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    """A run with its faults, and what a trial would bring."""

    run: RunRow
    faults: tuple[FaultRow, ...]
    more_faults: int
    sample: tuple[SampleEntry, ...]
    trial: bool
    whole_list: bool


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source with its settings and history."""

    card: SourceCard
    runs: tuple[RunRow, ...]
    may_accept_smaller: bool
    last: RunRow | None = None


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """All sources of the region, and what waits for a choice."""

    region_id: UUID
    region_slug: str
    sources: tuple[SourceCard, ...]
    differences: int
    duplicates: int
    files: tuple[RunRow, ...]


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A field that we wrote and the source changed, in words."""

    difference_id: UUID
    entry_name: str
    service_id: UUID
    source_name: str
    source_url: str
    field_words: str
    ours: str
    theirs: str
    found_at: datetime
    editor: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two entries that may be one, in the list."""

    duplicate_id: UUID
    score: int
    reasons: tuple[str, ...]
    names: tuple[str, str]
    where: tuple[str, str]
    sources: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entries beside each other."""

    service_id: UUID
    version: int
    name: str
    source: str
    source_url: str


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field of two entries; `differs` when an editor has something to choose."""

    field: str
    words: str
    values: tuple[str, str]
    differs: bool
    chosen: int
    """0: the first, 1: the second; what stands filled in."""


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two entries beside each other."""

    duplicate_id: UUID
    score: int
    reasons: tuple[str, ...]
    sides: tuple[Side, Side]
    fields: tuple[ComparedField, ...] = field(default_factory=tuple)
    stays: int = 0
    """Which of the two keeps its address: 0 or 1."""
