"""Who signed in as her, and with what; for herself."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.network.entrances.models import Entry
from noaber.network.entrances.types import EntryRow, Passkey
from noaber.network.residents.models import Resident


def entries(actor: Actor, *, here: str, now: datetime, limit: int = 20) -> list[EntryRow]:
    """The last times that someone signed in as her, or tried to; newest first."""
    if actor.resident_id is None:
        raise gate.not_here()
    rows = Entry.objects.filter(resident_id=actor.resident_id).order_by("-at")[:limit]
    lasts = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return [
        EntryRow(
            id=row.pk,
            at=row.at,
            words=_words(row),
            device=row.device,
            refused=row.refused,
            known_to_others=row.known_to_others,
            times=row.times,
            living=not row.refused and row.ended_at is None and row.at > now - lasts,
            here=str(row.pk) == here,
        )
        for row in rows
    ]


def _words(row: Entry) -> str:
    if row.refused:
        return gettext("Iemand kwam niet binnen: de code of pincode was fout")
    ways = {
        "card": gettext("uw kaart"),
        "link": gettext("een link"),
        "passkey": gettext("een passkey"),
        "broker": gettext("een inlogdienst"),
    }
    way = {"way": ways[row.way]}
    if row.second == "own_pin":
        return gettext("Binnen met %(way)s en uw eigen pincode") % way
    if row.second == "given_pin":
        return gettext("Binnen met %(way)s en de pincode van de kaart") % way
    if row.second == "code":
        return gettext("Binnen met %(way)s en een code") % way
    return gettext("Binnen met %(way)s") % way


def passkeys(account_id: UUID) -> list[Passkey]:
    """Her passkeys, oldest first."""
    rows = Authenticator.objects.filter(user_id=account_id, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    return [Passkey(row.pk, str(row.wrap().name), row.created_at, row.last_used_at) for row in rows]


def resident_of(account_id: UUID) -> UUID | None:
    """The resident behind an account, asked by the house while she is at the door; None for staff."""
    with gate.as_system("de inwoner bij een passkey zoeken"):
        return Resident.objects.filter(account_id=account_id).values_list("pk", flat=True).first()
