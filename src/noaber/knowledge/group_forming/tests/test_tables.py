"""The tables of forming groups can be read."""

from noaber.ground.small_cells import SMALLEST_CELL
from noaber.knowledge.group_forming import check_tables, forming, kinds


def test_the_tables_hold_no_mistakes() -> None:
    assert check_tables() == ()


def test_no_kind_of_group_is_so_small_that_its_people_show() -> None:
    for kind in kinds().values():
        assert SMALLEST_CELL <= kind.least <= kind.most
        assert kind.organisations >= 2


def test_what_is_our_own_choice_is_called_so() -> None:
    assert forming().certainty == "assumed"
    assert list(forming().ages) == ["16_25", "26_40", "41_65", "66_plus"]
