"""KPIs 25, 27, 28 of Twente and 10, 13 of Centraal Gelderland are counted live, and open to their items."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings

from noaber.hallway import clock
from noaber.knowledge.regions import read_region
from noaber.network.partners.factories import make_organisation
from noaber.network.partners.models import Municipality, Region
from noaber.network.partners.services_region import load_region
from noaber.offer.directory import services as directory
from noaber.offer.support_points.factories import count_visits, make_point, measure
from noaber.offer.support_points.models import PlanDocument, SupportPoint, WantedGrowth
from noaber.offer.support_points.tests.world import World, world
from noaber.steering.kpis.queries import kpi_values
from noaber.steering.kpis.services import load_kpis

__all__ = ["world"]
pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fixed_day(settings: Any) -> None:
    settings.FIXED_NOW = NOW


def region_of(slug: str) -> Region:
    files = read_region(settings.REGIONS_DIR / slug)
    load_region(files, now=NOW)
    load_kpis(files)
    return Region.objects.get(slug=slug)


def point_in(region: Region, town: str, name: str = "Steunpunt", **more: Any) -> SupportPoint:
    home = make_organisation(region, f"Thuis van {name}", "ervaringsdeskundigheid")
    return make_point(home, Municipality.objects.get(region=region, slug=town), name, **more)


def value(slug: str, number: str) -> Any:
    return next(v for v in kpi_values(slug, NOW) if v.number == number)


def test_visits_of_a_calendar_year_stand_beside_what_was_promised() -> None:
    region = region_of("centraal-gelderland")
    point = point_in(region, "arnhem", opened_on=date(2024, 3, 1))
    for on, n in ((date(2025, 12, 31), 90), (date(2026, 1, 1), 120), (date(2026, 12, 31), 84)):
        count_visits(point, on, n)
    count_visits(point, date(2027, 3, 1), 150)
    assert value("centraal-gelderland", "10").value == 204
    assert value("centraal-gelderland", "13").value == 150


def test_the_map_the_plan_and_the_growth_of_twente() -> None:
    region = region_of("twente")
    assert [value("twente", number).value for number in ("25", "27", "28")] == [0, 0, None]
    point = point_in(region, "almelo", opened_on=date(2025, 3, 1), recorded_at=clock.at(date(2025, 3, 1), 9))
    late = point_in(region, "borne", "Later", opened_on=date(2026, 5, 1))
    measure(point, 20, date(2025, 4, 1))
    measure(late, 9, date(2026, 5, 1))
    WantedGrowth.objects.create(
        region=region,
        measure="hours_a_week",
        version=1,
        zero_on=date(2025, 12, 31),
        wanted=Decimal(60),
        by_on=date(2028, 12, 31),
        agreed_words="Stuurgroep",
        by_name="Joris",
        recorded_at=clock.at(date(2026, 1, 5), 9),
    )
    PlanDocument.objects.create(
        region=region,
        kind="action_plan",
        version=1,
        state="adopted",
        state_on=date(2026, 3, 12),
        title="Plan van aanpak",
        by_name="Joris",
        recorded_at=clock.at(date(2026, 3, 12), 9),
    )
    assert value("twente", "25").value == 1
    assert value("twente", "27").value == 1
    assert value("twente", "28").value == pytest.approx(0.15)


def test_a_point_whose_entry_ended_is_not_on_the_map_and_counts_there_no_more() -> None:
    region = region_of("twente")
    point = point_in(region, "almelo", opened_on=date(2025, 3, 1), recorded_at=clock.at(date(2025, 3, 1), 9))
    assert value("twente", "25").value == 1
    directory.end_service(service_id=point.service_id, now=clock.at(date(2025, 4, 1), 9))
    assert value("twente", "25").value == 0


def test_who_steers_opens_each_figure_down_to_one_point(world: World) -> None:
    region_of("twente")
    SupportPoint.objects.update(opened_on=date(2025, 3, 1), recorded_at=clock.at(date(2025, 3, 1), 9))
    browser = world.browser("joris")
    page = browser.get("/regio/twente/kpis/25/waaruit/").content.decode()
    assert "Steunpunt De Haven" in page
    (where, *_rest) = re.findall(r"/regio/twente/kpis/25/waaruit/S-[A-Z2-7]+/", page)
    assert "Steunpunt De" in browser.get(where).content.decode()
    assert world.browser("wil").get("/regio/twente/kpis/25/waaruit/").status_code == 404


def test_the_fit_gap_analysis_counts_when_it_was_adopted_and_not_before() -> None:
    region = region_of("twente")
    assert value("twente", "26").value == 0
    for version, state in enumerate(("submitted", "adopted"), 1):
        PlanDocument.objects.create(
            region=region,
            kind="fit_gap",
            version=version,
            state=state,
            state_on=date(2025, 12, version),
            title="Fit-gap-analyse",
            by_name="Joris",
            recorded_at=clock.at(date(2025, 12, version), 9),
        )
        assert value("twente", "26").value == version - 1
