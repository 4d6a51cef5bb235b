"""The support points of the demo: in every municipality, with visits up to yesterday, and one that ended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db.models import Count, Max, Sum

from noaber.cli.demo_world import offering, support_points
from noaber.hallway import clock
from noaber.hallway.outbox.services import inline
from noaber.knowledge.regions import read_region
from noaber.network.partners.models import Municipality, Region
from noaber.network.partners.services_region import load_region
from noaber.offer.support_points import metrics, queries
from noaber.offer.support_points.models import BedNight, SupportPoint, VisitCount

TODAY = date(2027, 7, 1)
REGIONS = Path(__file__).resolve().parents[4] / "regions"
METRICS = {metric.key: metric for metric in metrics.METRICS}


def filled(slug: str, scale: float = 0.03) -> Region:
    load_region(read_region(REGIONS / slug), now=clock.at(TODAY, 9))
    region = Region.objects.get(slug=slug)
    with inline():
        if slug == "twente":
            offering.fill(region, today=TODAY)
        support_points.fill(region, TODAY, scale=scale)
        support_points.fill(region, TODAY, scale=scale)
    return region


@pytest.mark.django_db
def test_twente_has_25_points_over_all_municipalities_and_one_that_ended() -> None:
    region = filled("twente")
    found = queries.points(region.pk, on=TODAY)
    assert len(found) == 25
    towns = set(Municipality.objects.filter(region=region).values_list("slug", flat=True))
    assert {one.municipality for one in found} == towns
    kinds = dict(SupportPoint.objects.values_list("kind").annotate(n=Count("pk")))
    assert kinds["respite"] == 3
    assert kinds["youth"] >= 3
    assert SupportPoint.objects.filter(ended_on__lt=TODAY).count() == 1
    assert all(one.latitude is not None for one in found)
    assert VisitCount.objects.aggregate(last=Max("on"))["last"] == date(2027, 6, 30)
    assert not VisitCount.objects.filter(change__lt=0).exists()
    assert BedNight.objects.filter(night=TODAY).count() == 3


@pytest.mark.django_db
def test_the_kpis_of_both_regions_have_something_to_count() -> None:
    twente, elsewhere = filled("twente"), filled("centraal-gelderland")
    year, now = (date(2026, 1, 1), date(2026, 12, 31)), clock.at(TODAY, 9)
    share = METRICS["share_of_desired_capacity_growth_realised"].count(twente.pk, *year, now).value
    assert share is not None
    assert 0.1 < share < 0.6
    assert METRICS["action_plan_steunpunten"].count(twente.pk, *year, now).value == 1
    visits = METRICS["steunpunt_visits"].count(elsewhere.pk, *year, now).value
    assert visits is not None
    assert 200 <= visits <= 320
    own = VisitCount.objects.filter(point__region=elsewhere, on__range=year)
    assert own.aggregate(n=Sum("change"))["n"] == visits


@pytest.mark.django_db
def test_another_region_has_none() -> None:
    filled("groningen")
    assert not SupportPoint.objects.exists()
