"""She says what is wrong in the report, or puts her own words beside it. The author mends or answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from noaber.ground.identifiers import contains_bsn
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.outbox.services import publish
from noaber.network.consents.queries_order import deciding
from noaber.network.residents import services as residents
from noaber.pathways.conversations.errors import (
    answer_is_empty,
    correction_is_answered,
    correction_is_empty,
    text_holds_bsn,
)
from noaber.pathways.conversations.events import CorrectionAnswered, CorrectionProposed
from noaber.pathways.conversations.models import Conversation, Correction, OwnStatement, Report
from noaber.pathways.referrals import services as referrals


def _her_report(actor: Actor, conversation_id: UUID) -> Report:
    if actor.resident_id is None:
        raise gate.not_here()
    deciding(actor.resident_id)
    rows = Report.objects.select_related("conversation__help_request")
    report = rows.filter(conversation_id=conversation_id).first()
    return gate.require(actor, "decide", report, resource="report")


@transaction.atomic
def propose_correction(*, actor: Actor, conversation_id: UUID, words: str, now: datetime) -> UUID:
    """She says what must be different. The author is told, and mends it or answers. Twice is once."""
    report = _her_report(actor, conversation_id)
    words = words.strip()
    if not words:
        raise correction_is_empty()
    if contains_bsn(words):
        raise text_holds_bsn("words")
    waiting = Correction.objects.filter(conversation_id=conversation_id, answered_at__isnull=True)
    same = next((row for row in waiting if row.words == words), None)
    if same is not None:
        return same.pk
    thread = report.conversation.help_request
    row = Correction.objects.create(
        conversation_id=conversation_id,
        resident_id=thread.resident_id,
        on_version=report.version,
        words=words,
        proposed_at=now,
    )
    told = gettext_noop("U vroeg om het verslag te verbeteren")
    residents.tell(thread.pk, at=now, words=told, kind="correction", by=actor.helper_words)
    _log(actor, row, "report.correct", "uw verbetering", "om het te laten kloppen", now)
    publish(CorrectionProposed(correction_id=row.pk), now=now)
    return row.pk


@transaction.atomic
def state(*, actor: Actor, conversation_id: UUID, words: str, now: datetime) -> None:
    """Her own words beside the report. They go wherever it goes. Empty takes them away."""
    report = _her_report(actor, conversation_id)
    words = words.strip()
    if contains_bsn(words):
        raise text_holds_bsn("words")
    thread = report.conversation.help_request
    if words:
        OwnStatement.objects.update_or_create(
            conversation_id=conversation_id,
            defaults={"resident_id": thread.resident_id, "words": words, "written_at": now},
        )
    else:
        OwnStatement.objects.filter(conversation_id=conversation_id).delete()
    referrals.state_beside_letter(conversation_id=conversation_id, words=words)
    told = gettext_noop("U schreef iets bij het verslag") if words else gettext_noop("U haalde uw tekst weg")
    residents.tell(thread.pk, at=now, words=told, kind="statement", by=actor.helper_words)
    _log(actor, report.conversation, "report.state", "uw eigen tekst", "om iets toe te voegen", now)


@transaction.atomic
def answer_correction(*, actor: Actor, correction_id: UUID, answer: str, now: datetime) -> UUID:
    """The author does not change the text and says why. Returns the conversation."""
    row = _to_answer(actor, correction_id)
    if not answer.strip():
        raise answer_is_empty()
    if contains_bsn(answer):
        raise text_holds_bsn("answer")
    row.answer, row.answered_at, row.answered_by_id = answer.strip(), now, actor.signed_in_id
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    _log(actor, row, "report.answer", "uw verbetering", "om uw verbetering te beantwoorden", now)
    publish(CorrectionAnswered(correction_id=row.pk), now=now)
    return row.conversation_id


def _to_answer(actor: Actor, correction_id: UUID) -> Correction:
    found = gate.get(actor, "answer", Correction.objects.all(), resource="correction", pk=correction_id)
    deciding(found.resident_id)
    row = Correction.objects.get(pk=found.pk)
    if row.answered_at is not None:
        raise correction_is_answered()
    return row


def is_open(conversation_id: UUID) -> bool:
    """Whether she still waits for an answer to something she said is wrong."""
    return Correction.objects.filter(conversation_id=conversation_id, answered_at__isnull=True).exists()


def mend(*, actor: Actor, conversation_id: UUID, version: int, now: datetime) -> None:
    """The report was written anew: what she said is wrong is mended in this version."""
    waiting = Correction.objects.filter(conversation_id=conversation_id, answered_at__isnull=True)
    waiting.update(answered_at=now, answered_by_id=actor.signed_in_id, mended_in=version)


def _log(
    actor: Actor, about: Correction | Conversation, event_type: str, part: str, purpose: str, now: datetime
) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        event_type=event_type,
        resident_id=(about.resident_id if isinstance(about, Correction) else about.help_request.resident_id),
        object_kind="report",
        object_id=about.pk,
        part=part,
        purpose=purpose,
        now=now,
    )
