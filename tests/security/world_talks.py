"""Webs and notes with planted words: Fatma and Cem show their web, Mila keeps hers; a guide notes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.security import canaries

from noaber.hallway.access import gate
from noaber.knowledge.questionnaires import questionnaire
from noaber.pathways.conversations.models import AgreedStep
from noaber.pathways.conversations.services.notes import keep_note
from noaber.pathways.conversations.services.web import fill_in_web, show_web
from noaber.pathways.conversations.web_types import WebAnswers

if TYPE_CHECKING:
    from tests.security.world import World

AFTER = timedelta(days=11)
"""From the moment they were referred."""


def webs_and_notes(world: World) -> None:
    """One web each for three residents, one note each for two conversations."""
    from tests.security.moments import REFERRED

    now = REFERRED + AFTER
    for person, shown, guide in (("fatma", True, "sanne"), ("mila", False, ""), ("cem", True, "boris")):
        case = world.cases[person]
        her = world.speak_as(person, now)
        case.web_id = fill_in_web(
            actor=her,
            asked=questionnaire(),
            answers=WebAnswers({"body": 5}, frozenset({"body"}), canaries.sentence(person, "web")),
            now=now,
        )
        assert case.conversation_id is not None
        if shown:
            show_web(actor=her, web_id=case.web_id, conversation_id=case.conversation_id, now=now)
        if guide:
            keep_note(
                actor=world.speak_as(guide, now),
                conversation_id=case.conversation_id,
                words=canaries.sentence(person, "note"),
                now=now,
            )
        with gate.as_system("wereld van de beveiligingstests"):
            case.step_id = AgreedStep.objects.get(conversation_id=case.conversation_id).pk
