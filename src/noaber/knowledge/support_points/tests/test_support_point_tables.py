"""The tables of support points."""

from __future__ import annotations

from datetime import date

from noaber.knowledge.support_points import (
    capacity_definition,
    characteristics,
    check_tables,
    measures,
    phases,
)

FORBIDDEN = ("score", "voldoende", "gezakt", "geslaagd", "cijfer", "voldoet")


def test_the_tables_that_ship_are_right() -> None:
    assert check_tables() == ()


def test_there_are_ten_characteristics_and_none_of_them_judges() -> None:
    found = characteristics()
    assert len({one.code for one in found}) == len(found) == 10
    words = " ".join(f"{one.label} {one.means}" for one in found).casefold()
    assert not [bad for bad in FORBIDDEN if bad in words]
    assert [one.code for one in found if one.certainty != "stated"] == ["embedded"]


def test_phases_run_from_0_to_4() -> None:
    assert list(phases()) == [0, 1, 2, 3, 4]


def test_a_region_counts_by_a_measure_that_exists_from_a_day_on() -> None:
    found = capacity_definition("twente", date(2026, 1, 1))
    assert found is not None
    assert found.counts in measures()
    assert "niet" in found.doubt
    assert capacity_definition("twente", date(2024, 12, 31)) is None
    assert capacity_definition("groningen", date(2026, 1, 1)) is None
