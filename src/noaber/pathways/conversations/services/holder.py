"""Giving a request the one fixed person with a number."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations.errors import not_a_holder, request_is_closed
from noaber.pathways.conversations.pool import guides_of


@transaction.atomic
def assign_holder(*, actor: Actor, help_request_id: UUID, account_id: UUID, now: datetime) -> str:
    """Let a guide of the region, or the planner, hold this request. Returns the name of the holder.

    Refuses anyone who could not open the request with it: a fixed person who sees nothing helps nobody.
    """
    thread = HelpRequest.objects.select_for_update(of=("self",)).filter(pk=help_request_id).first()
    thread = gate.require(actor, "plan", thread, resource="help_request")
    if thread.phase == HelpRequest.Phase.CLOSED:
        raise request_is_closed()
    name, organisation_id = _who(actor, thread, account_id, now)
    residents.take_hold(
        help_request_id=thread.pk,
        account_id=account_id,
        name=name,
        organisation_id=organisation_id,
        now=now,
    )
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type="help_request.assign",
        resident_id=thread.resident_id,
        object_kind="help_request",
        object_id=thread.pk,
        part="uw vaste persoon",
        purpose="om u een vaste persoon te geven",
        now=now,
    )
    return name


def _who(actor: Actor, thread: HelpRequest, account_id: UUID, now: datetime) -> tuple[str, UUID]:
    if account_id == actor.account_id:
        mine = next(
            (g for g in actor.grants if g.role is Role.PLANNER and g.region_id == thread.region_id), None
        )
        if mine is not None:
            return actor.name, mine.organisation_id
    for guide in guides_of(thread.region_id, day_of(now)):
        if guide.account_id == account_id:
            return guide.name, guide.organisation_id
    raise not_a_holder()
