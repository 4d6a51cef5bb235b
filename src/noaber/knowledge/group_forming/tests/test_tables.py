"""The tables of forming groups can be read, and say what the plans say."""

from noaber.ground.small_cells import SMALLEST_CELL
from noaber.knowledge.group_forming import check_tables, forming, kinds, wanted_of


def test_the_tables_hold_no_mistakes() -> None:
    assert check_tables() == ()


def test_no_kind_of_group_is_so_small_that_its_people_show() -> None:
    for kind in kinds().values():
        assert SMALLEST_CELL <= kind.least <= kind.most
        assert kind.organisations >= 2


def test_groningen_wants_forty_groups_in_2028_and_four_in_each_municipality() -> None:
    assert [(row.year, row.total) for row in wanted_of("groningen")] == [
        (2025, 4),
        (2026, 20),
        (2027, 32),
        (2028, 40),
    ]
    assert wanted_of("groningen")[-1].per_municipality == 4
    assert wanted_of("twente") == ()


def test_what_is_our_own_choice_is_called_so() -> None:
    assert forming().certainty == "assumed"
    assert list(forming().ages) == ["16_25", "26_40", "41_65", "66_plus"]
