"""A way back that travels with the message: signed, so that it cannot be made up, and valid for an hour.

Nothing of a person is in it. Whoever uses it must still be allowed to do what it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from noaber.pathways.conversations.types import Booking

SALT = "noaber.conversations.undo"
VALID_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Undo:
    """What was done (booked, moved or cancelled), to what, and how it was before."""

    act: str
    help_request_id: UUID
    conversation_id: UUID
    before: Booking | None = None


def undo_address(undo: Undo) -> str:
    """The address to post to."""
    before = undo.before
    token = signing.dumps(
        {
            "act": undo.act,
            "thread": str(undo.help_request_id),
            "conversation": str(undo.conversation_id),
            "before": before
            and {
                "start": before.starts_at.isoformat(),
                "mode": before.mode,
                "room": str(before.room_id or ""),
                "people": [str(pk) for pk in before.professional_ids],
                "reason": before.lived_experience_reason,
            },
        },
        salt=SALT,
        compress=True,
    )
    return reverse("conversations:undo", args=[token])


def read_undo(token: str) -> Undo:
    """What a token asks. Raises `signing.BadSignature` when it is made up or too old."""
    given = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    before = given["before"]
    return Undo(
        act=given["act"],
        help_request_id=UUID(given["thread"]),
        conversation_id=UUID(given["conversation"]),
        before=before
        and Booking(
            starts_at=datetime.fromisoformat(before["start"]),
            mode=before["mode"],
            room_id=UUID(before["room"]) if before["room"] else None,
            professional_ids=tuple(UUID(pk) for pk in before["people"]),
            lived_experience_reason=before["reason"],
        ),
    )
