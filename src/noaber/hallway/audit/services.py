"""Writing the log. In the transaction of the act itself: no row, no page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Grant, Kind, Role
from noaber.hallway.audit import hooks
from noaber.hallway.audit.fingerprints import fingerprint
from noaber.hallway.audit.models import AuditEntry

Action = AuditEntry.Action
LONGEST_ORGANISATION = 200


def _entry(actor: Actor, now: datetime, acting: Role | None = None, **more: object) -> AuditEntry:
    if acting is None:
        acting = gate.worn_hat(actor)
    worn = [grant for grant in actor.grants if grant.role is acting] or list(actor.grants)
    places = ", ".join(dict.fromkeys(grant.organisation_name for grant in worn if grant.organisation_name))
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
            "acting_role": str(acting or ""),
            "profession": actor.profession,
            "hats": [_hat(grant) for grant in actor.grants],
            "organisation_name": places[:LONGEST_ORGANISATION],
            "region_id": worn[0].region_id if worn else None,
            "network_access_point": actor.address,
            "purpose": actor.purpose or "onbekend",
            **more,
        }
    )


def _hat(grant: Grant) -> dict[str, str]:
    return {
        "role": str(grant.role),
        "organisation": grant.organisation_name,
        "organisation_id": str(grant.organisation_id),
        "region_id": str(grant.region_id),
    }


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
    acting: Role | None = None,
) -> None:
    """Log one act on one person's data.

    `purpose` and `part` are Dutch words the resident reads later in 'Wie keek mee'. `acting` is the role that
    this act used; unsaid it is the one by which the last decision let this actor through (`gate.worn_hat`).
    """
    _entry(
        actor,
        now,
        acting,
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
    acting: Role | None = None,
) -> None:
    """Log that a list showed something of each of these people; one row a person."""
    AuditEntry.objects.bulk_create(
        _entry(
            actor,
            now,
            acting,
            listed=True,
            action=Action.READ,
            event_type=event_type,
            resident_id=resident_id,
            object_kind=object_kind,
            part=part,
            purpose=purpose,
        )
        for resident_id in dict.fromkeys(residents)
    )


def record_denial(*, actor: Actor, what: str, now: datetime, guessed: str = "") -> None:
    """Log that someone asked for what is not theirs, or is not there. The page told them nothing.

    `guessed` is the address that they tried; the log keeps a short fingerprint of it, so that a row of
    guesses can be told from one old link. Whose address it would have been is not written down.
    """
    entry = _entry(
        actor,
        now,
        action=Action.READ,
        result=AuditEntry.Result.REFUSED,
        event_type="access.guessed" if guessed else "access.denied",
        resident_id=None,
        object_kind="page",
        object_id=what[:64],
        part=fingerprint("address", guessed)[:12] if guessed else "",
        purpose="geweigerd",
    )
    if entry.region_id is None:
        entry.region_id = hooks.region_of(actor.account_id, actor.resident_id)
    entry.save(force_insert=True)
