"""What leaders write down: who was there, how it goes, hours, and how a group went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from noaber.ground.traces import TraceKind, traces_in
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.outbox import services as outbox
from noaber.offer.directory import services as directory
from noaber.offer.groups import errors, queries_leading, services_enrolling, telling
from noaber.offer.groups.events import GroupStarted, SessionHeld
from noaber.offer.groups.models import (
    Attendance,
    Enrolment,
    Group,
    GroupEvaluation,
    Leader,
    LeaderHours,
    Measure,
    Session,
)

HARD = (TraceKind.BSN, TraceKind.MAIL, TraceKind.PHONE, TraceKind.ADDRESS)
LONGEST = 1500


@transaction.atomic
def take_attendance(
    *, actor: Actor, session_id: UUID, states: Mapping[UUID, str], now: datetime
) -> tuple[int, bool]:
    """Note who was there. Only who is named in `states` changes; sent twice, or from two tablets, is no harm.

    How many were noted over the whole session, and whether this was the first time. The first note says that
    the session was held: its entry in the directory is confirmed by it.
    """
    found = Session.objects.select_for_update(of=("self",)).select_related("group__organisation")
    row = gate.get(actor, "lead", found, resource="group_session", pk=session_id)
    if row.cancelled:
        raise errors.moved_on()
    if row.during.lower - timedelta(hours=1) > now:
        raise errors.wrong("session", "Deze bijeenkomst is nog niet begonnen.", "Kom terug als het zover is.")
    mine = gate.visible(actor, "manage", Enrolment.objects.all(), resource="enrolment")
    known = {one.pk: one for one in mine.filter(group_id=row.group_id, pk__in=list(states))}
    told = {pk: state for pk, state in states.items() if pk in known and state in Attendance.State.values}
    for enrolment_id, state in told.items():
        Attendance.objects.update_or_create(
            session=row,
            enrolment_id=enrolment_id,
            defaults={"state": state, "noted_at": now, "noted_by_name": actor.name},
        )
    first = row.held_at is None and bool(told)
    if first:
        _held(row, now=now)
    _log(actor, row, known.values(), now)
    return Attendance.objects.filter(session=row).count(), first


def _log(actor: Actor, row: Session, people: object, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type="groups.attendance",
        resident_id=None,
        object_kind="group_session",
        object_id=row.pk,
        part="wie er was",
        purpose=queries_leading.PURPOSE,
        now=now,
    )


def _held(row: Session, *, now: datetime) -> None:
    row.held_at = now
    row.save(update_fields=["held_at"])
    group = row.group
    if group.service_id is not None:
        directory.confirm(
            service_id=group.service_id,
            kind="visited",
            on=day_of(row.during.lower),
            by=group.organisation.name,
            reference=f"groups.session:{row.pk}",
            now=now,
        )
    outbox.publish(SessionHeld(session_id=row.pk, group_id=group.pk, at=now), now=now)
    earlier = Session.objects.filter(group=group, held_at__isnull=False).exclude(pk=row.pk).exists()
    if not earlier:
        outbox.publish(GroupStarted(group_id=group.pk, region_id=group.region_id, at=now), now=now)


@transaction.atomic
def cancel_session(*, actor: Actor, session_id: UUID, because: str, now: datetime) -> Session:
    """A leader calls off a session. Its room and leaders are free; who has a place and a page is told."""
    from noaber.offer.groups.services_groups import cancel_session as cancel

    row = gate.get(actor, "lead", Session.objects.all(), resource="group_session", pk=session_id)
    if row.held_at is not None:
        raise errors.moved_on()
    check_words({"because": because})
    was_off = row.cancelled
    done = cancel(session_id=row.pk, because=because, now=now)
    if not was_off:
        telling.tell_called_off(done, now=now)
    _log(actor, done, (), now)
    return done


@transaction.atomic
def measure(*, actor: Actor, enrolment_id: UUID, moment: str, score: int | None, now: datetime) -> None:
    """Keep the answer to 'hoe gaat het met u'; without a score it is taken away. The last word counts."""
    found = Enrolment.objects.select_related("group")
    row = gate.get(actor, "manage", found, resource="enrolment", pk=enrolment_id)
    if moment not in Measure.Moment.values or (score is not None and not 0 <= score <= 10):
        raise errors.wrong("score", "Kies een cijfer van 0 tot en met 10.")
    if score is None:
        Measure.objects.filter(enrolment=row, moment=moment).delete()
    else:
        Measure.objects.update_or_create(
            enrolment=row,
            moment=moment,
            defaults={"score": score, "taken_on": day_of(now), "noted_by_name": actor.name},
        )
    services_enrolling.note(actor, row, audit.Action.UPDATE, "groups.measured", now)


@transaction.atomic
def evaluate(
    *,
    actor: Actor,
    group_id: UUID,
    held_on: date,
    went_well: str,
    better: str,
    participants_joined: bool,
    once_key: str,
    now: datetime,
) -> None:
    """How a group went, in words that name nobody. The same `once_key` twice is once."""
    row = gate.get(actor, "lead", Group.objects.all(), resource="group", pk=group_id)
    if held_on > day_of(now):
        raise errors.wrong("held_on", "Deze dag moet nog komen.")
    if not (went_well.strip() or better.strip()):
        raise errors.wrong("went_well", "Schrijf bij een van de twee iets op.")
    check_words({"went_well": went_well, "better": better})
    GroupEvaluation.objects.get_or_create(
        once_key=once_key,
        defaults={
            "group": row,
            "held_on": held_on,
            "went_well": went_well.strip(),
            "better": better.strip(),
            "participants_joined": participants_joined,
            "by_name": actor.name,
            "recorded_at": now,
        },
    )


@transaction.atomic
def add_hours(
    *, actor: Actor, group_id: UUID, day: date, hours: Decimal, on: str, once_key: str, now: datetime
) -> LeaderHours:
    """Note hours of one's own, on a day on which one led the group. The same `once_key` twice is once."""
    gate.get(actor, "lead", Group.objects.all(), resource="group", pk=group_id)
    if day > day_of(now):
        raise errors.wrong("day", "Deze dag moet nog komen.")
    seat = Leader.objects.filter(
        group_id=group_id, account_id=actor.signed_in_id, period__contains=day
    ).first()
    if seat is None:
        raise errors.wrong("day", "Op deze dag begeleidde u deze groep niet.")
    row, _ = LeaderHours.objects.get_or_create(
        once_key=once_key,
        defaults={"leader": seat, "day": day, "hours": hours, "on": on, "recorded_at": now},
    )
    return row


def check_words(texts: Mapping[str, str]) -> None:
    """Refuse texts with a number, an address or a mail address of somebody in them, or that are too long."""
    for name, text in texts.items():
        if len(text) > LONGEST:
            raise errors.wrong(name, "Maak dit korter.")
        if any(trace.kind in HARD for trace in traces_in(text)):
            raise errors.wrong(
                name,
                "Hier staat een nummer of adres. Haal het weg: dit gaat over de groep, niet over iemand.",
            )
