"""When a door is open, what a day looks like, and what growth is."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

import pytest

from noaber.offer.support_points import rules
from noaber.offer.support_points.types import Hours, PointDay, Special, Weekly

DAY = date(2027, 7, 1)
USUAL = (Hours(time(10), time(16)),)
SOUP = Weekly(UUID(int=1), "Soep", "", 4, None, time(12), time(13), date(2027, 1, 1), None)


@pytest.mark.parametrize(
    ("at", "part"),
    [
        (time(5, 59), "night"),
        (time(6), "morning"),
        (time(12), "afternoon"),
        (time(18), "evening"),
        (time(23, 59), "evening"),
    ],
)
def test_a_day_has_four_parts(at: time, part: str) -> None:
    assert rules.part_of(at) == part


def test_a_holiday_closes_the_door_unless_this_very_day_was_said_otherwise() -> None:
    feast = rules.day_at(DAY, USUAL, holiday=True, special=None, items=[SOUP])
    assert not feast.is_open
    assert feast.programme == ()
    brunch = Special(DAY, (Hours(time(11), time(13)),), "paasbrunch")
    opened = rules.day_at(DAY, USUAL, holiday=True, special=brunch, items=[SOUP])
    assert opened.hours == brunch.hours
    assert [one.title for one in opened.programme] == ["Soep"]
    assert not rules.day_at(DAY, USUAL, holiday=False, special=Special(DAY, (), "teamdag"), items=[]).is_open


def test_a_house_that_is_open_day_and_night_does_not_close_on_a_holiday() -> None:
    night = (Hours(time(0), time(23, 59)),)
    assert rules.day_at(DAY, night, holiday=True, special=None, items=[]).is_open


def test_something_weekly_is_on_from_its_first_day_to_its_last() -> None:
    assert rules.is_on(SOUP, DAY)
    assert not rules.is_on(SOUP, date(2027, 7, 2))
    assert not rules.is_on(SOUP, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (9, rules.Door(next_on=DAY, next_at=time(10))),
        (10, rules.Door(until=time(16))),
        (16, rules.Door(next_on=date(2027, 7, 2), next_at=time(10))),
    ],
)
def test_the_door_is_open_from_its_hour_until_just_before_its_end(hour: int, expected: rules.Door) -> None:
    days = [PointDay(DAY, USUAL), PointDay(date(2027, 7, 2), USUAL)]
    assert rules.door_at(days, datetime.combine(DAY, time(hour))) == expected


def test_nobody_knows_when_a_door_without_hours_opens() -> None:
    assert rules.door_at([PointDay(DAY)], datetime.combine(DAY, time(12))) == rules.Door()


def test_a_night_lasts_until_breakfast() -> None:
    assert rules.night_of(datetime.combine(DAY, time(3))) == date(2027, 6, 30)
    assert rules.night_of(datetime.combine(DAY, time(8))) == DAY


def test_growth_is_what_came_on_top_of_zero_and_may_be_negative() -> None:
    assert rules.Growth(100, 106, 60).share == pytest.approx(0.1)
    assert rules.Growth(100, 94, 60).share == pytest.approx(-0.1)
    assert rules.Growth(100, 100, 0).share is None
