"""What pages and other rooms may hold of a support point. Nothing here is about a visitor."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from noaber.offer.directory.types_record import ScheduleRecord


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when on one day; local times."""

    opens: time
    closes: time
    notes: str = ""


@dataclass(frozen=True, slots=True)
class OnProgramme:
    """Something that is on, on one day."""

    item_id: UUID
    title: str
    text: str
    on: date
    starts_at: time
    ends_at: time


@dataclass(frozen=True, slots=True)
class PointDay:
    """One day at a point: hours, or closed; `why` tells what makes this day different."""

    on: date
    hours: tuple[Hours, ...] = ()
    holiday: bool = False
    special: bool = False
    why: str = ""
    programme: tuple[OnProgramme, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the door opens on this day."""
        return bool(self.hours)


@dataclass(frozen=True, slots=True)
class Special:
    """Other hours on one day; closed when there are none."""

    on: date
    hours: tuple[Hours, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Weekly:
    """Something that is on, as it is kept: on a weekday from a day until a day, or once."""

    item_id: UUID
    title: str
    text: str
    weekday: int | None
    on: date | None
    starts_at: time
    ends_at: time
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Point:
    """A support point with the words of its entry. Degrees are WGS 84; None when nobody knows.

    `service_id` is the entry that lives on, also after a merge. `municipality` is a slug.
    """

    point_id: UUID
    service_id: UUID
    region_id: UUID
    organisation_id: UUID
    organisation: str
    name: str
    text: str
    kind: str
    municipality: str
    municipality_id: UUID | None
    municipality_name: str
    street: str
    postal_code: str
    city: str
    latitude: float | None
    longitude: float | None
    accessibility: str
    phone: str
    email: str
    website: str
    languages: tuple[str, ...]
    min_age: int | None
    max_age: int | None
    recovery_phases: tuple[int, ...]
    platform_name: str
    platform_url: str
    opened_on: date
    ended_on: date | None
    temporarily_closed: bool
    alert: str
    version: int
    schedules: tuple[ScheduleRecord, ...] = field(default=(), repr=False)

    def exists_on(self, day: date) -> bool:
        """Whether it was there on this day."""
        return self.opened_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point for a computation: where it is, how long it is open a week and what it can hold.

    `hours_a_week` follows from the hours of the entry; `capacity` by measure is what was measured last.
    """

    point_id: UUID
    name: str
    kind: str
    municipality: str
    latitude: float
    longitude: float
    hours_a_week: float
    min_age: int | None
    max_age: int | None
    capacity: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class NewPoint:
    """A point to open, with the words for its entry; `service_id` links it to an entry that is there."""

    kind: str
    opened_on: date
    service_id: UUID | None = None
    name: str = ""
    text: str = ""
    municipality: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    schedules: tuple[ScheduleRecord, ...] = ()
    min_age: int | None = None
    max_age: int | None = None
    recovery_phases: tuple[int, ...] = ()
    platform_name: str = ""
    platform_url: str = ""


@dataclass(frozen=True, slots=True)
class Tap:
    """One count from a page: +1, an undo, or a list that is added afterwards. `at` when it happened."""

    once_key: str
    change: int
    on: date
    part: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a tap came to: the visits of that day, and whether this was news."""

    on: date
    today: int
    news: bool


@dataclass(frozen=True, slots=True)
class Beds:
    """The beds of one night."""

    night: date
    beds: int
    occupied: int
    version: int
    by_name: str
    recorded_at: datetime

    @property
    def free(self) -> int:
        """How many are left."""
        return self.beds - self.occupied


@dataclass(frozen=True, slots=True)
class Answer:
    """What a point tells about one characteristic."""

    code: str
    label: str
    means: str
    text: str
    evidence: str
    following: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """One version of the story that a point tells about itself."""

    version: int
    written_on: date
    with_whom: str
    by_name: str
    answers: tuple[Answer, ...]
