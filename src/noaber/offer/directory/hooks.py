"""What rooms above show beside the found offer, such as who can think along. They sign up at start.

The directory knows none of them. A page that shows found offer asks `beside` once, and includes each
part: `{% for part in beside %}{% include part.template with part=part.context only %}{% endfor %}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for: a region, maybe a municipality (its slug) and terms of `offer_terms`.

    `public` is False only for a professional who is signed in with the second step in this region.
    """

    region_id: UUID
    municipality: str = ""
    terms: tuple[str, ...] = ()
    public: bool = True


@dataclass(frozen=True, slots=True)
class PagePart:
    """A piece of a page: a template and what it shows, which reaches it under the name `part`."""

    template: str
    context: Mapping[str, Any]


Beside = Callable[[Sought, date], PagePart | None]
_beside: list[Beside] = []


def register_beside(make: Beside) -> None:
    """Let `make(sought, today)` give a piece to show beside what was found, or nothing. Twice is once."""
    if make not in _beside:
        _beside.append(make)


def beside(sought: Sought, *, today: date) -> list[PagePart]:
    """Every piece that other rooms have for this search, in the order in which they signed up."""
    return [part for make in _beside if (part := make(sought, today)) is not None]


@dataclass(frozen=True, slots=True)
class Starting:
    """Something that somebody can begin with this week, with no person in it.

    `when` is when it next happens; `free_places` is None where places are not counted. `municipality` is a
    slug, empty for online or the whole region; `terms` are codes of `offer_terms`. `service_id` is its entry
    in the directory, when it has one. `kind` is a word for people: 'groep', 'inloop', 'online'.
    """

    name: str
    kind: str
    address: str
    municipality: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    when: datetime | None = None
    free_places: int | None = None
    needs_referral: bool = False
    min_age: int | None = None
    max_age: int | None = None
    terms: tuple[str, ...] = ()
    service_id: UUID | None = None


Differs = Mapping[date, tuple[tuple[time, time, str], ...]]
"""Days that differ from the weekly hours: from, until and why on each; closed when there is nothing."""
DaysThatDiffer = Callable[[Iterable[UUID]], Mapping[UUID, Differs]]
_differing: list[DaysThatDiffer] = []


def register_days_that_differ(find: DaysThatDiffer) -> None:
    """Let a room tell on which days its entries are closed or have other hours. Twice is once."""
    if find not in _differing:
        _differing.append(find)


def days_that_differ(service_ids: Iterable[UUID]) -> dict[UUID, Differs]:
    """What all rooms know of days that differ, for the entries that have any."""
    ids = list(service_ids)
    found: dict[UUID, Differs] = {}
    for find in _differing:
        found |= dict(find(ids))
    return found


StartsSoon = Callable[[Sought, datetime], tuple[Starting, ...]]
"""What can start within seven days of the instant, for this search."""
_starting: list[StartsSoon] = []


def register_starting(find: StartsSoon) -> None:
    """Let a room tell what can start this week. Twice is once."""
    if find not in _starting:
        _starting.append(find)


def starting(sought: Sought, *, now: datetime) -> tuple[Starting, ...]:
    """What can start within seven days over all rooms, the soonest first; what is always open comes first."""
    found = [one for find in _starting for one in find(sought, now)]
    return tuple(sorted(found, key=lambda one: (one.when or now, one.name)))


@dataclass(frozen=True, slots=True)
class Lack:
    """What a region lacks, as one line on its list of gaps, with no person in it.

    `kind` is a word for people ('aannamestop', 'langer dan de norm', 'geen steunpunt in de buurt'); `weight`
    sorts (people, or weeks beyond the norm); `address` opens what it was counted from.
    """

    kind: str
    what: str
    place: str
    since: date | None
    weight: float
    address: str


Lacking = Callable[[UUID, datetime], tuple[Lack, ...]]
"""Region and instant: what this room sees that the region lacks."""
_lacking: list[Lacking] = []


def register_lacking(find: Lacking) -> None:
    """Let a room put lines on the region's list of gaps. Twice is once."""
    if find not in _lacking:
        _lacking.append(find)


def lacking(region_id: UUID, *, now: datetime) -> tuple[Lack, ...]:
    """What all rooms see that the region lacks, the heaviest of each kind first."""
    found = [one for find in _lacking for one in find(region_id, now)]
    return tuple(sorted(found, key=lambda one: (one.kind, -one.weight, one.what)))
