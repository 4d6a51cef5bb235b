"""Everyone and every room that could serve a region in a stretch of time, and when they are free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from noaber.engines import planning
from noaber.ground.intervals import Interval, merge, subtract, wall_clock_windows
from noaber.hallway.access.types import Role
from noaber.hallway.clock import AMSTERDAM, day_of
from noaber.knowledge.calendar import dutch_holidays
from noaber.knowledge.codes import load_codes
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Professional, Room
from noaber.pathways.conversations.models import Conversation, Participation
from noaber.pathways.conversations.rules import Member

LOAD_WINDOW = timedelta(days=28)


@dataclass(slots=True)
class Pool:
    """Everyone and every room that could serve a region in a stretch of time, with what is still free."""

    people: dict[str, Professional]
    rooms: dict[str, Room]
    free_people: dict[str, tuple[Interval, ...]]
    free_rooms: dict[str, tuple[Interval, ...]]
    load: dict[str, int]
    busy: dict[str, list[Interval]]
    taken: dict[str, list[Interval]]
    candidates: dict[tuple[date, str], tuple[planning.Candidate, ...]] = field(default_factory=dict)


def registered_for_ggz(person: Professional) -> bool:
    """BIG-registered, or a profession on the ggz list."""
    profession = load_codes().professions.get(person.profession)
    return person.register == Professional.Register.BIG or bool(profession and profession.ggz_list)


def certified(person: Professional, on: date, kind: str = "") -> bool:
    """Holds a certificate for these conversations that is valid on this day.

    `kind` is the training that the region names for its hosts; without it any training counts.
    """
    return any(
        c.obtained_on <= on and (c.expires_on is None or c.expires_on > on)
        for c in person.certificates.all()
        if not kind or c.kind == kind
    )


def training_of(settings: dict[str, Any]) -> str:
    """The code of the training that this region asks of who holds conversations."""
    return str(settings.get("host_certificate", {}).get("code", ""))


def domain_of(person: Professional) -> str:
    """The domain for which someone sits at the table.

    That is the domain of the organisation, unless the person works there in another capacity: a peer worker
    employed by a ggz organisation sits for lived experience.
    """
    domain = load_codes().domain_named(person.organisation.domain)
    if domain is None or str(domain.group) == person.domain_group:
        return person.organisation.domain
    return person.domain_group


def as_member(person: Professional, on: date, kind: str = "") -> Member:
    """The professional as the rules see it."""
    return Member(
        person.domain_group, domain_of(person), registered_for_ggz(person), certified(person, on, kind)
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
            key: subtract(hours_of(person, span), [*closed, *_away(person), *busy[key]])
            for key, person in people.items()
        },
        free_rooms={
            key: subtract(room_hours(room, span), [*closed, *taken[key]]) for key, room in rooms.items()
        },
        load=load,
        busy=busy,
        taken=taken,
    )


def guides_of(region_id: UUID, on: date) -> list[Professional]:
    """Who holds conversations here and may sign in to do so on this day."""
    running = Q(
        account__memberships__role=str(Role.GUIDE),
        account__memberships__organisation=F("organisation"),
        account__memberships__period__contains=on,
    )
    return list(partners.conversation_pool(region_id, on).filter(running).distinct())


def _minutes(moment: Any) -> int:
    return int(moment.hour * 60 + moment.minute)


def hours_of(person: Professional, span: Interval) -> tuple[Interval, ...]:
    """The hours that someone gives to conversations in this stretch, whatever is planned in them."""
    windows: list[Interval] = []
    by_hours: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pattern in person.working_patterns.all():
        by_hours[(_minutes(pattern.from_time), _minutes(pattern.until_time))].append(pattern.weekday - 1)
    for hours, weekdays in by_hours.items():
        windows.extend(wall_clock_windows(span, weekdays=weekdays, hours=[hours], zone=AMSTERDAM))
    return merge(windows)


def room_hours(room: Room, span: Interval) -> tuple[Interval, ...]:
    """When the room is open: on working days."""
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
        period__overlap=(span.start - LOAD_WINDOW, span.end),
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
