"""The copy of all that is held about one person, to read and to take along (Wabvpz 15d, AVG 15 and 20)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.holdings.registry import holdings
from noaber.hallway.holdings.types import Holding
from noaber.knowledge.retention import RetentionClass, Term, retention_class

FORMAT = "noaber-copy"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing in the copy, with how long it is kept and on which ground."""

    key: str
    words: str
    standard: str
    kept: RetentionClass
    term: Term
    items: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """All of it, as it was at one moment."""

    resident_id: UUID
    made_at: datetime
    parts: tuple[Part, ...]


def own_copy(actor: Actor, *, now: datetime, as_file: bool = False) -> Copy:
    """All that is held about the actor; written in the log, also that she took it along."""
    if actor.kind is not Kind.RESIDENT or actor.resident_id is None:
        raise gate.not_here()
    log_copy(
        actor,
        actor.resident_id,
        purpose="om uw gegevens mee te nemen" if as_file else "om uw eigen gegevens te zien",
        basis="eigen gegevens",
        now=now,
    )
    return collect(actor.resident_id, now=now)


def log_copy(actor: Actor, resident_id: UUID, *, purpose: str, basis: str, now: datetime) -> None:
    """The line in the log for a copy of everything."""
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="copy.all",
        resident_id=resident_id,
        object_kind="copy",
        part="al uw gegevens",
        purpose=purpose,
        basis=basis,
        now=now,
    )


def collect(resident_id: UUID, *, now: datetime) -> Copy:
    """Everything of every room. The caller asked access and wrote the log."""
    today = day_of(now)
    with gate.as_system("een kopie van alle gegevens maken"):
        parts = tuple(_part(holding, resident_id, today) for holding in holdings())
    return Copy(resident_id, now, parts)


def _part(holding: Holding, resident_id: UUID, today: date) -> Part:
    kept = retention_class(holding.retention)
    items = tuple(holding.collect(resident_id))
    return Part(holding.key, gettext(holding.words), holding.standard, kept, kept.term(today), items)


def as_json(copy: Copy) -> str:
    """The copy as a file that another program can read; its form stands in docs/copy-format.md."""
    held = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": copy.made_at.isoformat(),
        "resident": str(copy.resident_id),
        "parts": [
            {
                "key": part.key,
                "words": part.words,
                "standard": part.standard or None,
                "kept": {
                    "class": part.kept.key,
                    "basis": part.kept.basis,
                    "years": part.term.years or None,
                    "days": part.term.days or None,
                    "counts_from": str(part.kept.counts_from),
                },
                "items": [plain(item) for item in part.items],
            }
            for part in copy.parts
        ],
    }
    # A browser that takes the file for a page finds no mark in it.
    return json.dumps(held, ensure_ascii=False, indent=2).replace("<", "\\u003c")


def plain(value: Any) -> Any:
    """The value in JSON: moments and days by ISO 8601, ids as text. TypeError for anything else."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes | bytearray):
        return [plain(inner) for inner in value]
    if hasattr(value, "__str__") and type(value).__module__.startswith("django.utils.functional"):
        return str(value)
    raise TypeError(f"a copy cannot hold a {type(value).__name__}")
