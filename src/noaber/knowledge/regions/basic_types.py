"""The small values from which plans and regions are built: trees, dates, periods, marks, units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

__all__ = [
    "DatePrecision",
    "Mark",
    "MarkKind",
    "PartialDate",
    "Period",
    "TargetDirection",
    "Tree",
    "UnitKind",
    "as_plain",
]

Tree: TypeAlias = "str | int | float | bool | tuple[Tree, ...] | Mapping[str, Tree] | None"
"""A piece of a file as it stands there: text, numbers, flags, lists (tuples) and read-only mappings."""


def as_plain(tree: Tree) -> Any:
    """The same piece as ordinary lists and dicts, ready for JSON."""
    if isinstance(tree, Mapping):
        return {key: as_plain(value) for key, value in tree.items()}
    if isinstance(tree, tuple):
        return [as_plain(value) for value in tree]
    return tree


class DatePrecision(StrEnum):
    """How exactly a plan names a moment."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A moment as the plan writes it ('2026-Q4'), with its first and last day."""

    text: str
    first_day: dt.date
    last_day: dt.date
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time as the plan writes it. A missing day means: open, or the plan gives no date."""

    text: str
    starts_on: dt.date | None
    ends_on: dt.date | None


class MarkKind(StrEnum):
    """Why a figure deserves a remark on screen."""

    RECONSTRUCTED = "reconstructed"
    OCR_DOUBT = "ocr_doubt"
    DOUBT = "doubt"
    DERIVED = "derived"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Mark:
    """One remark that must stay with a figure, in the words of the file."""

    kind: MarkKind
    text: str


class UnitKind(StrEnum):
    """What sort of number a KPI counts in."""

    COUNT = "count"
    SHARE = "share"
    """0 to 1."""
    PERCENT = "percent"
    """0 to 100."""
    YES_NO = "yes_no"
    """1 or 0."""


class TargetDirection(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
