"""A retention class as a frozen value."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from noaber.ground.errors import Missing
from noaber.knowledge.codes import Certainty


class CountsFrom(StrEnum):
    """The moment from which a term runs."""

    LAST_CHANGE = "last_change"
    WRITTEN = "written"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Term:
    """A period of whole years or whole days; one of the two is zero."""

    years: int = 0
    days: int = 0

    def after(self, start: dt.date) -> dt.date:
        """The first day on which the period has passed. From 29 February it ends on 1 March."""
        if not self.years:
            return start + dt.timedelta(days=self.days)
        try:
            return start.replace(year=start.year + self.years)
        except ValueError:
            return dt.date(start.year + self.years, 3, 1)

    def latest_start(self, today: dt.date) -> dt.date:
        """The last day on which something may have started whose period has passed today."""
        if not self.years:
            return today - dt.timedelta(days=self.days)
        try:
            return today.replace(year=today.year - self.years)
        except ValueError:
            return dt.date(today.year - self.years, 2, 28)


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """One class: what it is in words a resident reads, how long, from when, and on which ground.

    `on_request`: she may have it erased sooner; when not, `why_stays` says why in one or two sentences.
    """

    key: str
    label: str
    description: str
    basis: str
    periods: tuple[tuple[dt.date, Term], ...]
    counts_from: CountsFrom
    on_request: bool
    why_stays: str
    reference: str
    certainty: Certainty
    note: str | None

    def term(self, on: dt.date) -> Term:
        """The period that holds on a day. Raises `RetentionNotInForce` before the first date."""
        valid = [(since, term) for since, term in self.periods if since <= on]
        if not valid:
            raise RetentionNotInForce(self.key, on)
        return max(valid, key=lambda pair: pair[0])[1]

    def ends(self, start: dt.date, on: dt.date) -> dt.date:
        """The first day on which something that started on `start` may go, by the law as it is on a day."""
        return self.term(on).after(start)


class RetentionNotInForce(Missing):
    """A term was asked for on a day before it held."""

    def __init__(self, key: str, day: dt.date) -> None:
        super().__init__(
            "retention_not_in_force",
            happened=f"De bewaartermijn “{key}” gold nog niet op {day.isoformat()}.",
            why="De tabel met bewaartermijnen begint later.",
            now_what="Kies een latere datum of vul de tabel aan.",
            fields={"key": key},
        )


class UnknownRetentionClass(Missing):
    """A class that is not in the table."""

    def __init__(self, key: str) -> None:
        super().__init__(
            "unknown_retention_class",
            happened=f"De bewaartermijn “{key}” staat niet in de tabel.",
            now_what="Kijk hoe de bewaartermijn heet in de tabel.",
            fields={"key": key},
        )
