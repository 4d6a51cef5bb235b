"""Seals the log: gives each line its place in a chain, at most a minute after it was written.

Not in the request: the head of a chain would make everybody wait. What is not yet sealed is sealed, never
"what came after the last": lines become visible in another order than their numbers.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from noaber.hallway.audit.models import Checkpoint, Seal
from noaber.hallway.audit.verify import BEGIN, FORGOTTEN, LINE, check, link
from noaber.hallway.clock import at, day_of
from noaber.knowledge.retention import retention_class

WINDOW = 20_000
"""How many numbers of the log are looked at in one transaction."""

LOOK_BACK = 100_000
"""How far behind the newest sealed line a late one is looked for each minute; once a day everywhere."""

UNSEALED = f"""SELECT a.id, {LINE} FROM audit_auditentry a
    LEFT JOIN audit_seal s ON s.entry_id = a.id AND s.entry_id > %(above)s AND s.entry_id <= %(until)s
    WHERE a.id > %(above)s AND a.id <= %(until)s AND s.entry_id IS NULL ORDER BY a.id"""  # noqa: S608


OLD = f"""SELECT s.number, s.chain, CASE WHEN a.id IS NOT NULL THEN {LINE} END FROM audit_seal s
    LEFT JOIN audit_auditentry a ON a.id = s.entry_id
    WHERE s.number < coalesce((
        SELECT t.number FROM audit_seal t JOIN audit_auditentry b ON b.id = t.entry_id
        WHERE b.occurred_at >= %(before)s ORDER BY t.number LIMIT 1
    ), (SELECT max(number) FROM audit_seal)) ORDER BY s.number"""  # noqa: S608  # constants only
log = logging.getLogger(__name__)


def seal_all(*, now: datetime, everywhere: bool = False) -> int:
    """Seal what is not yet sealed and publish the head when it moved. Returns how many lines are new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(entry_id), 0) FROM audit_seal")
        newest_sealed = cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(min(id), 1) - 1, coalesce(max(id), 0) FROM audit_auditentry")
        oldest, newest = cursor.fetchone()
    above = oldest if everywhere else max(oldest, newest_sealed - LOOK_BACK)
    sealed, number, head = 0, 0, BEGIN
    while above < newest:
        number, head, new = _seal_between(above, above + WINDOW)
        sealed, above = sealed + new, above + WINDOW
    if sealed:
        publish(number, head, now=now)
    return sealed


@transaction.atomic
def _seal_between(above: int, until: int) -> tuple[int, str, int]:
    """Seal the lines in this stretch of numbers. Gives the newest place, the head, and how many are new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit seal'))")
        last = Seal.objects.order_by("-number").first()
        number, head = (last.number, last.chain) if last else (0, BEGIN)
        cursor.execute(UNSEALED, {"above": above, "until": until})
        new = []
        for entry_id, line in cursor.fetchall():
            number, head = number + 1, link(head, line)
            new.append(Seal(number=number, entry_id=entry_id, chain=head))
    Seal.objects.bulk_create(new, batch_size=2000)
    return number, head, len(new)


def heads_file() -> Path:
    """Where heads are published. Copy this file to another house, or print it."""
    return Path(settings.STATE_DIR) / "audit-heads.txt"


def forget_old(*, now: datetime) -> int:
    """Forget lines older than their term, from the beginning of the chain. Returns how many.

    Only when that part of the chain is whole: what somebody did to it is not forgotten with it. The database
    itself keeps every line for five years, whatever it is told here.
    """
    first = retention_class("access_log").term(day_of(now)).latest_start(day_of(now))
    before = at(first, 0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit seal'))")
        point = Checkpoint.objects.order_by("-number").first()
        start = (point.number, point.chain) if point else (0, BEGIN)
        cursor.execute(OLD, {"before": before})
        found = check(cursor.fetchall(), start=start)
        if found.wrong:
            log.error("the log forgets nothing: %s", found.wrong[0])
            return 0
        cursor.execute("SELECT audit_forget(%s, %s)", [before, now])
        gone = int(cursor.fetchone()[0])
    if gone:
        kept = Checkpoint.objects.order_by("-number")[0]
        publish(kept.number, kept.chain, now=now, note=FORGOTTEN)
    return gone


def publish(number: int, head: str, *, now: datetime, note: str = "") -> None:
    """Add a head to the file: its place, the hash and when; nothing of anybody."""
    path = heads_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{number} {head} {now.isoformat(timespec='seconds')} {note}".rstrip() + "\n")
