"""From rooms and rosters to the planning engine, and back to people and places.

A search goes from near to far: first as she wishes and in her own municipality; only when that brings nothing
within the norm also in the municipalities around, online, and at last anywhere in the region. What is found
further away stands beside what is near, with a note that says what is different.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import cos, hypot, inf, radians
from typing import Any
from uuid import UUID

from noaber.engines import planning
from noaber.ground.intervals import Interval, covers
from noaber.hallway.clock import AMSTERDAM, day_of
from noaber.knowledge.codes import load_codes
from noaber.network.partners.models import Municipality, Professional, Room
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.queries import days_of
from noaber.pathways.conversations.pool import (
    Pool,
    as_member,
    certified,
    pool_for,
    registered_for_ggz,
    training_of,
)
from noaber.pathways.conversations.rules import LIVED, required_groups
from noaber.pathways.conversations.shortages import missing_groups, reasons
from noaber.pathways.conversations.types import PersonChip, Proposal, Proposals

__all__ = [
    "HORIZON",
    "NOTICE",
    "Pool",
    "as_member",
    "chip",
    "first_fit",
    "pool_for",
    "proposals_for",
    "span_for",
]

HORIZON = timedelta(days=42)
NOTICE = timedelta(hours=20)
NEIGHBOURS = 4
FOREVER_DAYS = 10_000
KM_PER_DEGREE = 111.2
_MODES = {"live": planning.Mode.IN_PERSON, "online": planning.Mode.ONLINE, "hybrid": planning.Mode.HYBRID}
_MODE_BACK = {value: key for key, value in _MODES.items()}
_LIVED = {
    "always": planning.LivedExperience.ALWAYS,
    "unless_reasoned": planning.LivedExperience.UNLESS_REASONED,
}
_OTHER_MODE = {
    "live": "Op een plek in de buurt. Vraag eerst of de inwoner dat wil.",
    "online": "Online. Vraag eerst of de inwoner dat wil.",
    "hybrid": "Deels online. Vraag eerst of de inwoner dat wil.",
}
_WITHOUT_LIVED = {
    "before_or_after_allowed": "Zonder ervaringsdeskundige. Die kan vooraf of erna.",
    "unless_reasoned": "Zonder ervaringsdeskundige. Schrijf op waarom.",
}


@dataclass(frozen=True, slots=True)
class Search:
    """One request and the pool it looks in."""

    row: HelpRequest
    pool: Pool
    problem: planning.Problem
    wanted: planning.Mode
    on: date

    @property
    def training(self) -> str:
        """The training that the region asks."""
        return training_of(self.row.region.settings)


def postponed_until(row: HelpRequest) -> date:
    """The last day until which she asked to wait; the first day of all when she never did."""
    return max((p.until_on for p in row.postponements.all()), default=date.min)


def earliest_for(row: HelpRequest, *, now: datetime, not_before: datetime | None = None) -> datetime:
    """From when to look: with notice for everyone, not before the asked moment, nor while she waits herself.

    A whole minute, since the engine counts in whole seconds.
    """
    moments = [(now + NOTICE).replace(second=0, microsecond=0)]
    if not_before is not None:
        moments.append(not_before)
    until = postponed_until(row)
    if until > date.min:
        moments.append(datetime.combine(until, datetime.min.time(), AMSTERDAM))
    return max(moments)


def span_for(rows: Iterable[HelpRequest], *, now: datetime) -> Interval:
    """One stretch of time in which all these requests can be looked at."""
    starts = [earliest_for(row, now=now) for row in rows]
    minute = now.replace(second=0, microsecond=0)
    return Interval(min(starts, default=minute), max(starts, default=minute) + HORIZON)


def composition_of(setting: dict[str, Any]) -> planning.Composition:
    """The region's composition in the engine's terms."""
    required = []
    for position, groups in enumerate(required_groups(setting)):
        flags = set()
        if list(groups) == ["ggz"] and setting["ggz_member"] == "big_or_ggz_list":
            flags.add(planning.GGZ_REGISTERED)
        required.append(
            planning.Requirement(
                key=f"{position}:{'+'.join(sorted(groups))}",
                domains=frozenset(groups),
                flags=frozenset(flags),
            )
        )
    if setting["trained_guide_required"]:
        required.append(planning.Requirement(key="trained", flags=frozenset({planning.CERTIFIED})))
    return planning.Composition(
        min_people=setting["min_professionals"],
        max_people=setting["max_professionals"],
        min_domains=setting["min_domains"],
        required=tuple(required),
        lived_experience=_LIVED.get(setting["lived_experience"], planning.LivedExperience.OPTIONAL),
        one_role_each=not setting["trained_guide_required"],
    )


def search_for(
    row: HelpRequest,
    *,
    now: datetime,
    not_before: datetime | None = None,
    except_conversation: UUID | None = None,
    pool: Pool | None = None,
    first: bool = True,
) -> Search:
    """The question 'when can this request have its conversation, and with whom?'

    For a second conversation (`first` is False) the norm of days does not count.
    """
    settings = row.region.settings
    earliest = earliest_for(row, now=now, not_before=not_before)
    span = Interval(earliest, earliest + HORIZON)
    pool = pool or pool_for(row.region_id, span, except_conversation=except_conversation)
    modes = settings["modes"]
    wanted = _MODES[row.mode if row.mode in modes["allowed"] else modes["default"]]
    asked_to_wait = days_of(row, now=max(now, earliest)).postponed
    problem = planning.Problem(
        candidates=_candidates(pool, day_of(now), training_of(settings)),
        places=tuple(
            planning.Place(id=key, municipality=room.location.municipality.slug, free=pool.free_rooms[key])
            for key, room in pool.rooms.items()
        ),
        composition=composition_of(settings["composition"]),
        wish=planning.Wish(
            modes=(wanted,),
            language=row.language,
            language_by=planning.LanguageBy.ONE,
            home_municipality=row.municipality.slug,
            municipalities=frozenset({row.municipality.slug}),
        ),
        received_at=row.received_at,
        earliest=span.start,
        latest=span.end,
        duration_minutes=modes["duration_minutes"],
        grid_minutes=30,
        norm_days=int(settings["first_conversation"]["norm_days"]) if first else FOREVER_DAYS,
        postponed_days=asked_to_wait,
    )
    return Search(row, pool, problem, wanted, day_of(now))


def _candidates(pool: Pool, on: date, training: str) -> tuple[planning.Candidate, ...]:
    """Everyone of the pool in the engine's terms; made once for all rows of a board."""
    key = (on, training)
    if key not in pool.candidates:
        pool.candidates[key] = tuple(_candidate(p, pool, on, training) for p in pool.people.values())
    return pool.candidates[key]


def _candidate(person: Professional, pool: Pool, on: date, training: str) -> planning.Candidate:
    key = str(person.pk)
    flags = set()
    if registered_for_ggz(person):
        flags.add(planning.GGZ_REGISTERED)
    if certified(person, on, training):
        flags.add(planning.CERTIFIED)
    if person.domain_group == LIVED:
        flags.add(planning.LIVED_EXPERIENCE)
    return planning.Candidate(
        id=key,
        domains=frozenset({person.domain_group}),
        free=pool.free_people[key],
        flags=frozenset(flags),
        languages=frozenset(person.languages or ["nl"]),
        gender=person.gender or None,
        load=pool.load.get(key, 0),
    )


def proposals_for(
    row: HelpRequest,
    *,
    now: datetime,
    limit: int = 4,
    not_before: datetime | None = None,
    except_conversation: UUID | None = None,
    pool: Pool | None = None,
    first: bool = True,
) -> Proposals:
    """What fits, earliest first; and when that is late, in words what holds it back.

    A `pool` that was made before must cover the whole stretch that is looked at; see `span_for`.
    """
    search = search_for(
        row,
        now=now,
        not_before=not_before,
        except_conversation=except_conversation,
        pool=pool,
        first=first,
    )
    near = planning.earliest_fits(search.problem, limit=limit)
    without, shortage = near.without_lived_experience, near.shortage
    return Proposals(
        options=tuple(_proposal(o, search) for o in _near_and_far(search, near.options, limit)),
        shortage=tuple(_reasons(shortage, search)) if shortage else (),
        without_lived_experience=_proposal(without, search) if without else None,
        missing=missing_groups(shortage) if shortage else (),
    )


def _reasons(shortage: planning.Shortage, search: Search) -> Iterator[str]:
    home = search.row.municipality
    return reasons(
        shortage,
        home=home.name,
        has_room=any(place.municipality == home.slug for place in search.problem.places),
        postponed_days=search.problem.postponed_days,
    )


def first_fit(row: HelpRequest, *, now: datetime, pool: Pool, first: bool = True) -> Proposals:
    """Only the first of `proposals_for`, and why nothing fits only when nothing does: for a whole board."""
    search = search_for(row, now=now, pool=pool, first=first)
    near = _fits(search, search.problem.wish, limit=1)
    options = _near_and_far(search, near, 1)
    if options:
        return Proposals(options=(_proposal(options[0], search),))
    shortage = planning.earliest_fits(search.problem, limit=1).shortage
    return Proposals(options=(), missing=missing_groups(shortage) if shortage else ())


def _fits(search: Search, wish: planning.Wish, *, limit: int) -> tuple[planning.Option, ...]:
    """What fits under this wish, without the costly question why it is late."""
    norm = search.problem.norm_days
    answer = planning.earliest_fits(replace(search.problem, wish=wish, norm_days=FOREVER_DAYS), limit=limit)
    return tuple(replace(o, within_norm=o.net_day <= norm) for o in answer.options)


def _near_and_far(search: Search, near: tuple[planning.Option, ...], limit: int) -> list[planning.Option]:
    """What fits near; when none of it is within the norm, also what starts on an earlier day further away."""
    found = list(near)
    soonest = day_of(search.problem.earliest)
    for wish in _wider_wishes(search):
        best = found[0] if found else None
        if best is not None and (best.within_norm or day_of(best.start) == soonest):
            break
        earlier = [o for o in _fits(search, wish, limit=2) if best is None or o.day < best.day]
        found = sorted([*earlier, *found], key=lambda o: o.start)
    return found[:limit]


def _wider_wishes(search: Search) -> Iterator[planning.Wish]:
    wish = search.problem.wish
    allowed = [_MODES[m] for m in search.row.region.settings["modes"]["allowed"]]
    others = tuple(mode for mode in allowed if mode is not search.wanted)
    if search.wanted is not planning.Mode.ONLINE and (neighbours := _neighbours(search)):
        yield replace(wish, municipalities=wish.municipalities | neighbours)
    if others:
        yield replace(wish, modes=others)
    if search.wanted is not planning.Mode.ONLINE:
        yield replace(wish, municipalities=frozenset())


def _neighbours(search: Search) -> frozenset[str]:
    """The nearest municipalities with a room; those without coordinates count as far away."""
    home = search.row.municipality
    places = {r.location.municipality.slug: r.location.municipality for r in search.pool.rooms.values()}
    places.pop(home.slug, None)
    known = [(km, slug) for slug, place in places.items() if (km := kilometres(home, place)) is not None]
    return frozenset(slug for _, slug in sorted(known)[:NEIGHBOURS])


def kilometres(one: Municipality, other: Municipality) -> float | None:
    """The distance between two centres as the crow flies; None when a place is not known."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    north = float(one.latitude or 0) - float(other.latitude or 0)
    east = (float(one.longitude or 0) - float(other.longitude or 0)) * cos(radians(float(one.latitude or 0)))
    return hypot(north, east) * KM_PER_DEGREE


def chip(
    person: Professional,
    on: date,
    moment: str = "during",
    training: str = "",
    *,
    starts_at: datetime | None = None,
    participation_id: UUID | None = None,
) -> PersonChip:
    """A professional as the board shows it; with a start of its own before or after the conversation."""
    profession = load_codes().professions.get(person.profession)
    return PersonChip(
        professional_id=person.pk,
        name=person.name,
        group=person.domain_group,
        profession=profession.label if profession else person.profession,
        certified=certified(person, on, training),
        account_id=person.account_id,
        moment=moment,
        organisation=person.organisation.name,
        starts_at=starts_at,
        participation_id=participation_id,
    )


def _proposal(option: planning.Option, search: Search) -> Proposal:
    pool = search.pool
    room = _nearest(option, search)
    people = [pool.people[seat.candidate_id] for seat in option.people]
    differs = list(_differs(option, search, room.location.municipality if room else None))
    return Proposal(
        starts_at=option.start,
        ends_at=option.end,
        mode=_MODE_BACK[option.mode],
        room_id=room.pk if room else None,
        place=f"{room.location.name}, {room.name}" if room else "online",
        people=tuple(chip(p, search.on, training=search.training) for p in sort_people(people)),
        day=option.day,
        own_day=option.net_day,
        within_norm=option.within_norm,
        notes=(*differs, *_shortfalls(option, search)),
        differs=" ".join(differs),
    )


def _nearest(option: planning.Option, search: Search) -> Room | None:
    """The room of this option; away from home the nearest one that is free then, since they are all alike."""
    room = search.pool.rooms.get(option.place_id or "")
    home = search.row.municipality
    if room is None or room.location.municipality_id == home.pk:
        return room
    span = Interval(option.start, option.end)
    free = [r for key, r in search.pool.rooms.items() if covers(search.pool.free_rooms[key], span)]

    def distance(there: Room) -> tuple[float, str, str]:
        km = kilometres(home, there.location.municipality)
        return inf if km is None else km, there.location.name, there.name

    return min(free, key=distance, default=room)


def sort_people(people: Iterable[Professional]) -> list[Professional]:
    """Ggz first, then the social domain and others, lived experience last; by name."""
    order = {"ggz": 0, "social": 1, "municipality": 2, "primary_care": 3, "other": 4, LIVED: 5}
    return sorted(people, key=lambda p: (order.get(p.domain_group, 4), p.name))


def _differs(option: planning.Option, search: Search, place: Municipality | None) -> Iterator[str]:
    """Another place or manner than she would have: something to ask first."""
    home = search.row.municipality
    if place is not None and place.slug != home.slug:
        km = kilometres(home, place)
        yield f"In {place.name}." if km is None else f"In {place.name}, {max(1, round(km))} km verderop."
    if option.mode is not search.wanted:
        yield _OTHER_MODE[_MODE_BACK[option.mode]]


def _shortfalls(option: planning.Option, search: Search) -> Iterator[str]:
    if planning.Penalty.NO_LIVED_EXPERIENCE in option.penalties:
        words = _WITHOUT_LIVED.get(search.row.region.settings["composition"]["lived_experience"])
        if words:
            yield words
    if not option.within_norm:
        late = option.net_day - search.problem.norm_days
        yield f"{late} {'dag' if late == 1 else 'dagen'} na de norm van de regio."
