"""What other rooms may hold of an evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Audience(StrEnum):
    """Who is asked."""

    RESIDENT = "resident"
    RELATIVE = "relative"
    REFERRER = "referrer"
    PROFESSIONAL = "professional"


class Reply(StrEnum):
    """What can be answered to each question."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to answer three questions, as whoever holds its link may see it."""

    id: UUID
    audience: Audience
    language: str
    expires_at: datetime
    held_at: datetime | None


@dataclass(frozen=True, slots=True)
class Share:
    """How one question was answered in a period: counts by reply; None where the group is too small."""

    question: str
    words: str
    n: int | None
    replies: dict[Reply, int] | None


@dataclass(frozen=True, slots=True)
class Experiences:
    """What one audience answered in a period. `asked` and `answered` are None in a small group."""

    audience: Audience
    asked: int | None
    answered: int | None
    shares: tuple[Share, ...]
