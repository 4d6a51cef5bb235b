"""Checks the chain over the log, without Django or anything else of Noaber; for another organisation too.

    DATABASE_URL=... python -m noaber.hallway.audit.verify [FILE WITH PUBLISHED HEADS]

Each sealed line has a dense number and a hash over the hash before it and its own content. A line that was
changed, taken away or put elsewhere breaks the chain at its number. A tail that was cut off, or a chain that
was made anew from the start, fits no head that was published before: keep those heads outside the house.

Lines older than five years are forgotten, from the beginning of the chain. The newest checkpoint says up to
which number, and with which hash it goes on. A published head tells when its number was reached: a checkpoint
that claims to be older than that was made up to hide something.
Ends with 0 when all is right, 1 when something is wrong, 2 when it could not look.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

BEGIN = "0" * 64
LINE = """jsonb_build_array(
    a.id, a.event_id, to_char(a.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), a.event_type,
    a.action, a.result, a.account_id, a.actor_name, a.role, a.organisation_name, a.region_id,
    a.network_access_point, a.purpose, a.basis, a.resident_id, a.object_kind, a.object_id, a.part,
    a.emergency, a.acting_role, a.profession, a.listed, a.hats)::text"""
"""The content of a line as one text, the same whatever the settings of the session."""

SEALED = f"""SELECT s.number, s.chain, CASE WHEN a.id IS NOT NULL THEN {LINE} END FROM audit_seal s
    LEFT JOIN audit_auditentry a ON a.id = s.entry_id ORDER BY s.number"""  # noqa: S608  # constants only


CHECKPOINT = """SELECT number, chain, to_char(before AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM audit_checkpoint
    ORDER BY number DESC LIMIT 1"""
FORGOTTEN = "forgotten"
"""Behind a published head: it was published again because the lines up to it were forgotten."""

LATE_DAYS = 3
"""A line is sealed within a minute, and when its transaction was long within a day."""


def link(before: str, line: str) -> str:
    """The hash of a line on top of all lines before it."""
    return hashlib.sha256(f"{before}\n{line}".encode()).hexdigest()


@dataclass(slots=True)
class Found:
    """What came out: how many lines, the head, and what is wrong."""

    lines: int = 0
    head: str = BEGIN
    wrong: list[str] = field(default_factory=list)


def check(
    rows: Iterable[tuple[int, str, str | None]],
    heads: Iterable[tuple[int, str]] = (),
    start: tuple[int, str] = (0, BEGIN),
) -> Found:
    """Walk the chain. `rows`: number, chain and content by number; `heads`: number and chain as published.

    `start`: number and chain of the newest checkpoint; what was published about earlier lines says no more.
    """
    found, published = Found(start[0], start[1]), dict(heads)
    if published.get(start[0], start[1]) != start[1]:
        found.wrong.append(f"the checkpoint {start[0]} has another head than was published")
    published = {number: chain for number, chain in published.items() if number > start[0]}
    for number, chain, line in rows:
        found.lines += 1
        if number != found.lines:
            found.wrong.append(f"number {found.lines} is missing: {number} comes after {found.lines - 1}")
            found.lines = number
        if line is None:
            found.wrong.append(f"line {number} was taken away")
        elif link(found.head, line) != chain:
            found.wrong.append(f"line {number} was changed or put elsewhere")
        if published.pop(number, chain) != chain:
            found.wrong.append(f"line {number} has another head than was published")
        found.head = chain
    for number in sorted(published):
        found.wrong.append(f"the published head {number} is not there: the tail was cut off")
    return found


def read_heads(path: Path) -> Iterator[tuple[int, str]]:
    """The heads in a file: a number and a hash on each line; what comes after is for people."""
    for row in path.read_text(encoding="utf-8").splitlines():
        parts = row.split()
        if len(parts) >= 2 and parts[0].isdigit():
            yield int(parts[0]), parts[1]


def forgotten_too_early(path: Path, number: int, before: str) -> list[str]:
    """Heads up to the checkpoint that were published well after the day before which lines were forgotten."""
    last = (date.fromisoformat(before) + timedelta(days=LATE_DAYS)).isoformat()
    rows = (row.split() for row in path.read_text(encoding="utf-8").splitlines())
    dated = [row for row in rows if len(row) >= 3 and row[0].isdigit() and FORGOTTEN not in row]
    return [
        f"the head {row[0]} of {row[2][:10]} was forgotten as if it were older than {before}"
        for row in dated
        if int(row[0]) <= number and row[2][:10] > last
    ]


def main(arguments: list[str]) -> int:
    """Look, and say in one line what was found."""
    import psycopg

    try:
        heads = list(read_heads(Path(arguments[0]))) if arguments else []
        with psycopg.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor("seals") as cursor:
            connection.execute("SET statement_timeout = 0")
            point = connection.execute(CHECKPOINT).fetchone() or (0, BEGIN, "")
            cursor.itersize = 20_000
            cursor.execute(SEALED)
            found = check(cursor, heads, (point[0], point[1]))
            if arguments and point[0]:
                found.wrong += forgotten_too_early(Path(arguments[0]), point[0], point[2])
    except (KeyError, OSError, psycopg.Error) as failure:
        print(f"could not look: {type(failure).__name__}", file=sys.stderr)
        return 2
    for words in found.wrong[:50]:
        print(words)
    forgotten = f", {point[0]} forgotten from before {point[2]}" if point[0] else ""
    words = f"{found.lines} lines{forgotten}, {len(heads)} published heads, {len(found.wrong)} wrong."
    print(f"{words} Head: {found.head}")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
