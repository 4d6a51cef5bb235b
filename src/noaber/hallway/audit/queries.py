"""Reading the log: the resident her own lines, the privacy officer all of a region's."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.access.words import roles_in_log
from noaber.hallway.audit import services
from noaber.hallway.audit.models import AuditEntry

PER_PAGE = 50
REVIEW = gate.ActRule(
    "audit.review", frozenset({Role.PRIVACY_OFFICER}), "De privacyfunctionaris bewaakt wie kijkt."
)


@dataclass(frozen=True, slots=True)
class Look:
    """One line of 'Wie keek mee': the same person, part and purpose on one day are one line."""

    at: datetime
    who: str
    organisation: str
    role: str
    part: str
    purpose: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log as the privacy officer reads it. A resident is a number, never a name."""

    at: datetime
    account_id: UUID | None
    who: str
    role: str
    organisation: str
    action: str
    refused: bool
    person: str
    part: str
    purpose: str
    basis: str
    page: str
    emergency: bool


def person_number(resident_id: UUID | None) -> str:
    """A number that stands for one resident in the log, and leads back to nobody without the key."""
    if resident_id is None:
        return ""
    digest = hmac.new(
        settings.SECRET_KEY.encode(), f"person:{resident_id}".encode(), hashlib.sha256
    ).hexdigest()
    return f"P-{digest[:8].upper()}"


def looks_at(actor: Actor, *, now: datetime, limit: int = 500) -> list[Look]:
    """Who looked at the actor's own data, newest first. Her own visits are left out."""
    if actor.resident_id is None:
        raise gate.not_here()
    services.record(
        actor=actor,
        action=services.Action.READ,
        event_type="audit.own",
        resident_id=actor.resident_id,
        object_kind="audit_log",
        part="wie keek mee",
        purpose="om te zien wie keek",
        basis="eigen gegevens",
        now=now,
    )
    rows = AuditEntry.objects.filter(resident_id=actor.resident_id, result=AuditEntry.Result.SUCCESS)
    rows = rows.exclude(account_id=actor.account_id).order_by("-occurred_at", "-pk")
    return merge(_look(row) for row in rows[:limit])


def _look(row: AuditEntry) -> Look:
    return Look(
        at=row.occurred_at,
        who=row.actor_name,
        organisation=row.organisation_name,
        role=roles_in_log(row.role),
        part=row.part,
        purpose=row.purpose,
    )


def merge(looks: Iterable[Look]) -> list[Look]:
    """One line for the same person, part and purpose on one day; the newest time stays."""
    merged: dict[tuple[object, ...], Look] = {}
    for look in looks:
        key = (clock.day_of(look.at), look.who, look.organisation, look.part, look.purpose)
        known = merged.get(key)
        merged[key] = look if known is None else replace(known, times=known.times + 1)
    return list(merged.values())


def review(
    actor: Actor,
    *,
    now: datetime,
    day: date | None = None,
    account_id: UUID | None = None,
    refused_only: bool = False,
    page: int = 1,
) -> tuple[Page[AuditEntry], list[LogLine]]:
    """One page of the log of the officer's regions. Reading the log is itself logged."""
    gate.require_act(actor, "audit.review")
    rows = _rows(actor, day=day, account_id=account_id, refused_only=refused_only)
    found: Page[AuditEntry] = Paginator(rows, PER_PAGE).get_page(page)
    lines = [_line(row) for row in found.object_list]
    services.record(
        actor=actor,
        action=services.Action.READ,
        event_type="audit.review",
        resident_id=None,
        object_kind="audit_log",
        object_id=str(account_id or day or ""),
        purpose="om te bewaken wie kijkt",
        basis="rol",
        now=now,
    )
    return found, lines


def _rows(
    actor: Actor, *, day: date | None, account_id: UUID | None, refused_only: bool
) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.filter(region_id__in=actor.regions(Role.PRIVACY_OFFICER))
    if day is not None:
        rows = rows.filter(
            occurred_at__gte=clock.at(day, 0), occurred_at__lt=clock.at(day + timedelta(days=1), 0)
        )
    if account_id is not None:
        rows = rows.filter(account_id=account_id)
    if refused_only:
        rows = rows.filter(result=AuditEntry.Result.REFUSED)
    return rows.order_by("-occurred_at", "-pk")


def _line(row: AuditEntry) -> LogLine:
    return LogLine(
        at=row.occurred_at,
        account_id=row.account_id,
        who=row.actor_name,
        role=roles_in_log(row.role),
        organisation=row.organisation_name,
        action=row.get_action_display(),
        refused=row.result == AuditEntry.Result.REFUSED,
        person=person_number(row.resident_id),
        part=row.part,
        purpose=row.purpose,
        basis=row.basis,
        page=row.object_id if row.event_type == "access.denied" else "",
        emergency=row.emergency,
    )
