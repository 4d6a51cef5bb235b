"""What comes out of a list before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from noaber.offer.directory.types_record import ServiceRecord


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong where: the line of a table or the number of an entry, the field, and why."""

    row: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table, by its column names; `line` as a spreadsheet or editor counts.

    `wrong` says, in a sentence, why the line as a whole cannot be read.
    """

    line: int
    cells: Mapping[str, str]
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is read as one goes: its column names, and its lines."""

    headers: tuple[str, ...]
    rows: Iterator[TableRow]


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """One entry of a list: its record, or what is wrong with it. `key` is known whenever it could be read."""

    row: int
    key: str
    record: ServiceRecord | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadList:
    """A whole list, read."""

    entries: tuple[ReadEntry, ...]
    headers: tuple[str, ...] = ()
    etag: str = ""
    modified: str = ""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong, in the order of the list."""
        return tuple(fault for entry in self.entries for fault in entry.faults)
