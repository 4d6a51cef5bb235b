"""Comma-separated values that a spreadsheet reads as words and numbers, and never as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
BOM = "\ufeff"
GUARD = "'"


def safe_cell(value: object) -> str:
    """Numbers as they are; a text that a spreadsheet would run gets an apostrophe in front."""
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return f"{GUARD}{text}" if _would_run(text.removeprefix(GUARD)) else text


def plain_cell(text: str) -> str:
    """The text behind `safe_cell`: what was guarded comes back as it was, everything else stays."""
    rest = text.removeprefix(GUARD)
    return rest if rest != text and _would_run(rest.removeprefix(GUARD)) else text


def _would_run(text: str) -> bool:
    return text.lstrip(" \u00a0").startswith(BEGINS_A_FORMULA)


def safe_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The same file as `safe_csv`, line by line, for one that is too long to hold."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in head])
    yield BOM + out.getvalue()
    for row in rows:
        out.seek(0)
        out.truncate()
        writer.writerow([safe_cell(value) for value in row])
        yield out.getvalue()


def safe_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A file with a mark for its encoding and semicolons, as Dutch spreadsheets expect."""
    return "".join(safe_lines(head, rows))
