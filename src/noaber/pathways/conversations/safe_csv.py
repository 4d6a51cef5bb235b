"""Comma-separated values that a spreadsheet reads as words and numbers, and never as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
BOM = "\ufeff"


def safe_cell(value: object) -> str:
    """Numbers as they are; a text that a spreadsheet would run gets an apostrophe in front."""
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(BEGINS_A_FORMULA) else text


def safe_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A file with a mark for its encoding and semicolons, as Dutch spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in head])
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
    return BOM + out.getvalue()
