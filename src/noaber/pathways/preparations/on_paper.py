"""What the pathways put on the form 'Mijn keuzes': her web, and whether the report is right and may go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from noaber.hallway.access.types import Actor
from noaber.network.companions.services_questions import NO, YES, Part, Question, register_part
from noaber.network.residents.queries import current_request
from noaber.pathways.conversations import services as conversations
from noaber.pathways.conversations.models import Report
from noaber.pathways.conversations.queries.web import questionnaire_of
from noaber.pathways.conversations.services.web import WebAnswers, fill_in_web
from noaber.pathways.referrals import services as referrals

REPORT = (
    Question("report_right", _("Ik las het verslag, of hoorde het voorlezen. Het klopt.")),
    Question("letter_may_go", _("De brief mag naar mijn huisarts")),
)
STEPS = tuple((str(n), str(n)) for n in range(11))


def _newest_report(resident_id: UUID) -> UUID | None:
    rows = Report.objects.filter(conversation__help_request__resident_id=resident_id)
    return rows.order_by("-written_at").values_list("conversation_id", flat=True).first()


def _apply_report(actor: Actor, answers: Mapping[str, str], now: datetime) -> None:
    """On paper she read it; 'no' to the letter is an objection, which wins."""
    conversation_id = _newest_report(actor.resident_id) if actor.resident_id else None
    if conversation_id is None:
        return
    conversations.read_report(actor=actor, conversation_id=conversation_id, now=now)
    if answers.get("letter_may_go") == NO:
        for letter_id in referrals.letters_about(actor=actor, conversation_id=conversation_id):
            referrals.object_to_letter(actor=actor, letter_id=letter_id, now=now)
    elif answers.get("report_right") == YES:
        conversations.agree_with_report(actor=actor, conversation_id=conversation_id, now=now)


def _apply_web(actor: Actor, answers: Mapping[str, str], now: datetime) -> None:
    asked = questionnaire_of(current_request(actor).region_id)
    values: dict[str, int | None] = {
        key.removeprefix("web_"): int(value) for key, value in answers.items() if value in dict(STEPS)
    }
    fill_in_web(actor=actor, asked=asked, answers=WebAnswers(values, frozenset()), now=now)


def register() -> None:
    """Called once at start."""
    questions = tuple(Question(f"web_{q.id}", q.words, STEPS) for q in questionnaire_of(None).questions)
    register_part(Part("web", _("Hoe het met mij gaat: 0 is slecht, 10 is goed"), questions, _apply_web))
    register_part(Part("report", _("Mijn verslag"), REPORT, _apply_report))
