"""Interval arithmetic, held against a minute-by-minute reading of the same stretches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.ground.errors import Invalid
from noaber.ground.intervals import (
    Interval,
    constant_offsets,
    covers,
    intersect,
    merge,
    subtract,
    wall_clock_windows,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BASE = datetime(2026, 10, 24, 20, tzinfo=UTC)


def stretch(first: int, last: int) -> Interval:
    return Interval(BASE + timedelta(minutes=first), BASE + timedelta(minutes=last))


stretches = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: stretch(p[0], p[0] + p[1])), max_size=5
)


def minutes(intervals: object) -> set[int]:
    return {
        minute
        for interval in intervals  # type: ignore[attr-defined]
        for minute in range(
            int((interval.start - BASE).total_seconds() // 60),
            int((interval.end - BASE).total_seconds() // 60),
        )
    }


@given(stretches)
def test_merging_keeps_every_minute_and_leaves_real_gaps_between(some: list[Interval]) -> None:
    merged = merge(some)
    assert minutes(merged) == minutes(some)
    assert all(one.end < other.start for one, other in pairwise(merged))


@given(stretches, stretches)
def test_intersecting_and_subtracting_are_those_of_sets_of_minutes(
    one: list[Interval], other: list[Interval]
) -> None:
    assert minutes(intersect(one, other)) == minutes(one) & minutes(other)
    assert minutes(subtract(one, other)) == minutes(one) - minutes(other)


@given(stretches, st.integers(0, 60), st.integers(1, 20))
def test_a_stretch_is_covered_when_all_its_minutes_are(free: list[Interval], start: int, length: int) -> None:
    wanted = stretch(start, start + length)
    assert covers(free, wanted) == (minutes([wanted]) <= minutes(free))


def test_touching_ends_do_not_overlap_and_a_shared_minute_does() -> None:
    assert not stretch(0, 10).overlaps(stretch(10, 20))
    assert stretch(0, 11).overlaps(stretch(10, 20))


def test_the_doubled_half_past_two_is_two_instants() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM)
    second = first.replace(fold=1)
    assert Interval(first, second).length == timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (BASE, BASE, "interval.empty"),
        (BASE + timedelta(minutes=1), BASE, "interval.empty"),
        (BASE.replace(tzinfo=None), BASE, "interval.naive"),
    ],
)
def test_a_stretch_that_is_none_is_refused(start: datetime, end: datetime, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        Interval(start, end)
    assert refused.value.code == code


def test_a_year_is_cut_at_both_changes_of_the_clock() -> None:
    year = Interval(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    pieces = constant_offsets(year, AMSTERDAM)
    assert [piece.start for piece, _ in pieces][1:] == [
        datetime(2027, 3, 28, 1, tzinfo=UTC),
        datetime(2027, 10, 31, 1, tzinfo=UTC),
    ]
    assert [offset.total_seconds() / 3600 for _, offset in pieces] == [1, 2, 1]


@given(
    st.sampled_from([BASE, datetime(2027, 3, 27, 20, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)]),
    st.integers(0, 90),
    st.integers(1, 40).map(lambda n: n * 60),
    st.frozensets(st.integers(0, 6)),
    st.lists(
        st.tuples(st.integers(0, 1439), st.integers(0, 1440)).filter(lambda p: p[0] != p[1]),
        min_size=1,
        max_size=2,
    ),
)
def test_windows_hold_exactly_the_minutes_at_which_the_clock_says_so(
    anchor: datetime, shift: int, length: int, weekdays: frozenset[int], hours: list[tuple[int, int]]
) -> None:
    span = Interval(anchor + timedelta(minutes=shift), anchor + timedelta(minutes=shift + length))
    windows = wall_clock_windows(span, weekdays=weekdays, hours=hours, zone=AMSTERDAM)
    moment = span.start
    while moment < span.end:
        wall = moment.astimezone(AMSTERDAM)
        shown, day = wall.hour * 60 + wall.minute, wall.weekday()
        wished = any(
            (opens < closes and opens <= shown < closes and day in weekdays)
            or (opens >= closes and shown >= opens and day in weekdays)
            or (opens >= closes and shown < closes and (day - 1) % 7 in weekdays)
            for opens, closes in hours
        )
        inside = any(window.start <= moment < window.end for window in windows)
        assert inside == wished, wall
        moment += timedelta(minutes=1)
