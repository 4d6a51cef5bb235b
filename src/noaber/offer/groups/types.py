"""What pages and other rooms may hold of a group."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Standing(StrEnum):
    """How a group stands today: what is kept of it, with its places and the day."""

    PROPOSED = "proposed"
    OPEN = "open"
    FULL = "full"
    RUNNING = "running"
    CLOSED = "closed"
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class NewGroup:
    """All that an organiser says of a group. Codes: `domain` of knowledge/codes, `terms` of offer_terms."""

    title: str
    kind: str
    domain: str
    organisation_id: UUID
    starts_on: date
    municipality_id: UUID | None = None
    ends_on: date | None = None
    terms: tuple[str, ...] = ()
    text: str = ""
    suits: str = ""
    waits_for: str = ""
    min_places: int = 4
    max_places: int = 10
    weekday: int | None = None
    from_time: time | None = None
    until_time: time | None = None
    every_weeks: int = 1
    form: str = "live"
    venue: str = ""
    city: str = ""
    room_id: UUID | None = None
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    cost: str = ""
    language: str = "nl"
    min_age: int | None = None
    max_age: int | None = None
    needs_referral: bool = False
    join_while_running: bool = True
    state: str = "proposed"
    predecessor_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewLeader:
    """Who will lead, for which organisation, from a day up to and not including another."""

    account_id: UUID
    organisation_id: UUID
    from_on: date
    until_on: date | None = None
    hours_per_week: Decimal = Decimal(0)
    by_first_name: bool = False


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Someone without a page of her own. Sealed as soon as it is kept."""

    name: str
    phone: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """How many places there are, how many are taken (offered counts), and how many people wait."""

    most: int
    taken: int = 0
    offered: int = 0
    waiting: int = 0
    asked: int = 0

    @property
    def free(self) -> int:
        """Places that nobody holds."""
        return max(0, self.most - self.taken)

    @property
    def open_to_new(self) -> int:
        """Places left when everybody who came earlier has one."""
        return max(0, self.free - self.waiting - self.asked)


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group as anybody may see it; it holds no person."""

    id: UUID
    title: str
    kind: str
    kind_label: str
    domain: str
    standing: Standing
    municipality: str
    city: str
    venue: str
    organisation: str
    organisations: tuple[str, ...]
    phone: str
    starts_on: date
    ends_on: date | None
    weekday: int | None
    from_time: time | None
    until_time: time | None
    every_weeks: int
    next_at: datetime | None
    form: str
    form_label: str
    cost: str
    language: str
    needs_referral: bool
    join_while_running: bool
    text: str
    suits: str
    waits_for: str
    terms: tuple[str, ...]
    places: Places
    min_age: int | None = None
    max_age: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    municipality_slug: str = ""
    service_id: UUID | None = None

    @property
    def takes_people(self) -> bool:
        """Whether somebody can sign up, be it for the waiting list."""
        return self.standing in {Standing.OPEN, Standing.FULL, Standing.RUNNING}


@dataclass(frozen=True, slots=True)
class EnrolmentCard:
    """Somebody on the way into a group or in it, for who may see her. `ahead`: how many stand before her."""

    id: UUID
    group_id: UUID
    name: str
    phone: str
    email: str
    status: str
    status_label: str
    way_label: str
    placed_by: str
    waits_since: datetime
    offer_until: datetime | None
    placed_at: datetime | None
    position: int | None
    has_page: bool
    measures: dict[str, int] = field(default_factory=dict)
    attended: tuple[int, int] = (0, 0)
    """Sessions she was at, and sessions of which it was noted."""
