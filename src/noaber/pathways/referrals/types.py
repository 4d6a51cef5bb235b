"""What other rooms may hold of a referral."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from noaber.network.residents.types import Thread
from noaber.offer.routes.types import RouteCardView, RouteChoice


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
    gender: str = ""
    may_text: bool = False
    may_leave_message: bool = False
    post_address: str = ""
    once_key: str = ""
    reached_through: str = ""
    route: RouteChoice | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a referral, and by which way. Through the link nobody is signed in; a name was typed."""

    organisation_id: UUID
    region_id: UUID
    account_id: UUID | None
    via: str = "account"
    typed_name: str = ""


@dataclass(frozen=True, slots=True)
class PracticeDoor:
    """A way in for writing alone: the link of a practice, or one of its computers."""

    key_id: UUID
    organisation_id: UUID
    organisation: str
    region_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A link or a computer of the practice, in its list."""

    id: UUID
    kind: str
    label: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    last_used_on: date | None
    maker_left: bool


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
    letter_new: bool = False


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter that may be read."""

    id: UUID
    body: str
    released_at: datetime | None
    release_on: date | None
    objected: bool
    opened_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter as the practice reads it, with what the resident herself says beside it."""

    id: UUID
    body: str
    written_at: datetime
    first_time: bool
    statement: str = ""


@dataclass(frozen=True, slots=True)
class OwnReferral:
    """One referral as the practice that sent it may follow it."""

    referral_id: UUID
    sent_at: datetime
    sent_by: str
    thread: Thread
    letters: tuple[LetterText, ...]
    route: RouteCardView | None = None
    route_followed: bool | None = None


@dataclass(frozen=True, slots=True)
class WaitFigure:
    """How long people waited for the first conversation, in whole days since receipt.

    `place` is the municipality, or empty for the whole region; `n` people, of whom half waited at most
    `p50_days` and nine in ten at most `p90_days`; held in the `window_days` before `as_of`. For the whole
    region `n` is rounded down to tens, so that nobody can subtract their way to a small group.
    """

    place: str
    p50_days: int
    p90_days: int
    n: int
    window_days: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose in a form."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What a referrer has before them: the rules of the region and where the practice is."""

    region_id: UUID
    practice: str
    minimum_age_years: int
    norm_days: int
    professionals: tuple[int, int]
    report_within_days: int
    reads_first_days: int
    letter_needs_consent: bool
    modes: tuple[str, ...]
    municipalities: tuple[Choice, ...]
    home: Choice | None
    urgent: tuple[Mapping[str, Any], ...]
    wait: WaitFigure | None

    @property
    def home_id(self) -> UUID | None:
        """The municipality in which the practice has its door, when that is known."""
        return UUID(self.home.key) if self.home is not None else None
