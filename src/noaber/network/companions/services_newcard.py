"""A new card, with her present: the code on paper, the pin chosen by herself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.network.companions.models import TimeTogether
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.services_card import choose_own_pin

RENEWED = gettext_noop("U kreeg een nieuwe kaart")


@transaction.atomic
def new_card(*, actor: Actor, time_id: UUID, pin: str, now: datetime) -> str:
    """Her new card's code; the old card stops, and the pin is the one she typed just now.

    Who came in with card and pin types that pin once more; who came in by her own phone number lost it.
    """
    if actor.resident_id is None or actor.assisted_by_id is None:
        raise gate.not_here()
    row = TimeTogether.objects.filter(pk=time_id, resident_id=actor.resident_id).first()
    if row is None:
        raise gate.not_here()
    if row.how == TimeTogether.How.CARD:
        gate.look_twice_at_all(actor)
    choose_own_pin(row.resident_id, pin, now=now)
    card = residents.give_card(row.resident_id, now=now)
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        event_type="card.renew",
        resident_id=row.resident_id,
        object_kind="access_card",
        object_id=row.pk,
        part="uw kaart",
        purpose="om u een nieuwe kaart te geven",
        now=now,
    )
    thread_id = (
        HelpRequest.objects.filter(resident_id=row.resident_id)
        .order_by("-received_at")
        .values_list("pk", flat=True)
        .first()
    )
    if thread_id is not None:
        residents.tell(thread_id, at=now, words=RENEWED, kind="card")
    return card.code
