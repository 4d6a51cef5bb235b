"""Reads a list of HSDS entries: a JSON list, a page of one, or one entry per line."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from noaber.offer.sources.errors import unreadable
from noaber.offer.sources.reading.texts import decoded

MOST_ENTRIES = 100_000
DEEPEST = 60


def is_list(content: bytes) -> bool:
    """Whether these bytes may be JSON."""
    start = content[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    return start[:1] in {b"[", b"{"}


def read_json(content: bytes) -> list[tuple[int, Any]]:
    """The entries with their numbers: the line for one per line, else the place in the list.

    Raises:
        Unreadable: it is no JSON, or no list of entries.
    """
    text = decoded(content).lstrip("\ufeff")
    try:
        whole = loaded(text)
    except ValueError as fault:
        if text.lstrip()[:1] != "{":
            raise _no_json(fault) from fault
        return _per_line(text)
    if isinstance(whole, dict):
        whole = whole["contents"] if isinstance(whole.get("contents"), list) else [whole]
    if not isinstance(whole, list) or len(whole) > MOST_ENTRIES:
        raise unreadable(_("Dit is geen lijst van aanbod in HSDS."))
    if not whole:
        raise unreadable(_("De lijst is leeg."))
    return list(enumerate(whole, 1))


def _per_line(text: str) -> list[tuple[int, Any]]:
    found: list[tuple[int, Any]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append((number, loaded(line)))
        except ValueError as fault:
            raise unreadable(_("Regel %(line)s is geen JSON.") % {"line": number}) from fault
        if len(found) > MOST_ENTRIES:
            raise unreadable(_("Dit bestand heeft te veel regels."))
    return found


def loaded(text: str) -> Any:
    """JSON without what JSON does not know: no NaN, no key twice, no endless depth, no halves of a sign."""
    try:
        value = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_keys_once)
    except RecursionError as fault:
        raise ValueError("too deep") from fault
    _not_too_deep(value, 0)
    return value


def _not_too_deep(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError("too deep")
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _not_too_deep(part, depth + 1)
    if isinstance(value, str):
        value.encode()


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _keys_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _no_json(fault: ValueError) -> Exception:
    line = getattr(fault, "lineno", 0)
    if line:
        return unreadable(_("Dit is geen goede JSON. Regel %(line)s is niet te lezen.") % {"line": line})
    return unreadable(_("Dit is geen goede JSON."))
