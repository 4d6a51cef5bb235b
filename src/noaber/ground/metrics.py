"""A figure that steering may count: what it means, what was counted, and as of when.

A room describes each of its figures as a `Metric`; steering binds the metrics of the plans to them by key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CountedItem:
    """One thing that was counted, without a name.

    `pseudonym` is stable and tells nothing; `sequence` is 1 for the first of its thread; `outcome_class`
    says how it counts. `place_id` is the municipality: only for tables in which small cells are hidden.
    `label` and `facts` (term, words) say more of a thing that is no conversation, such as a neighbourhood.
    """

    pseudonym: str
    happened_at: datetime
    recorded_at: datetime
    sequence: int
    mode: str
    composition: tuple[str, ...]
    outcome_class: str
    outcome_known: bool
    place_id: UUID
    label: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """What was counted over a period of Amsterdam days, both ends included.

    `value` is the figure itself (a number, or a share from 0 to 1; None when there is nothing to divide by),
    `n` over how many it was taken, `numerator` the part of a share. `later` of `n` are second or further
    ones; `left_out` are later ones that the region does not count. `unknown` have no known outcome yet.
    """

    value: float | None
    n: int
    numerator: int | None
    later: int
    left_out: int
    unknown: int
    from_on: date
    until_on: date
    as_of: datetime


Count = Callable[[UUID, date, date, datetime], Figure]
"""Region, first day, last day, as of: counted as it was known at that instant."""

Items = Callable[[UUID, date, date, datetime], tuple[CountedItem, ...]]
"""What `Count` counted, in the order in which it happened."""


Waiting = Callable[[UUID, date, date, datetime], int]
"""How many things of the period are not counted yet because something of them is missing."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure with its definition in Dutch (one paragraph a reader can check) and its unit.

    `adds_up` says whether two periods after each other may be added; a count of different people may not.
    `waiting` counts what happened but is not complete enough to count yet. `things` is the word for more of
    what is counted, such as 'wijken'; empty for conversations, which the pages of steering know best.
    """

    key: str
    definition: str
    unit: str
    count: Count
    items: Items
    waiting: Waiting
    adds_up: bool
    things: str = ""
