"""Letters and calls: a person carries them out, and says so here. They are asked again before they go."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from noaber.hallway.access.scope import as_system
from noaber.hallway.post.models import Message
from noaber.hallway.post.services import BY_HAND, _guards


def waiting_by_hand(*, limit: int = 500) -> list[Message]:
    """Letters and calls that still wait for a person, oldest first."""
    rows = Message.objects.filter(state=Message.State.QUEUED, channel__in=BY_HAND)
    return list(rows.order_by("created_at", "pk")[:limit])


def withhold_what_may_not_go(messages: Collection[Message]) -> list[Message]:
    """Ask of each once more whether it may go; what may not is held back and left out of the answer."""
    left = []
    with as_system("post met de hand: mag dit nog weg?"):
        for message in messages:
            if message.guard and not _guards[message.guard](message.guard_id):
                Message.objects.filter(pk=message.pk, state=Message.State.QUEUED).update(
                    state=Message.State.WITHHELD
                )
            else:
                left.append(message)
    return left


@transaction.atomic
def carry_out(message_id: UUID, *, now: datetime) -> bool:
    """Note that a person carried this out. False when it waits no more."""
    message = Message.objects.select_for_update().filter(pk=message_id, channel__in=BY_HAND).first()
    if message is None or message.state != Message.State.QUEUED:
        return False
    message.state, message.sent_at = Message.State.SENT, now
    message.attempts += 1
    message.save(update_fields=["state", "sent_at", "attempts"])
    return True
