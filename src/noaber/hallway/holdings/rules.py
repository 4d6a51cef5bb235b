"""Terms of erasing, in whole days. Free of Django."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta

THINKING = timedelta(days=7)
"""Between the decision and the erasing she can take it back."""


def answer_by(asked_on: date) -> date:
    """One month after she asked (AVG artikel 12 lid 3); on the last day when that month is shorter."""
    year, month = (asked_on.year, asked_on.month + 1) if asked_on.month < 12 else (asked_on.year + 1, 1)
    return date(year, month, min(asked_on.day, calendar.monthrange(year, month)[1]))


def erase_after(decided_at: datetime) -> datetime:
    """The moment from which it may be erased."""
    return decided_at + THINKING


def days_left(decide_by: date, today: date) -> int:
    """Days until the answer must be there; negative when it is late."""
    return (decide_by - today).days
