"""What the rooms of the hallway hold of a resident. They stand below this room; their part is told here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from noaber.hallway.access.words import roles_in_log
from noaber.hallway.audit.forgetting import forget_acquaintances, forget_questions
from noaber.hallway.audit.models import Acquaintance, AuditEntry, LookQuestion
from noaber.hallway.holdings.models import ErasureRequest, FileStatement
from noaber.hallway.holdings.registry import register
from noaber.hallway.holdings.types import Holding

Items = Sequence[Mapping[str, Any]]


def _looks(resident_id: UUID) -> Items:
    rows = AuditEntry.objects.filter(resident_id=resident_id, result=AuditEntry.Result.SUCCESS)
    return [
        {
            "at": row.occurred_at,
            "who": row.actor_name,
            "organisation": row.organisation_name,
            "role": roles_in_log(row.role),
            "action": row.get_action_display(),
            "part": row.part,
            "purpose": row.purpose,
            "basis": row.basis,
        }
        for row in rows.order_by("occurred_at", "pk").iterator()
    ]


def _questions(resident_id: UUID) -> Items:
    rows = LookQuestion.objects.filter(resident_id=resident_id).order_by("asked_at")
    return [
        {
            "how": row.get_via_display(),
            "question": row.question,
            "asked_at": row.asked_at,
            "answer": row.answer,
            "outcome": row.get_outcome_display(),
            "answered_at": row.answered_at,
            "by": row.answered_by,
        }
        for row in rows
    ]


def _erase_questions(resident_id: UUID, now: datetime) -> int:
    return forget_questions(resident_id)


def _acquaintances(resident_id: UUID) -> Items:
    rows = Acquaintance.objects.filter(resident_id=resident_id).order_by("added_at")
    return [{"name": row.name, "since": row.added_at} for row in rows]


def _erase_acquaintances(resident_id: UUID, now: datetime) -> int:
    return forget_acquaintances(resident_id)


def _stays(resident_id: UUID, now: datetime) -> int:
    """Kept by law; it names her by a number alone."""
    return 0


def statements(resident_id: UUID) -> QuerySet[FileStatement]:
    """Her own statements, oldest first."""
    return FileStatement.objects.filter(resident_id=resident_id).order_by("written_at")


def _statements(resident_id: UUID) -> Items:
    return [
        {"body": row.body, "written_at": row.written_at, "changed_at": row.changed_at}
        for row in statements(resident_id)
    ]


def _erase_statements(resident_id: UUID, now: datetime) -> int:
    return FileStatement.objects.filter(resident_id=resident_id).delete()[0]


def _requests(resident_id: UUID) -> Items:
    rows = ErasureRequest.objects.filter(resident_id=resident_id).order_by("asked_at")
    return [
        {
            "how": row.get_how_display(),
            "asked_at": row.asked_at,
            "state": row.get_state_display(),
            "decided_at": row.decided_at,
            "reason": row.reason,
            "done_at": row.done_at,
        }
        for row in rows
    ]


def _erase_requests(resident_id: UUID, now: datetime) -> int:
    """That she asked and what was decided stays as proof; the words of the reason go."""
    return ErasureRequest.objects.filter(resident_id=resident_id).exclude(reason="").update(reason="")


def register_all() -> None:
    """Called once at start."""
    for holding in HOLDINGS:
        register(holding)


HOLDINGS = (
    Holding(
        key="audit.log",
        words=gettext_noop("Wie in uw gegevens keek"),
        retention="access_log",
        models=("audit.AuditEntry",),
        collect=_looks,
        erase=_stays,
        standard="AuditEvent",
    ),
    Holding(
        key="audit.questions",
        words=gettext_noop("Uw vragen over wie meekeek"),
        retention="wgbo_record",
        models=("audit.LookQuestion",),
        collect=_questions,
        erase=_erase_questions,
    ),
    Holding(
        key="audit.acquaintances",
        words=gettext_noop("Wie van uw bekenden niet mag meekijken"),
        retention="contact",
        models=("audit.Acquaintance",),
        collect=_acquaintances,
        erase=_erase_acquaintances,
    ),
    Holding(
        key="holdings.statement",
        words=gettext_noop("Uw eigen verklaring"),
        retention="wgbo_record",
        models=("holdings.FileStatement",),
        collect=_statements,
        erase=_erase_statements,
    ),
    Holding(
        key="holdings.erasure",
        words=gettext_noop("Uw vragen om te wissen"),
        retention="erasure_proof",
        models=("holdings.ErasureRequest", "holdings.DestructionList"),
        collect=_requests,
        erase=_erase_requests,
    ),
)
