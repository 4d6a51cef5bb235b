"""Reading the log: the resident her own lines, the privacy officer all of a region's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Look:
    """One line of 'Wie keek mee'."""

    at: datetime
    who: str
    organisation: str
    role: str
    part: str
    purpose: str
    action: str


def _look(entry: AuditEntry) -> Look:
    return Look(
        at=entry.occurred_at,
        who=entry.actor_name,
        organisation=entry.organisation_name,
        role=entry.role,
        part=entry.part,
        purpose=entry.purpose,
        action=entry.get_action_display(),
    )


def looks_at(actor: Actor, *, limit: int = 200) -> list[Look]:
    """Who looked at the actor's own data, newest first. Her own visits are left out."""
    if actor.resident_id is None:
        raise gate.not_here()
    rows = AuditEntry.objects.filter(resident_id=actor.resident_id).exclude(account_id=actor.account_id)
    return [_look(entry) for entry in rows.order_by("-occurred_at", "-pk")[:limit]]


def recent(actor: Actor, *, limit: int = 200, account_id: UUID | None = None) -> list[AuditEntry]:
    """The newest lines for the privacy officer: people by number, never by name."""
    gate.require_act(actor, "audit.review")
    rows = AuditEntry.objects.all()
    if account_id is not None:
        rows = rows.filter(account_id=account_id)
    return list(rows.order_by("-occurred_at", "-pk")[:limit])


REVIEW = gate.ActRule(
    "audit.review", frozenset({Role.PRIVACY_OFFICER}), "De privacyfunctionaris bewaakt wie kijkt."
)
