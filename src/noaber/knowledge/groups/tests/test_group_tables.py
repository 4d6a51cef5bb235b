from datetime import date

from noaber.knowledge.groups import check_tables, goal_of, goals, rules_on


def test_the_tables_that_ship_are_right() -> None:
    assert check_tables() == ()


def test_the_plan_of_groningen_grows_to_forty_groups() -> None:
    assert [(goal.year, goal.total) for goal in goals() if goal.region == "groningen"] == [
        (2025, 4),
        (2026, 20),
        (2027, 32),
        (2028, 40),
    ]
    assert {goal.per_municipality for goal in goals()} == {4}


def test_a_region_whose_plan_names_no_number_has_no_goal() -> None:
    assert goal_of("twente", 2027) is None
    assert goal_of("groningen", 2031) is None


def test_an_offered_place_waits_some_days_for_an_answer() -> None:
    rules = rules_on(date(2027, 7, 1))
    assert 1 <= rules.offer_days <= 7
    assert rules_on(date(2020, 1, 1)) == rules
