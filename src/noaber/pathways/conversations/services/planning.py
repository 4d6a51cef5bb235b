"""Book, move and cancel. The database refuses a double booking; here it becomes a polite answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop
from psycopg import errors as pg

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.outbox.services import publish
from noaber.network.partners.models import Professional, Room
from noaber.network.partners.queries import conversation_pool, rooms_of
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest, Involvement
from noaber.pathways.conversations import rules
from noaber.pathways.conversations.errors import (
    already_booked,
    composition_does_not_fit,
    just_taken,
    no_longer_planned,
    request_is_closed,
    too_many_conversations,
)
from noaber.pathways.conversations.events import (
    ConversationCancelled,
    ConversationPlanned,
    PeerTimeCancelled,
)
from noaber.pathways.conversations.models import Conversation, Participation
from noaber.pathways.conversations.pool import as_member, training_of
from noaber.pathways.conversations.types import Booking

State = Conversation.State
Part = Involvement.Part
Phase = HelpRequest.Phase


@contextmanager
def politely() -> Iterator[None]:
    """Turn the database's refusal of an overlap, or a lost race for a lock, into a 409."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        if isinstance(refusal.__cause__, pg.ExclusionViolation):
            raise just_taken() from refusal
        if isinstance(refusal.__cause__, pg.UniqueViolation):
            raise already_booked() from refusal
        raise
    except OperationalError as refusal:
        if isinstance(refusal.__cause__, pg.DeadlockDetected | pg.LockNotAvailable | pg.SerializationFailure):
            raise just_taken() from refusal
        raise


@transaction.atomic
def book_conversation(*, actor: Actor, help_request_id: UUID, booking: Booking, now: datetime) -> UUID:
    """Book two or three people of the right composition, and a room, for one request.

    Raises a conflict when any of them was just taken, when the request has its conversation already or has
    had as many as the region allows; refuses a composition that the region does not accept. The same booking
    twice (a double click) is one.
    """
    thread = gate.require(actor, "plan", locked_thread(help_request_id), resource="help_request")
    if thread.phase == Phase.CLOSED:
        raise request_is_closed()
    there = thread.conversations.filter(state=State.PLANNED).first()
    if there is not None:
        if is_same_booking(there, booking):
            return there.pk
        raise already_booked()
    number = next_number(thread)
    people = _people(thread, booking, now)
    room = _room(thread, booking)
    period = _period(thread, booking)
    conversation = Conversation(
        help_request=thread,
        region_id=thread.region_id,
        municipality_id=thread.municipality_id,
        number=number,
        period=period,
        mode=booking.mode,
        room=room,
        planned_at=now,
        planned_by_id=actor.account_id,
        lived_experience_reason=booking.lived_experience_reason.strip()[:200],
    )
    with politely():
        wait_for(people, room)
        conversation.save(force_insert=True)
        _seat(conversation, people)
    _after_booking(actor, thread, conversation, people, now)
    return conversation.pk


def locked_thread(help_request_id: UUID | None) -> HelpRequest | None:
    """The request under lock. Every act takes it first, then people, then the room: no ring of waiting."""
    return (
        HelpRequest.objects.select_for_update(of=("self",))
        .select_related("region")
        .filter(pk=help_request_id)  # type: ignore[misc]  # None finds nothing, and is answered as absent
        .first()
    )


def at_the_table(conversation: Conversation) -> QuerySet[Participation]:
    """Who sits in the conversation itself; a peer worker before or after it has a time apart."""
    return conversation.participations.filter(active=True, moment=Participation.Moment.DURING)


def is_same_booking(conversation: Conversation, booking: Booking) -> bool:
    """Whether this conversation is what was asked: the same time, place and people."""
    seated = at_the_table(conversation).values_list("professional_id", flat=True)
    same_place = booking.mode == "online" or conversation.room_id == booking.room_id
    return (
        conversation.period.lower == booking.starts_at
        and conversation.mode == booking.mode
        and same_place
        and set(seated) == set(booking.professional_ids)
    )


def wait_for(people: list[Professional], room: Room | None) -> None:
    """Queue behind whoever books one of these people or this room right now.

    The exclusion constraints alone would do; but two bookings that wait for each other inside a constraint
    end in a deadlock of a second. In line, the second one hears at once that it came second.
    """
    ids = [person.pk for person in people]
    list(Professional.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values("pk"))
    if room is not None:
        list(Room.objects.select_for_update(no_key=True).filter(pk=room.pk).values("pk"))


def next_number(thread: HelpRequest) -> int:
    had = thread.conversations.filter(state=State.HELD).count()
    most = thread.region.settings["second_conversation"]["max_conversations"]
    if most is not None and had >= most:
        raise too_many_conversations(most)
    return had + 1


def _people(thread: HelpRequest, booking: Booking, now: datetime) -> list[Professional]:
    wanted = set(booking.professional_ids)
    found = list(conversation_pool(thread.region_id, day_of(now)).filter(pk__in=wanted))
    if len(found) != len(wanted):
        raise gate.not_here()
    rules.check_start(starts_at=booking.starts_at, now=now)
    rules.check_composition(
        [as_member(p, day_of(now), training_of(thread.region.settings)) for p in found],
        thread.region.settings["composition"],
        reason_without_lived_experience=booking.lived_experience_reason,
    )
    return sorted(found, key=lambda p: str(p.pk))


def _room(thread: HelpRequest, booking: Booking) -> Room | None:
    if booking.mode not in thread.region.settings["modes"]["allowed"]:
        raise composition_does_not_fit("Deze manier van praten gebruikt deze regio niet.")
    if booking.mode == "online":
        return None
    room = next((r for r in rooms_of(thread.region_id) if r.pk == booking.room_id), None)
    if room is None:
        raise gate.not_here()
    return room


def _period(thread: HelpRequest, booking: Booking) -> DateTimeTZRange:
    minutes = thread.region.settings["modes"]["duration_minutes"]
    return DateTimeTZRange(booking.starts_at, booking.starts_at + timedelta(minutes=minutes))


def _seat(conversation: Conversation, people: list[Professional]) -> None:
    for person in people:
        Participation.objects.create(
            conversation=conversation,
            professional=person,
            domain_group=person.domain_group,
            period=conversation.period,
        )


def _after_booking(
    actor: Actor,
    thread: HelpRequest,
    conversation: Conversation,
    people: list[Professional],
    now: datetime,
    because: str = "",
) -> None:
    residents.release(thread.pk, part=Part.GUIDE, now=now)
    for person in (*people, *_peers_of(conversation)):
        if person.account_id is not None:
            residents.involve(
                thread.pk,
                part=Part.GUIDE,
                account_id=person.account_id,
                organisation_id=person.organisation_id,
                now=now,
            )
    if thread.holder_id is None or thread.holder_id not in {p.account_id for p in people}:
        holder = next((p for p in people if p.account_id is not None), None)
        if holder is not None and holder.account_id is not None:
            residents.take_hold(
                help_request_id=thread.pk,
                account_id=holder.account_id,
                name=holder.name,
                organisation_id=holder.organisation_id,
                now=now,
            )
    residents.move_on(
        help_request_id=thread.pk,
        phase=Phase.PLANNED,
        next_on=day_of(conversation.period.lower),
        next_step=gettext_noop("U hebt uw gesprek"),
        now=now,
    )
    words, values = _with_reason(MOVED, MOVED_BECAUSE, because)
    if conversation.sequence == 0:
        words, values = gettext_noop("Uw gesprek staat vast"), {}
    residents.tell(thread.pk, at=now, words=words, values=values, kind="planned", by=actor.name)
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        event_type="conversation.plan",
        resident_id=thread.resident_id,
        object_kind="conversation",
        object_id=conversation.pk,
        part="uw afspraak",
        purpose="om een dag te plannen",
        now=now,
    )
    publish(ConversationPlanned(conversation_id=conversation.pk, sequence=conversation.sequence), now=now)


def planned_under_lock(actor: Actor, conversation_id: UUID, action: str) -> Conversation:
    """The planned conversation for whoever may do `action`, its request locked first."""
    row = Conversation.objects.filter(pk=conversation_id).first()
    gate.require(actor, action, row, resource="conversation")
    locked_thread(row.help_request_id if row else None)
    conversation = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("help_request__region")
        .get(pk=conversation_id)
    )
    if conversation.state != State.PLANNED:
        raise no_longer_planned()
    return conversation


@transaction.atomic
def move_conversation(
    *, actor: Actor, conversation_id: UUID, booking: Booking, now: datetime, because: str = ""
) -> Booking:
    """Move a planned conversation to another time, other people or another room; the invitations follow.

    `because` is a short reason the resident reads. Returns what it was, to move back.
    """
    conversation = planned_under_lock(actor, conversation_id, "rebook")
    before = booking_of(conversation)
    if is_same_booking(conversation, booking):
        return before
    thread = conversation.help_request
    people = _people(thread, booking, now)
    room = _room(thread, booking)
    with politely():
        wait_for(people, room)
        conversation.period = _period(thread, booking)
        conversation.mode = booking.mode
        conversation.room = room
        conversation.sequence += 1
        at_the_table(conversation).update(active=False, left_at=conversation.sequence)
        _let_peers_go(conversation, people, now)
        conversation.lived_experience_reason = booking.lived_experience_reason.strip()[:200]
        conversation.save(update_fields=["period", "mode", "room", "sequence", "lived_experience_reason"])
        _seat(conversation, people)
    _after_booking(actor, thread, conversation, people, now, because=because)
    return before


def _peers_of(conversation: Conversation) -> list[Professional]:
    """Who works with her before or after, and stays."""
    rows = conversation.participations.filter(active=True).exclude(moment=Participation.Moment.DURING)
    return [row.professional for row in rows.select_related("professional")]


def _let_peers_go(conversation: Conversation, people: list[Professional], now: datetime) -> None:
    """A peer worker whose time is no longer before or after the moved conversation, or who now sits in it."""
    begin, end = conversation.period.lower, conversation.period.upper
    before = Q(moment=Participation.Moment.BEFORE, period__endswith__gt=begin)
    after = Q(moment=Participation.Moment.AFTER, period__startswith__lt=end)
    rows = conversation.participations.filter(active=True).exclude(moment=Participation.Moment.DURING)
    for row in rows.filter(before | after | Q(professional__in=people)):
        row.active, row.left_at = False, conversation.sequence
        row.save(update_fields=["active", "left_at"])
        publish(PeerTimeCancelled(participation_id=row.pk), now=now)


def booking_of(conversation: Conversation) -> Booking:
    """What was booked, so that it can be booked again."""
    seated = at_the_table(conversation).values_list("professional_id", flat=True)
    return Booking(
        starts_at=conversation.period.lower,
        mode=conversation.mode,
        room_id=conversation.room_id,
        professional_ids=tuple(sorted(seated)),
        lived_experience_reason=conversation.lived_experience_reason,
    )


@transaction.atomic
def cancel_conversation(*, actor: Actor, conversation_id: UUID, because: str, now: datetime) -> Booking:
    """Cancel a planned conversation. The people and the room are free at once; the request is open again.

    Returns what it was, to book it again.
    """
    conversation = planned_under_lock(actor, conversation_id, "rebook")
    before = booking_of(conversation)
    _let_go(conversation, because=because, now=now)
    residents.move_on(
        help_request_id=conversation.help_request_id,
        phase=Phase.RECEIVED,
        next_on=day_of(now) + timedelta(days=1),
        next_step=gettext_noop("Wij plannen een nieuwe dag"),
        now=now,
    )
    words, values = _with_reason(CALLED_OFF, CALLED_OFF_BECAUSE, because)
    residents.tell(
        conversation.help_request_id,
        at=now,
        words=words,
        values=values,
        kind="cancelled",
        by=actor.name,
    )
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type="conversation.cancel",
        resident_id=conversation.help_request.resident_id,
        object_kind="conversation",
        object_id=conversation.pk,
        part="uw afspraak",
        purpose="om uw afspraak af te zeggen",
        now=now,
    )
    return before


MOVED = gettext_noop("Uw gesprek is verplaatst")
MOVED_BECAUSE = gettext_noop("Uw gesprek is verplaatst: %(reason)s")
CALLED_OFF = gettext_noop("Uw gesprek gaat niet door")
CALLED_OFF_BECAUSE = gettext_noop("Uw gesprek gaat niet door: %(reason)s")


def _with_reason(bare: str, with_reason: str, because: str) -> tuple[str, dict[str, str]]:
    """The sentence and its values; the reason is a sentence of ours too, so it is translated when shown."""
    reason = because.strip()
    return (with_reason, {"reason": reason}) if reason else (bare, {})


def everyone_leaves(conversation: Conversation) -> None:
    """Free everybody; the version in which they left is kept, so that they hear of it once."""
    conversation.participations.filter(active=True).update(active=False, left_at=conversation.sequence)


def _let_go(conversation: Conversation, *, because: str, now: datetime) -> None:
    conversation.state = State.CANCELLED
    conversation.ended_because = because[:120]
    conversation.sequence += 1
    conversation.save(update_fields=["state", "ended_because", "sequence"])
    everyone_leaves(conversation)
    residents.release(conversation.help_request_id, part=Part.GUIDE, now=now)
    publish(ConversationCancelled(conversation_id=conversation.pk, sequence=conversation.sequence), now=now)


def let_go_of_planned(*, help_request_id: UUID, because: str, now: datetime) -> bool:
    """Cancel whatever is planned for this request, as the house itself. True when something was."""
    locked_thread(help_request_id)
    planned = Conversation.objects.select_for_update(of=("self",)).filter(
        help_request_id=help_request_id, state=State.PLANNED
    )
    found = list(planned)
    for conversation in found:
        _let_go(conversation, because=because, now=now)
    return bool(found)
