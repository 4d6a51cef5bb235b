"""Coming in and going out: the session of this browser, and those on other devices."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.accounts.services import sign_in
from noaber.network.entrances import services
from noaber.network.entrances.models import Entry
from noaber.network.entrances.types import Pending
from noaber.network.residents.models import Resident

PENDING = "entrance"
ENTRY = "entrance_entry"
PATIENCE = timedelta(minutes=30)
_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_words(agent: str) -> str:
    """The browser and the kind of device, such as 'Chrome, Android'; nothing that singles one out."""
    known = [next((word for mark, word in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    return ", ".join(word for word in known if word)


def wait_at_door(request: HttpRequest, pending: Pending) -> None:
    """Remember who is at the door in this browser."""
    request.session[PENDING] = pending.kept()


def at_door(request: HttpRequest, *, now: datetime) -> Pending | None:
    """Who is at the door in this browser; None after half an hour."""
    kept: dict[str, Any] | None = request.session.get(PENDING)
    if not kept or datetime.fromisoformat(kept["at"]) < now - PATIENCE:
        return None
    return Pending(**kept)


def enter(
    request: HttpRequest, resident_id: UUID, *, way: str, second: str, known: bool, now: datetime
) -> bool:
    """Sign her in, and note it where she reads it. False when her account is closed."""
    with gate.as_system("een inwoner binnenlaten"):
        person = Resident.objects.select_related("account").get(pk=resident_id)
        account = person.account
    if account is None or not account.is_active:
        return False
    logout(request)
    sign_in(request, account.pk, both_steps=True)
    if not request.session.session_key:
        request.session.save()
    with gate.as_system("een aanmelding noteren"):
        row = Entry.objects.create(
            resident_id=resident_id,
            at=now,
            way=way,
            second=second,
            known_to_others=known,
            device=device_words(request.META.get("HTTP_USER_AGENT", "")),
            session_key=request.session.session_key or "",
        )
    request.session[ENTRY] = str(row.pk)
    if known:
        services.note_known_pin(resident_id, now=now)
    return True


def refused_since_last(resident_id: UUID) -> int:
    """How often someone failed at her door since the last time somebody came in, before this time."""
    with gate.as_system("geweigerde aanmeldingen tellen"):
        last = Entry.objects.filter(resident_id=resident_id, refused=False).order_by("-at")[1:2]
        rows = Entry.objects.filter(resident_id=resident_id, refused=True)
        rows = rows.filter(at__gt=last[0].at) if last else rows
        return sum(rows.values_list("times", flat=True))


def end_elsewhere(actor: Actor, entry_id: UUID, *, now: datetime) -> None:
    """End her session on another device; another's is not there."""
    mine = Entry.objects.filter(resident_id=actor.resident_id) if actor.resident_id else Entry.objects.none()
    row = mine.filter(pk=entry_id, refused=False).first()
    if row is None:
        raise gate.not_here()
    end(row, now=now)


def end(row: Entry, *, now: datetime) -> None:
    """End this session and keep nothing with which it could be found."""
    if row.session_key:
        engine: Any = import_module(settings.SESSION_ENGINE)
        engine.SessionStore(row.session_key).delete()
    row.session_key, row.ended_at = "", now
    row.save(update_fields=["session_key", "ended_at"])


def forget_here(request: HttpRequest, *, now: datetime) -> None:
    """Sign out in this browser."""
    known = str(request.session.get(ENTRY, ""))
    if re.fullmatch(r"[0-9a-f-]{36}", known):
        with gate.as_system("een aanmelding afsluiten"):
            Entry.objects.filter(pk=known).update(ended_at=now, session_key="")
    logout(request)
