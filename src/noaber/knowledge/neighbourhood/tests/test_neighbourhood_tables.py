"""The tables of the welcoming neighbourhood."""

from __future__ import annotations

from noaber.knowledge.neighbourhood import (
    activity_kinds,
    check_tables,
    first_names,
    goals,
    goals_of,
    inventories,
    risk_groups,
)

FORBIDDEN = ("score", "voldoende", "gezakt", "geslaagd", "cijfer")


def test_the_tables_that_ship_are_right() -> None:
    assert check_tables() == ()


def test_both_inventories_have_questions_with_different_codes() -> None:
    for table in inventories().values():
        codes = [question.code for question in table.questions]
        assert len(codes) == len(set(codes)) >= 5
        assert "unknown" in table.answers


def test_no_word_of_an_inventory_judges() -> None:
    words = [w for t in inventories().values() for w in (t.label, *t.answers.values())]
    words += [f"{q.label} {q.hint}" for t in inventories().values() for q in t.questions]
    assert not [w for w in words if any(bad in w.casefold() for bad in FORBIDDEN)]


def test_each_goal_is_of_known_kinds_and_says_one_thing() -> None:
    for goal in goals():
        assert set(goal.kinds) <= set(activity_kinds())
        assert (goal.per_municipality is None) != (goal.share_pct is None)
        assert goal.since <= goal.until


def test_the_share_of_the_norm_campaign_grows() -> None:
    shares = {
        year: [g.share_pct for g in goals_of("groningen", year) if g.share_pct] for year in (2025, 2026)
    }
    assert shares == {2025: [20], 2026: [50]}
    assert goals_of("twente", 2026) == ()


def test_a_first_name_is_a_small_word_of_its_own() -> None:
    assert {"fatma", "henk", "oksana"} <= first_names()
    assert first_names().isdisjoint({"roos", "wil", "floor", "een", "inloop"})
    assert len(risk_groups()) >= 6
