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
from noaber.network.consents.queries_order import deciding, showing
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations.errors import (
    not_held,
    report_is_agreed,
    report_is_empty,
    text_holds_bsn,
    there_is_a_newer_version,
)
from noaber.pathways.conversations.events import ReportWritten
from noaber.pathways.conversations.models import Conversation, Report, ReportVersion
from noaber.pathways.conversations.queries.corrections import statement_of
from noaber.pathways.conversations.rules import letter_day
from noaber.pathways.conversations.services import correcting
from noaber.pathways.referrals import services as referrals

Phase = HelpRequest.Phase


@transaction.atomic
def write_report(*, actor: Actor, conversation_id: UUID, body: str, now: datetime) -> None:
    """Write or rewrite the short report. It goes to the resident; the letter waits for her.

    Earlier versions stay as they were. Once she agreed it changes only to mend what she said is wrong; a new
    version asks her again, for the letter and for everyone with whom she shared an earlier one.
    """
    found = Conversation.objects.select_related("help_request__region").filter(pk=conversation_id).first()
    conversation = gate.require(actor, "hold", found, resource="conversation")
    deciding(conversation.help_request.resident_id)
    conversation.refresh_from_db(fields=["state"])
    _check(conversation, body)
    report = _to_rewrite(actor, conversation)
    version = report.version + 1 if report else 1
    _keep(actor, conversation, body.strip(), version, now)
    correcting.mend(actor=actor, conversation_id=conversation_id, version=version, now=now)
    _tell_her(actor, conversation, body.strip(), version, now)


def _check(conversation: Conversation, body: str) -> None:
    if conversation.state != Conversation.State.HELD:
        raise not_held()
    if not body.strip():
        raise report_is_empty()
    if contains_bsn(body):
        raise text_holds_bsn("body")


def _to_rewrite(actor: Actor, conversation: Conversation) -> Report | None:
    """The report as it stands, unless it is settled, or hers to keep from this actor."""
    with gate.as_system("het verslag zoeken"):
        report = Report.objects.filter(conversation=conversation).first()
    if report is None:
        return None
    gate.require(actor, "read", report, resource="report")
    settled = report.resident_agreed_at is not None
    if settled and not correcting.is_open(conversation.pk):
        raise report_is_agreed()
    return report


def _keep(actor: Actor, conversation: Conversation, body: str, version: int, now: datetime) -> None:
    Report.objects.update_or_create(
        conversation=conversation,
        defaults={
            "author_id": actor.signed_in_id,
            "body": body,
            "written_at": now,
            "version": version,
            "resident_read_at": None,
            "resident_agreed_at": None,
        },
    )
    ReportVersion.objects.create(
        conversation=conversation,
        resident_id=conversation.help_request.resident_id,
        version=version,
        author_id=actor.signed_in_id,
        body=body,
        written_at=now,
    )


def _tell_her(actor: Actor, conversation: Conversation, body: str, version: int, now: datetime) -> None:
    thread = conversation.help_request
    rules = thread.region.settings["report"]
    by_itself = rules["to_gp"] == "unless_objection"
    days = int(rules["resident_reads_first_days"])
    goes_on = letter_day(day_of(now), reads_first_days=days) if by_itself else None
    referrals.prepare_letter(
        help_request_id=thread.pk,
        conversation_id=conversation.pk,
        body=body,
        release_on=goes_on,
        version=version,
        statement=statement_of(conversation.pk),
        now=now,
    )
    stays_on_board = thread.phase in (Phase.RECEIVED, Phase.PLANNED)
    if not stays_on_board:
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
    """Read a report; the resident's first reading is noted, and every reading is logged.

    It is asked twice: to know whose it is, and again when nothing can come between: for staff no decision of
    hers, for her no newer version, so that what is noted as read is what she saw.
    """
    rows = Report.objects.select_related("conversation__help_request", "author").prefetch_related(
        "conversation__steps"
    )
    mine = gate.visible(actor, "read", rows, resource="report").filter(conversation_id=conversation_id)
    report = mine.first()
    if report is not None and actor.kind is not Kind.RESIDENT:
        showing([report.conversation.help_request.resident_id])
        report = mine.first()
    elif report is not None and report.resident_read_at is None:
        deciding(report.conversation.help_request.resident_id)
        report = mine.first()
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
def agree_with_report(
    *, actor: Actor, conversation_id: UUID, now: datetime, version: int | None = None
) -> None:
    """The resident finds it right; the letter may go now. With `version` only when she saw the newest."""
    if actor.resident_id is None:
        raise gate.not_here()
    deciding(actor.resident_id)
    report = Report.objects.filter(conversation_id=conversation_id).first()
    report = gate.require(actor, "decide", report, resource="report")
    if version is not None and version != report.version:
        raise there_is_a_newer_version()
    report.resident_agreed_at = now
    report.save(update_fields=["resident_agreed_at"])
    for letter_id in referrals.letters_about(actor=actor, conversation_id=conversation_id)[:1]:
        referrals.agree_to_letter(actor=actor, letter_id=letter_id, now=now)
