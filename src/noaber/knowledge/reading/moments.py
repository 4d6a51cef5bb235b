"""Dates as plans write them: '2026-03-31', '2026-03', '2026-Q1', '2025-H2', '2026', and stretches of them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_FORM = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:Q(?P<quarter>[0-9]+)|H(?P<half>[0-9]+)|(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?))?\Z"
)
_LOOKS_DATED = re.compile(r"[0-9]{4}")
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment with its first and last day. `precision`: day, month, quarter, half_year or year."""

    text: str
    first_day: dt.date
    last_day: dt.date
    precision: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time; a missing end means open or not dated."""

    text: str
    starts_on: dt.date | None
    ends_on: dt.date | None


def parse_moment(text: str) -> Moment | None:
    """The moment a text names, or None when it names none (wrong form, or a day that does not exist)."""
    match = _FORM.match(text)
    if not match:
        return None
    year = int(match["year"])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    if match["quarter"] is not None:
        return _months(text, year, int(match["quarter"]), 3, "quarter")
    if match["half"] is not None:
        return _months(text, year, int(match["half"]), 6, "half_year")
    if match["month"] is None:
        return _months(text, year, 1, 12, "year")
    if match["day"] is None:
        return _months(text, year, int(match["month"]), 1, "month")
    try:
        day = dt.date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return Moment(text, day, day, "day")


def _months(text: str, year: int, number: int, length: int, precision: str) -> Moment | None:
    if not 1 <= number <= 12 // length:
        return None
    first, last = (number - 1) * length + 1, number * length
    return Moment(
        text, dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]), precision
    )


def parse_stretch(text: str) -> Stretch | None:
    """'2026-Q2 to 2026-Q4', 'from 2027', '2026-Q1', or words without a year ('depends on pilots').

    None when it names years in a form that is no date, or ends before it starts.
    """
    if not _LOOKS_DATED.search(text):
        return Stretch(text, None, None)
    if text.startswith("from "):
        start = parse_moment(text.removeprefix("from ").strip())
        return Stretch(text, start.first_day, None) if start else None
    left, _, right = text.partition(" to ")
    start, end = parse_moment(left.strip()), parse_moment((right or left).strip())
    if start is None or end is None or end.last_day < start.first_day:
        return None
    return Stretch(text, start.first_day, end.last_day)
