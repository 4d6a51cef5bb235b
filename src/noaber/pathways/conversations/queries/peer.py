"""Which peer workers could work before or after a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.clock import day_of
from noaber.network.partners.queries import conversation_pool
from noaber.pathways.conversations import bridge
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.queries.shared import as_card, one
from noaber.pathways.conversations.rules import LIVED
from noaber.pathways.conversations.services.peer import allows_separate
from noaber.pathways.conversations.types import ConversationCard, PersonChip


@dataclass(frozen=True, slots=True)
class Peers:
    """A planned conversation, and who could be asked."""

    card: ConversationCard
    code: str
    allowed: bool
    people: tuple[PersonChip, ...]


def peers_for(actor: Actor, conversation_id: UUID, *, now: datetime) -> Peers:
    """A conversation for whoever plans it, with the peer workers of the region; logged."""
    row = one(
        actor, conversation_id, action="rebook", purpose="om een ervaringsdeskundige te plannen", now=now
    )
    if row.state != Conversation.State.PLANNED:
        raise gate.not_here()
    card = as_card(row, now=now)
    there = {person.professional_id for person in card.people}
    pool = conversation_pool(row.region_id, day_of(now)).filter(domain_group=LIVED).order_by("name")
    return Peers(
        card=card,
        code=row.help_request.code,
        allowed=allows_separate(row.region.settings),
        people=tuple(bridge.chip(p, day_of(now)) for p in pool if p.pk not in there),
    )
