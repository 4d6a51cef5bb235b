"""What every reader of conversations needs: the rows in a fixed number of queries, and the card."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.pathways.conversations import bridge
from noaber.pathways.conversations.models import AgreedStep, Conversation, Participation
from noaber.pathways.conversations.pool import training_of
from noaber.pathways.conversations.types import ConversationCard, PersonChip, StepView

State = Conversation.State
PEOPLE = Prefetch(
    "participations",
    queryset=Participation.objects.filter(active=True)
    .select_related("professional__organisation")
    .prefetch_related("professional__certificates"),
    to_attr="seated",
)


def conversations() -> QuerySet[Conversation]:
    """Conversations with people, room and outcome, in a fixed number of queries."""
    return Conversation.objects.select_related(
        "help_request__resident", "municipality", "region", "room__location", "outcome"
    ).prefetch_related(PEOPLE)


def as_card(row: Conversation, *, now: datetime) -> ConversationCard:
    """The row as other rooms and pages may hold it."""
    on, training = day_of(now), training_of(row.region.settings)
    location = row.room.location if row.room else None
    seated = {p.professional_id: p for p in row.seated}  # type: ignore[attr-defined]
    people = bridge.sort_people(p.professional for p in seated.values())
    return ConversationCard(
        id=row.pk,
        help_request_id=row.help_request_id,
        number=row.number,
        state=row.state,
        starts_at=row.period.lower,
        ends_at=row.period.upper,
        mode=row.mode,
        place=f"{location.name}, {row.room.name}" if location and row.room else "online",
        address=location.address if location else "",
        municipality=row.municipality.name,
        people=tuple(_chip(seated[p.pk], on, training) for p in people),
        outcome_recorded=hasattr(row, "outcome"),
    )


def _chip(row: Participation, on: date, training: str) -> PersonChip:
    apart = row.moment != Participation.Moment.DURING
    return bridge.chip(
        row.professional,
        on,
        row.moment,
        training,
        starts_at=row.period.lower if apart else None,
        participation_id=row.pk,
    )


def of_thread(actor: Actor, help_request_id: UUID, *, now: datetime) -> list[ConversationCard]:
    """The conversations of one thread that the actor may see, first to last."""
    rows = gate.visible(actor, "see_appointment", conversations(), resource="conversation")
    rows = rows.filter(help_request_id=help_request_id).order_by("period")
    return [as_card(row, now=now) for row in rows]


def agreed_steps(actor: Actor, help_request_id: UUID) -> tuple[StepView, ...]:
    """What the resident agreed in her last conversation; for her alone. The look at her thread is logged."""
    if actor.resident_id is None:
        raise gate.not_here()
    mine = AgreedStep.objects.filter(
        conversation__help_request_id=help_request_id,
        conversation__help_request__resident_id=actor.resident_id,
    )
    rows = list(mine.order_by("-conversation__number", "-main", "try_on", "pk"))
    last = [row for row in rows if row.conversation_id == rows[0].conversation_id]
    return tuple(as_step(s) for s in last)


def as_step(row: AgreedStep) -> StepView:
    """A step as it is read, with how it went."""
    return StepView(
        row.words,
        row.kind,
        row.try_on,
        row.return_on,
        id=row.pk,
        answer=row.answer,
        answered_at=row.answered_at,
    )


def one(actor: Actor, conversation_id: UUID, *, action: str, purpose: str, now: datetime) -> Conversation:
    """One conversation for whoever may do `action`; logged."""
    row = gate.get(actor, action, conversations(), resource="conversation", pk=conversation_id)
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="conversation.read",
        resident_id=row.help_request.resident_id,
        object_kind="conversation",
        object_id=row.pk,
        part="uw gesprek",
        purpose=purpose,
        now=now,
    )
    return row
