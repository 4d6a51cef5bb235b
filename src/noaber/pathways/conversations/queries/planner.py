"""Reading conversations: the planner's board, the worklist, the appointment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.queries import days_of, log_read, threads
from noaber.pathways.conversations import bridge
from noaber.pathways.conversations.models import Conversation, Participation
from noaber.pathways.conversations.types import BoardRow, ConversationCard, Proposals

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
        "help_request__resident", "municipality", "room__location", "outcome"
    ).prefetch_related(PEOPLE)


def as_card(row: Conversation, *, now: datetime) -> ConversationCard:
    """The row as other rooms and pages may hold it."""
    on = day_of(now)
    location = row.room.location if row.room else None
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
        people=tuple(bridge.chip(p.professional, on, p.moment) for p in row.seated),  # type: ignore[attr-defined]
        outcome_recorded=hasattr(row, "outcome"),
    )


def board(actor: Actor, *, now: datetime, municipality: str = "", state: str = "") -> list[BoardRow]:
    """Who waits how many of the fourteen days. Open requests without a held conversation, most urgent first.

    `municipality` is a slug; `state` is 'open' (without a date) or 'booked'. Each person shown is logged.
    """
    gate.require_act(actor, "board.see")
    rows = gate.visible(actor, "follow", threads(), resource="help_request").filter(
        phase__in=[HelpRequest.Phase.RECEIVED, HelpRequest.Phase.PLANNED]
    )
    if municipality:
        rows = rows.filter(municipality__slug=municipality)
    if state in {"open", "booked"}:
        rows = rows.filter(
            phase=HelpRequest.Phase.PLANNED if state == "booked" else HelpRequest.Phase.RECEIVED
        )
    found = list(rows.order_by("received_at"))
    booked = _booked([r.pk for r in found], now=now)
    audit.record_reads(
        actor=actor,
        residents=[r.resident_id for r in found],
        event_type="board.read",
        object_kind="help_request",
        part="nummer, plaats en vraag",
        purpose="om een dag te plannen",
        now=now,
    )
    lines = [_board_row(r, booked.get(r.pk), now=now) for r in found]
    return sorted(lines, key=lambda line: (line.booked is not None, line.days.left, line.code))


def _booked(ids: Iterable[UUID], *, now: datetime) -> dict[UUID, ConversationCard]:
    rows = conversations().filter(help_request_id__in=list(ids), state=State.PLANNED)
    return {row.help_request_id: as_card(row, now=now) for row in rows}


def _board_row(row: HelpRequest, booked: ConversationCard | None, *, now: datetime) -> BoardRow:
    return BoardRow(
        help_request_id=row.pk,
        code=row.code,
        municipality=row.municipality.name,
        question=row.question,
        wishes=row.wishes,
        language=row.language,
        phase=row.phase,
        days=days_of(row, now=now),
        received_on=day_of(row.received_at),
        booked=booked,
    )


def proposals(
    actor: Actor, help_request_id: UUID, *, now: datetime, not_before: datetime | None = None, limit: int = 4
) -> Proposals:
    """Which people and room fit together, earliest first, for whoever plans this request."""
    row = gate.get(actor, "plan", threads(), resource="help_request", pk=help_request_id)
    log_read(actor, row, part="uw vraag en wensen", purpose="om een dag te plannen", now=now)
    planned = (
        Conversation.objects.filter(help_request=row, state=State.PLANNED)
        .values_list("pk", flat=True)
        .first()
    )
    return bridge.proposals_for(row, now=now, limit=limit, not_before=not_before, except_conversation=planned)


def of_thread(actor: Actor, help_request_id: UUID, *, now: datetime) -> list[ConversationCard]:
    """The conversations of one thread that the actor may see, first to last."""
    rows = gate.visible(actor, "see_appointment", conversations(), resource="conversation")
    rows = rows.filter(help_request_id=help_request_id).order_by("period")
    return [as_card(row, now=now) for row in rows]


def own_worklist(actor: Actor, *, now: datetime) -> list[Conversation]:
    """The conversations a guide has before them or must still write about; oldest promise first."""
    gate.require_act(actor, "conversations.hold")
    rows = gate.visible(actor, "hold", conversations(), resource="conversation").filter(
        state__in=[State.PLANNED, State.HELD], help_request__phase__in=HelpRequest.OPEN
    )
    mine = list(
        rows.filter(participations__active=True, participations__professional__account_id=actor.account_id)
        .select_related("report")
        .order_by("period")[:200]
    )
    audit.record_reads(
        actor=actor,
        residents=[r.help_request.resident_id for r in mine],
        event_type="worklist.read",
        object_kind="conversation",
        part="uw naam en afspraak",
        purpose="om het werk te zien",
        now=now,
    )
    return mine


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
