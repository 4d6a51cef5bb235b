"""The second lock: what PostgreSQL's row-level security is told about this transaction.

`app.account`, `app.resident` and `app.organisations` say who asks. Without them nothing of a person shows.
`app.scope` opens for a job of the house; it is set only here, with a reason. `app.now` is what time the house
believes it is, so that a consent ends at the same instant for both locks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from noaber.hallway import clock
from noaber.hallway.access.together import note_helper
from noaber.hallway.access.types import Actor, Kind


def tell_database(actor: Actor) -> None:
    """Set the context of this transaction; outside one it would be lost, so that is refused."""
    if not connection.in_atomic_block:
        raise RuntimeError("the database is told who asks inside a transaction only")
    organisations = ",".join(str(o) for o in actor.organisations())
    scope = "system" if actor.kind is Kind.SYSTEM else ""
    note_helper(actor)
    _set(_text(actor.account_id), _text(actor.resident_id), organisations, scope)


def _text(value: UUID | None) -> str:
    return "" if value is None else str(value)


def _set(account: str, resident: str, organisations: str, scope: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.account', %s, true), set_config('app.resident', %s, true), "
            "set_config('app.organisations', %s, true), set_config('app.scope', %s, true), "
            "set_config('app.now', %s, true)",
            [account, resident, organisations, scope, clock.now().isoformat()],
        )


@contextmanager
def as_system(reason: str) -> Iterator[None]:
    """Let the house itself work inside this block; `reason` says what for.

    Nested in a request it widens the scope for the block and restores it after.
    """
    if not reason:
        raise ValueError("as_system needs a reason")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('app.scope', true), ''), set_config('app.scope', 'system', true)"
        )
        before = cursor.fetchone()[0]
        yield
        if before != "system":
            cursor.execute("SELECT set_config('app.scope', %s, true)", [before])
