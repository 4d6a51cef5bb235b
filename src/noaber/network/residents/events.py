"""What happened with a thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HelpRequestPostponed:
    """The resident wants to wait a while."""

    help_request_id: UUID
    until_on: date


@dataclass(frozen=True, slots=True)
class HelpRequestStopped:
    """The resident stops. That is always allowed."""

    help_request_id: UUID


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """The resident asked whoever holds her request something."""

    question_id: UUID


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """There is an answer to her question."""

    question_id: UUID
