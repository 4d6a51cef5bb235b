"""Reading the log: the resident her own lines, the privacy officer all of a region's."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.access.words import roles_in_log
from noaber.hallway.audit import pages_in_words, services
from noaber.hallway.audit.models import AuditEntry
from noaber.knowledge.codes import load_codes

PER_PAGE = 50
LOOKS_PER_PAGE = 20
TOGETHER = "together"
REVIEW = gate.ActRule(
    "audit.review", frozenset({Role.PRIVACY_OFFICER}), "De privacyfunctionaris bewaakt wie kijkt."
)


@dataclass(frozen=True, slots=True)
class Look:
    """One line of 'Wie keek mee': the same person, part and purpose on one day are one line.

    `id` names the newest of the lines behind it, to ask about. `together`: a helper had it beside her.
    """

    at: datetime
    who: str
    organisation: str
    role: str
    part: str
    purpose: str
    times: int = 1
    id: UUID | None = None
    profession: str = ""
    changed: bool = False
    together: bool = False


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
    guessed: str = ""


def person_number(resident_id: UUID | None) -> str:
    """A number that stands for one resident in the log, and leads back to nobody without the key."""
    if resident_id is None:
        return ""
    digest = hmac.new(
        settings.SECRET_KEY.encode(), f"person:{resident_id}".encode(), hashlib.sha256
    ).hexdigest()
    return f"P-{digest[:8].upper()}"


def looks_at(actor: Actor, *, now: datetime, limit: int = 500) -> list[Look]:
    """The newest looks at the actor's own data, merged by day. Her own visits are left out."""
    rows = _looks_of(actor, now=now).order_by("-occurred_at", "-pk")
    return merge(as_look(row) for row in rows[:limit])


def pages_of_looks(
    actor: Actor, *, now: datetime, since: date | None = None, until: date | None = None, page: int = 1
) -> tuple[Page[Any], list[Look]]:
    """One page of who looked at the actor's own data, newest first, however long ago."""
    rows = _looks_of(actor, now=now)
    if since is not None:
        rows = rows.filter(occurred_at__gte=clock.at(since, 0))
    if until is not None:
        rows = rows.filter(occurred_at__lt=clock.at(until + timedelta(days=1), 0))
    merged = (
        rows.annotate(day=TruncDate("occurred_at", tzinfo=clock.AMSTERDAM))
        .values("day", "account_id", "actor_name", "organisation_name", "part", "purpose")
        .annotate(times=Count("pk"), newest=Max("pk"), last=Max("occurred_at"))
        .order_by("-last", "-newest")
    )
    found: Page[Any] = Paginator(merged, LOOKS_PER_PAGE).get_page(page)
    times = {line["newest"]: line["times"] for line in found.object_list}
    newest = AuditEntry.objects.filter(pk__in=list(times)).order_by("-occurred_at", "-pk")
    return found, [replace(as_look(row), times=times[row.pk]) for row in newest]


def one_look(actor: Actor, event_id: UUID) -> Look:
    """One look at the actor's own data, to ask about. Shows what stands on the page before it."""
    if actor.resident_id is None:
        raise gate.not_here()
    row = _of_hers(actor).filter(event_id=event_id).first()
    if row is None:
        raise gate.not_here()
    return as_look(row)


def _looks_of(actor: Actor, *, now: datetime) -> QuerySet[AuditEntry]:
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
    return _of_hers(actor)


def _of_hers(actor: Actor) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.filter(resident_id=actor.resident_id, result=AuditEntry.Result.SUCCESS)
    return rows.exclude(account_id=actor.account_id)


def as_look(row: AuditEntry) -> Look:
    """The line as the resident reads it."""
    return Look(
        at=row.occurred_at,
        who=row.actor_name,
        organisation=row.organisation_name,
        role=roles_in_log(row.acting_role or row.role),
        part=_shown(row.part),
        purpose=_shown(row.purpose),
        id=row.event_id,
        profession=_profession(row.profession),
        changed=row.action in {AuditEntry.Action.CREATE, AuditEntry.Action.UPDATE, AuditEntry.Action.DELETE},
        together=row.role == TOGETHER,
    )


def _shown(words: str) -> str:
    """Stored words in the language of the page."""
    return gettext(words) if words else ""


def _profession(code: str) -> str:
    known = load_codes().professions.get(code)
    return gettext(known.label) if known else ""


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
    lines = [log_line(row) for row in found.object_list]
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


def log_line(row: AuditEntry) -> LogLine:
    """The line as the privacy officer reads it."""
    return LogLine(
        at=row.occurred_at,
        account_id=row.account_id,
        who=row.actor_name,
        role=roles_in_log(row.acting_role or row.role),
        organisation=row.organisation_name,
        action=row.get_action_display(),
        refused=row.result == AuditEntry.Result.REFUSED,
        person=person_number(row.resident_id),
        part="" if row.event_type == "access.guessed" else row.part,
        purpose=row.purpose,
        basis=row.basis,
        page=pages_in_words.in_words(row.object_id) if row.result == AuditEntry.Result.REFUSED else "",
        guessed=row.part if row.event_type == "access.guessed" else "",
        emergency=row.emergency,
    )
