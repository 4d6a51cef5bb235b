"""What a module for self-help is made of, and what somebody did with it. Free of Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class BlockKind(StrEnum):
    """What one piece of a step is."""

    TEXT = "text"
    LIST = "list"
    TIP = "tip"
    EXERCISE = "exercise"
    QUESTION = "question"
    CHOICES = "choices"
    SCALE = "scale"


ANSWERED = frozenset({BlockKind.QUESTION, BlockKind.CHOICES, BlockKind.SCALE})
"""The pieces that ask something."""
SCALE_TOP = 10
"""A scale runs from 0 to 10."""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece. `lines` are list items, the acts of an exercise, or the choices; `low` and `high` name the
    ends of a scale. `key` is stable as long as the words stay the same; empty for what asks nothing."""

    kind: BlockKind
    words: str
    lines: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    minutes: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A part that somebody does in one go. `key` follows from its title."""

    key: str
    title: str
    minutes: int
    blocks: tuple[Block, ...]

    @property
    def asked(self) -> tuple[Block, ...]:
        """What this step asks."""
        return tuple(block for block in self.blocks if block.kind in ANSWERED)


@dataclass(frozen=True, slots=True)
class ModuleText:
    """A whole module as an editor wrote it. `diary` holds what the diary asks each day; empty: no diary."""

    title: str
    summary: str
    audience: str
    terms: tuple[str, ...]
    steps: tuple[Step, ...]
    diary: tuple[Block, ...] = ()

    @property
    def minutes(self) -> int:
        """How long all steps take together."""
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on a line of the text, from 1; 0 is the whole."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """A module in a list."""

    module_id: UUID
    slug: str
    title: str
    summary: str
    audience: str
    steps: int
    minutes: int
    terms: tuple[str, ...]
    done: int = 0
    """How many steps this reader did; 0 for a reader whom we do not know."""


@dataclass(frozen=True, slots=True)
class StepDone:
    """What somebody kept of one step. `answers` by the key of the question; `asked` are its words then."""

    answers: Mapping[str, object]
    saved_at: datetime
    done_at: datetime | None
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """What somebody wrote on one day."""

    on: date
    answers: Mapping[str, object]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class ReminderCard:
    """When somebody wants to be reminded: weekdays (1 is Monday), the hour, and until which day."""

    weekdays: tuple[int, ...]
    hour: int
    until: date


@dataclass(frozen=True, slots=True)
class KeptModule:
    """A module on the editors' desk. `text` is what stands now, `public` whether visitors see a version."""

    module_id: UUID
    slug: str
    title: str
    text: str
    version: int
    public_version: int | None
    state: str
    changed_on: date
    changed_by: str
