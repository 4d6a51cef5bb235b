"""Amounts add up to the cent; leaders come from two organisations and are free."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.offer.groups.forming import rules_split
from noaber.offer.groups.forming.rules_split import LeaderOption

A, B, C = (UUID(int=n) for n in (1, 2, 3))


@given(
    st.integers(0, 10_000_000),
    st.dictionaries(st.text(min_size=1, max_size=4), st.integers(0, 50), min_size=1, max_size=9),
)
def test_the_parts_add_up_exactly_and_nobody_is_a_cent_off(total: int, weights: dict[str, int]) -> None:
    parts = rules_split.split(total, weights)
    assert sum(parts.values()) == total
    given_weights = weights if any(weights.values()) else dict.fromkeys(weights, 1)
    whole = sum(given_weights.values())
    for key, cents in parts.items():
        assert abs(cents - total * given_weights[key] / whole) < 1


def test_the_cent_that_remains_goes_to_whoever_lost_most() -> None:
    assert rules_split.split(100, {"a": 1, "b": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}
    assert rules_split.split(100, {"a": 1, "b": 5}) == {"a": 17, "b": 83}


def test_an_amount_without_anybody_is_refused() -> None:
    with pytest.raises(ValueError, match="carry"):
        rules_split.split(1, {})
    with pytest.raises(ValueError, match="below zero"):
        rules_split.split(-1, {"a": 1})
    assert rules_split.split(0, {}) == {}


@given(
    st.dictionaries(st.sampled_from([A, B, C]), st.integers(1, 9), min_size=1),
    st.dictionaries(st.sampled_from([A, B, C]), st.sampled_from([0.5, 8.0, 13.5]), max_size=2),
    st.integers(0, 20000),
    st.integers(0, 90000),
    st.sampled_from(["participants", "equal"]),
)
def test_what_is_carried_is_what_it_costs(
    participants: dict[UUID, int], hours: dict[UUID, float], rate: int, other: int, by: str
) -> None:
    found = rules_split.shares(
        participants=participants, leader_hours=hours, cents_per_hour=rate, other_cents=other, by=by
    )
    brought = sum(one.brings_cents for one in found)
    assert sum(one.carries_cents for one in found) == brought + other
    assert sum(one.balance_cents for one in found) == other


def leader(number: int, organisation: UUID, leads: int = 0, busy: str = "") -> LeaderOption:
    return LeaderOption(UUID(int=100 + number), organisation, leads, frozenset(busy.split()))


def numbers(found: tuple[LeaderOption, ...]) -> list[int]:
    return sorted(one.account.int - 100 for one in found)


def test_two_leaders_come_from_two_organisations_that_send_people() -> None:
    options = [leader(1, A), leader(2, A), leader(3, B), leader(4, C)]
    assert numbers(rules_split.choose_leaders(options, "tue_evening", [A, B])) == [1, 3]


def test_who_is_not_free_that_evening_does_not_lead() -> None:
    options = [leader(1, A, busy="tue_evening"), leader(2, A, leads=4), leader(3, B)]
    assert numbers(rules_split.choose_leaders(options, "tue_evening", [A, B])) == [2, 3]


def test_with_one_organisation_free_there_is_one_leader() -> None:
    assert numbers(rules_split.choose_leaders([leader(1, A), leader(2, A)], "tue_evening", [A])) == [1]
    assert rules_split.choose_leaders([], "tue_evening", [A]) == ()
