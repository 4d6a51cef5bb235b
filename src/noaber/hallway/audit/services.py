"""Writing the log. In the transaction of the act itself: no row, no page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.audit.models import AuditEntry

Action = AuditEntry.Action


def _entry(actor: Actor, now: datetime, **more: object) -> AuditEntry:
    if actor.assisted_by_id is not None:
        more = {
            "account_id": actor.assisted_by_id,
            "actor_name": actor.assisted_by,
            "role": "together",
            "organisation_name": actor.assisted_organisation,
            "region_id": actor.assisted_region_id,
            **more,
        }
    return AuditEntry(
        **{
            "occurred_at": now,
            "account_id": actor.account_id,
            "actor_name": "" if actor.kind is Kind.RESIDENT else actor.name,
            "role": actor.role_words(),
            "organisation_name": actor.grants[0].organisation_name if actor.grants else "",
            "region_id": actor.grants[0].region_id if actor.grants else None,
            "network_access_point": actor.address,
            "purpose": actor.purpose or "onbekend",
            **more,
        }
    )


def record(
    *,
    actor: Actor,
    action: str,
    event_type: str,
    resident_id: UUID | None,
    object_kind: str,
    object_id: object = "",
    part: str = "",
    purpose: str = "",
    basis: str = "",
    now: datetime,
) -> None:
    """Log one act on one person's data.

    `purpose` and `part` are Dutch words the resident reads later in 'Wie keek mee'.
    """
    _entry(
        actor,
        now,
        action=action,
        event_type=event_type,
        resident_id=resident_id,
        object_kind=object_kind,
        object_id=str(object_id),
        part=part,
        basis=basis,
        purpose=purpose or actor.purpose or "onbekend",
    ).save(force_insert=True)


def record_reads(
    *,
    actor: Actor,
    residents: Iterable[UUID],
    event_type: str,
    object_kind: str,
    part: str,
    purpose: str,
    now: datetime,
) -> None:
    """Log that a list showed something of each of these people; one row a person."""
    AuditEntry.objects.bulk_create(
        _entry(
            actor,
            now,
            action=Action.READ,
            event_type=event_type,
            resident_id=resident_id,
            object_kind=object_kind,
            part=part,
            purpose=purpose,
        )
        for resident_id in dict.fromkeys(residents)
    )


def record_denial(*, actor: Actor, what: str, now: datetime) -> None:
    """Log that someone asked for what is not theirs. The page told them nothing."""
    _entry(
        actor,
        now,
        action=Action.READ,
        result=AuditEntry.Result.REFUSED,
        event_type="access.denied",
        resident_id=None,
        object_kind="page",
        object_id=what[:64],
        purpose="geweigerd",
    ).save(force_insert=True)
