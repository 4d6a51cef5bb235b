"""What other rooms may hold of a help request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewResident:
    """Who a referral is about, and what she told the referrer about how to meet and reach her."""

    name: str
    phone: str
    email: str = ""
    language: str = "nl"
    gender: str = ""
    may_text: bool = False
    may_leave_message: bool = False
    post_address: str = ""

    @property
    def has_wishes(self) -> bool:
        """Whether the referrer knew anything beyond the numbers."""
        return bool(self.gender or self.may_text or self.may_leave_message or self.post_address)


@dataclass(frozen=True, slots=True)
class NewHelpRequest:
    """What is asked, and how she would like it."""

    question: str
    wishes: str = ""
    mode: str = ""
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Card:
    """A fresh access card. Shown once; only fingerprints are kept."""

    code: str
    pin: str


@dataclass(frozen=True, slots=True)
class Days:
    """The clock of one request, in whole days since receipt.

    `own` leaves out the days the resident herself postponed; `norm` is the region's soft limit.
    """

    since_receipt: int
    own: int
    postponed: int
    norm: int
    deadline_on: date

    @property
    def left(self) -> int:
        """Days until the norm, counted without her own postponement; negative when it has passed."""
        return self.norm - self.own


@dataclass(frozen=True, slots=True)
class HolderCard:
    """A human with a number."""

    name: str
    organisation: str
    phone: str
    profession: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history."""

    at: datetime
    words: str
    by: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Something she chose to start while she waits."""

    service_id: UUID
    name: str
    chosen_at: datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """The whole thread, as its reader may see it."""

    id: UUID
    code: str
    resident_id: UUID
    resident_name: str
    phone: str
    region_id: UUID
    municipality: str
    question: str
    wishes: str
    mode: str
    language: str
    phase: str
    received_at: datetime
    days: Days
    holder: HolderCard | None
    next_on: date | None
    next_step: str
    meanwhile: str
    history: tuple[Line, ...] = field(default=())
    municipality_id: UUID | None = None
    postponed_until: date | None = None
    closed_at: datetime | None = None
    closed_because: str = ""
    wished: Wishes | None = None
    wish_words: tuple[str, ...] = ()
    contact_words: tuple[str, ...] = ()
    chosen_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Current:
    """The request that a resident means when she says 'my question'."""

    id: UUID
    region_id: UUID
    municipality_id: UUID
    phase: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A request that lacks something it may never lack."""

    id: UUID
    code: str
    municipality: str
    lacks: tuple[str, ...]
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Wishes:
    """How she wants to be met and reached.

    `mode` is 'live', 'online', 'hybrid' or empty; `language` is that of the pages and messages,
    `spoken` that of the conversation; `times` are keys such as '1m' (Monday morning), see `wishes.TIMES`;
    `gender` is 'woman', 'man' or empty. Each `may_…` is a plain yes or no.
    """

    mode: str = ""
    language: str = "nl"
    spoken: str = "nl"
    times: tuple[str, ...] = ()
    gender: str = ""
    person: str = ""
    phone: str = ""
    email: str = ""
    post_address: str = ""
    may_mail: bool = True
    may_text: bool = False
    may_ring: bool = True
    may_post: bool = False
    may_leave_message: bool = False


@dataclass(frozen=True, slots=True)
class Asks:
    """Her wishes with their words, for a page that shows no whole thread."""

    wished: Wishes
    wish_words: tuple[str, ...]
    contact_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question she asked whoever holds her request, and the answer if there is one."""

    id: UUID
    words: str
    asked_at: datetime
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for an answer, as a list of work shows it.

    `words` and `resident_name` are filled for whoever may answer it, and empty for whoever only sees that
    it waits.
    """

    id: UUID
    help_request_id: UUID
    code: str
    asked_at: datetime
    holder: str
    may_answer: bool
    resident_name: str = ""
    words: str = ""
