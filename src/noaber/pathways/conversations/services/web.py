"""The web: she fills it in, shows it at one conversation, takes it back, throws it away. Never counted."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from noaber.ground.errors import Invalid
from noaber.ground.identifiers import contains_bsn
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.knowledge.questionnaires import Questionnaire
from noaber.pathways.conversations.errors import text_holds_bsn
from noaber.pathways.conversations.models import Conversation, Web, WebShare
from noaber.pathways.conversations.web_types import WebAnswers as WebAnswers

SHOWN_STATES = (Conversation.State.PLANNED, Conversation.State.HELD)
WHAT = "uw web"
MOST_NOTE = 2000


def _resident(actor: Actor) -> UUID:
    if actor.resident_id is None:
        raise gate.not_here()
    return actor.resident_id


def nothing_filled_in() -> Invalid:
    """An empty web helps nobody."""
    return Invalid(
        "web_is_empty",
        happened="U vulde nog niets in.",
        now_what="Kies een cijfer, of kruis aan waar u over wilt praten. Eén is genoeg.",
    )


def _checked(asked: Questionnaire, answers: WebAnswers) -> dict[str, int | None]:
    """The values of the known questions alone, each on the scale."""
    values: dict[str, int | None] = {}
    for question in asked.questions:
        value = answers.values.get(question.id)
        if value is not None and value not in asked.scale.steps:
            raise Invalid(
                "not_on_the_scale",
                happened="Dit cijfer kan hier niet.",
                now_what="Kies een cijfer van de lijst.",
                fields={question.id: "Kies een cijfer van de lijst."},
            )
        values[question.id] = value
    return values


@transaction.atomic
def fill_in_web(*, actor: Actor, asked: Questionnaire, answers: WebAnswers, now: datetime) -> UUID:
    """Keep what she filled in today; filling it in again on the same day corrects it. Returns its id."""
    resident_id = _resident(actor)
    values = _checked(asked, answers)
    if answers.is_empty:
        raise nothing_filled_in()
    if contains_bsn(answers.note):
        raise text_holds_bsn("note")
    talk = [area.id for area in asked.areas if area.id in answers.talk]
    web, fresh = Web.objects.update_or_create(
        resident_id=resident_id,
        filled_on=day_of(now),
        defaults={
            "questionnaire": asked.id,
            "version": asked.version,
            "filled_at": now,
            "answers": json.dumps({"values": values, "talk": talk}),
            "note": answers.note.strip()[:MOST_NOTE],
        },
    )
    _log(
        actor,
        "web.fill_in",
        audit.Action.CREATE if fresh else audit.Action.UPDATE,
        web.pk,
        "om uw web in te vullen",
        now,
    )
    return web.pk


@transaction.atomic
def show_web(*, actor: Actor, web_id: UUID, conversation_id: UUID, now: datetime) -> None:
    """Let the guides of this one conversation see this one web, in place of any other."""
    web = gate.get(actor, "show", Web.objects.all(), resource="web", pk=web_id)
    conversation = gate.get(
        actor, "see_appointment", Conversation.objects.all(), resource="conversation", pk=conversation_id
    )
    if conversation.state not in SHOWN_STATES:
        raise gate.not_here()
    shown = WebShare.objects.select_for_update().filter(conversation=conversation, ended_at__isnull=True)
    if shown.filter(web=web).exists():
        return
    shown.update(ended_at=now)
    WebShare.objects.create(web=web, conversation=conversation, shared_at=now)
    _log(actor, "web.show", audit.Action.UPDATE, web.pk, "om uw web te laten zien in uw gesprek", now)


@transaction.atomic
def hide_web(*, actor: Actor, conversation_id: UUID, now: datetime) -> None:
    """She takes it back: from now on only she sees it. Twice is once."""
    _resident(actor)
    conversation = gate.get(
        actor, "see_appointment", Conversation.objects.all(), resource="conversation", pk=conversation_id
    )
    shown = WebShare.objects.select_for_update().filter(conversation=conversation, ended_at__isnull=True)
    for share in shown:
        share.ended_at = max(now, share.shared_at)
        share.save(update_fields=["ended_at"])
        _log(actor, "web.hide", audit.Action.UPDATE, share.web_id, "om uw web niet meer te laten zien", now)


@transaction.atomic
def throw_away_web(*, actor: Actor, web_id: UUID, now: datetime) -> None:
    """She throws a web away; it is gone, also for who saw it."""
    web = gate.get(actor, "show", Web.objects.select_for_update(), resource="web", pk=web_id)
    _log(actor, "web.throw_away", audit.Action.DELETE, web.pk, "om uw web weg te gooien", now)
    web.delete()


def _log(actor: Actor, event_type: str, action: str, web_id: UUID, purpose: str, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        event_type=event_type,
        resident_id=_resident(actor),
        object_kind="web",
        object_id=web_id,
        part=WHAT,
        purpose=purpose,
        now=now,
    )
