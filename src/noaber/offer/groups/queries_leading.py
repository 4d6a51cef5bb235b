"""What a leader sees: her sessions of today, her groups, who takes part, who waits. Each look is logged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.network.residents.models import Resident
from noaber.offer.groups import queries, rules, words
from noaber.offer.groups.models import Attendance, Enrolment, Group, Leader, LeaderHours, Session
from noaber.offer.groups.policies import led_groups
from noaber.offer.groups.types import EnrolmentCard, GroupCard

Status = Enrolment.Status
PART = "uw plek in een groep"
PURPOSE = "om de groep te begeleiden"


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session, with whether its attendance was taken."""

    id: UUID
    group_id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    cancelled: bool
    held: bool
    now: bool


@dataclass(frozen=True, slots=True)
class LeaderPage:
    """The first page of a leader."""

    today: list[SessionLine]
    forgotten: list[SessionLine]
    coming: list[SessionLine]
    groups: list[GroupCard]
    hours_this_month: Decimal


@dataclass(frozen=True, slots=True)
class LedGroup:
    """One group for who leads it."""

    card: GroupCard
    asked: list[EnrolmentCard]
    offered: list[EnrolmentCard]
    waiting: list[EnrolmentCard]
    taking_part: list[EnrolmentCard]
    gone: int
    sessions: list[SessionLine]
    past: list[SessionLine]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The attendance of one session: who, and what was noted."""

    line: SessionLine
    people: list[tuple[UUID, str, str]]
    """Enrolment, name, and the state that was noted or empty."""
    version: str


def _line(row: Session, now: datetime) -> SessionLine:
    return SessionLine(
        id=row.pk,
        group_id=row.group_id,
        title=row.group.title,
        starts_at=row.during.lower,
        ends_at=row.during.upper,
        venue=row.venue or row.group.venue,
        cancelled=row.cancelled,
        held=row.held_at is not None,
        now=rules.is_now(row.during.lower, row.during.upper, now),
    )


def leader_page(actor: Actor, *, now: datetime) -> LeaderPage:
    """Today first, then what was not noted yet, then what comes; of the groups she leads today."""
    gate.require_act(actor, "groups.lead")
    led = gate.visible(actor, "lead", queries.rows(), resource="group")
    led = led.filter(state__in=Group.LIVING)
    sessions = Session.objects.filter(group__in=led).select_related("group").order_by("during")
    today = day_of(now)
    start, end = clock.at(today, 0), clock.at(today + timedelta(days=1), 0)
    of_today = sessions.filter(during__startswith__gte=start, during__startswith__lt=end)
    missed = sessions.filter(
        during__endswith__lte=start,
        during__endswith__gt=start - timedelta(days=14),
        held_at__isnull=True,
        cancelled=False,
    )
    ahead = sessions.filter(during__startswith__gte=end, during__startswith__lt=end + timedelta(days=14))
    return LeaderPage(
        today=[_line(row, now) for row in of_today],
        forgotten=[_line(row, now) for row in missed],
        coming=[_line(row, now) for row in ahead],
        groups=sorted(queries.cards(led, now=now), key=lambda card: (card.starts_on, card.title)),
        hours_this_month=_hours(actor, now),
    )


def _hours(actor: Actor, now: datetime) -> Decimal:
    seats = led_groups(actor)
    if seats is None:
        return Decimal(0)
    rows = LeaderHours.objects.filter(leader__in=seats, day__gte=day_of(now).replace(day=1))
    return rows.aggregate(total=Sum("hours"))["total"] or Decimal(0)


def led_group(actor: Actor, group_id: UUID, *, now: datetime) -> LedGroup:
    """One group with everybody in it, for who leads it today; each resident reads that later."""
    row = gate.get(actor, "lead", queries.rows(), resource="group", pk=group_id)
    people = list(
        gate.visible(actor, "see", Enrolment.objects.all(), resource="enrolment")
        .filter(group=row)
        .select_related("placed_by")
        .prefetch_related("measures", "attendance")
        .order_by("waits_since", "pk")
    )
    living = [one for one in people if one.status in Enrolment.LIVING]
    log_reads(actor, living, now=now)
    turns = {one.pk: n for n, one in enumerate((p for p in people if p.status == Status.WAITING), start=1)}
    names = known(living)
    cards = {one.pk: _enrolment_card(one, names[one.pk], turns.get(one.pk)) for one in living}
    sessions = Session.objects.filter(group=row).select_related("group").order_by("during")
    lines = [_line(one, now) for one in sessions]

    def of(status: str) -> list[EnrolmentCard]:
        return [cards[one.pk] for one in living if one.status == status]

    return LedGroup(
        card=queries.cards([row], now=now)[0],
        asked=of(Status.ASKED),
        offered=of(Status.OFFERED),
        waiting=of(Status.WAITING),
        taking_part=sorted(of(Status.PLACED), key=lambda card: card.name.casefold()),
        gone=len(people) - len(living),
        sessions=[line for line in lines if line.ends_at > now],
        past=[line for line in reversed(lines) if line.ends_at <= now],
    )


def log_reads(actor: Actor, people: Iterable[Enrolment], *, now: datetime) -> None:
    """One line for each resident whose name was shown."""
    audit.record_reads(
        actor=actor,
        residents=[one.resident_id for one in people if one.resident_id is not None],
        event_type="groups.people",
        object_kind="enrolment",
        part=PART,
        purpose=PURPOSE,
        now=now,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """The name and number of somebody in a group."""

    name: str
    phone: str
    email: str


def known(people: Iterable[Enrolment]) -> dict[UUID, Known]:
    """Names and numbers by enrolment: from her own page, or as she gave them when she signed up.

    Whoever leads a group has no part in the request of who takes part, so the house reads her name for this
    list alone. The caller was let through to each of these enrolments, and writes the look in the log.
    """
    listed = list(people)
    with gate.as_system("de namen van wie in een groep zit, voor wie haar begeleidt"):
        ids = [one.resident_id for one in listed if one.resident_id is not None]
        found = {row.pk: row for row in Resident.objects.filter(pk__in=ids)}
    names = {}
    for one in listed:
        page = found.get(one.resident_id) if one.resident_id is not None else None
        name, phone, email = (page.name, page.phone, "") if page else (one.name, one.phone, one.email)
        shown = one.shares_phone
        names[one.pk] = Known(str(name), str(phone) if shown else "", str(email) if shown else "")
    return names


def _enrolment_card(row: Enrolment, who: Known, position: int | None) -> EnrolmentCard:
    noted = list(row.attendance.all())
    return EnrolmentCard(
        id=row.pk,
        group_id=row.group_id,
        name=who.name,
        phone=who.phone,
        email=who.email,
        status=row.status,
        status_label=str(words.STAFF[Status(row.status)]),
        way_label=str(words.WAYS[Enrolment.Way(row.way)]),
        placed_by=row.placed_by.name if row.placed_by else "",
        waits_since=row.waits_since,
        offer_until=row.offer_until,
        placed_at=row.placed_at,
        position=position,
        has_page=row.resident_id is not None,
        measures={m.moment: m.score for m in row.measures.all()},
        attended=(sum(a.state == Attendance.State.PRESENT for a in noted), len(noted)),
    )


def one_person(actor: Actor, enrolment_id: UUID, *, now: datetime) -> EnrolmentCard:
    """One person of a group, for who leads it."""
    found = Enrolment.objects.select_related("placed_by", "group")
    row = gate.get(actor, "manage", found, resource="enrolment", pk=enrolment_id)
    log_reads(actor, [row], now=now)
    return _enrolment_card(row, known([row])[row.pk], None)


def sheet(actor: Actor, session_id: UUID, *, now: datetime) -> Sheet:
    """Who takes part in this session, with what was noted. Names only: what a tablet on a table may show."""
    found = Session.objects.select_related("group")
    row = gate.get(actor, "lead", found, resource="group_session", pk=session_id)
    people = list(
        gate.visible(actor, "see", Enrolment.objects.all(), resource="enrolment")
        .filter(group_id=row.group_id, placed_at__lt=row.during.upper)
        .exclude(ended_at__lt=row.during.lower)
        .filter(status__in=(Status.PLACED, Status.LEFT, Status.FINISHED))
    )
    log_reads(actor, people, now=now)
    noted = dict(Attendance.objects.filter(session=row).values_list("enrolment_id", "state"))
    listed = [(pk, who.name, noted.get(pk, "")) for pk, who in known(people).items()]
    return Sheet(
        line=_line(row, now),
        people=sorted(listed, key=lambda one: one[1].casefold()),
        version=row.held_at.isoformat() if row.held_at else "",
    )


def own_leading(actor: Actor, group_id: UUID) -> Leader:
    """Her own place as a leader of this group today."""
    gate.get(actor, "lead", Group.objects.all(), resource="group", pk=group_id)
    found = led_groups(actor)
    row = None if found is None else found.select_related("group", "organisation").filter(group_id=group_id)
    seat = row.first() if row is not None else None
    if seat is None:
        raise gate.not_here()
    return seat
