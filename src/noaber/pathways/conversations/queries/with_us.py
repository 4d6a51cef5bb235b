"""What residents share with an organisation: the version each of them saw, with her own words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.network.consents import queries as consents
from noaber.network.consents.queries_order import showing
from noaber.network.consents.types import REPORT, Permission
from noaber.network.residents.models import Resident
from noaber.pathways.conversations.models import OwnStatement, ReportVersion

MOST = 200


@dataclass(frozen=True, slots=True)
class SharedLine:
    """One report on the list of what is shared with us."""

    conversation_id: UUID
    name: str
    written_at: datetime
    permission: Permission


@dataclass(frozen=True, slots=True)
class SharedReport:
    """One shared report: the version she saw, and what she says beside it."""

    conversation_id: UUID
    name: str
    body: str
    statement: str
    author: str
    written_at: datetime
    permission: Permission


def _visible(actor: Actor) -> QuerySet[ReportVersion]:
    gate.require_act(actor, "reports.shared.see")
    rows = ReportVersion.objects.select_related("author")
    return gate.visible(actor, "read_shared", rows, resource="report_version").order_by("-written_at")


def _names(resident_ids: set[UUID]) -> dict[UUID, str]:
    """The names of those who share; whoever may read the report knows whom it is about."""
    with gate.as_system("de naam bij een gedeeld verslag"):
        return {row.pk: row.name for row in Resident.objects.filter(pk__in=resident_ids).only("name")}


def shared_with_us(actor: Actor, *, now: datetime) -> list[SharedLine]:
    """All reports that are shared with an organisation of this actor, newest first; each person is logged."""
    candidates = _visible(actor)[:MOST]
    showing({row.resident_id for row in candidates})
    newest: dict[UUID, ReportVersion] = {}
    for row in _visible(actor).filter(pk__in=[c.pk for c in candidates]):
        known = newest.get(row.conversation_id)
        if known is None or row.version > known.version:
            newest[row.conversation_id] = row
    permissions = consents.used_by(actor, what=REPORT, object_ids=newest, now=now)
    rows = [row for row in newest.values() if row.conversation_id in permissions]
    names = _names({row.resident_id for row in rows})
    audit.record_reads(
        actor=actor,
        residents=[row.resident_id for row in rows],
        event_type="report.shared_list",
        object_kind="report",
        part="uw naam, en dat u uw verslag deelt",
        purpose="om te zien wat met de organisatie is gedeeld",
        now=now,
    )
    return [
        SharedLine(
            conversation_id=row.conversation_id,
            name=names[row.resident_id],
            written_at=row.written_at,
            permission=permissions[row.conversation_id],
        )
        for row in rows
    ]


def shared_report(actor: Actor, conversation_id: UUID, *, now: datetime) -> SharedReport:
    """One shared report, as long as she shares it. Logged with the purpose that she chose.

    Asked twice: once to know whose it is, and again when no decision of hers can come between.
    """
    mine = _visible(actor).filter(conversation_id=conversation_id).order_by("-version")
    first = mine.first()
    if first is None:
        raise gate.not_here()
    showing([first.resident_id])
    row = mine.first()
    permission = consents.used_by(actor, what=REPORT, object_ids=[conversation_id], now=now).get(
        conversation_id
    )
    if row is None or permission is None or permission.version != row.version:
        raise gate.not_here()
    statement = OwnStatement.objects.filter(conversation_id=conversation_id).first()
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="report.read_shared",
        resident_id=row.resident_id,
        object_kind="report",
        object_id=conversation_id,
        part="uw verslag",
        purpose=permission.purpose_words,
        basis="uw toestemming",
        now=now,
    )
    return SharedReport(
        conversation_id=conversation_id,
        name=_names({row.resident_id})[row.resident_id],
        body=row.body,
        statement=statement.words if statement else "",
        author=row.author.name,
        written_at=row.written_at,
        permission=permission,
    )
