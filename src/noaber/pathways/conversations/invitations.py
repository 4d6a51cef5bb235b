"""The appointment as a calendar reads it: a time, a public place and a link, and nothing about who or why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from noaber.hallway import ics
from noaber.pathways.conversations.models import Conversation


def sender() -> str:
    """The address from which appointments come."""
    return str(settings.DEFAULT_FROM_EMAIL)


def uid_of(conversation_id: UUID) -> str:
    """The same for every version of one appointment, so that a calendar replaces it."""
    return f"{conversation_id}@noaber"


def calendar_entry(conversation: Conversation, address: str, *, now: datetime, cancelled: bool) -> bytes:
    """One appointment for one reader; it names nobody else."""
    when = {
        "uid": uid_of(conversation.pk),
        "sequence": conversation.sequence,
        "start": conversation.period.lower,
        "end": conversation.period.upper,
        "organizer": sender(),
        "attendee": address,
        "now": now,
    }
    if cancelled:
        return ics.cancel(**when)
    place = conversation.room.location.address if conversation.room else "online"
    return ics.invite(**when, location_public=place, url=f"{settings.BASE_URL}/")
