"""The weights of freshness: typed, dated, and every mistake named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from noaber.knowledge.freshness import BrokenWeights, check_weights, load_weights, weights_on
from noaber.knowledge.freshness.weights import TABLE


def test_the_table_that_ships_is_right() -> None:
    assert check_weights() == ()
    weights = weights_on(date(2027, 7, 1))
    assert 0 < weights.stale_below < weights.fresh_from < 1


def test_a_look_by_the_owner_says_most_and_a_nameless_visitor_least() -> None:
    kinds = weights_on(date(2027, 7, 1)).kinds
    assert max(kinds.values(), key=lambda w: w.strength).strength == kinds["owner"].strength == 1
    assert min(kinds, key=lambda k: kinds[k].strength) == "visitor"


def test_before_the_first_date_the_first_weights_hold() -> None:
    assert weights_on(date(1999, 1, 1)) == load_weights()[min(load_weights())]


def test_later_weights_hold_from_their_own_date(tmp_path: Path) -> None:
    text = TABLE.read_text("utf-8")
    begin = text.index("  '2026-01-01':")
    later = text[begin:].replace("2026-01-01", "2028-01-01").replace("fresh_from: 0.5", "fresh_from: 0.6")
    (tmp_path / "w.yaml").write_text(text + later, "utf-8")
    table = load_weights(tmp_path / "w.yaml")
    assert [w.fresh_from for w in table.values()] == [0.5, 0.6]


@pytest.mark.parametrize("broken", ["strength: 1.0", "half_life_days: 90", "fresh_from: 0.5"])
def test_a_wrong_figure_is_named_with_its_line(tmp_path: Path, broken: str) -> None:
    text = TABLE.read_text("utf-8").replace(broken, f"{broken.split(':')[0]}: -4", 1)
    file = tmp_path / "w.yaml"
    file.write_text(text, "utf-8")
    (problem,) = check_weights(file)
    assert problem.line > 5
    with pytest.raises(BrokenWeights):
        load_weights(file)
