"""What survives the restore of an older backup, and the last question before something is sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from noaber.hallway import clock
from noaber.hallway.clock import day_of
from noaber.hallway.holdings import ledger
from noaber.hallway.holdings.ledger import Payload
from noaber.hallway.outbox.registry import listen
from noaber.hallway.outbox.services import is_worth_keeping
from noaber.hallway.post import services as post
from noaber.network.consents.events import ConsentGiven
from noaber.network.consents.models import Consent, Objection
from noaber.network.consents.queries import READERS, still_holds
from noaber.network.consents.queries_order import showing
from noaber.network.consents.services import ENDED, OBJECTED, OBJECTION_WITHDRAWN
from noaber.network.consents.types import REPORT
from noaber.network.partners.models import Membership
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


def tell_organisation(event: ConsentGiven, now: datetime) -> None:
    """A neutral message for who helps there: something can be read. It stays here when she stops in time."""
    row = Consent.objects.filter(pk=event.consent_id, what=REPORT).first()
    if row is None or not is_worth_keeping(now):
        return
    staff = Membership.objects.filter(
        organisation_id=row.organisation_id,
        role__in=[str(role) for role in READERS],
        period__contains=day_of(now),
        account__is_active=True,
    )
    if row.account_id is not None:
        staff = staff.filter(account_id=row.account_id)
    people = {m.account_id: m.account for m in staff.select_related("account") if m.account.email}
    for account_id, account in people.items():
        post.queue(
            key=f"shared:{row.pk}:{account_id}",
            address=account.email or "",
            account_id=account_id,
            subject="Bericht van Noaber",
            body=f"Er staat iets klaar voor uw organisatie. Kijk in Noaber: {settings.BASE_URL}/gedeeld/\n",
            guard=GUARD,
            guard_id=str(row.pk),
            now=now,
        )


def register() -> None:
    """Called once at start."""
    ledger.register(ENDED, end_again)
    ledger.register(OBJECTED, object_again)
    ledger.register(OBJECTION_WITHDRAWN, withdraw_again)
    listen(ConsentGiven, tell_organisation)
    post.register_guard(GUARD, may_still_go)
