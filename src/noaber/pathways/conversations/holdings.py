"""What this room holds of a resident: her conversations, what was agreed, and the report.

That a conversation was held, when, where, with which sides at the table and where it led, stays as a counted
fact without a person: the counts of a region may not change when someone is erased.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_noop

from noaber.hallway.access.types import Actor
from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding, ToRing
from noaber.knowledge.codes import load_codes
from noaber.knowledge.questionnaires import questionnaire
from noaber.pathways.conversations.models import (
    AgreedStep,
    Conversation,
    Correction,
    GuideNote,
    OwnStatement,
    Report,
    ReportVersion,
    Web,
)
from noaber.pathways.conversations.resident_page import who_to_ring
from noaber.pathways.conversations.web_words import shown

APPOINTMENT = gettext_noop("U heeft nog een afspraak. Wij wissen pas als die is geweest of is afgezegd.")
Items = Sequence[Mapping[str, Any]]


def _conversations(resident_id: UUID) -> Items:
    rows = Conversation.objects.select_related("room", "municipality", "outcome", "help_request")
    rows = rows.filter(help_request__resident_id=resident_id).exclude(help_request__closed_because="erased")
    return [_conversation(row) for row in rows.order_by("period")]


def _conversation(row: Conversation) -> Mapping[str, Any]:
    outcome = getattr(row, "outcome", None)
    known = load_codes().outcomes.get(outcome.main) if outcome else None
    with_whom = row.participations.filter(active=True).select_related("professional")
    return {
        "number": row.number,
        "starts_at": row.period.lower,
        "ends_at": row.period.upper,
        "mode": row.get_mode_display(),
        "place": row.room.name if row.room else "",
        "municipality": row.municipality.name,
        "state": row.get_state_display(),
        "held_at": row.held_at,
        "ended_because": row.ended_because,
        "lived_experience_reason": row.lived_experience_reason,
        "with": [part.professional.name for part in with_whom],
        "outcome": known.label if known else "",
    }


def _erase_conversations(resident_id: UUID, now: datetime) -> int:
    mine = Conversation.objects.filter(help_request__resident_id=resident_id)
    told = mine.filter(~Q(ended_because="") | ~Q(lived_experience_reason="") | Q(room__isnull=False))
    return told.update(ended_because="", lived_experience_reason="", room=None)


def _appointment(resident_id: UUID, now: datetime) -> Sequence[str]:
    standing = Conversation.objects.filter(
        help_request__resident_id=resident_id, state=Conversation.State.PLANNED, period__endswith__gt=now
    )
    return [APPOINTMENT] if standing.exists() else []


def _steps(resident_id: UUID) -> Items:
    rows = AgreedStep.objects.filter(conversation__help_request__resident_id=resident_id)
    return [
        {"words": row.words, "try_on": row.try_on, "return_on": row.return_on, "main": row.main}
        for row in rows.order_by("conversation__period", "pk")
    ]


def _erase_steps(resident_id: UUID, now: datetime) -> int:
    return AgreedStep.objects.filter(conversation__help_request__resident_id=resident_id).delete()[0]


def _reports(resident_id: UUID) -> Items:
    """The report and the notes it was written from; its versions and her words beside it: see `sharing`."""
    hers = {"conversation__help_request__resident_id": resident_id}
    reports = Report.objects.select_related("author").filter(**hers).order_by("written_at")
    notes = GuideNote.objects.select_related("author").filter(**hers).order_by("written_at")
    return [
        *(
            {
                "author": row.author.name,
                "body": row.body,
                "written_at": row.written_at,
                "read_at": row.resident_read_at,
                "agreed_at": row.resident_agreed_at,
                "version": row.version,
            }
            for row in reports
        ),
        *({"note": row.words, "author": row.author.name, "written_at": row.written_at} for row in notes),
    ]


def _erase_reports(resident_id: UUID, now: datetime) -> int:
    """The report with every version and every word beside it: they repeat what it says."""
    return sum(
        model._default_manager.filter(conversation__help_request__resident_id=resident_id).delete()[0]
        for model in (ReportVersion, OwnStatement, Correction, GuideNote, Report)
    )


def _webs(resident_id: UUID) -> Items:
    rows = Web.objects.filter(resident_id=resident_id).prefetch_related("shares").order_by("filled_on")
    return [
        {
            "filled_on": row.filled_on,
            **_answers(row),
            "note": row.note,
            "shown_at_conversation": [
                {"since": share.shared_at, "until": share.ended_at} for share in row.shares.all()
            ],
        }
        for row in rows
    ]


def _answers(row: Web) -> Mapping[str, Any]:
    """Her numbers beside the questions they answer, and what she wants to talk about."""
    asked, told = questionnaire(row.questionnaire), json.loads(row.answers)
    return {
        "questionnaire": shown(asked.title),
        "answers": [
            {"question": shown(each.words), "answer": told["values"].get(each.id)} for each in asked.questions
        ],
        "wants_to_talk_about": [shown(area.title) for area in asked.areas if area.id in told["talk"]],
    }


def _erase_webs(resident_id: UUID, now: datetime) -> int:
    return Web.objects.filter(resident_id=resident_id).delete()[0]


def _to_ring(actor: Actor, now: datetime) -> ToRing:
    card = who_to_ring(actor, now=now)
    return ToRing(card.name, card.organisation, card.phone, card.profession)


def register() -> None:
    """Called once at start."""
    registry.register_who_to_ring(_to_ring)
    for holding in HOLDINGS:
        registry.register(holding)


HOLDINGS = (
    Holding(
        key="conversations.conversation",
        words=gettext_noop("Uw gesprekken"),
        retention="wgbo_record",
        models=(
            "conversations.Conversation",
            "conversations.Participation",
            "conversations.Outcome",
            "conversations.FundedTime",
        ),
        collect=_conversations,
        erase=_erase_conversations,
        standard="Encounter",
        obstacles=_appointment,
    ),
    Holding(
        key="conversations.steps",
        words=gettext_noop("Wat u samen afsprak"),
        retention="wgbo_record",
        models=("conversations.AgreedStep",),
        collect=_steps,
        erase=_erase_steps,
        standard="Goal",
        obstacles=_appointment,
    ),
    Holding(
        key="conversations.report",
        words=gettext_noop("Het verslag"),
        retention="wgbo_record",
        models=(
            "conversations.Report",
            "conversations.GuideNote",
        ),
        collect=_reports,
        erase=_erase_reports,
        standard="Composition",
        obstacles=_appointment,
    ),
    Holding(
        key="conversations.web",
        words=gettext_noop("Mijn web"),
        retention="wgbo_record",
        models=("conversations.Web", "conversations.WebShare"),
        collect=_webs,
        erase=_erase_webs,
        standard="QuestionnaireResponse",
    ),
)
