"""Reads a table of text: CSV with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from noaber.ground.safe_csv import plain_cell
from noaber.offer.sources.errors import Unreadable, unreadable
from noaber.offer.sources.reading.texts import decoded
from noaber.offer.sources.types import Table, TableRow

MOST_COLUMNS = 300
MOST_ROWS = 100_000
LONGEST_CELL = 100_000
SEPARATORS = ";,\t"


def read_csv(content: bytes) -> Table:
    """The table in these bytes; its lines are read as one asks for them.

    Raises:
        Unreadable: at once for what is no table, later for a line that breaks off.
    """
    text = decoded(content)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    lines = _lines(reader)
    first = next(lines, None)
    if first is None:
        raise unreadable(_("Het bestand is leeg."))
    headers = named(first[1])
    return Table(headers, _rows(headers, lines))


def named(cells: list[str]) -> tuple[str, ...]:
    """The column names, checked.

    Raises:
        Unreadable: too many, none, or one name twice.
    """
    if len(cells) > MOST_COLUMNS:
        raise unreadable(
            _("Dit bestand heeft %(count)s kolommen. Er passen er %(most)s.")
            % {"count": len(cells), "most": MOST_COLUMNS}
        )
    headers = tuple(plain_cell(cell.strip().strip("\ufeff")) for cell in cells)
    filled = [name for name in headers if name]
    twice = {name for name in filled if filled.count(name) > 1}
    if twice:
        raise unreadable(
            _("De kolom '%(name)s' staat er twee keer.") % {"name": min(twice)[:60]},
            now_what=_("Geef elke kolom een eigen naam en stuur het bestand opnieuw."),
        )
    if not filled:
        raise unreadable(_("De eerste regel heeft geen namen van kolommen."))
    return headers


def row_of(headers: tuple[str, ...], line: int, cells: list[str]) -> TableRow | None:
    """One line by its column names; nothing for an empty one."""
    if not any(cell.strip() for cell in cells):
        return None
    padded = [*cells, *[""] * (len(headers) - len(cells))]
    found = {name: plain_cell(cell.strip()) for name, cell in zip(headers, padded, strict=False) if name}
    too_long = any(cell.strip() for cell in cells[len(headers) :])
    why = _("Deze regel heeft meer cellen dan er kolommen zijn. Misschien ontbreekt er een aanhalingsteken.")
    return TableRow(line, found, why if too_long else "")


def too_many() -> Unreadable:
    """More lines than we take in one go."""
    return unreadable(
        _("Dit bestand heeft meer dan %(most)s regels.") % {"most": MOST_ROWS},
        now_what=_("Maak er kleinere bestanden van."),
    )


def _separator(text: str) -> str:
    """The sign that stands most in the first line, outside quotes."""
    start = text.lstrip("\ufeff \r\n")[:100_000]
    first, quoted = "", False
    for sign in start:
        quoted ^= sign == '"'
        if sign in "\r\n" and not quoted:
            break
        if not quoted:
            first += sign
    return max(SEPARATORS, key=first.count)


def _lines(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    at = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as fault:
            why = _("Regel %(line)s is niet te lezen: een aanhalingsteken sluit niet, of een cel is te lang.")
            raise unreadable(why % {"line": at}) from fault
        if cells is None:
            return
        if any(cell.strip("\ufeff ") for cell in cells):
            yield at, cells
        at = reader.line_num + 1  # type: ignore[attr-defined]  # a csv reader counts its lines


def _rows(headers: tuple[str, ...], lines: Iterator[tuple[int, list[str]]]) -> Iterator[TableRow]:
    for number, (line, cells) in enumerate(lines):
        if number >= MOST_ROWS:
            raise too_many()
        row = row_of(headers, line, cells)
        if row is not None:
            yield row
