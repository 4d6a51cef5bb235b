"""A KPI as it stands: what was promised, what was counted, the money on it, and what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from noaber.ground.metrics import CountedItem
from noaber.ground.plain import as_json


class Shape(StrEnum):
    """The shape that stands with a state, so that colour is never the only sign."""

    DONE = "done"
    OPEN = "open"
    NEXT = "next"
    NOW = "now"
    CARE = "care"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a KPI stands: a code for programs, words for people, a shape. `slips`: it needs someone now."""

    code: str
    words: str
    shape: Shape
    slips: bool = False


@dataclass(frozen=True, slots=True)
class Money:
    """Thousands of euros as printed. Rounding may leave a difference of 1."""

    total_keur: int
    iza_keur: int
    spuk_keur: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A mark that stays with a KPI: kind, Dutch title and explanation, and the words of the file."""

    kind: str
    title: str
    meaning: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the count ends at the pace of the last `days` days; 8 of 10 times within the range."""

    expected: int
    low: int
    high: int
    on: date
    days: int
    counted_in_days: int


@dataclass(frozen=True, slots=True)
class YearTarget:
    """A target of one year, with what was counted for it."""

    target: float | None
    lower_bound: float | None
    upper_bound: float | None
    due_on: date | None
    due_text: str
    from_on: date | None
    until_on: date | None
    value: float | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class KpiValue:
    """One KPI with its value as of an instant.

    `value` is None when this house does not count the KPI, or when its period has not begun. Shares run from
    0 to 1. `n` is over how many was counted; `later` of them are second conversations, `left_out` are second
    ones that the region does not count; `unknown` have no known outcome yet.
    """

    id: UUID
    number: str
    text: str
    plan: str
    component: str
    component_title: str
    type: str
    metric: str
    counted: bool
    value: float | None
    n: int | None
    numerator: int | None
    later: int
    left_out: int
    unknown: int
    as_of: datetime
    definition: str
    unit: str
    unit_kind: str
    lower_is_better: bool
    target: float | None
    lower_bound: float | None
    upper_bound: float | None
    due_on: date | None
    due_text: str
    from_on: date | None
    until_on: date | None
    standing: Standing
    state: str
    decided_on: date | None
    forecast: Forecast | None
    money: Money | None
    payout: bool
    cashiers: tuple[str, ...]
    evidence: str
    basis: str
    note: str
    official: bool
    doubts: tuple[Doubt, ...]
    years: tuple[YearTarget, ...]
    things: str = ""

    def as_json(self) -> dict[str, Any]:
        """The same for programs: dates in ISO form, shares from 0 to 1, money in thousands of euros."""
        plain: dict[str, Any] = as_json(self)
        return plain

    @property
    def year(self) -> int | None:
        """The year in which it is due."""
        return self.due_on.year if self.due_on else None

    @property
    def is_share(self) -> bool:
        """Whether it is a share rather than a number."""
        return self.unit_kind == "share"


@dataclass(frozen=True, slots=True)
class Total:
    """Money added up over the KPIs of one component, or over all of them."""

    title: str
    kpis: int
    total_keur: int
    iza_keur: int
    spuk_keur: int


@dataclass(frozen=True, slots=True)
class Printed:
    """The totals that a plan prints, beside what its list adds up to, and why they differ."""

    plan_title: str
    printed: Money
    listed: Money
    note: str
    language: str

    @property
    def difference_keur(self) -> int:
        """Printed minus listed, in thousands of euros."""
        return self.printed.total_keur - self.listed.total_keur


@dataclass(frozen=True, slots=True)
class KpiList:
    """All KPIs of a region, with the money added up."""

    region_slug: str
    region_name: str
    values: tuple[KpiValue, ...]
    by_component: tuple[Total, ...]
    total: Total
    printed: tuple[Printed, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a counted KPI; `so_far` counts from the first month, `specialist` is a part."""

    first_day: date
    counted: int
    so_far: int
    specialist: int
    specialist_so_far: int
    evenly: float | None
    """What an evenly spread target would be at the end of this month."""

    @property
    def share_so_far(self) -> float | None:
        """The share from the first month up to this one."""
        return self.specialist_so_far / self.so_far if self.so_far else None


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """What was counted in each municipality. Small ones are added up, so that nobody can be found again."""

    rows: tuple[tuple[str, int], ...]
    together_names: tuple[str, ...]
    together: int | None
    total: int


@dataclass(frozen=True, slots=True)
class KpiPage:
    """One KPI with everything its page shows."""

    region_slug: str
    region_name: str
    value: KpiValue
    months: tuple[Month, ...]
    places: PlaceTable | None
    waiting: int
    municipalities: int
    cashier_note: str
    payout_rules: tuple[str, ...]
    second_doubt: str
    previous: str
    following: str


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """The conversations that were counted for a KPI, under their pseudonyms."""

    region_slug: str
    region_name: str
    value: KpiValue
    items: tuple[CountedItem, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One counted conversation with why it counts."""

    region_slug: str
    region_name: str
    value: KpiValue
    item: CountedItem


@dataclass(frozen=True, slots=True)
class LoadedKpis:
    """What loading the KPIs did; `withdrawn` are no longer in the files, `kept` of those have a decision."""

    kpis: int
    sets: int
    withdrawn: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
