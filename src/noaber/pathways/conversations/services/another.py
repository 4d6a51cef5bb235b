"""Another conversation about the same question, within what the region allows."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations.errors import already_booked, not_held, request_is_closed
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.services.planning import locked_thread, next_number

Phase = HelpRequest.Phase
ASKED = gettext_noop("U wilde nog een gesprek")
NEXT = gettext_noop("Wij plannen uw volgende gesprek")


@transaction.atomic
def ask_for_another(*, actor: Actor, conversation_id: UUID, now: datetime) -> int:
    """Put the request back on the board for another conversation. Returns its number; twice is once.

    Refuses it when as many were held as the region allows for one question, and when one stands already.
    """
    row = gate.get(actor, "hold", Conversation.objects.all(), resource="conversation", pk=conversation_id)
    if row.state != Conversation.State.HELD:
        raise not_held()
    thread = locked_thread(row.help_request_id)
    if thread is None:
        raise gate.not_here()
    if thread.phase == Phase.CLOSED:
        raise request_is_closed()
    number = next_number(thread)
    if thread.phase == Phase.PLANNED:
        raise already_booked()
    if thread.phase == Phase.RECEIVED:
        return number
    residents.move_on(
        help_request_id=thread.pk,
        phase=Phase.RECEIVED,
        next_on=day_of(now)
        + timedelta(days=int(thread.region.settings["follow_up"]["next_step_within_days"])),
        next_step=NEXT,
        now=now,
    )
    residents.tell(thread.pk, at=now, words=ASKED, kind="another", by=actor.name)
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type="conversation.another",
        resident_id=thread.resident_id,
        object_kind="conversation",
        object_id=row.pk,
        part="uw volgende gesprek",
        purpose="om nog een gesprek te plannen",
        now=now,
    )
    return number
