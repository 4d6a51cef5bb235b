"""What the preparation page of a guide holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from noaber.knowledge.funding import FundingTitle
from noaber.offer.directory.types import OfferCard
from noaber.offer.routes.types import RouteCardView, WayfinderCard
from noaber.pathways.conversations.types import PersonChip, StepView
from noaber.pathways.conversations.web_types import WebView


@dataclass(frozen=True, slots=True)
class TalkingStep:
    """One part of the conversation, in the order of the region, with what is on offer nearby."""

    title: str
    prompts: tuple[str, ...]
    offers: tuple[OfferCard, ...]


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as the table reads it."""

    author: str
    words: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class TimeView:
    """The time of one person at this conversation, and the titles that may be chosen for it."""

    participation_id: UUID
    person: PersonChip
    started_at: datetime
    minutes: int
    title: str
    label: str
    titles: tuple[FundingTitle, ...]


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a guide has at hand. Web and notes only for who sits at this very conversation."""

    steps: tuple[TalkingStep, ...]
    web: WebView | None
    own_note: str
    notes: tuple[NoteView, ...]
    sits_there: bool
    times: tuple[TimeView, ...]
    agreements: tuple[RouteCardView, ...] = ()
    wayfinders: tuple[WayfinderCard, ...] = ()


@dataclass(frozen=True, slots=True)
class LookBack:
    """A step to look back on, for who holds the request: its day has come, or she said how it went."""

    conversation_id: UUID
    resident_name: str
    code: str
    step: StepView
