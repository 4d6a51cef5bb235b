"""How a KPI stands, where it goes, and what a table may show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import combinations, product

import pytest

from noaber.steering.kpis import rules
from noaber.steering.kpis.rules import Measured, SafeTable, hide_small, quarter_of, standing

TODAY = date(2027, 7, 1)


def counted(value: float, *, closed: bool = True, **more: object) -> Measured:
    parts = {"target": 723.0, "lower_bound": 650.0, "upper_bound": None, "lower_is_better": False, **more}
    return Measured(value=value, closed=closed, **parts)  # type: ignore[arg-type]


def stands(measured: Measured | None, state: str = "open", due: date = date(2026, 12, 31)) -> str:
    return standing(state=state, measured=measured, from_on=date(2026, 1, 1), due_on=due, today=TODAY).code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (723, "target_reached"),
        (722, "bound_reached"),
        (650, "bound_reached"),
        (649, "bound_missed"),
        (0, "bound_missed"),
    ],
)
def test_a_closed_count_stands_by_its_bounds(value: float, code: str) -> None:
    assert stands(counted(value)) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [(0.73, "target_reached"), (0.731, "bound_reached"), (0.8, "bound_reached"), (0.81, "bound_missed")],
)
def test_where_lower_is_better_the_bound_lies_above(value: float, code: str) -> None:
    assert (
        stands(counted(value, target=0.73, lower_bound=None, upper_bound=0.8, lower_is_better=True)) == code
    )


def test_what_was_decided_goes_before_what_was_counted() -> None:
    assert stands(counted(0), state="met") == "met"
    assert stands(counted(900), state="not_met") == "not_met"


@pytest.mark.parametrize(
    ("due", "code"),
    [
        (date(2027, 6, 30), "overdue"),
        (date(2027, 7, 1), "this_quarter"),
        (date(2027, 9, 30), "this_quarter"),
        (date(2027, 10, 1), "open"),
    ],
)
def test_what_is_not_counted_stands_by_its_date(due: date, code: str) -> None:
    assert stands(None, due=due) == code


def test_a_kpi_of_a_later_year_has_not_begun() -> None:
    found = standing(
        state="open", measured=None, from_on=date(2028, 1, 1), due_on=date(2028, 12, 31), today=TODAY
    )
    assert found.code == "not_begun"


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2027, 1, 1), (date(2027, 1, 1), date(2027, 3, 31))),
        (date(2027, 6, 30), (date(2027, 4, 1), date(2027, 6, 30))),
        (date(2027, 12, 31), (date(2027, 10, 1), date(2027, 12, 31))),
    ],
)
def test_a_quarter_has_its_first_and_last_day(day: date, quarter: tuple[date, date]) -> None:
    assert quarter_of(day) == quarter


def test_a_forecast_goes_on_at_the_pace_of_the_last_ninety_days() -> None:
    found = rules.forecast(counted=600, in_last_days=270, today=TODAY, due_on=date(2027, 9, 29))
    assert found is not None
    assert found.expected == 600 + 270  # three a day, ninety days to go
    spread = 1.2816 * (270 * 2) ** 0.5
    assert (found.low, found.high) == (round(870 - spread), round(870 + spread))


def test_with_too_little_to_go_on_there_is_no_forecast() -> None:
    assert rules.forecast(counted=29, in_last_days=29, today=TODAY, due_on=date(2027, 12, 31)) is None
    assert rules.forecast(counted=600, in_last_days=200, today=TODAY, due_on=TODAY) is None


def test_a_forecast_never_falls_below_what_was_counted() -> None:
    found = rules.forecast(counted=100, in_last_days=30, today=TODAY, due_on=date(2027, 7, 2))
    assert found is not None
    assert found.low == 100


# --- cells that could point to someone ----------------------------------------------------------


def published(table: SafeTable) -> tuple[object, ...]:
    return (tuple(sorted(table.shown.items())), table.hidden, table.together)


def hidden_by(cells: tuple[int, ...]) -> SafeTable:
    return hide_small(dict(enumerate(cells)), list(range(len(cells))))


def test_nothing_is_hidden_when_every_cell_is_large_enough() -> None:
    table = hidden_by((5, 12, 7))
    assert (table.hidden, table.together) == ((), None)


def test_a_single_small_cell_takes_a_larger_one_with_it() -> None:
    table = hidden_by((3, 40, 12, 60, 70))
    assert (table.hidden, table.together) == ((0, 2), 15)


def test_the_table_adds_up_to_the_total() -> None:
    for cells in product(range(7), repeat=4):
        table = hidden_by(cells)
        assert sum(table.shown.values()) + (table.together or 0) == sum(cells)


@pytest.mark.parametrize(("places", "largest"), [(2, 12), (3, 9), (4, 8), (5, 6)])
def test_no_difference_of_published_cells_isolates_fewer_than_five(places: int, largest: int) -> None:
    for cells in product(range(largest + 1), repeat=places):
        table = hidden_by(cells)
        parts = [*table.shown.values(), *([table.together] if table.together is not None else [])]
        if len(parts) < 2:
            continue  # only the total of the region is published, which is the KPI itself
        total = sum(cells)
        for size in range(len(parts)):
            for taken in combinations(parts, size):
                left = total - sum(taken)
                assert left == 0 or left >= rules.SMALLEST_CELL, (cells, published(table))


@pytest.mark.parametrize(("places", "largest"), [(2, 12), (3, 9), (4, 8), (5, 6)])
def test_who_knows_the_rule_and_the_table_still_cannot_tell_a_small_cell(places: int, largest: int) -> None:
    """Of every table that looks the same, each small cell takes at least two values."""
    alike: Mapping[object, list[tuple[int, ...]]] = defaultdict(list)
    for cells in product(range(largest + 1), repeat=places):
        alike[published(hidden_by(cells))].append(cells)
    for tables in alike.values():
        for place in range(places):
            values = {cells[place] for cells in tables}
            told = len(values) == 1 and 0 < next(iter(values)) < rules.SMALLEST_CELL
            assert not told, tables
