"""Dates and periods of the files as typed values."""

from __future__ import annotations

import datetime as dt

from noaber.knowledge.reading import MapNode, Node, Taking, ValueNode, parse_moment, parse_stretch
from noaber.knowledge.regions.types import DatePrecision, PartialDate, Period


def partial_date(text: str | None) -> PartialDate | None:
    """The moment a text names; None for no text."""
    moment = parse_moment(text) if text else None
    if moment is None:
        return None
    return PartialDate(moment.text, moment.first_day, moment.last_day, DatePrecision(moment.precision))


def last_day(text: str | None) -> dt.date | None:
    """The last day of what a text names; None for no text."""
    moment = partial_date(text)
    return moment.last_day if moment else None


def period_from_words(node: Node | None) -> Period:
    """'2026-Q2 to 2026-Q4' and its kin."""
    text = node.text if isinstance(node, ValueNode) else ""
    stretch = parse_stretch(text)
    return Period(text, stretch.starts_on, stretch.ends_on) if stretch else Period(text, None, None)


def period_from_ends(block: Taking | None) -> Period:
    """{start: 2025-Q3, end: 2027-Q4}."""
    if block is None:
        return Period("", None, None)
    start, end = block.text("start"), block.text("end")
    begins = partial_date(start)
    return Period(f"{start} to {end}", begins.first_day if begins else None, last_day(end))


def readable(identifier: str) -> str:
    """A readable title made from an identifier: 'sociale_kaart' becomes 'Sociale kaart'."""
    words = identifier.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def first_text(node: MapNode, *keys: str) -> str:
    """The text under the first key that is there, or an empty text."""
    for key in keys:
        value = node.get(key)
        if isinstance(value, ValueNode) and value.value is not None:
            return value.text
    return ""
