"""Professionals are asked when the conversation was held, the referrer when the letter went."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from noaber.hallway.access.types import Actor
from noaber.hallway.outbox.registry import listen
from noaber.hallway.outbox.services import is_inline, is_worth_keeping
from noaber.hallway.ui import asks
from noaber.hallway.ui.asks import Ask
from noaber.pathways.conversations.events import ConversationHeld
from noaber.pathways.evaluations import services
from noaber.pathways.referrals.events import LetterReleased


def ask_who_held_it(event: ConversationHeld, now: datetime) -> None:
    """Three questions for each professional at the table."""
    if is_worth_keeping(now) and not is_inline():
        services.ask_professionals(conversation_id=event.conversation_id, now=now)


def ask_who_referred(event: LetterReleased, now: datetime) -> None:
    """Three questions for the referrer, once the letter can be read."""
    if is_worth_keeping(now) and not is_inline():
        services.ask_referrer(letter_id=event.letter_id, now=now)


def ask_her(actor: Actor, now: datetime) -> Ask | None:
    """On her own first page: three questions wait."""
    if services.waiting_for(actor, now=now) is None:
        return None
    return Ask(label=_("Hoe ging het?"), text=_("Drie korte vragen over uw gesprek"), url="/mijn/mening/")


def register() -> None:
    """Called once at start."""
    asks.register(ask_her)
    listen(ConversationHeld, ask_who_held_it)
    listen(LetterReleased, ask_who_referred)
