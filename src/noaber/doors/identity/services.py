"""Which resident a sign-in service means. She proves once with her own keys who she is."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from noaber.doors.identity.models import LinkedSubject
from noaber.doors.identity.types import Provider
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.knowledge.assurance import Level, least_level
from noaber.network.entrances import services as entrances
from noaber.network.entrances.types import Broker


def provider(*, now: datetime) -> Provider | None:
    """The sign-in service of this installation; None when none is set."""
    if not settings.OIDC_ISSUER or not settings.OIDC_CLIENT_ID:
        return None
    least = least_level(on=now.date())
    asked = Level[settings.OIDC_LEVEL.upper()] if settings.OIDC_LEVEL else least
    return Provider(
        issuer=settings.OIDC_ISSUER.rstrip("/"),
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        name=settings.OIDC_NAME,
        least=max(asked, least),
    )


def _fingerprint(issuer: str, subject: str) -> str:
    return hmac.new(
        settings.SECRET_KEY.encode(), f"broker:{issuer}:{subject}".encode(), hashlib.sha256
    ).hexdigest()


def resident_behind(issuer: str, subject: str, *, now: datetime) -> UUID | None:
    """The resident who linked this subject; None when nobody did."""
    with gate.as_system("de inwoner bij een inlogdienst zoeken"):
        row = LinkedSubject.objects.filter(fingerprint=_fingerprint(issuer, subject)).first()
        if row is None:
            return None
        row.last_used_at = now
        row.save(update_fields=["last_used_at"])
        return row.resident_id


@transaction.atomic
def link(actor: Actor, issuer: str, subject: str, *, now: datetime) -> bool:
    """Link this subject to whoever is signed in. False when it is another's already; hers is replaced."""
    gate.only_herself(actor)
    if actor.resident_id is None:
        raise gate.not_here()
    mark = _fingerprint(issuer, subject)
    with gate.as_system("een inlogdienst koppelen"):
        taken = LinkedSubject.objects.filter(fingerprint=mark).exclude(resident_id=actor.resident_id)
        if taken.exists():
            return False
        LinkedSubject.objects.update_or_create(
            resident_id=actor.resident_id, defaults={"fingerprint": mark, "linked_at": now}
        )
    entrances.log_own(actor, "entrance.broker", "om een inlogdienst te koppelen", now=now)
    return True


@transaction.atomic
def unlink(actor: Actor, *, now: datetime) -> None:
    """Take the link away; twice is once."""
    gate.only_herself(actor)
    if actor.resident_id is None:
        raise gate.not_here()
    if LinkedSubject.objects.filter(resident_id=actor.resident_id).delete()[0]:
        entrances.log_own(actor, "entrance.broker", "om een inlogdienst te ontkoppelen", now=now)


def is_linked(resident_id: UUID) -> bool:
    """Whether she linked the sign-in service."""
    return LinkedSubject.objects.filter(resident_id=resident_id).exists()


def broker() -> Broker | None:
    """How the sign-in service stands on her pages; None when none is set, and then it is not shown."""
    if not settings.OIDC_ISSUER or not settings.OIDC_CLIENT_ID:
        return None
    base = "/mijn/inlogdienst/"
    return Broker(settings.OIDC_NAME, base, f"{base}koppelen/", f"{base}ontkoppelen/", is_linked)
