"""The table of reachability that ships is right, and holds from its day on."""

from __future__ import annotations

from datetime import date

from noaber.knowledge.reachability import check_reachability, reachability_on


def test_the_table_that_ships_is_right() -> None:
    assert check_reachability() == ()


def test_what_is_usual_is_offered_and_a_road_is_never_shorter_than_the_crow() -> None:
    found = reachability_on(date(2027, 7, 1))
    assert found.usual_mode in found.modes
    assert found.usual_km in found.km_offered
    assert all(code == mode.code for code, mode in found.modes.items())
    assert all(mode.detour >= 1 for mode in found.modes.values())
    assert found.certainty == "assumed"


def test_before_the_first_day_the_first_holds() -> None:
    assert reachability_on(date(2020, 1, 1)) == reachability_on(date(2025, 1, 1))
