"""The conversation itself: it was held, with agreed steps and one outcome; or nobody came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from noaber.ground.identifiers import contains_bsn
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.outbox.services import publish
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest, Involvement
from noaber.pathways.conversations import rules
from noaber.pathways.conversations.errors import no_longer_planned, not_yet, text_holds_bsn
from noaber.pathways.conversations.events import ConversationCancelled, ConversationHeld
from noaber.pathways.conversations.models import AgreedStep, Conversation, Outcome
from noaber.pathways.conversations.services.planning import everyone_leaves, planned_under_lock
from noaber.pathways.conversations.services.time import note_planned_time
from noaber.pathways.conversations.types import NewStep

State = Conversation.State
Phase = HelpRequest.Phase
Part = Involvement.Part
AGREED = gettext_noop("wat u samen afsprak")
"""What runs after a conversation. The words of the steps stay sealed with the steps themselves."""


def _begun(actor: Actor, conversation_id: UUID, now: datetime) -> Conversation:
    conversation = planned_under_lock(actor, conversation_id, "hold")
    if now < conversation.period.lower:
        raise not_yet()
    return conversation


@transaction.atomic
def hold_conversation(
    *, actor: Actor, conversation_id: UUID, steps: Sequence[NewStep], outcome: str, now: datetime
) -> str:
    """Record that the conversation was held, what was agreed, and its one main outcome.

    Where the region forbids triage `outcome` is ignored and derived from what the resident chose. Returns
    the outcome code. A conversation counts from here: held, with its outcome.
    """
    if any(contains_bsn(step.words) for step in steps):
        raise text_holds_bsn("steps")
    conversation = _begun(actor, conversation_id, now)
    setting = conversation.help_request.region.settings["outcomes"]
    main, derived = rules.main_outcome(
        asked=outcome,
        allowed=setting["kpi_classes"],
        triage_forbidden=setting["triage_forbidden"],
        derive=setting["derive_from_offers"],
        chosen_kinds=[s.kind for s in steps],
    )
    conversation.state, conversation.held_at = State.HELD, conversation.period.lower
    conversation.save(update_fields=["state", "held_at"])
    for position, step in enumerate(steps):
        AgreedStep.objects.create(
            conversation=conversation,
            words=step.words,
            kind=step.kind,
            service_id=step.service_id,
            try_on=step.try_on,
            return_on=step.return_on,
            main=position == 0,
        )
    Outcome.objects.create(
        conversation=conversation,
        main=main,
        derived=derived,
        recorded_at=now,
        recorded_by_id=actor.account_id,
    )
    note_planned_time(conversation, by=actor.account_id, now=now)
    _after(actor, conversation, steps, now)
    return main


def _after(actor: Actor, conversation: Conversation, steps: Sequence[NewStep], now: datetime) -> None:
    thread = conversation.help_request
    report = thread.region.settings["report"]
    residents.move_on(
        help_request_id=thread.pk,
        phase=Phase.TALKED,
        next_on=day_of(now) + timedelta(days=int(report["within_days"])),
        next_step=gettext_noop("U krijgt het verslag"),
        now=now,
    )
    if steps:
        residents.offer_meanwhile(help_request_id=thread.pk, words=AGREED)
    residents.tell(
        thread.pk,
        at=conversation.period.lower,
        words=gettext_noop("U had uw gesprek"),
        kind="held",
        by=actor.name,
    )
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type="conversation.hold",
        resident_id=thread.resident_id,
        object_kind="conversation",
        object_id=conversation.pk,
        part="uw afspraken",
        purpose="om vast te leggen wat u afsprak",
        now=now,
    )
    publish(ConversationHeld(conversation_id=conversation.pk), now=now)


@transaction.atomic
def record_no_show(*, actor: Actor, conversation_id: UUID, now: datetime) -> None:
    """Nobody came. It never counts; the request stays open and the fixed person rings.

    The guides leave the thread until it is booked again; only the fixed person keeps it.
    """
    conversation = _begun(actor, conversation_id, now)
    conversation.state = State.NO_SHOW
    conversation.sequence += 1
    conversation.save(update_fields=["state", "sequence"])
    everyone_leaves(conversation)
    residents.move_on(
        help_request_id=conversation.help_request_id,
        phase=Phase.RECEIVED,
        next_on=day_of(now) + timedelta(days=1),
        next_step=gettext_noop("Uw vaste persoon belt u"),
        now=now,
    )
    residents.tell(
        conversation.help_request_id,
        at=now,
        words=gettext_noop("Het gesprek ging niet door"),
        kind="no_show",
        by=actor.name,
    )
    publish(ConversationCancelled(conversation_id=conversation.pk, sequence=conversation.sequence), now=now)
    residents.release(conversation.help_request_id, part=Part.GUIDE, now=now)


@transaction.atomic
def change_outcome(*, actor: Actor, conversation_id: UUID, outcome: str, now: datetime) -> None:
    """Set the outcome later, when 'not yet known' has become known."""
    conversation = (
        Conversation.objects.select_related("help_request__region").filter(pk=conversation_id).first()
    )
    conversation = gate.require(actor, "hold", conversation, resource="conversation")
    setting = conversation.help_request.region.settings["outcomes"]
    if conversation.state != State.HELD or setting["triage_forbidden"]:
        raise no_longer_planned()
    main, _ = rules.main_outcome(
        asked=outcome, allowed=setting["kpi_classes"], triage_forbidden=False, derive=[], chosen_kinds=[]
    )
    Outcome.objects.filter(conversation=conversation).update(
        main=main, recorded_at=now, recorded_by_id=actor.account_id
    )
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type="conversation.outcome",
        resident_id=conversation.help_request.resident_id,
        object_kind="conversation",
        object_id=conversation.pk,
        part="de uitkomst van uw gesprek",
        purpose="om de uitkomst bij te werken",
        now=now,
    )
