"""What the log tells the rooms above, which know whom to reach and how."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LookQuestioned:
    """A resident asked about a look. The privacy officer of the region answers."""

    question_id: UUID
    region_id: UUID


@dataclass(frozen=True, slots=True)
class LookExplained:
    """Her question was answered; the answer stands on her own page."""

    question_id: UUID
    resident_id: UUID


@dataclass(frozen=True, slots=True)
class ColleagueAsked:
    """The privacy officer asks a colleague why. The words stand on the page, not in the message."""

    item_id: UUID
    account_id: UUID


@dataclass(frozen=True, slots=True)
class ColleagueReplied:
    """The colleague said why."""

    item_id: UUID
    region_id: UUID
