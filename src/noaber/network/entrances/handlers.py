"""What this room does when someone signs out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.network.entrances.models import Entry
from noaber.network.entrances.services_session import ENTRY


def note_signing_out(sender: Any, request: HttpRequest | None, **_more: Any) -> None:
    """From here on nothing leads from the list to this session."""
    known = request.session.get(ENTRY) if request is not None and hasattr(request, "session") else None
    if not known:
        return
    with gate.as_system("een aanmelding afsluiten"):
        Entry.objects.filter(pk=known, ended_at__isnull=True).update(ended_at=clock.now(), session_key="")


def register() -> None:
    """Called once at start."""
    user_logged_out.connect(note_signing_out, dispatch_uid="entrances.signing_out")
