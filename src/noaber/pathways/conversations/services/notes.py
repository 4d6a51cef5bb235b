"""Notes before and during a conversation: for the table alone, to write the report with, then gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from noaber.ground.identifiers import contains_bsn
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.pathways.conversations.errors import no_longer_planned, text_holds_bsn
from noaber.pathways.conversations.models import Conversation, GuideNote, Participation

KEPT_AFTER_REPORT = timedelta(days=14)
"""Time to mend the report. What matters stands there; a note is a note."""
KEPT_AT_MOST = timedelta(days=90)
"""After the conversation, also when no report was ever written."""
MOST_WORDS = 8000


@transaction.atomic
def keep_note(*, actor: Actor, conversation_id: UUID, words: str, now: datetime) -> None:
    """Keep this guide's own note about this conversation; an empty note is thrown away."""
    conversation = gate.get(
        actor,
        "hold",
        Conversation.objects.select_related("help_request"),
        resource="conversation",
        pk=conversation_id,
    )
    if conversation.state not in (Conversation.State.PLANNED, Conversation.State.HELD):
        raise no_longer_planned()
    if not sits_at(actor, conversation):
        raise gate.not_here()
    if contains_bsn(words):
        raise text_holds_bsn("words")
    own = GuideNote.objects.filter(conversation=conversation, author_id=actor.signed_in_id)
    if not words.strip():
        own.delete()
    else:
        GuideNote.objects.update_or_create(
            conversation=conversation,
            author_id=actor.signed_in_id,
            defaults={"words": words.strip()[:MOST_WORDS], "written_at": now},
        )
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type="note.keep",
        resident_id=conversation.help_request.resident_id,
        object_kind="guide_note",
        object_id=conversation.pk,
        part="aantekeningen bij uw gesprek",
        purpose="om uw gesprek te voeren",
        now=now,
    )


def sits_at(actor: Actor, conversation: Conversation) -> bool:
    """Whether this actor sits at this very conversation; a holder who does not, keeps and reads no notes."""
    return Participation.objects.filter(
        conversation=conversation, active=True, professional__account_id=actor.signed_in_id
    ).exists()


def throw_away_old_notes(*, now: datetime) -> int:
    """Throw away notes whose work is done, as the house itself. Returns how many."""
    old = Q(conversation__report__written_at__lt=now - KEPT_AFTER_REPORT) | Q(
        conversation__period__endswith__lt=now - KEPT_AT_MOST
    )
    gone = Q(conversation__state__in=[Conversation.State.CANCELLED, Conversation.State.NO_SHOW])
    found = GuideNote.objects.filter(old | gone).values_list("pk", flat=True)
    return GuideNote.objects.filter(pk__in=list(found)).delete()[0]
