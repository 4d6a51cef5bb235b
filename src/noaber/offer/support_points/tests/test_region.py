"""What the region reads and what counts for its KPIs, recomputed from the rows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.network.partners.factories import make_municipality
from noaber.offer.directory.queries import Sought
from noaber.offer.support_points import metrics, queries, queries_region, services_keeping
from noaber.offer.support_points.factories import count_visits, make_point, measure
from noaber.offer.support_points.models import SpecialDay, SupportPoint
from noaber.offer.support_points.tests.world import World, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db
METRICS = {metric.key: metric for metric in metrics.METRICS}
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
LATER = datetime(2028, 1, 1, tzinfo=clock.AMSTERDAM)


def test_visits_of_a_year_count_as_they_were_known_and_open_to_their_months(world: World) -> None:
    count_visits(world.point, date(2026, 3, 3), 7)
    count_visits(world.point, date(2026, 3, 10), 6)
    count_visits(world.point, date(2026, 3, 10), -1)
    count_visits(world.other, date(2026, 5, 4), 2)
    count_visits(world.other, date(2026, 6, 4), 3)
    count_visits(world.point, date(2027, 1, 4), 40)
    metric = METRICS["steunpunt_visits"]
    assert metric.count(world.region.pk, *YEAR, LATER).value == 17
    assert metric.count(world.region.pk, *YEAR, clock.at(date(2026, 3, 5), 9)).value == 7
    items = metric.items(world.region.pk, *YEAR, LATER)
    assert len({item.pseudonym for item in items}) == len(items) == 3
    told = [dict(item.facts)["Bezoeken"] for item in items]
    assert told.count("verborgen, omdat het er weinig zijn") == 3, "one shown would give the others away"


def test_a_month_with_enough_visits_shows_its_number_and_small_ones_hide_together(world: World) -> None:
    for month, n in ((1, 20), (2, 30), (3, 2), (4, 3)):
        count_visits(world.point, date(2026, month, 5), n)
    items = METRICS["steunpunt_visits"].items(world.region.pk, *YEAR, LATER)
    told = {dict(i.facts)["Maand"]: dict(i.facts)["Bezoeken"] for i in items}
    assert (told["01-2026"], told["02-2026"]) == ("20", "30")
    assert told["03-2026"] == told["04-2026"] == "verborgen, omdat het er weinig zijn"


def test_growth_is_over_what_is_there_and_an_ended_point_counts_nothing(world: World) -> None:
    measure(world.point, 10, date(2026, 1, 5))
    measure(world.other, 20, date(2026, 1, 5))
    services_keeping.agree_growth(
        actor=world.actor("joris"),
        region_id=world.region.pk,
        measure="hours_a_week",
        zero_on=date(2026, 2, 1),
        wanted=Decimal(30),
        by_on=date(2026, 12, 31),
        agreed_words="Stuurgroep",
        version=0,
        now=clock.at(date(2026, 2, 2), 9),
    )
    measure(world.point, 22, date(2026, 6, 1))
    metric = METRICS["share_of_desired_capacity_growth_realised"]
    assert metric.count(world.region.pk, *YEAR, LATER).value == pytest.approx(12 / 30)
    assert len(metric.items(world.region.pk, *YEAR, LATER)) == 2
    SupportPoint.objects.filter(pk=world.other.pk).update(ended_on=date(2026, 7, 1))
    assert metric.count(world.region.pk, *YEAR, LATER).value == pytest.approx(-8 / 30)
    before = metric.count(world.region.pk, *YEAR, clock.at(date(2026, 3, 1), 9))
    assert before.value == 0


def test_without_an_agreed_growth_there_is_no_share(world: World) -> None:
    metric = METRICS["share_of_desired_capacity_growth_realised"]
    assert metric.count(world.region.pk, *YEAR, LATER).value is None


def test_a_plan_of_action_counts_once_it_is_adopted(world: World) -> None:
    metric = METRICS["action_plan_steunpunten"]

    def keep(state: str, on: date, version: int) -> None:
        services_keeping.keep_document(
            actor=world.actor("joris"),
            region_id=world.region.pk,
            kind="action_plan",
            state=state,
            state_on=on,
            title="Plan",
            where="",
            version=version,
            now=clock.at(on, 12),
        )

    keep("draft", date(2026, 1, 5), 0)
    assert metric.count(world.region.pk, *YEAR, LATER).value == 0
    assert metric.waiting(world.region.pk, *YEAR, LATER) == 1
    with pytest.raises(Conflict):
        keep("adopted", date(2026, 3, 5), 0)
    keep("adopted", date(2026, 3, 5), 1)
    assert metric.count(world.region.pk, *YEAR, LATER).value == 1
    assert metric.count(world.region.pk, *YEAR, clock.at(date(2026, 2, 1), 9)).value == 0
    with pytest.raises(NoaberError):
        services_keeping.keep_document(
            actor=world.actor("boris"),
            region_id=world.region.pk,
            kind="action_plan",
            state="draft",
            state_on=date(2026, 1, 5),
            title="Plan",
            where="",
            version=2,
            now=clock.now(),
        )


def test_the_public_map_counts_when_a_point_stands_on_it(world: World) -> None:
    metric = METRICS["public_map_steunpunten"]
    found = metric.count(world.region.pk, *YEAR, LATER)
    assert (found.value, found.n) == (1, 2)
    early = metric.count(world.region.pk, date(2025, 1, 1), date(2025, 12, 31), LATER)
    assert (early.value, early.n) == (0, 0)


def test_few_visits_hide_in_the_overview_also_by_subtraction(world: World) -> None:
    today = clock.today()
    count_visits(world.point, today, 60)
    count_visits(world.other, today, 3)
    page = queries_region.overview(world.actor("joris"), today=today)
    assert page.total == 63
    assert {line.visits for line in page.lines} == {None}


def test_a_story_keeps_its_versions_and_refuses_numbers_of_people(world: World) -> None:
    def tell(words: str, version: int) -> int:
        return services_keeping.tell_about_ourselves(
            actor=world.actor("wil"),
            point_id=world.point.pk,
            answers={"human": {"text": words}},
            with_whom="",
            version=version,
            now=clock.now(),
        )

    assert tell("Iedereen schenkt koffie.", 0) == 1
    assert tell("Ook wie er werkt.", 1) == 2
    with pytest.raises(Conflict):
        tell("Te laat.", 1)
    for wrong in ("", "Bel 06 12345678"):
        with pytest.raises(Invalid):
            tell(wrong, 2)


def test_spots_tell_hours_and_capacity_of_points_with_a_place(world: World) -> None:
    measure(world.point, 12.5, date(2026, 2, 1))
    make_point(world.ixta, world.almelo, "Zonder plek", latitude=None, longitude=None)
    spots = {spot.name: spot for spot in queries.spots(world.region.pk, on=clock.today())}
    assert set(spots) == {"Steunpunt De Haven", "Steunpunt De Wal"}
    assert spots["Steunpunt De Haven"].hours_a_week == 30
    assert spots["Steunpunt De Haven"].capacity == (("hours_a_week", 12.5),)


def test_what_opens_this_week_is_told_with_its_first_moment(world: World) -> None:
    thursday = clock.at(date(2027, 7, 1), 8)
    SpecialDay.objects.create(
        point=world.other, on=date(2027, 7, 1), by_name="Hugo", recorded_at=thursday, why="teamdag"
    )
    found = {one.name: one for one in queries.opening_this_week(Sought(world.region.pk), thursday)}
    assert found["Steunpunt De Haven"].when == clock.at(date(2027, 7, 1), 10)
    assert found["Steunpunt De Wal"].when == clock.at(date(2027, 7, 2), 10)
    assert not found["Steunpunt De Wal"].needs_referral
    borne = make_municipality(world.region, "Borne")
    assert queries.opening_this_week(Sought(world.region.pk, municipality=borne.slug), thursday) == ()


def test_a_number_of_queries_does_not_grow_with_the_points(
    world: World, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            found = queries.points(world.region.pk, on=clock.today())
            queries.days(found, from_on=clock.today())
        return len(seen)

    before = asked()
    for number in range(5):
        make_point(world.ixta, world.almelo, f"Punt {number}", hours=((1, time(9), time(10)),))
    assert asked() == before <= 8


def test_merging_the_entry_moves_the_point_along(world: World) -> None:
    from noaber.offer.directory import services as directory

    directory.merge(
        stays_id=world.other.service_id, goes_id=world.point.service_id, now=clock.now() + timedelta(0)
    )
    names = [one.name for one in queries.points(world.region.pk, on=clock.today())]
    assert names == ["Steunpunt De Wal", "Steunpunt De Wal"]
