"""Dates as plans write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.knowledge.reading import parse_moment, parse_stretch


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2026-03-31", dt.date(2026, 3, 31), dt.date(2026, 3, 31), "day"),
        ("2026-02", dt.date(2026, 2, 1), dt.date(2026, 2, 28), "month"),
        ("2028-02", dt.date(2028, 2, 1), dt.date(2028, 2, 29), "month"),
        ("2026-Q4", dt.date(2026, 10, 1), dt.date(2026, 12, 31), "quarter"),
        ("2025-H2", dt.date(2025, 7, 1), dt.date(2025, 12, 31), "half_year"),
        ("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31), "year"),
    ],
)
def test_a_moment_has_a_first_and_a_last_day(
    text: str, first: dt.date, last: dt.date, precision: str
) -> None:
    moment = parse_moment(text)

    assert moment is not None
    assert (moment.first_day, moment.last_day, moment.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-13",
        "2026-00",
        "2026-Q5",
        "2026-Q0",
        "2026-H3",
        "26-01-01",
        "soon",
        "",
        "9999",
        "2026-03-31x",
    ],
)
def test_what_is_no_date_is_no_moment(text: str) -> None:
    assert parse_moment(text) is None


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_is_read_back_and_lies_in_its_month_quarter_and_year(day: dt.date) -> None:
    exact = parse_moment(day.isoformat())
    assert exact is not None
    assert exact.first_day == exact.last_day == day
    for text in (day.strftime("%Y-%m"), f"{day.year}-Q{(day.month - 1) // 3 + 1}", str(day.year)):
        moment = parse_moment(text)
        assert moment is not None
        assert moment.first_day <= day <= moment.last_day


def test_a_stretch_may_be_open_or_in_words() -> None:
    whole, open_end, words = (
        parse_stretch(text) for text in ("2026-Q2 to 2026-Q4", "from 2027", "depends on pilots")
    )

    assert whole is not None
    assert (whole.starts_on, whole.ends_on) == (dt.date(2026, 4, 1), dt.date(2026, 12, 31))
    assert open_end is not None
    assert (open_end.starts_on, open_end.ends_on) == (dt.date(2027, 1, 1), None)
    assert words is not None
    assert (words.starts_on, words.ends_on) == (None, None)


@pytest.mark.parametrize("text", ["2027 to 2026", "from 2026-Q7", "2026-Q1 to later", "around 2026"])
def test_a_stretch_that_makes_no_sense_is_refused(text: str) -> None:
    assert parse_stretch(text) is None
