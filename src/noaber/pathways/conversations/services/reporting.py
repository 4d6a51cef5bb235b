"""The report: one writes, the resident reads it first, and decides."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from noaber.ground.identifiers import contains_bsn
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.outbox.services import publish
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations.errors import not_held, report_is_agreed, report_is_empty, text_holds_bsn
from noaber.pathways.conversations.events import ReportWritten
from noaber.pathways.conversations.models import Conversation, Report
from noaber.pathways.conversations.rules import letter_day
from noaber.pathways.referrals import services as referrals

Phase = HelpRequest.Phase
ONLY_WITH_CONSENT = date.max
"""The day on a letter that never goes by itself: the region asks for her consent."""


@transaction.atomic
def write_report(*, actor: Actor, conversation_id: UUID, body: str, now: datetime) -> None:
    """Write or rewrite the short report. It goes to the resident; the letter waits for her."""
    conversation = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("help_request__region")
        .filter(pk=conversation_id)
        .first()
    )
    conversation = gate.require(actor, "hold", conversation, resource="conversation")
    if conversation.state != Conversation.State.HELD:
        raise not_held()
    if not body.strip():
        raise report_is_empty()
    if contains_bsn(body):
        raise text_holds_bsn("body")
    report = Report.objects.filter(conversation=conversation).first()
    if report is not None and report.resident_agreed_at is not None:
        raise report_is_agreed()
    version = report.version + 1 if report else 1
    Report.objects.update_or_create(
        conversation=conversation,
        defaults={
            "author_id": actor.signed_in_id,
            "body": body.strip(),
            "written_at": now,
            "version": version,
        },
    )
    _tell_her(actor, conversation, body.strip(), version, now)


def _tell_her(actor: Actor, conversation: Conversation, body: str, version: int, now: datetime) -> None:
    thread = conversation.help_request
    rules = thread.region.settings["report"]
    by_itself = rules["to_gp"] == "unless_objection"
    days = int(rules["resident_reads_first_days"])
    goes_on = letter_day(day_of(now), reads_first_days=days) if by_itself else ONLY_WITH_CONSENT
    referrals.prepare_letter(
        help_request_id=thread.pk, conversation_id=conversation.pk, body=body, release_on=goes_on, now=now
    )
    residents.move_on(
        help_request_id=thread.pk,
        phase=Phase.FOLLOWING,
        next_on=_look_back(conversation, now),
        next_step=gettext_noop("Samen terugkijken"),
        now=now,
    )
    words = gettext_noop("Uw verslag is klaar")
    residents.tell(thread.pk, at=now, words=words, kind="report", by=actor.name)
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        event_type="report.write",
        resident_id=thread.resident_id,
        object_kind="report",
        object_id=conversation.pk,
        part="uw verslag",
        purpose="om het verslag te schrijven",
        now=now,
    )
    publish(ReportWritten(conversation_id=conversation.pk, version=version), now=now)


def _look_back(conversation: Conversation, now: datetime) -> date:
    dates = [s.return_on for s in conversation.steps.all() if s.return_on and s.return_on > day_of(now)]
    weeks = int(conversation.help_request.region.settings["follow_up"]["limit_days"])
    return min(dates, default=day_of(now) + timedelta(days=weeks))


@transaction.atomic
def read_report(*, actor: Actor, conversation_id: UUID, now: datetime) -> Report:
    """Read a report; the resident's first reading is noted, and every reading is logged."""
    rows = Report.objects.select_related("conversation__help_request", "author").prefetch_related(
        "conversation__steps"
    )
    report = (
        gate.visible(actor, "read", rows, resource="report").filter(conversation_id=conversation_id).first()
    )
    if report is None:
        raise gate.not_here()
    if actor.kind is Kind.RESIDENT and report.resident_read_at is None:
        report.resident_read_at = now
        report.save(update_fields=["resident_read_at"])
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="report.read",
        resident_id=report.conversation.help_request.resident_id,
        object_kind="report",
        object_id=conversation_id,
        part="uw verslag",
        purpose="om het verslag te lezen",
        now=now,
    )
    return report


@transaction.atomic
def agree_with_report(*, actor: Actor, conversation_id: UUID, now: datetime) -> None:
    """The resident finds it right; the letter may go now."""
    report = Report.objects.select_for_update().filter(conversation_id=conversation_id).first()
    report = gate.require(actor, "decide", report, resource="report")
    report.resident_agreed_at = now
    report.save(update_fields=["resident_agreed_at"])
    letters = referrals.letters_about(actor=actor, conversation_id=conversation_id)
    for letter_id in letters:
        referrals.agree_to_letter(actor=actor, letter_id=letter_id, now=now)
