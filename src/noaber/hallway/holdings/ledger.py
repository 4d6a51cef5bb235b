"""The ledger: decisions that must survive the restore of an older backup. A file beside the database.

One JSON line for each decision that is never undone: a withdrawal, an objection, an erasure. It holds no
names, only ids and times. Each line is signed and signs the one before it, so that a line that was changed,
left out or cut off is found. `head.json` says how far the ledger went, and the table of marks says which
lines this database knows: after a restore `replay` does the ones that it misses again.

    ledger.register("consent.end", apply)                     # once, in AppConfig.ready
    ledger.append("consent.end", {"consent": str(pk)}, now=now)  # in the transaction of the act

The line is on disk before the transaction commits. When the transaction fails after all, the line stays and
`replay` carries it out at the next start: she asked for it. So `apply` must be safe to run twice, and safe
when the row is not there.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from noaber.hallway.access.scope import as_system
from noaber.hallway.holdings.errors import DamagedLedger
from noaber.hallway.holdings.models import LedgerMark

Payload = Mapping[str, Any]
Apply = Callable[[Payload, datetime], None]
"""Does the decision again: `apply(payload, at)`. Runs as the house itself, inside a transaction."""

LINES, HEAD, LOCK = "decisions.jsonl", "head.json", "lock"
BEGINNING = "0" * 64
NO_WORDS = re.compile(r"[0-9A-Za-z_.:+-]{0,64}")
log = logging.getLogger(__name__)
_kinds: dict[str, Apply] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """One decision. `mac` signs it together with the line before."""

    number: int
    at: datetime
    kind: str
    payload: Payload
    mac: str


@dataclass(frozen=True, slots=True)
class _Head:
    """How far the ledger went: the last line, its signature, and the size of the file in bytes."""

    number: int
    mac: str
    size: int


def register(kind: str, apply: Apply) -> None:
    """Say how decisions of this kind are done again; the same kind again replaces it."""
    _kinds[kind] = apply


def folder() -> Path:
    """Where the ledger of this installation lies."""
    return Path(settings.LEDGER_DIR)


def append(kind: str, payload: Payload, *, now: datetime) -> int:
    """Write one decision, on disk before this returns; the result is its number.

    Call it in the transaction of the act, as its last step. `payload` holds ids and times, no names or words.
    Raises `DamagedLedger` when the ledger is not as it was left, KeyError for a kind without handler, and
    ValueError for a payload that holds words.
    """
    if kind not in _kinds:
        raise KeyError(f"no room has registered how {kind!r} is done again")
    _refuse_words(payload)
    with _alone() as folder:
        head = _head_after_repair(folder)
        if LedgerMark.objects.filter(number__gt=head.number).exists():
            raise DamagedLedger("the database knows of more lines than the ledger has")
        number = head.number + 1
        text, mac = _signed(number, now, kind, payload, head.mac)
        with open(folder / LINES, "ab") as file:
            file.write(text)
            _settle(file)
        _write_head(folder, _Head(number, mac, head.size + len(text)))
    LedgerMark.objects.bulk_create([LedgerMark(number=number, mac=mac)], ignore_conflicts=True)
    return number


def replay() -> int:
    """Do every decision again that this database does not know; the result is how many.

    Each one in a transaction of its own. Raises `DamagedLedger` when the ledger was cut or changed, when it
    holds a kind that no room knows, or when the database knows of lines that the ledger lost.
    """
    lines = read()
    known = dict(LedgerMark.objects.values_list("number", "mac"))
    signatures = {line.number: line.mac for line in lines}
    lost = sorted(number for number, mac in known.items() if signatures.get(number) != mac)
    if lost:
        raise DamagedLedger(f"the database knows of line {lost[0]}, and the ledger has it not or otherwise")
    missing = [line for line in lines if line.number not in known]
    strange = {line.kind for line in missing} - set(_kinds)
    if strange:
        raise DamagedLedger(f"no room knows decisions of the kind {', '.join(sorted(strange))}")
    for line in missing:
        with as_system(f"ledger: {line.kind}"):
            _kinds[line.kind](line.payload, line.at)
            LedgerMark.objects.bulk_create(
                [LedgerMark(number=line.number, mac=line.mac)], ignore_conflicts=True
            )
    return len(missing)


def read() -> list[Line]:
    """All decisions, every signature checked. Raises `DamagedLedger`."""
    with _alone() as folder:
        head = _head_after_repair(folder)
        content = (folder / LINES).read_bytes() if head.number else b""
    lines = list(_checked(content))
    last = lines[-1].mac if lines else BEGINNING
    if len(lines) != head.number or not hmac.compare_digest(last, head.mac):
        raise DamagedLedger(f"{head.number} lines were written and {len(lines)} are there")
    return lines


def _refuse_words(payload: Payload) -> None:
    for value in payload.values():
        for part in value if isinstance(value, list | tuple) else [value]:
            if isinstance(part, str) and not NO_WORDS.fullmatch(part):
                raise ValueError("the ledger holds ids, times and codes, never words of a person")
            if not isinstance(part, str | int | None):
                raise ValueError(f"the ledger cannot hold a {type(part).__name__}")  # noqa: TRY004


def _checked(content: bytes) -> Iterator[Line]:
    before = BEGINNING
    for number, text in enumerate(content.splitlines(keepends=True), start=1):
        line = _opened(text, number, before)
        if line is None:
            raise DamagedLedger(f"line {number} is not as it was written")
        before = line.mac
        yield line


def _opened(text: bytes, number: int, before: str) -> Line | None:
    """The line when it is whole, has this number, and follows the one before it."""
    try:
        held = json.loads(text)
        at, kind, payload, mac = held["at"], held["kind"], held["payload"], held["mac"]
        moment = datetime.fromisoformat(at)
    except (ValueError, KeyError, TypeError):
        return None
    if not text.endswith(b"\n") or held.get("n") != number:
        return None
    body = _body(number, at, kind, payload)
    if not any(hmac.compare_digest(str(mac), _mac(key, body, before)) for key in _keys()):
        return None
    return Line(number, moment, str(kind), payload, str(mac))


def _signed(number: int, now: datetime, kind: str, payload: Payload, before: str) -> tuple[bytes, str]:
    at = now.isoformat()
    mac = _mac(_keys()[0], _body(number, at, kind, payload), before)
    held = {"n": number, "at": at, "kind": kind, "payload": dict(payload), "mac": mac}
    return (json.dumps(held, sort_keys=True) + "\n").encode(), mac


def _body(number: int, at: str, kind: str, payload: Payload) -> bytes:
    return json.dumps([number, at, kind, payload], sort_keys=True).encode()


def _mac(key: bytes, body: bytes, before: str) -> str:
    return hmac.new(key, body + before.encode(), hashlib.sha256).hexdigest()


def _keys() -> list[bytes]:
    """Keys for signing, newest first, made from the keys of the sealed fields."""
    return [
        hmac.new(name.encode(), b"noaber ledger", hashlib.sha256).digest()
        for name in settings.NOABER_FIELD_KEYS
    ]


@contextmanager
def _alone() -> Iterator[Path]:
    """The folder, while no other process or thread writes in it."""
    folder = Path(settings.LEDGER_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder / LOCK, "a", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _head_after_repair(folder: Path) -> _Head:
    """How far the ledger went, after what a power cut may have left was put right.

    One whole line beyond the head was on disk but not yet noted: it counts. Half a line was never confirmed
    to anyone: it is put aside in a file of its own, and said. Anything else is damage.
    """
    lines, head = folder / LINES, _read_head(folder)
    size = lines.stat().st_size if lines.exists() else 0
    if size == head.size:
        return head
    if size < head.size:
        raise DamagedLedger(f"{head.size} bytes were written and {size} are there")
    with open(lines, "r+b") as file:
        file.seek(head.size)
        text = file.readline()
        line = _opened(text, head.number + 1, head.mac)
        if line is not None:
            head = _Head(line.number, line.mac, head.size + len(text))
        file.seek(head.size)
        torn = file.read()
        if b"\n" in torn:
            raise DamagedLedger(f"line {head.number + 1} is not as it was written, or was never noted")
        if torn:
            (folder / f"torn-{head.number + 1}").write_bytes(torn)
            log.warning("ledger: half a line %d was never confirmed and is put aside", head.number + 1)
            file.truncate(head.size)
        _settle(file)
    _write_head(folder, head)
    return head


def _read_head(folder: Path) -> _Head:
    try:
        held = json.loads((folder / HEAD).read_text(encoding="ascii"))
        head = _Head(int(held["number"]), str(held["mac"]), int(held["size"]))
        sealed = str(held["seal"])
    except FileNotFoundError:
        return _Head(0, BEGINNING, 0)
    except (ValueError, KeyError, TypeError):
        raise DamagedLedger("the file that says how far the ledger went cannot be read") from None
    if not any(hmac.compare_digest(sealed, _seal_of(key, head)) for key in _keys()):
        raise DamagedLedger("the file that says how far the ledger went was changed, or the key is another")
    return head


def _seal_of(key: bytes, head: _Head) -> str:
    return _mac(key, f"head {head.number} {head.size}".encode(), head.mac)


def _write_head(folder: Path, head: _Head) -> None:
    held = {"number": head.number, "mac": head.mac, "size": head.size, "seal": _seal_of(_keys()[0], head)}
    draft = folder / f"{HEAD}.draft"
    with open(draft, "w", encoding="ascii") as file:
        json.dump(held, file)
        _settle(file)
    draft.replace(folder / HEAD)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _settle(file: IO[Any]) -> None:
    file.flush()
    os.fsync(file.fileno())
