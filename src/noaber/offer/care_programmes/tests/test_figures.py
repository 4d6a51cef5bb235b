"""The arithmetic of waiting against another way of computing it, on twelve agendas and start lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from noaber.offer.care_programmes import rules_figures as figures
from noaber.offer.care_programmes.rules_figures import Steps, Wait

ON = date(2027, 7, 1)
CASES = range(12)


@dataclass(frozen=True)
class Case:
    """One generated provider: an agenda, a start list, and the claims of its programmes."""

    openings: list[tuple[date, int]]
    people: list[Steps]
    claims: list[tuple[float | None, int | None]]


def make(seed: int) -> Case:
    """Sizes differ on purpose: no starts, three, and up to some hundreds; some leave, some wait still."""
    dice = Random(seed)
    size = (0, 3, 5, 12, 40, 60, 80, 120, 200, 250, 300, 400)[seed]
    people = []
    for _ in range(size):
        registered = ON - timedelta(days=dice.randrange(0, 500))
        intake = registered + timedelta(days=dice.randrange(0, 90)) if dice.random() < 0.8 else None
        treatment = (
            intake + timedelta(days=dice.randrange(0, 160)) if intake and dice.random() < 0.8 else None
        )
        left = None if treatment else registered + timedelta(days=dice.randrange(0, 200))
        people.append(
            Steps(
                registered,
                intake if intake and intake <= ON else None,
                treatment if treatment and treatment <= ON else None,
                left
                if left and left <= ON and dice.random() < 0.4 and (not intake or left >= intake)
                else None,
            )
        )
    openings = [
        (ON + timedelta(days=dice.randrange(-20, 120)), dice.randrange(1, 4))
        for _ in range(dice.randrange(0, 9))
    ]
    claims = [
        (
            None if dice.random() < 0.1 else dice.randrange(0, 300) / 10,
            None if dice.random() < 0.1 else dice.randrange(0, 40),
        )
        for _ in range(dice.randrange(0, 12))
    ]
    return Case(openings, people, claims)


# --- the other way -----------------------------------------------------------------------------------------


def third_by_walking(openings: list[tuple[date, int]], on: date) -> float | None:
    """Walk the calendar a day at a time and cross out free places."""
    left = 3
    for step in range(400):
        day = on + timedelta(days=step)
        left -= sum(places for opening, places in openings if opening == day)
        if left <= 0:
            return step / 7
    return None


def percentile_by_survivors(waits: list[Wait], share: Fraction) -> int | None:
    """Kaplan-Meier by hand with exact fractions, a day at a time, counting who is still there."""
    survival = Fraction(1)
    for day in range(max((one.days for one in waits), default=-1) + 1):
        there = sum(one.days >= day for one in waits)
        begin = sum(one.begun and one.days == day for one in waits)
        if there:
            survival *= 1 - Fraction(begin, there)
        if survival <= 1 - share:
            return day
    return None


def percentile_by_scipy(waits: list[Wait], share: float) -> int | None:
    """The empirical survival function of scipy for right-censored data."""
    data = CensoredData(
        uncensored=[one.days for one in waits if one.begun],
        right=[one.days for one in waits if not one.begun],
    )
    curve = ecdf(data).sf
    reached = curve.quantiles[curve.probabilities <= 1 - share + 1e-9]
    return int(reached[0]) if reached.size else None


def mean_by_months(people: list[Steps], on: date) -> tuple[float | None, int]:
    """Both months apart, in weeks each, with numpy."""
    edge = np.datetime64("2027-05-01")
    days = [
        (np.datetime64(one.intake_on) - np.datetime64(one.registered_on)).astype(int)
        for one in people
        if one.intake_on and edge < np.datetime64(one.intake_on) <= np.datetime64(on)
    ]
    return (float(np.mean(np.array(days) / 7)) if days else None), len(days)


# --- equal --------------------------------------------------------------


@pytest.mark.parametrize("seed", CASES)
def test_the_third_opportunity_is_the_same_by_walking_the_calendar(seed: int) -> None:
    openings = make(seed).openings
    assert figures.third_opportunity(openings, ON) == third_by_walking(openings, ON)


@pytest.mark.parametrize("seed", CASES)
def test_the_mean_of_two_months_is_the_same_by_numpy(seed: int) -> None:
    people = make(seed).people
    waits = [(one.registered_on, one.intake_on) for one in people if one.intake_on]
    mean, n = figures.realised_mean(waits, ON, 2)
    other, count = mean_by_months(people, ON)
    assert n == count
    assert mean == (None if other is None else pytest.approx(other))


@pytest.mark.parametrize("seed", CASES)
def test_the_weighted_mean_is_the_same_by_writing_everyone_out(seed: int) -> None:
    claims = make(seed).claims
    everyone = [weeks for weeks, inflow in claims if weeks is not None for _ in range(inflow or 0)]
    other = sum(map(Fraction, everyone)) / len(everyone) if everyone else None
    assert figures.weighted_mean(claims) == (None if other is None else pytest.approx(float(other)))


@pytest.mark.parametrize("seed", CASES)
@pytest.mark.parametrize(
    "measure", [figures.waits_in_all, figures.waits_to_intake, figures.waits_to_treatment]
)
def test_percentiles_are_the_same_by_hand_and_by_scipy(seed: int, measure: Callable[..., Any]) -> None:
    first, last = figures.window(ON, 12)
    waits = measure(make(seed).people, first, last)
    found = figures.percentiles(waits, smallest_n=5, from_on=first, until_on=last)
    for share, weeks in ((Fraction(1, 2), found.p50), (Fraction(9, 10), found.p90)):
        by_hand = percentile_by_survivors(waits, share)
        assert figures.percentile(waits, float(share)) == by_hand
        if any(one.begun for one in waits):
            assert percentile_by_scipy(waits, float(share)) == by_hand
        if len(waits) >= 5:
            assert weeks == (None if by_hand is None else by_hand / 7)
        else:
            assert weeks is None
    assert (found.n, found.begun) == (len(waits), sum(one.begun for one in waits))


# --- said in words --------------------------------------------------------------


def percentiles_of(waits: list[Wait]) -> str:
    return figures.percentiles(waits, smallest_n=5, from_on=ON, until_on=ON).why_not


def test_without_a_figure_it_says_why() -> None:
    waiting = [Wait(10, begun=False)]
    assert percentiles_of([]) == "geen startlijst"
    assert percentiles_of([Wait(10, begun=True)] * 3) == "te weinig starts"
    assert percentiles_of(waiting * 6) == "nog niet te zeggen"
    assert percentiles_of([Wait(5, begun=True)] * 2 + waiting * 8) == "nog niet te zeggen"


def test_months_before_know_short_months_and_leap_years() -> None:
    assert figures.months_before(date(2027, 4, 30), 2) == date(2027, 2, 28)
    assert figures.months_before(date(2028, 4, 30), 2) == date(2028, 2, 29)
    assert figures.months_before(date(2027, 1, 15), 2) == date(2026, 11, 15)


def test_equal_to_the_norm_is_within_also_after_a_sum_of_tenths() -> None:
    assert figures.within(figures.total(4.1, 9.9), 14)
    assert figures.within(28 / 7, 4)
    assert not figures.within(29 / 7, 4)
    assert figures.total(4, None) is None


# --- laws --------------------------------------------------------------

WAITS = st.lists(st.builds(Wait, days=st.integers(0, 400), begun=st.booleans()), min_size=1, max_size=60)


@given(WAITS)
def test_the_share_that_waits_only_falls_and_is_a_share(waits: list[Wait]) -> None:
    shares = figures.curve(waits)
    assert np.all(np.diff(shares) <= 1e-12)
    assert np.all((shares >= -1e-12) & (shares <= 1 + 1e-12))


@given(WAITS, st.randoms())
def test_the_order_of_a_list_makes_no_difference(waits: list[Wait], dice: Random) -> None:
    mixed = list(waits)
    dice.shuffle(mixed)
    assert figures.percentile(mixed, 0.5) == figures.percentile(waits, 0.5)


@given(WAITS)
def test_nine_of_ten_wait_at_least_as_long_as_the_middle_one(waits: list[Wait]) -> None:
    middle, tail = figures.percentile(waits, 0.5), figures.percentile(waits, 0.9)
    assert tail is None or (middle is not None and middle <= tail)


@given(WAITS)
def test_who_waits_longer_never_makes_it_shorter(waits: list[Wait]) -> None:
    longer = [Wait(one.days + 7, one.begun) for one in waits]
    before, after = figures.percentile(waits, 0.5), figures.percentile(longer, 0.5)
    assert after == (None if before is None else before + 7)


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(1, 50)), min_size=1, max_size=20))
def test_a_weighted_mean_lies_between_its_ends(claims: list[tuple[float, int]]) -> None:
    mean = figures.weighted_mean(claims)
    assert mean is not None
    weeks = [one for one, _ in claims]
    assert min(weeks) - 1e-9 <= mean <= max(weeks) + 1e-9


@given(st.lists(st.tuples(st.dates(date(2027, 7, 1), date(2028, 1, 1)), st.integers(1, 5)), max_size=20))
def test_one_more_free_place_never_makes_the_wait_longer(openings: list[tuple[date, int]]) -> None:
    before = figures.third_opportunity(openings, ON)
    after = figures.third_opportunity([*openings, (ON, 1)], ON)
    assert before is None or (after is not None and after <= before)
