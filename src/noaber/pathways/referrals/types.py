"""What other rooms may hold of a referral."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewReferral:
    """What a referrer fills in: four things, and what she adds freely."""

    name: str
    phone: str
    question: str
    consent: bool
    municipality_id: UUID
    email: str = ""
    wishes: str = ""
    mode: str = ""
    language: str = "nl"
    once_key: str = ""


@dataclass(frozen=True, slots=True)
class SentReferral:
    """The confirmation; code and pin can be shown only now."""

    referral_id: UUID
    help_request_id: UUID
    help_request_code: str
    card_code: str
    card_pin: str


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One line of 'Mijn verwijzingen'."""

    referral_id: UUID
    help_request_id: UUID
    code: str
    resident_name: str
    sent_at: datetime
    phase: str
    next_on: date | None
    next_step: str
    holder: str
    letter_ready: bool


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter that may be read."""

    id: UUID
    body: str
    released_at: datetime | None
    release_on: date
    objected: bool
