"""The parts of a conversation and the order of each region."""

from __future__ import annotations

from noaber.knowledge.talking import DEFAULT_ORDER, check_parts, load_parts


def test_the_table_that_ships_is_right() -> None:
    assert check_parts() == ()


def test_each_part_has_one_or_two_prompts() -> None:
    assert all(1 <= len(part.prompts) <= 2 for part in load_parts().values())


def test_the_default_order_knows_its_parts() -> None:
    assert set(DEFAULT_ORDER) <= set(load_parts())
