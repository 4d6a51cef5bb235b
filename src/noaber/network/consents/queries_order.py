"""Her decision and somebody's look never pass each other: one waits until the other is done.

Whoever shows or sends something of hers takes part in `showing`, and only then asks again whether it may.
Whoever carries out a decision of hers is `deciding`, alone. When a withdrawal has been committed, nothing
that was allowed before it is still on its way to a screen.

The lock comes before every other lock of the transaction, so that nobody waits in a ring. The invented past
of the demo is one transaction that nobody else can see; it takes no locks.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from noaber.hallway.outbox.services import is_inline

SPACE = 0x6E6F6162
"""Sets these locks apart from any other advisory lock of the house."""


def showing(resident_ids: Iterable[UUID]) -> None:
    """Hold back her decisions until this transaction ends. Ask anew whether it may, after this."""
    _lock("pg_advisory_xact_lock_shared", resident_ids)


def deciding(resident_id: UUID) -> None:
    """Wait until nobody is showing or sending anything of hers, and let nobody begin until we commit."""
    _lock("pg_advisory_xact_lock", [resident_id])


def _lock(function: str, resident_ids: Iterable[UUID]) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("this lock lasts as long as a transaction, and there is none")
    if is_inline():
        return
    with connection.cursor() as cursor:
        for key in sorted({_key(pk) for pk in resident_ids}):
            cursor.execute(f"SELECT {function}(%s, %s)", [SPACE, key])  # one of two names


def _key(resident_id: UUID) -> int:
    """32 bits of her id. Two residents with the same bits wait for each other now and then; nothing worse."""
    return int.from_bytes(resident_id.bytes[-4:], "big", signed=True)
