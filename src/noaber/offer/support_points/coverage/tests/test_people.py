"""Inhabitants per place: the sum of a municipality stays its own, and postcodes say how it is spread."""

from __future__ import annotations

from datetime import date, time
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.knowledge.reachability import reachability_on
from noaber.network.partners.types_places import LocalityRow
from noaber.offer.directory.types_record import ScheduleRecord
from noaber.offer.support_points.coverage import bridge
from noaber.offer.support_points.coverage.people import homes_of
from noaber.offer.support_points.coverage.types import Asked, Door, Home

TABLE = reachability_on(date(2027, 7, 1))


def place(name: str, *codes: str, kind: str = "place", imported: bool = False) -> LocalityRow:
    return LocalityRow(kind, name, "almelo", "Almelo", 52.3, 6.6, codes, "", imported=imported)


def test_postcodes_weigh_and_are_shared_by_the_places_that_have_them() -> None:
    rows = [place("Almelo", "7601", "7609"), place("Windmolenbroek", "7609"), place("De Riet")]
    homes = homes_of([("almelo", "Almelo", 5000, 52.3, 6.6)], rows, {"almelo": 10.0}, TABLE)
    found = {home.name: (home.people, home.needs) for home in homes}
    assert found["Almelo"] == pytest.approx((5000 * 4.5 / 5.5, 10 * 4.5 / 5.5)), "3 and half of 3"
    assert found["Windmolenbroek"] == pytest.approx((5000 * 0.5 / 5.5, 10 * 0.5 / 5.5)), "half of 1"
    assert found["De Riet"] == pytest.approx((5000 * 0.5 / 5.5, 10 * 0.5 / 5.5)), "no postcode known"


def test_official_postcode_areas_go_before_names() -> None:
    rows = [place("Almelo", "7601"), place("7601", "7601", kind="postcode", imported=True)]
    (only,) = homes_of([("almelo", "Almelo", 5000, 52.3, 6.6)], rows, {}, TABLE)
    assert (only.name, only.people) == ("7601", 5000)


def test_without_places_a_municipality_stands_at_its_centre_and_without_that_nowhere() -> None:
    towns = [("almelo", "Almelo", 5000, 52.3, 6.6), ("nergens", "Nergens", 100, None, None)]
    assert [home.name for home in homes_of(towns, [], {}, TABLE)] == ["Almelo"]


@given(
    st.lists(
        st.lists(st.sampled_from(["7601", "7602", "7603"]), max_size=3, unique=True), min_size=1, max_size=8
    )
)
def test_whatever_the_postcodes_the_sum_stays(codes: list[list[str]]) -> None:
    rows = [place(f"plaats {i}", *some) for i, some in enumerate(codes)]
    homes = homes_of([("almelo", "Almelo", 74000, 52.3, 6.6)], rows, {"almelo": 7.0}, TABLE)
    assert len(homes) == len(codes)
    assert sum(home.people for home in homes) == pytest.approx(74000)
    assert sum(home.needs for home in homes) == pytest.approx(7)


def door(day: int = 600, evening: int = 0, weekend: int = 0) -> Door:
    return Door(uuid4(), "De Haven", "almelo", 52.30, 6.60, day, evening, weekend, 10.0)


HOMES = [
    Home("almelo:Dichtbij", "Dichtbij", "almelo", "Almelo", 52.301, 6.601, 1000.0, 1.0),
    Home("borne:Verweg", "Verweg", "borne", "Borne", 52.40, 6.80, 400.0, 3.0),
]


@pytest.mark.parametrize(
    ("part", "reached", "open_doors"),
    [("any", 1000, 1), ("day", 1000, 1), ("evening", 0, 0), ("weekend", 0, 0)],
)
def test_a_closed_point_reaches_nobody_in_that_part_of_the_week(
    part: str, reached: float, open_doors: int
) -> None:
    found = bridge.stand(Asked(5, "bike", part), HOMES, [door()], {}, TABLE)
    assert found is not None
    assert (found.reached, len(found.open_doors)) == (reached, open_doors)


def test_a_point_with_unknown_hours_is_there_but_not_in_the_evening() -> None:
    unknown = [door(0)]
    by_part = {
        part: bridge.stand(Asked(5, "bike", part), HOMES, unknown, {}, TABLE) for part in ("any", "evening")
    }
    assert [found.reached if found else None for found in by_part.values()] == [1000, 0]


def test_a_new_point_says_who_gains_and_a_closed_one_who_loses() -> None:
    one = door()
    new = bridge.stand(Asked(5, "bike", to="borne:Verweg"), HOMES, [one], {}, TABLE)
    closed = bridge.stand(Asked(5, "bike", moved=str(one.point_id), to="close"), HOMES, [one], {}, TABLE)
    assert new is not None
    assert new.what_if is not None
    assert [(gain.name, gain.gained) for gain in new.what_if.gains] == [("Verweg", 400)]
    assert closed is not None
    assert closed.what_if is not None
    assert (closed.what_if.closes, closed.what_if.lost, closed.what_if.gained) == (True, 1000, 0)


@pytest.mark.parametrize(
    ("moved", "to"), [("", "close"), ("", "almelo:Onbekend"), ("x", "borne:Verweg"), ("x", "")]
)
def test_a_change_that_cannot_be_is_no_change(moved: str, to: str) -> None:
    found = bridge.stand(Asked(5, "bike", moved=moved, to=to), HOMES, [door()], {}, TABLE)
    assert found is not None
    assert found.what_if is None


def test_the_report_counts_what_is_there_what_is_wanted_and_who_is_left_out() -> None:
    found = bridge.stand(Asked(5, "bike"), HOMES, [door(600)], {"almelo": 25.0, "borne": 10.0}, TABLE)
    assert found is not None
    almelo, borne = found.towns
    assert (almelo.points, almelo.hours, almelo.short, almelo.white) == (1, 10.0, 15.0, ())
    assert (borne.points, borne.hours, borne.short, borne.white) == (0, 0.0, 10.0, ("Verweg",))
    assert almelo.hours_per_1000 == pytest.approx(10.0)
    assert (borne.share, borne.outside, borne.needs) == (0.0, 400.0, 3.0)


def test_nobody_anywhere_is_no_standing() -> None:
    assert bridge.stand(Asked(5, "bike"), [], [door()], {}, TABLE) is None


def test_minutes_of_a_week_are_split_at_the_evening_and_the_weekend() -> None:
    from noaber.offer.support_points.coverage.queries import minutes_by_part

    hours = (
        ScheduleRecord(weekdays=(1,), every_weeks=1, opens_at=time(16), closes_at=time(21)),
        ScheduleRecord(weekdays=(6,), every_weeks=1, opens_at=time(10), closes_at=time(20)),
        ScheduleRecord(
            weekdays=(2,), every_weeks=2, opens_at=time(9), closes_at=time(11), valid_from=date(2027, 6, 29)
        ),
    )
    assert minutes_by_part(hours, date(2027, 7, 1), TABLE) == (120 + 60, 180, 600)
