"""What pages hold of a prepared request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewPreparation:
    """What she and the host filled in."""

    name: str
    question: str
    consent: bool
    municipality_id: UUID
    practice_id: UUID | None
    phone: str = ""
    through_us: bool = False
    post_address: str = ""
    wishes: str = ""
    language: str = "nl"
    once_key: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One prepared request, as its reader may see it."""

    id: UUID
    name: str
    phone: str
    reached_through: str
    question: str
    wishes: str
    language: str
    municipality: str
    practice: str
    practice_phone: str
    host: str
    organisation: str
    organisation_phone: str
    state: str
    prepared_at: datetime
    next_on: date
    late: bool
    reason: str = ""
    decided_by: str = ""
    code: str = ""
    card_given: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen on the form: (id, name) pairs, and whether the region asks a practice at all."""

    practices: tuple[tuple[str, str], ...]
    municipalities: tuple[tuple[str, str], ...]
    home: str
    needs_practice: bool
    minimum_age_years: int = 18
