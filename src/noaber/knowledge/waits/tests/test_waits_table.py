"""Norms and limits of waiting."""

from datetime import date
from pathlib import Path

import pytest

from noaber.knowledge import care, waits


def test_the_table_that_ships_is_right() -> None:
    assert waits.check_waits() == ()


def test_the_norms_are_four_ten_and_fourteen_weeks_for_ggz_only() -> None:
    norms = waits.norms_on(date(2026, 11, 22))
    assert (norms.intake_weeks, norms.treatment_weeks, norms.total_weeks) == (4, 10, 14)
    assert set(norms.care_types) < set(care.care_types())
    assert "social_domain" not in norms.care_types


def test_a_figure_is_late_before_it_leaves_the_ranking() -> None:
    limits = waits.limits_on(date(2026, 11, 22))
    assert limits.ask_after_days < limits.overdue_after_days < limits.out_after_days


def test_a_day_before_the_first_period_has_the_first_limits() -> None:
    assert waits.limits_on(date(1999, 1, 1)) == waits.limits_on(date(2026, 1, 1))


@pytest.mark.parametrize("spoil", ["total_weeks: 14", "smallest_n: 5", "certainty: assumed"])
def test_a_spoilt_value_is_named(spoil: str, tmp_path: Path) -> None:
    text = (Path(waits.__file__).parent / "entries" / "waits.yaml").read_text("utf-8")
    file = tmp_path / "waits.yaml"
    file.write_text(text.replace(spoil, spoil.split(":")[0] + ": veel"), "utf-8")
    assert waits.check_waits(file)
