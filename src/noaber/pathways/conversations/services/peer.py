"""A peer worker before or after the conversation, with a time apart, where the region has it so."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_noop

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.outbox.services import publish
from noaber.network.partners.models import Professional
from noaber.network.partners.queries import conversation_pool
from noaber.network.residents import services as residents
from noaber.network.residents.models import Involvement
from noaber.pathways.conversations import rules
from noaber.pathways.conversations.events import PeerTimeCancelled, PeerTimePlanned
from noaber.pathways.conversations.models import Conversation, Participation
from noaber.pathways.conversations.services.planning import planned_under_lock, politely, wait_for
from noaber.pathways.conversations.types import PeerBooking

Moment = Participation.Moment
PLANNED = gettext_noop("U spreekt ook een ervaringsdeskundige")
LET_GO = gettext_noop("De afspraak met de ervaringsdeskundige gaat niet door")
AROUND = timedelta(days=14)
LEAST, MOST = 15, 120
SEPARATE = "before_or_after_allowed"


def allows_separate(settings: dict[str, object]) -> bool:
    """Whether this region lets a peer worker work before or after instead of in the conversation."""
    composition = settings.get("composition")
    return isinstance(composition, dict) and composition.get("lived_experience") == SEPARATE


@transaction.atomic
def book_peer(*, actor: Actor, conversation_id: UUID, booking: PeerBooking, now: datetime) -> UUID:
    """Book a peer worker before or after a planned conversation. Returns the id of the participation.

    Refuses it where the region wants lived experience in the conversation itself, someone who is no peer
    worker of the pool, a time that is not before or after, and a second one at the same moment. The same
    booking twice is one.
    """
    conversation = planned_under_lock(actor, conversation_id, "rebook")
    thread = conversation.help_request
    if not allows_separate(thread.region.settings):
        raise _not_here_in_this_region()
    period = _period(conversation, booking, now)
    person = _peer(thread.region_id, booking.professional_id, now)
    there = conversation.participations.filter(active=True, moment=booking.moment).first()
    if there is not None:
        if there.professional_id == person.pk and there.period.lower == booking.starts_at:
            return there.pk
        raise _one_at_a_moment()
    if conversation.participations.filter(active=True, professional=person).exists():
        raise _sits_there_already()
    with politely():
        wait_for([person], None)
        row = Participation.objects.create(
            conversation=conversation,
            professional=person,
            domain_group=person.domain_group,
            moment=booking.moment,
            period=period,
        )
    if person.account_id is not None:
        residents.involve(
            thread.pk,
            part=Involvement.Part.GUIDE,
            account_id=person.account_id,
            organisation_id=person.organisation_id,
            now=now,
        )
    residents.tell(thread.pk, at=now, words=PLANNED, kind="planned", by=actor.name)
    _log(actor, conversation, "conversation.peer", "om een ervaringsdeskundige te plannen", now)
    publish(PeerTimePlanned(participation_id=row.pk), now=now)
    return row.pk


@transaction.atomic
def let_go_of_peer(*, actor: Actor, conversation_id: UUID, participation_id: UUID, now: datetime) -> None:
    """The time with the peer worker does not take place; the conversation stands. Twice is once."""
    conversation = planned_under_lock(actor, conversation_id, "rebook")
    rows = conversation.participations.exclude(moment=Moment.DURING).filter(pk=participation_id)
    row = rows.select_related("professional").first()
    if row is None:
        raise gate.not_here()
    if not row.active:
        return
    release_peer(row, now=now)
    residents.tell(conversation.help_request_id, at=now, words=LET_GO, kind="cancelled", by=actor.name)
    _log(actor, conversation, "conversation.peer_cancel", "om een afspraak af te zeggen", now)


def release_peer(row: Participation, *, now: datetime) -> None:
    """Free the peer worker, end the part in the thread and let both know."""
    row.active, row.left_at = False, row.conversation.sequence
    row.save(update_fields=["active", "left_at"])
    if row.professional.account_id is not None:
        residents.release(
            row.conversation.help_request_id,
            part=Involvement.Part.GUIDE,
            account_id=row.professional.account_id,
            now=now,
        )
    publish(PeerTimeCancelled(participation_id=row.pk), now=now)


def _period(conversation: Conversation, booking: PeerBooking, now: datetime) -> DateTimeTZRange:
    if booking.moment not in (Moment.BEFORE, Moment.AFTER):
        raise _wrong_time("Kies vooraf of erna.")
    if not LEAST <= booking.minutes <= MOST:
        raise _wrong_time(f"Kies {LEAST} tot {MOST} minuten.")
    rules.check_start(starts_at=booking.starts_at, now=now)
    ends_at = booking.starts_at + timedelta(minutes=booking.minutes)
    begin, end = conversation.period.lower, conversation.period.upper
    if booking.moment == Moment.BEFORE and not begin - AROUND <= booking.starts_at < ends_at <= begin:
        raise _wrong_time("Vooraf betekent: klaar vóór het gesprek begint, en niet meer dan 14 dagen eerder.")
    if booking.moment == Moment.AFTER and not end <= booking.starts_at <= end + AROUND:
        raise _wrong_time("Erna betekent: na het einde van het gesprek, en niet meer dan 14 dagen later.")
    return DateTimeTZRange(booking.starts_at, ends_at)


def _peer(region_id: UUID, professional_id: UUID, now: datetime) -> Professional:
    pool = conversation_pool(region_id, day_of(now))
    person = pool.filter(pk=professional_id, domain_group=rules.LIVED).first()
    if person is None:
        raise gate.not_here()
    return person


def _log(actor: Actor, conversation: Conversation, event_type: str, purpose: str, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type=event_type,
        resident_id=conversation.help_request.resident_id,
        object_kind="conversation",
        object_id=conversation.pk,
        part="uw afspraak",
        purpose=purpose,
        now=now,
    )


def _not_here_in_this_region() -> Invalid:
    return Invalid(
        "peer_sits_in_the_conversation",
        happened="In deze regio zit de ervaringsdeskundige in het gesprek zelf.",
        why="De regio kent geen eigen tijd vooraf of erna.",
        now_what="Kies een tijd waarop de ervaringsdeskundige bij het gesprek kan zijn.",
    )


def _wrong_time(why: str) -> Invalid:
    return Invalid(
        "peer_time_does_not_fit",
        happened="Deze tijd past niet.",
        why=why,
        now_what="Kies een andere tijd.",
        fields={"tijd": why},
    )


def _one_at_a_moment() -> Conflict:
    return Conflict(
        "peer_already_planned",
        happened="Er staat al een ervaringsdeskundige op dit moment.",
        why="Per gesprek kan er één vooraf en één erna.",
        now_what="Zeg die eerst af, of laat het zo staan.",
    )


def _sits_there_already() -> Conflict:
    return Conflict(
        "peer_sits_there_already",
        happened="Deze ervaringsdeskundige is al bij dit gesprek.",
        why="Iemand doet één keer mee: vooraf, erin of erna.",
        now_what="Kies een ander.",
    )
