"""What other rooms may hold of wayfinders and of referral agreements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewWayfinder:
    """What is written down of a wayfinder, with what she agreed to. `degree` and `said` as in the model."""

    organisation_id: UUID
    municipality_id: UUID
    name: str
    phone: str
    degree: str
    said: str
    agreed_on: date
    begins_on: date
    ends_on: date | None = None
    email: str = ""
    hours: str = ""
    also_in: tuple[UUID, ...] = ()
    whole_region: bool = False
    neighbourhoods: str = ""
    languages: tuple[str, ...] = ("nl",)
    terms: tuple[str, ...] = ()
    knows: str = ""


@dataclass(frozen=True, slots=True)
class WayfinderCard:
    """A wayfinder as a page names her. `where` and `about` are words."""

    id: UUID
    name: str
    organisation: str
    where: str
    about: tuple[str, ...]
    knows: str
    phone: str
    email: str
    hours: str
    languages: tuple[str, ...]
    public: bool


@dataclass(frozen=True, slots=True)
class WayfinderRow:
    """A wayfinder in the list of who keeps it."""

    card: WayfinderCard
    ends_on: date | None
    tied: bool
    """Whether she goes by herself when her role ends."""
    may_keep: bool
    is_me: bool


@dataclass(frozen=True, slots=True)
class RouteText:
    """What an agreement says."""

    question: str
    first_choice: str
    valid_from: date
    for_whom: str = ""
    then: str = ""
    not_for: str = ""
    send_along: str = ""
    ring: str = ""
    ring_phone: str = ""
    words: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    service_ids: tuple[UUID, ...] = ()
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class LinkedService:
    """An entry of the directory that an agreement points to."""

    service_id: UUID
    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class RouteCardView:
    """An agreement in one version, as it is read."""

    card_id: UUID
    version_id: UUID
    number: int
    owner: str
    state: str
    state_word: str
    text: RouteText
    last_on: date | None = None
    services: tuple[LinkedService, ...] = ()
    lock: int = 0


@dataclass(frozen=True, slots=True)
class RouteStepLine:
    """A line of the history of an agreement."""

    at: datetime
    number: int
    what: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class RoutePage:
    """An agreement with all its versions, and what this reader may do with it."""

    shown: RouteCardView
    asked_on: date
    versions: tuple[RouteCardView, ...]
    history: tuple[RouteStepLine, ...]
    open_version: RouteCardView | None
    may_edit: bool
    may_agree: bool
    may_withdraw: bool
    may_tell: bool


@dataclass(frozen=True, slots=True)
class RouteChoice:
    """Whether an agreement was followed; the reason, and maybe words, when it was not."""

    version_id: UUID
    followed: bool
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class UseTable:
    """How often an agreement was followed or not in a year. What could point at someone is None or together.

    `total` is None when it was used less than five times; `cells` hold what may be shown apart.
    """

    card_id: UUID
    question: str
    owner: str
    total: int | None
    followed: int | None
    deviated: int | None
    cells: tuple[tuple[str, int], ...] = ()
    together: int | None = None
    together_words: tuple[str, ...] = ()
    said: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many wayfinders can be found for a municipality; those for the whole region count everywhere."""

    municipality: str
    own: int
    all: int
