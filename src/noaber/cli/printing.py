"""How commands show their results: as a small table for people, or as JSON for programs."""

import dataclasses
import enum
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID


def say(message: str) -> None:
    """Progress and remarks, on standard error so that standard output holds results alone."""
    print(message, file=sys.stderr, flush=True)


def print_json(result: object) -> None:
    """One JSON document on standard output."""
    print(json.dumps(plain(result), ensure_ascii=False, indent=2, sort_keys=False))


def plain(thing: Any) -> Any:
    """The same thing in JSON's own types: dataclasses by field, dates in ISO form, durations in seconds."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: plain(getattr(thing, field.name)) for field in dataclasses.fields(thing)}
    if isinstance(thing, enum.Enum):
        return plain(thing.value)
    if isinstance(thing, Mapping):
        return {str(plain(key)): plain(value) for key, value in thing.items()}
    if isinstance(thing, (list, tuple, set, frozenset)):
        return [plain(item) for item in thing]
    if isinstance(thing, (datetime, date)):
        return thing.isoformat()
    if isinstance(thing, timedelta):
        return thing.total_seconds()
    if isinstance(thing, Decimal):
        return int(thing) if thing == thing.to_integral_value() else float(thing)
    if isinstance(thing, (UUID, Path)):
        return str(thing)
    return thing


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A plain text table with columns as wide as their widest cell."""
    cells = [list(headings), *[[_shown(cell) for cell in row] for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def _shown(cell: object) -> str:
    """A cell as a person reads it: nothing for None, at most three decimals."""
    if isinstance(cell, float):
        return f"{cell:.3f}".rstrip("0").rstrip(".")
    return "" if cell is None else str(cell)
