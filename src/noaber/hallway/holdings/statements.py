"""Her own statement, added to her file. She writes, changes and removes it; nobody else does."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.audit import services as audit
from noaber.hallway.holdings.hallway_rooms import statements
from noaber.hallway.holdings.models import FileStatement


def _resident(actor: Actor) -> UUID:
    if actor.kind is not Kind.RESIDENT or actor.resident_id is None:
        raise gate.not_here()
    return actor.resident_id


def own_statements(actor: Actor, *, now: datetime) -> list[FileStatement]:
    """Her statements, oldest first."""
    rows = list(statements(_resident(actor)))
    if rows:
        _log(actor, "statement.read", audit.Action.READ, "om uw eigen verklaring te zien", "", now)
    return rows


def own_statement(actor: Actor, statement_id: UUID) -> FileStatement:
    """One of her own; anybody else's is not there."""
    row = statements(_resident(actor)).filter(pk=statement_id).first()
    if row is None:
        raise gate.not_here()
    return row


@transaction.atomic
def write(actor: Actor, *, body: str, once_key: str, now: datetime) -> UUID:
    """Add a statement. The same key twice is one statement."""
    row, fresh = FileStatement.objects.get_or_create(
        once_key=once_key,
        resident_id=_resident(actor),
        defaults={"body": body.strip(), "written_at": now},
    )
    if fresh:
        _log(
            actor, "statement.write", audit.Action.CREATE, "om iets aan uw dossier toe te voegen", row.pk, now
        )
    return row.pk


@transaction.atomic
def change(actor: Actor, statement_id: UUID, *, body: str, now: datetime) -> None:
    """Say it in other words."""
    row = own_statement(actor, statement_id)
    row.body, row.changed_at = body.strip(), now
    row.save(update_fields=["body", "changed_at"])
    _log(actor, "statement.change", audit.Action.UPDATE, "om uw verklaring te verbeteren", row.pk, now)


@transaction.atomic
def remove(actor: Actor, statement_id: UUID, *, now: datetime) -> None:
    """Take it away again."""
    row = own_statement(actor, statement_id)
    _log(actor, "statement.remove", audit.Action.DELETE, "om uw verklaring weg te halen", row.pk, now)
    row.delete()


def _log(actor: Actor, event: str, action: str, purpose: str, statement_id: object, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        event_type=event,
        resident_id=actor.resident_id,
        object_kind="statement",
        object_id=statement_id,
        part="uw eigen verklaring",
        purpose=purpose,
        basis="eigen gegevens",
        now=now,
    )
