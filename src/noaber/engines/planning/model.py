"""What goes into the planning engine and what comes out. Frozen; all instants in UTC.

Minutes are whole minutes, loads are whole counts (for instance conversations held in the last four weeks),
days are differences between dates in Amsterdam.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from noaber.ground.intervals import DAY_MINUTES, Interval

GGZ_REGISTERED = "ggz_registered"
CERTIFIED = "certified"
LIVED_EXPERIENCE = "lived_experience"

LIVED_ROLE = "lived_experience"
EXTRA_ROLE = "extra"


class Mode(StrEnum):
    """How people meet. Hybrid and in person need a place, online needs none."""

    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    ONLINE = "online"


class LivedExperience(StrEnum):
    """Whether someone with lived experience sits at the table.

    UNLESS_REASONED binds like ALWAYS until the problem says a reason was written down.
    Regions where the peer worker may come before or after the conversation use OPTIONAL.
    """

    ALWAYS = "always"
    UNLESS_REASONED = "unless_reasoned"
    OPTIONAL = "optional"


class LanguageBy(StrEnum):
    """Who must speak the resident's language."""

    EVERYONE = "everyone"
    ONE = "one"


class Penalty(StrEnum):
    """A wish that this option does not meet. Soft: it orders options, it never forbids one."""

    NO_LIVED_EXPERIENCE = "no_lived_experience"
    OTHER_MODE = "other_mode"
    OTHER_GENDER = "other_gender"
    OTHER_MUNICIPALITY = "other_municipality"
    AFTER_NORM = "after_norm"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who may hold the conversation, with the stretches in which they are free.

    `domains` are the groups this person may sit for; at the table they sit for one of them.
    """

    id: str
    domains: frozenset[str]
    free: tuple[Interval, ...]
    flags: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset({"nl"})
    gender: str | None = None
    load: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A room, with the stretches in which it is free."""

    id: str
    municipality: str
    free: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """At least `min_people` who sit for one of these domains (none named: any) and carry all flags."""

    key: str
    domains: frozenset[str] = frozenset()
    min_people: int = 1
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Composition:
    """Who must sit at the table, as a region sets it.

    With `one_role_each` a person fills one role and sits for one domain. Without it a person counts for
    every requirement and every domain they meet. Lived experience is at the table when someone with that flag
    sits for one of `lived_domains` (none named: any), whichever role they fill: a peer worker may be the
    second of a duo, a psychologist who sits as the psychologist is not the peer worker too.
    """

    min_people: int = 2
    max_people: int = 3
    min_domains: int = 2
    required: tuple[Requirement, ...] = ()
    lived_experience: LivedExperience = LivedExperience.OPTIONAL
    lived_domains: frozenset[str] = frozenset()
    flags_for_everyone: frozenset[str] = frozenset()
    one_role_each: bool = True


@dataclass(frozen=True, slots=True)
class Wish:
    """What the resident wishes. Gender and home municipality are soft, the rest binds.

    `modes` in order of preference. `weekdays` with Monday 0. `hours` are minutes after local midnight; a
    pair that ends before it starts runs past midnight. No municipalities named means any.
    """

    modes: tuple[Mode, ...] = (Mode.IN_PERSON,)
    weekdays: frozenset[int] = frozenset(range(7))
    hours: tuple[tuple[int, int], ...] = ((0, DAY_MINUTES),)
    language: str | None = "nl"
    language_by: LanguageBy = LanguageBy.EVERYONE
    gender: str | None = None
    home_municipality: str | None = None
    municipalities: frozenset[str] = frozenset()
    not_with: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """One request for a conversation, and everyone and everything that could serve it.

    The conversation lies between `earliest` and `latest`, its end included, and starts on a whole grid step
    of the clock. `postponed_days` are days the resident asked for; they do not count for the norm.
    """

    candidates: tuple[Candidate, ...]
    places: tuple[Place, ...]
    composition: Composition
    wish: Wish
    received_at: datetime
    earliest: datetime
    latest: datetime
    duration_minutes: int = 60
    grid_minutes: int = 15
    norm_days: int = 14
    postponed_days: int = 0
    lived_experience_waived: bool = False
    one_per_day: bool = True


@dataclass(frozen=True, slots=True)
class Seat:
    """One person at the table: the role they fill, the domain they sit for, and whether as peer worker.

    The role is the key of a requirement, `lived_experience` for a peer worker who was added, or `extra`.
    """

    candidate_id: str
    role: str
    domain: str
    lived: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A conversation that can be booked.

    `day` counts from the date of receipt (that date is 0); `net_day` leaves out the resident's own
    postponement. `within_norm` compares `net_day` with the norm, fourteen days unless a region says else.
    """

    start: datetime
    end: datetime
    people: tuple[Seat, ...]
    mode: Mode
    place_id: str | None
    day: int
    net_day: int
    within_norm: bool
    penalties: tuple[Penalty, ...]
    team_load: int


class LackKind(StrEnum):
    """What may stand in the way."""

    REQUIREMENT = "requirement"
    LIVED_EXPERIENCE = "lived_experience"
    DOMAINS = "domains"
    PEOPLE = "people"
    LANGUAGE = "language"
    HOURS = "hours"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Lack:
    """One condition looked at alone.

    `alone_start`: the first start at which this condition by itself is met, in the wished hours.
    `without_start`: the first start of the whole conversation if this one condition were dropped.
    `blocks`: dropping only this one brings an earlier conversation. Days count from receipt.
    """

    kind: LackKind
    key: str
    alone_start: datetime | None
    alone_day: int | None
    without_start: datetime | None
    without_day: int | None
    blocks: bool


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why nothing fits within the norm: the conditions, those that block first, latest alone first."""

    norm_days: int
    first_start: datetime | None
    lacks: tuple[Lack, ...]

    @property
    def blocking(self) -> tuple[Lack, ...]:
        """The conditions that by themselves hold the conversation back."""
        return tuple(lack for lack in self.lacks if lack.blocks)


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """Options in order of start, the first of them the earliest that exists.

    `earliest_ideal` is the first option that meets every wish, which may come later.
    `without_lived_experience` is filled where a reason is still needed and dropping the peer worker would
    bring an earlier start. `shortage` is filled when the first option falls after the norm, or none exists.
    """

    options: tuple[Option, ...]
    earliest_ideal: Option | None = None
    without_lived_experience: Option | None = None
    shortage: Shortage | None = None
    starts_considered: int = 0
    starts_feasible: int = 0
