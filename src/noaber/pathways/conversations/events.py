"""What happened with a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ConversationPlanned:
    """A conversation was booked, or moved to another time (`sequence` above 0)."""

    conversation_id: UUID
    sequence: int


@dataclass(frozen=True, slots=True)
class ConversationCancelled:
    """A planned conversation will not take place."""

    conversation_id: UUID
    sequence: int


@dataclass(frozen=True, slots=True)
class ConversationHeld:
    """A conversation took place and its steps and outcome were recorded."""

    conversation_id: UUID


@dataclass(frozen=True, slots=True)
class ReportWritten:
    """A report is ready for the resident."""

    conversation_id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class CorrectionProposed:
    """The resident says that something in the report is wrong."""

    correction_id: UUID


@dataclass(frozen=True, slots=True)
class CorrectionAnswered:
    """The author answered, and left the text as it was."""

    correction_id: UUID


@dataclass(frozen=True, slots=True)
class PeerTimePlanned:
    """A peer worker has a time of her or his own with the resident, before or after the conversation."""

    participation_id: UUID


@dataclass(frozen=True, slots=True)
class PeerTimeCancelled:
    """That time will not take place."""

    participation_id: UUID
