"""What the region reads: gaps, and KPI 23 of Twente."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from noaber.hallway import clock
from noaber.network.partners.factories import make_municipality
from noaber.offer.care_programmes import metrics
from noaber.offer.care_programmes.factories import make_programme, make_report, make_stop
from noaber.offer.care_programmes.tests.world import World, make_world
from noaber.offer.directory import hooks
from noaber.steering.kpis.bindings import BOUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def value(world: World) -> float | None:
    today = clock.today()
    figure = BOUND["waiting_time_system_live"].count(
        world.region.pk, today - timedelta(days=30), today, clock.now()
    )
    assert figure.n == len(
        metrics.live_providers(world.region.pk, today - timedelta(days=30), today, clock.now())
    )
    return figure.value


def test_the_system_lives_when_every_ggz_provider_has_a_figure_that_counts(world: World) -> None:
    assert value(world) == 0
    make_report(make_programme(world.dimence))
    assert value(world) == 1
    second = make_programme(world.kade)
    assert value(world) == 0
    make_report(second, reference_date=clock.today() - timedelta(days=71))
    assert value(world) == 0
    make_report(second, 400, questioned=True)
    assert value(world) == 0
    make_report(second, reference_date=clock.today() - timedelta(days=70))
    assert value(world) == 1


def test_a_closed_practice_and_the_social_domain_do_not_count(world: World) -> None:
    make_report(make_programme(world.dimence))
    make_programme(world.kade, ended_on=clock.today())
    make_programme(world.kade, "Begeleiding", care_type="social_domain")
    assert value(world) == 1


def test_as_it_was_known_then(world: World) -> None:
    make_report(make_programme(world.dimence))
    before = clock.now() - timedelta(days=1)
    figure = metrics.system_live(world.region.pk, clock.today(), clock.today(), before)
    assert (figure.value, figure.n) == (0, 0)


def test_the_list_of_gaps_holds_stops_long_waits_and_what_is_out_of_reach(world: World) -> None:
    stopped = make_programme(world.dimence, "Trauma", world.almelo, diagnosis_group="7")
    make_report(stopped)
    make_stop(stopped)
    make_report(make_programme(world.dimence, "Angst", world.almelo), 6, 12)
    make_report(make_programme(world.dimence, "Dwang", world.enschede, diagnosis_group="6"), 4, 10)
    make_municipality(world.region, "Ver weg", latitude=53.2, longitude=6.6)
    found = hooks.lacking(world.region.pk, now=clock.now())
    kinds = Counter(one.kind for one in found)
    assert kinds["Aannamestop"] == 1
    assert kinds["Langer dan de norm"] == 1
    missing = {(one.place, one.what.split(":")[0]) for one in found if one.kind.startswith("Geen")}
    assert ("Almelo", "Angst") not in missing
    assert ("Almelo", "Trauma en stress") in missing
    assert ("Ver weg", "Angst") in missing
    assert all(one.address.startswith("/wachttijden/") for one in found)


def test_a_region_without_programmes_has_no_such_lines(world: World) -> None:
    assert hooks.lacking(world.region.pk, now=clock.now()) == ()
