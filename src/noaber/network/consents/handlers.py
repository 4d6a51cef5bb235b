"""What survives the restore of an older backup, and the last question before something is sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from noaber.hallway import clock
from noaber.hallway.holdings import ledger
from noaber.hallway.holdings.ledger import Payload
from noaber.hallway.post import services as post
from noaber.network.consents.models import Consent, Objection
from noaber.network.consents.queries import still_holds
from noaber.network.consents.queries_order import showing
from noaber.network.consents.services import ENDED, OBJECTED, OBJECTION_WITHDRAWN
from noaber.network.residents.models import Resident

GUARD = "consent"


def end_again(payload: Payload, at: datetime) -> None:
    """A consent that she ended stays ended."""
    Consent.objects.filter(pk=payload["consent"], ended_at__isnull=True).update(ended_at=at)


def object_again(payload: Payload, at: datetime) -> None:
    """An objection that she made stands, also where the older backup never heard of it."""
    resident_id = UUID(payload["resident"])
    same = {
        "resident_id": resident_id,
        "what": payload["what"],
        "object_id": payload["object"] or None,
        "organisation_id": payload["organisation"] or None,
    }
    known = Objection.objects.filter(pk=payload["objection"]).exists()
    if known or not Resident.objects.filter(pk=resident_id).exists():
        return
    if not Objection.objects.filter(withdrawn_at__isnull=True, **same).exists():
        Objection.objects.create(pk=payload["objection"], made_at=at, **same)


def withdraw_again(payload: Payload, at: datetime) -> None:
    """An objection that she withdrew afterwards does not come back."""
    Objection.objects.filter(pk=payload["objection"], withdrawn_at__isnull=True).update(withdrawn_at=at)


def may_still_go(consent_id: str) -> bool:
    """The last question before a notice about something shared is sent. Nothing overtakes the answer."""
    row = Consent.objects.filter(pk=consent_id).first()
    if row is None:
        return False
    showing([row.resident_id])
    return still_holds(row.pk, now=clock.now())


def register() -> None:
    """Called once at start."""
    ledger.register(ENDED, end_again)
    ledger.register(OBJECTED, object_again)
    ledger.register(OBJECTION_WITHDRAWN, withdraw_again)
    post.register_guard(GUARD, may_still_go)
