"""What other rooms and pages may hold of a time together, of paper and of post by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Beside:
    """A time together that just began."""

    id: UUID
    resident_id: UUID
    ends_at: datetime
    has_kept_words: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What she had typed when the time was over: the address it was meant for, and the fields."""

    path: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HandPost:
    """One letter or call that waits for a person."""

    id: UUID
    channel: str
    name: str
    address: str
    subject: str
    body: str
    queued_at: datetime
    late: bool
    again_on: date | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class PaperLetter:
    """One letter as it is printed."""

    id: UUID
    name: str
    address: tuple[str, ...]
    language: str
    paragraphs: tuple[str, ...]
    holder_name: str
    holder_organisation: str
    phone: str
    written_on: date
    code: str = ""
    place_name: str = ""
    place_route: str = ""
    rtl: bool = False
