"""How people in the demo found it: some of those who were at a conversation answered three questions."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import numpy as np
from numpy.random import Generator

from noaber.hallway import clock
from noaber.network.partners.models import Region
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.evaluations.services import answer, make_request, questions_of
from noaber.pathways.evaluations.types import Audience, Reply

SEED = 8
SHARE_ASKED = 0.4
WAITS_DAYS = {Audience.RESIDENT: 8, Audience.PROFESSIONAL: 1, Audience.REFERRER: 15}
ANSWERS = {Audience.RESIDENT: 0.46, Audience.PROFESSIONAL: 0.62, Audience.REFERRER: 0.33}
"""The share of those asked who answer."""

REPLIES = {
    Audience.RESIDENT: (0.68, 0.21, 0.08, 0.03),
    Audience.PROFESSIONAL: (0.63, 0.27, 0.08, 0.02),
    Audience.REFERRER: (0.55, 0.24, 0.09, 0.12),
}
"""How likely yes, partly, no and unknown are."""


def fill(region: Region, *, today: date) -> int:
    """Let part of the people of the past answer, through the real services. Returns how many were asked."""
    rng = np.random.default_rng(SEED)
    asked = 0
    held = Conversation.objects.filter(region=region, state=Conversation.State.HELD)
    for conversation in held.select_related("help_request__referral").order_by("held_at", "pk"):
        if rng.random() < SHARE_ASKED:
            for audience, recipient_id in _people(conversation):
                asked += _ask(conversation, audience, recipient_id, rng, today)
    return asked


def _people(conversation: Conversation) -> list[tuple[Audience, UUID]]:
    people = [(Audience.RESIDENT, conversation.help_request.resident_id)]
    referrer_id = conversation.help_request.referral.referrer_id
    if referrer_id is not None:
        people.append((Audience.REFERRER, referrer_id))
    for row in conversation.participations.filter(active=True).select_related("professional"):
        if row.professional.account_id is not None:
            people.append((Audience.PROFESSIONAL, row.professional.account_id))
    return people


def _ask(
    conversation: Conversation, audience: Audience, recipient_id: UUID, rng: Generator, today: date
) -> int:
    if conversation.held_at is None:
        return 0
    asked_at = conversation.held_at + timedelta(days=WAITS_DAYS[audience])
    answered_at = asked_at + timedelta(hours=int(rng.integers(2, 120)))
    if asked_at >= clock.at(today, 0):
        return 0
    _, token = make_request(
        conversation=conversation, audience=audience, recipient_id=recipient_id, language="nl", now=asked_at
    )
    if token and rng.random() < ANSWERS[audience] and answered_at < clock.at(today, 0):
        replies = {
            question: str(list(Reply)[int(rng.choice(4, p=REPLIES[audience]))])
            for question in questions_of(audience)
        }
        answer(token=token, replies=replies, now=answered_at)
    return 1
