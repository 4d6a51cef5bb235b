"""The invented waits of the demo: sixty programmes, and one of each odd thing a reader must meet."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from time import perf_counter

import pytest

from noaber.cli.demo_world import waits
from noaber.hallway import clock
from noaber.network.partners.factories import make_municipality, make_region
from noaber.network.partners.models import Region
from noaber.offer.care_programmes import queries
from noaber.offer.care_programmes.models import CareProgramme, Start, UpdateRequest, WaitReport
from noaber.offer.care_programmes.types import State, Wanted

TODAY = date(2027, 7, 1)


@pytest.fixture
def region() -> Region:
    made = make_region()
    slugs = {
        row["place"]["municipality"] for one in waits.load() for row in one["programmes"] if "place" in row
    }
    for slug in sorted(slugs):
        make_municipality(made, slug.replace("-", " ").title())
    return made


@pytest.mark.django_db
def test_sixty_programmes_with_one_of_each_odd_thing(region: Region) -> None:
    began = perf_counter()
    waits.fill(region, today=TODAY, scale=0.03)
    waits.fill(region, today=TODAY, scale=0.03)
    assert perf_counter() - began < 15
    assert CareProgramme.objects.count() == 60
    rows = queries.programmes(region.pk, Wanted(), now=clock.at(TODAY, 12)).rows
    assert len(rows) == 58
    states = Counter(row.state for row in rows)
    assert states[State.OVERDUE] == 2
    assert states[State.OUT] == 2
    assert sum(row.stop is not None for row in rows) == 1
    assert sum(row.disagree for row in rows) == 2
    assert sum(row.questioned is not None for row in rows) == 1
    assert Counter(row.computed.why_not for row in rows)["te weinig starts"] == 1
    assert Counter(row.computed.why_not for row in rows)["geen startlijst"] == 4
    assert UpdateRequest.objects.exists()


@pytest.mark.django_db
def test_two_years_and_nothing_after_today(region: Region) -> None:
    waits.fill(region, today=TODAY, scale=0.03)
    first = WaitReport.objects.order_by("reference_date")[0].reference_date
    assert TODAY - first > timedelta(days=720)
    assert not WaitReport.objects.filter(reference_date__gt=TODAY).exists()
    days = Start.objects.values_list("registered_on", "intake_on", "treatment_on", "left_on")
    assert all(day is None or day <= TODAY for row in days for day in row)
