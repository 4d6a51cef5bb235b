"""What a guide reads: the worklist, and one conversation to prepare, record and write about."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.knowledge.codes import load_codes
from noaber.network.consents.queries_order import showing
from noaber.network.residents.models import HelpRequest
from noaber.offer.directory import queries as directory
from noaber.offer.directory.types import Search
from noaber.pathways.conversations import rules
from noaber.pathways.conversations.invitations import calendar_entry, sender
from noaber.pathways.conversations.models import Conversation, Report
from noaber.pathways.conversations.queries.corrections import corrections_of, statement_of
from noaber.pathways.conversations.queries.shared import as_card, conversations, one
from noaber.pathways.conversations.types import (
    GuidedConversation,
    OutcomeView,
    ReportState,
    ServiceChoice,
    StepView,
    WorkItem,
    Worklist,
)

State = Conversation.State
UNKNOWN = "unknown"
DUE = ("record", "write", "outcome", "today")
KEEP_DONE_DAYS = 14


def own_worklist(actor: Actor, *, now: datetime) -> list[Conversation]:
    """The conversations a guide has before them or must still write about; oldest promise first."""
    gate.require_act(actor, "conversations.hold")
    rows = gate.visible(actor, "hold", conversations(), resource="conversation").filter(
        state__in=[State.PLANNED, State.HELD], help_request__phase__in=HelpRequest.OPEN
    )
    mine = list(
        rows.filter(participations__active=True, participations__professional__account_id=actor.signed_in_id)
        .select_related(
            "report", "help_request__resident", "municipality", "region", "room__location", "outcome"
        )
        .order_by("-period")[:200]
    )
    audit.record_reads(
        actor=actor,
        residents=[r.help_request.resident_id for r in mine],
        event_type="worklist.read",
        object_kind="conversation",
        part="uw naam en afspraak",
        purpose="om het werk te zien",
        now=now,
        acting=Role.GUIDE,
    )
    return mine[::-1]


def worklist(actor: Actor, *, now: datetime) -> Worklist:
    """What needs this guide today, oldest promise first; what comes; and what was done lately."""
    items = [_item(row, now=now) for row in own_worklist(actor, now=now)]
    keep = day_of(now) - timedelta(days=KEEP_DONE_DAYS)
    done = [i for i in items if i.todo == "done" and day_of(i.card.starts_at) >= keep]
    return Worklist(
        due=tuple(
            sorted((i for i in items if i.todo in DUE), key=lambda i: (i.promised_on, i.card.starts_at))
        ),
        upcoming=tuple(i for i in items if i.todo == "upcoming"),
        done=tuple(reversed(done)),
    )


def _item(row: Conversation, *, now: datetime) -> WorkItem:
    todo, promised_on = _todo(row, now)
    return WorkItem(
        conversation_id=row.pk,
        code=row.help_request.code,
        resident_name=row.help_request.resident.name,
        question=row.help_request.question,
        todo=todo,
        promised_on=promised_on,
        card=as_card(row, now=now),
    )


def _todo(row: Conversation, now: datetime) -> tuple[str, date]:
    """What this conversation asks of its guides, and the day on which that was promised."""
    held_on = day_of(row.period.lower)
    if row.state == State.PLANNED:
        if row.period.upper <= now:
            return "record", held_on
        return ("today" if held_on == day_of(now) else "upcoming"), held_on
    if not hasattr(row, "report") and not has_report(row.pk):
        return "write", report_due_on(row)
    if hasattr(row, "outcome") and row.outcome.main == UNKNOWN:
        follow_up = int(row.region.settings["follow_up"]["limit_days"])
        return "outcome", held_on + timedelta(days=follow_up)
    return "done", held_on


def report_due_on(row: Conversation) -> date:
    """The day on which the report is promised."""
    return day_of(row.period.lower) + timedelta(days=int(row.region.settings["report"]["within_days"]))


def guided(actor: Actor, conversation_id: UUID, *, purpose: str, now: datetime) -> GuidedConversation:
    """One conversation for who holds it; logged with the purpose that the resident reads."""
    row = one(actor, conversation_id, action="hold", purpose=purpose, now=now)
    thread, settings = row.help_request, row.region.settings
    most = settings["second_conversation"]["max_conversations"]
    return GuidedConversation(
        card=as_card(row, now=now),
        code=thread.code,
        resident_name=thread.resident.name,
        phone=thread.resident.phone,
        question=thread.question,
        wishes=thread.wishes,
        language=thread.language,
        received_on=day_of(thread.received_at),
        holder=_holder_name(thread.holder_id),
        lived_experience_reason=row.lived_experience_reason,
        triage_forbidden=settings["outcomes"]["triage_forbidden"],
        outcomes_allowed=tuple(settings["outcomes"]["kpi_classes"]),
        letter_by_itself=settings["report"]["to_gp"] == "unless_objection",
        report_due_on=report_due_on(row),
        steps=_steps(row),
        outcome=_outcome(row),
        report=(report := _report(actor, row)),
        report_hidden=report is None and has_report(row.pk),
        services=_services(row),
        begun=row.period.lower <= now,
        may_have_another=most is None or row.number < most,
    )


def _holder_name(account_id: UUID | None) -> str:
    if account_id is None:
        return ""
    return Account.objects.filter(pk=account_id).values_list("name", flat=True).first() or ""


def _steps(row: Conversation) -> tuple[StepView, ...]:
    steps = row.steps.order_by("-main", "try_on", "pk")
    return tuple(StepView(s.words, s.kind, s.try_on, s.return_on) for s in steps)


def _outcome(row: Conversation) -> OutcomeView | None:
    if not hasattr(row, "outcome"):
        return None
    known = load_codes().outcomes.get(row.outcome.main)
    return OutcomeView(
        code=row.outcome.main,
        label=known.label if known else row.outcome.main,
        derived=row.outcome.derived,
        recorded_at=row.outcome.recorded_at,
    )


def has_report(conversation_id: UUID) -> bool:
    """Whether a report was written, also where she does not want this actor to read it."""
    with gate.as_system("is er een verslag"):
        return Report.objects.filter(conversation_id=conversation_id).exists()


def _report(actor: Actor, row: Conversation) -> ReportState | None:
    showing([row.help_request.resident_id])
    rows = Report.objects.select_related("author").filter(conversation=row)
    report = gate.visible(actor, "read", rows, resource="report").first()
    if report is None:
        return None
    setting = row.region.settings["report"]
    by_itself = setting["to_gp"] == "unless_objection"
    days = int(setting["resident_reads_first_days"])
    return ReportState(
        body=report.body,
        author=report.author.name,
        written_at=report.written_at,
        version=report.version,
        resident_read_at=report.resident_read_at,
        resident_agreed_at=report.resident_agreed_at,
        goes_on=rules.letter_day(day_of(report.written_at), reads_first_days=days) if by_itself else None,
        corrections=corrections_of(row.pk),
        statement=statement_of(row.pk),
    )


def _services(row: Conversation) -> tuple[ServiceChoice, ...]:
    """What the municipality has, and what the whole region has."""
    found = directory.search(row.region_id, Search(municipality=row.municipality.slug))
    cards = sorted(found, key=lambda offer: offer.name.casefold())
    return tuple(ServiceChoice(c.service_id, c.name, c.kind) for c in cards)


def calendar_file(actor: Actor, conversation_id: UUID, *, action: str, now: datetime) -> bytes:
    """The appointment for one's own calendar: a time, a public place and a link, nothing more. Logged."""
    row = one(actor, conversation_id, action=action, purpose="om de afspraak in de agenda te zetten", now=now)
    if row.state not in {State.PLANNED, State.HELD}:
        raise gate.not_here()
    address = Account.objects.filter(pk=actor.signed_in_id).values_list("email", flat=True).first()
    return calendar_entry(row, address or sender(), now=now, cancelled=False)
