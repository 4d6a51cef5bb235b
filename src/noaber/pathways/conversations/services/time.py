"""Minutes of everyone at a conversation, each under one title: as planned first, corrected afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.pathways.conversations import rules, rules_time
from noaber.pathways.conversations.errors import not_held
from noaber.pathways.conversations.models import Conversation, FundedTime, Participation

Role = FundedTime.Role


@dataclass(frozen=True, slots=True)
class NewTime:
    """The time of one person as it was corrected."""

    participation_id: UUID
    started_at: datetime
    minutes: int
    title: str


def usual_titles(settings: Mapping[str, object]) -> Mapping[str, str]:
    """What the region's file says; empty where it says nothing."""
    funding = settings.get("funding")
    usual = funding.get("usual_titles", {}) if isinstance(funding, Mapping) else {}
    return usual if isinstance(usual, Mapping) else {}


def note_planned_time(conversation: Conversation, *, by: UUID | None, now: datetime) -> None:
    """Everyone at the table gets the planned time under the usual title; called when it was held."""
    usual = usual_titles(conversation.help_request.region.settings)
    FundedTime.objects.bulk_create(
        _planned(row, usual, by, now) for row in conversation.participations.filter(active=True)
    )


def _planned(row: Participation, usual: Mapping[str, str], by: UUID | None, now: datetime) -> FundedTime:
    title = rules_time.usual_title(row.domain_group, day_of(row.period.lower), usual)
    return FundedTime(
        participation=row,
        domain_group=row.domain_group,
        role=Role.PEER_WORKER if row.domain_group == rules.LIVED else Role.GUIDE,
        started_at=row.period.lower,
        minutes=int((row.period.upper - row.period.lower).total_seconds() // 60),
        title=title.code,
        payer=str(title.payer),
        recorded_at=now,
        recorded_by_id=by,
    )


@transaction.atomic
def correct_time(*, actor: Actor, conversation_id: UUID, times: Sequence[NewTime], now: datetime) -> None:
    """Set the real minutes, start and title of those who were there. All of it, or nothing.

    Refuses a title that does not hold for the group on that day; ggz time never goes under IZA or SPUK.
    """
    conversation = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("help_request")
        .filter(pk=conversation_id)
        .first()
    )
    conversation = gate.require(actor, "hold", conversation, resource="conversation")
    if conversation.state != Conversation.State.HELD:
        raise not_held()
    here = {row.pk: row for row in conversation.participations.filter(active=True)}
    for new in times:
        row = here.get(new.participation_id)
        if row is None:
            raise gate.not_here()
        title = rules_time.check_title(row.domain_group, new.title, day_of(new.started_at))
        FundedTime.objects.update_or_create(
            participation=row,
            defaults={
                "domain_group": row.domain_group,
                "role": Role.PEER_WORKER if row.domain_group == rules.LIVED else Role.GUIDE,
                "started_at": new.started_at,
                "minutes": rules_time.check_minutes(new.minutes),
                "title": title.code,
                "payer": str(title.payer),
                "recorded_at": now,
                "recorded_by_id": actor.signed_in_id,
            },
        )
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type="conversation.time",
        resident_id=conversation.help_request.resident_id,
        object_kind="conversation",
        object_id=conversation.pk,
        part="hoe lang uw gesprek duurde",
        purpose="om de tijd goed te zetten",
        now=now,
    )
