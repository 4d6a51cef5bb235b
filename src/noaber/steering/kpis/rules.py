"""How a KPI stands, where it seems to go, and which cells of a table must be hidden. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from noaber.ground.small_cells import SMALLEST_CELL as SMALLEST_CELL
from noaber.ground.small_cells import SafeTable as SafeTable
from noaber.ground.small_cells import hide_small as hide_small
from noaber.steering.kpis.types import Forecast, Shape, Standing

LOOK_BACK_DAYS = 90
"""A forecast goes on from the pace of the last three months."""

FEWEST_FOR_FORECAST = 30
"""With fewer counted things than this in those days a forecast says more than we know."""

EIGHT_OF_TEN = 1.2816
"""Standard deviations on either side of the middle that hold 80 % of a normal distribution."""

DECIDED = {
    "met": Standing("met", "Gehaald", Shape.DONE),
    "partly": Standing("partly", "Deels uitbetaald", Shape.CARE),
    "postponed": Standing("postponed", "Uitgesteld", Shape.NOW),
    "not_met": Standing("not_met", "Niet gehaald", Shape.STOP),
}
"""What the steering group decided goes before what we counted."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A counted KPI with what it is held against."""

    value: float
    target: float | None
    lower_bound: float | None
    upper_bound: float | None
    lower_is_better: bool
    closed: bool
    forecast: Forecast | None = None


def quarter_of(day: date) -> tuple[date, date]:
    """The first and last day of the quarter of this day."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    after = date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def forecast(*, counted: int, in_last_days: int, today: date, due_on: date) -> Forecast | None:
    """Go on from the pace of the last `LOOK_BACK_DAYS` days; None when that would be guessing.

    With r a day, d days to go and b days looked back, r·d more are expected. Its variance is that of a
    count that comes by chance plus that of the estimate of r itself: r·d·(1 + d/b). Holidays and growth are
    not in it.
    """
    days = (due_on - today).days
    if days <= 0 or in_last_days < FEWEST_FOR_FORECAST:
        return None
    more = in_last_days / LOOK_BACK_DAYS * days
    spread = EIGHT_OF_TEN * sqrt(more * (1 + days / LOOK_BACK_DAYS))
    return Forecast(
        expected=round(counted + more),
        low=max(counted, round(counted + more - spread)),
        high=round(counted + more + spread),
        on=due_on,
        days=LOOK_BACK_DAYS,
        counted_in_days=in_last_days,
    )


def standing(
    *, state: str, measured: Measured | None, from_on: date | None, due_on: date | None, today: date
) -> Standing:
    """The words for how a KPI stands: what was decided, else what was counted, else the date."""
    if state in DECIDED:
        return DECIDED[state]
    if from_on is not None and today < from_on:
        return Standing("not_begun", "Nog niet begonnen", Shape.NEXT)
    if measured is not None:
        return _lower(measured) if measured.lower_is_better else _higher(measured)
    return _by_date(due_on, today)


def _by_date(due_on: date | None, today: date) -> Standing:
    if due_on is None:
        return Standing("no_date", "Zonder datum", Shape.NEXT)
    if due_on < today:
        return Standing("overdue", "Termijn voorbij, nog geen besluit", Shape.CARE, slips=True)
    if due_on <= quarter_of(today)[1]:
        return Standing("this_quarter", "Moet dit kwartaal af", Shape.NOW, slips=True)
    return Standing("open", "Loopt nog", Shape.NEXT)


def _higher(m: Measured) -> Standing:
    goal = m.target if m.target is not None else m.lower_bound
    if goal is None:
        return Standing("counting", "Wordt geteld, zonder doel", Shape.NEXT)
    floor = m.lower_bound if m.lower_bound is not None else goal
    if m.value >= goal:
        return Standing("target_reached", "Doel gehaald", Shape.DONE)
    if m.closed:
        if m.value >= floor:
            return Standing("bound_reached", "Ondergrens gehaald, doel niet", Shape.CARE)
        return Standing("bound_missed", "Ondergrens niet gehaald", Shape.STOP, slips=True)
    if m.forecast is None:
        return Standing("running", "Loopt, te vroeg voor een verwachting", Shape.OPEN)
    if m.forecast.expected >= goal:
        return Standing("on_course", "Loopt, op koers voor het doel", Shape.OPEN)
    if m.forecast.expected >= floor:
        return Standing("on_course_for_bound", "Loopt, op koers voor de ondergrens", Shape.OPEN)
    return Standing("behind", "Loopt, achter op de ondergrens", Shape.CARE, slips=True)


def _lower(m: Measured) -> Standing:
    goal = m.target if m.target is not None else m.upper_bound
    if goal is None:
        return Standing("counting", "Wordt geteld, zonder doel", Shape.NEXT)
    ceiling = m.upper_bound if m.upper_bound is not None else goal
    if m.value <= goal:
        words = "Doel gehaald" if m.closed else "Loopt, nu onder het doel"
        return Standing("target_reached", words, Shape.DONE if m.closed else Shape.OPEN)
    if m.value <= ceiling:
        words = "Bovengrens gehaald, doel niet" if m.closed else "Loopt, nu boven het doel"
        return Standing("bound_reached", words, Shape.CARE)
    words = "Boven de bovengrens" if m.closed else "Loopt, nu boven de bovengrens"
    return Standing("bound_missed", words, Shape.STOP, slips=True)
