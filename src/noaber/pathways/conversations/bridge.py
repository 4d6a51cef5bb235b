"""From rooms and rosters to the planning engine, and back to people and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from noaber.engines import planning
from noaber.ground.intervals import Interval, merge, subtract, wall_clock_windows
from noaber.hallway.clock import AMSTERDAM, day_of
from noaber.knowledge.calendar import dutch_holidays
from noaber.knowledge.codes import load_codes
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Professional, Room
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.queries import days_of
from noaber.pathways.conversations.models import Conversation, Participation
from noaber.pathways.conversations.rules import LIVED, Member, words_for
from noaber.pathways.conversations.types import PersonChip, Proposal, Proposals

HORIZON = timedelta(days=42)
NOTICE = timedelta(hours=20)
_MODES = {"live": planning.Mode.IN_PERSON, "online": planning.Mode.ONLINE, "hybrid": planning.Mode.HYBRID}
_MODE_BACK = {value: key for key, value in _MODES.items()}
_LIVED = {
    "always": planning.LivedExperience.ALWAYS,
    "unless_reasoned": planning.LivedExperience.UNLESS_REASONED,
}
_PENALTIES = {
    planning.Penalty.NO_LIVED_EXPERIENCE: "Zonder ervaringsdeskundige. Die kan vooraf of erna.",
    planning.Penalty.OTHER_MODE: "Op een andere manier dan gewenst.",
    planning.Penalty.OTHER_MUNICIPALITY: "In een andere gemeente.",
    planning.Penalty.AFTER_NORM: "Na de norm van de regio.",
}


@dataclass(slots=True)
class Pool:
    """Everyone and every room that could serve a region in a stretch of time, with what is still free."""

    people: dict[str, Professional]
    rooms: dict[str, Room]
    free_people: dict[str, tuple[Interval, ...]]
    free_rooms: dict[str, tuple[Interval, ...]]
    load: dict[str, int]


def registered_for_ggz(person: Professional) -> bool:
    """BIG-registered, or a profession on the ggz list."""
    profession = load_codes().professions.get(person.profession)
    return person.register == Professional.Register.BIG or bool(profession and profession.ggz_list)


def certified(person: Professional, on: date) -> bool:
    """Holds a certificate for these conversations that is valid on this day."""
    return any(
        c.obtained_on <= on and (c.expires_on is None or c.expires_on > on) for c in person.certificates.all()
    )


def as_member(person: Professional, on: date) -> Member:
    """The professional as the rules see it."""
    return Member(
        person.domain_group, person.organisation.domain, registered_for_ggz(person), certified(person, on)
    )


def pool_for(region_id: UUID, span: Interval, *, except_conversation: UUID | None = None) -> Pool:
    """The pool with its free hours in `span`: patterns, less holidays, absences and what is booked."""
    people = {str(p.pk): p for p in partners.conversation_pool(region_id, day_of(span.start))}
    rooms = {str(r.pk): r for r in partners.rooms_of(region_id)}
    closed = list(_holidays(span))
    busy, load = _busy_people(people, span, except_conversation)
    taken = _busy_rooms(rooms, span, except_conversation)
    return Pool(
        people=people,
        rooms=rooms,
        free_people={
            key: subtract(_working(person, span), [*closed, *_away(person), *busy[key]])
            for key, person in people.items()
        },
        free_rooms={key: subtract(_open(room, span), [*closed, *taken[key]]) for key, room in rooms.items()},
        load=load,
    )


def _minutes(moment: Any) -> int:
    return int(moment.hour * 60 + moment.minute)


def _working(person: Professional, span: Interval) -> tuple[Interval, ...]:
    windows: list[Interval] = []
    by_hours: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pattern in person.working_patterns.all():
        by_hours[(_minutes(pattern.from_time), _minutes(pattern.until_time))].append(pattern.weekday - 1)
    for hours, weekdays in by_hours.items():
        windows.extend(wall_clock_windows(span, weekdays=weekdays, hours=[hours], zone=AMSTERDAM))
    return merge(windows)


def _open(room: Room, span: Interval) -> tuple[Interval, ...]:
    hours = (_minutes(room.opens), _minutes(room.closes))
    return wall_clock_windows(span, weekdays=range(5), hours=[hours], zone=AMSTERDAM)


def _away(person: Professional) -> Iterable[Interval]:
    return (Interval(a.starts_at, a.ends_at) for a in person.absences.all())


def _holidays(span: Interval) -> Iterable[Interval]:
    day, last = day_of(span.start), day_of(span.end)
    free = dutch_holidays(day.year) | dutch_holidays(last.year)
    for holiday in sorted(free):
        if day <= holiday <= last:
            start = datetime.combine(holiday, datetime.min.time(), AMSTERDAM)
            yield Interval(
                start, datetime.combine(holiday + timedelta(days=1), datetime.min.time(), AMSTERDAM)
            )


def _busy_people(
    people: dict[str, Professional], span: Interval, except_conversation: UUID | None
) -> tuple[dict[str, list[Interval]], dict[str, int]]:
    rows = Participation.objects.filter(
        active=True,
        professional_id__in=list(people),
        period__overlap=(span.start - timedelta(days=28), span.end),
    )
    busy: dict[str, list[Interval]] = defaultdict(list)
    load: dict[str, int] = defaultdict(int)
    for conversation_id, professional_id, period in rows.values_list(
        "conversation_id", "professional_id", "period"
    ):
        load[str(professional_id)] += 1
        if conversation_id != except_conversation:
            busy[str(professional_id)].append(Interval(period.lower, period.upper))
    return busy, load


def _busy_rooms(
    rooms: dict[str, Room], span: Interval, except_conversation: UUID | None
) -> dict[str, list[Interval]]:
    rows = Conversation.objects.filter(
        room_id__in=list(rooms), state__in=["planned", "held"], period__overlap=(span.start, span.end)
    )
    if except_conversation is not None:
        rows = rows.exclude(pk=except_conversation)
    taken: dict[str, list[Interval]] = defaultdict(list)
    for room_id, period in rows.values_list("room_id", "period"):
        taken[str(room_id)].append(Interval(period.lower, period.upper))
    return taken


def composition_of(setting: dict[str, Any]) -> planning.Composition:
    """The region's composition in the engine's terms."""
    required = []
    for position, groups in enumerate(setting["required_groups"]):
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


def problem_for(
    row: HelpRequest,
    *,
    now: datetime,
    not_before: datetime | None = None,
    except_conversation: UUID | None = None,
    pool: Pool | None = None,
) -> tuple[planning.Problem, Pool]:
    """The question 'when can this request have its conversation, and with whom?'"""
    settings = row.region.settings
    earliest = max(now + NOTICE, not_before or now)
    span = Interval(earliest, earliest + HORIZON)
    pool = pool or pool_for(row.region_id, span, except_conversation=except_conversation)
    candidates = tuple(_candidate(p, pool, day_of(now)) for p in pool.people.values())
    places = tuple(
        planning.Place(id=key, municipality=room.location.municipality.slug, free=pool.free_rooms[key])
        for key, room in pool.rooms.items()
    )
    days = days_of(row, now=now)
    allowed = [_MODES[m] for m in settings["modes"]["allowed"]]
    wanted = (
        _MODES[row.mode] if row.mode in settings["modes"]["allowed"] else _MODES[settings["modes"]["default"]]
    )
    problem = planning.Problem(
        candidates=candidates,
        places=places,
        composition=composition_of(settings["composition"]),
        wish=planning.Wish(
            modes=(wanted, *[m for m in allowed if m is not wanted]) if not row.mode else (wanted,),
            language=row.language,
            language_by=planning.LanguageBy.ONE,
            home_municipality=row.municipality.slug,
            municipalities=frozenset({row.municipality.slug}),
        ),
        received_at=row.received_at,
        earliest=span.start,
        latest=span.end,
        duration_minutes=settings["modes"]["duration_minutes"],
        grid_minutes=30,
        norm_days=days.norm,
        postponed_days=days.postponed,
    )
    return problem, pool


def _candidate(person: Professional, pool: Pool, on: date) -> planning.Candidate:
    key = str(person.pk)
    flags = set()
    if registered_for_ggz(person):
        flags.add(planning.GGZ_REGISTERED)
    if certified(person, on):
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
) -> Proposals:
    """What fits, earliest first; and when that is late, in words what holds it back."""
    problem, pool = problem_for(row, now=now, not_before=not_before, except_conversation=except_conversation)
    answer = planning.earliest_fits(problem, limit=limit)
    on = day_of(now)
    without = answer.without_lived_experience
    return Proposals(
        options=tuple(_proposal(option, pool, on) for option in answer.options),
        shortage=tuple(_why(answer.shortage)) if answer.shortage else (),
        without_lived_experience=_proposal(without, pool, on) if without else None,
    )


def chip(person: Professional, on: date, moment: str = "during") -> PersonChip:
    """A professional as the board shows it."""
    profession = load_codes().professions.get(person.profession)
    return PersonChip(
        professional_id=person.pk,
        name=person.name,
        group=person.domain_group,
        profession=profession.label if profession else person.profession,
        certified=certified(person, on),
        account_id=person.account_id,
        moment=moment,
    )


def _proposal(option: planning.Option, pool: Pool, on: date) -> Proposal:
    room = pool.rooms.get(option.place_id or "")
    return Proposal(
        starts_at=option.start,
        ends_at=option.end,
        mode=_MODE_BACK[option.mode],
        room_id=room.pk if room else None,
        place=f"{room.location.name}, {room.name}" if room else "online",
        people=tuple(chip(pool.people[seat.candidate_id], on) for seat in option.people),
        day=option.day,
        own_day=option.net_day,
        within_norm=option.within_norm,
        notes=tuple(_PENALTIES[p] for p in option.penalties if p in _PENALTIES),
    )


def _why(shortage: planning.Shortage) -> Iterable[str]:
    lacks = shortage.blocking or shortage.lacks[:1]
    for lack in lacks:
        what = _lack_words(lack)
        if lack.alone_day is None:
            yield f"{what} is in de komende zes weken helemaal niet vrij."
        elif lack.alone_day > shortage.norm_days:
            yield f"{what} is niet vrij vóór dag {lack.alone_day}."
        elif lack.without_day is not None:
            yield f"{what} past niet bij de anderen. Zonder die eis kan het op dag {lack.without_day}."
        else:
            yield f"{what} past niet tegelijk met de anderen."


def _lack_words(lack: planning.Lack) -> str:
    kind = planning.LackKind
    if lack.kind is kind.REQUIREMENT and ":" in lack.key:
        words = words_for(lack.key.split(":", 1)[1].split("+"))
        return words[0].upper() + words[1:]
    return {
        kind.LIVED_EXPERIENCE: "Een ervaringsdeskundige",
        kind.PLACE: "Een ruimte",
        kind.LANGUAGE: "Iemand die de taal spreekt",
        kind.DOMAINS: "Iemand uit een tweede domein",
        kind.HOURS: "De gewenste tijd",
    }.get(lack.kind, "Een extra gespreksvoerder")
