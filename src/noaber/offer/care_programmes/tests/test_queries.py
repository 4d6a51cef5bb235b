"""What other rooms and pages get: ranking, age, sources that disagree, a region's mean."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from noaber.ground.errors import Missing
from noaber.hallway import clock
from noaber.offer.care_programmes import queries, queries_behind, queries_region
from noaber.offer.care_programmes.factories import make_programme, make_report, make_start, make_stop
from noaber.offer.care_programmes.models import Provider
from noaber.offer.care_programmes.tests.world import World, make_world
from noaber.offer.care_programmes.types import ProgrammeRow, State, Wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def ago(days: int) -> dict[str, Any]:
    return {"reference_date": clock.today() - timedelta(days=days)}


def names(rows: Iterable[ProgrammeRow]) -> list[str]:
    return [row.name for row in rows]


def test_the_shortest_wait_comes_first_and_what_cannot_rank_stands_beside(world: World) -> None:
    for name, intake, more in (("lang", 6, ago(1)), ("kort", 2, ago(40)), ("oud", 1, ago(71))):
        make_report(make_programme(world.dimence, name, world.almelo), intake, **more)
    make_programme(world.dimence, "niets", world.almelo)
    stopped = make_programme(world.dimence, "stop", world.almelo)
    make_report(stopped)
    make_stop(stopped)
    found = queries.programmes(world.region.pk, Wanted(), now=clock.now())
    assert names(found.ranked) == ["kort", "lang"]
    assert names(found.beside) == ["oud", "stop", "niets"]
    assert [row.state for row in found.ranked] == [State.OVERDUE, State.FRESH]
    assert [row.state for row in found.beside] == [State.OUT, State.FRESH, State.NONE]


@pytest.mark.parametrize(
    ("days", "state"), [(35, State.FRESH), (36, State.OVERDUE), (70, State.OVERDUE), (71, State.OUT)]
)
def test_a_figure_is_what_it_was_until_its_last_day(world: World, days: int, state: State) -> None:
    make_report(make_programme(world.dimence), **ago(days))
    (row,) = queries.programmes(world.region.pk, Wanted(), now=clock.now()).rows
    assert row.state is state


def test_equal_to_the_norm_is_within_it(world: World) -> None:
    make_report(make_programme(world.dimence, "gelijk"), 4, 10)
    make_report(make_programme(world.dimence, "over"), 4.1, 10)
    make_report(make_programme(world.dimence, "sociaal", care_type="social_domain"), 9, 9)
    rows = {row.name: row for row in queries.programmes(world.region.pk, Wanted(), now=clock.now()).rows}
    assert (rows["gelijk"].within_intake, rows["gelijk"].within_total) == (True, True)
    assert (rows["over"].within_intake, rows["over"].within_total) == (False, False)
    assert rows["sociaal"].within_total is None


def test_two_sources_of_one_day_both_stay_and_the_provider_counts(world: World) -> None:
    programme = make_programme(world.dimence)
    make_report(programme, 3, 8)
    make_report(programme, 6, 8, source="landelijk", source_words="Landelijke lijst")
    row = queries.one(programme.pk, now=clock.now())
    assert row.claim is not None
    assert row.claim.intake_weeks == 3
    assert [one.intake_weeks for one in row.others] == [6]
    assert row.disagree


def test_a_figure_beyond_belief_shows_and_counts_nowhere(world: World) -> None:
    programme = make_programme(world.dimence)
    make_report(programme, 3, 8, **ago(10))
    make_report(programme, 400, 8, questioned=True)
    row = queries.one(programme.pk, now=clock.now())
    assert row.claim is not None
    assert row.claim.intake_weeks == 3
    assert row.questioned is not None
    assert row.questioned.intake_weeks == 400


def test_a_provider_that_closes_leaves_the_list_and_stays_readable(world: World) -> None:
    programme = make_programme(world.dimence, ended_on=clock.today(), ended_why="De praktijk sluit")
    make_report(programme)
    assert queries.programmes(world.region.pk, Wanted(), now=clock.now()).rows == ()
    assert queries.one(programme.pk, now=clock.now()).ended_why == "De praktijk sluit"


def test_what_fits_one_person(world: World) -> None:
    make_programme(world.dimence, "angst", world.almelo)
    make_programme(world.dimence, "jeugd", world.almelo, min_age=12, max_age=17)
    make_programme(world.dimence, "trauma", world.almelo, diagnosis_group="7")
    make_programme(world.dimence, "alles", world.almelo, diagnosis_group="", insurers=[])
    make_programme(world.dimence, "ver", world.enschede)
    make_programme(world.dimence, "online", None, mode="online")

    def found(**more: Any) -> set[str]:
        return set(names(queries.programmes(world.region.pk, Wanted(**more), now=clock.now()).rows))

    person = {"diagnosis": "5", "age": 40, "insurer": "menzis"}
    assert found(municipality="almelo", **person) == {"angst", "alles", "online"}
    assert found(municipality="almelo", within_km=40.0, **person) == {"angst", "alles", "ver", "online"}
    assert found(municipality="nergens", **person) == {"online"}
    assert found(insurer="dsw") == {"alles"}
    assert found(online=True) == {"online"}


def test_claimed_stands_beside_computed(world: World) -> None:
    programme = make_programme(world.dimence)
    make_report(programme, 2, 2)
    for days in (35, 70, 70, 105, 140):
        start = clock.today() - timedelta(days=200)
        make_start(programme, 200, treatment_on=start + timedelta(days=days))
    row = queries.one(programme.pk, now=clock.now())
    assert (row.computed.p50, row.computed.p90, row.computed.n) == (10, 20, 5)
    assert row.difference == 6


def test_the_mean_of_two_months_is_counted_from_starts_that_ended_then(world: World) -> None:
    programme = make_programme(world.dimence)
    today = clock.today()
    for days in (14, 14, 28, 28, 42):
        make_start(
            programme,
            70,
            intake_on=today - timedelta(days=20),
            registered_on=today - timedelta(days=20 + days),
        )
    make_start(programme, 400, intake_on=today - timedelta(days=300), treatment_on=today)
    row = queries.one(programme.pk, now=clock.now())
    assert (row.realised_intake.weeks, row.realised_intake.n) == (3.6, 5)
    assert (row.realised_treatment.weeks, row.realised_treatment.n) == (None, 1)


def test_three_starts_are_too_few_and_hide_from_others(world: World) -> None:
    programme = make_programme(world.dimence)
    for days in (20, 30, 40):
        make_start(programme, days)
    assert queries.one(programme.pk, now=clock.now()).computed.why_not == "te weinig starts"
    others = queries_behind.starts_of(programme.pk, now=clock.now())
    assert others.hidden
    assert others.lines == ()
    assert len(queries_behind.starts_of(programme.pk, now=clock.now(), own=True).lines) == 3


def test_the_region_weighs_by_inflow_and_leaves_small_practices_out(world: World) -> None:
    make_report(make_programme(world.dimence, "a"), 2, 10, inflow=30, waiting=60)
    make_report(make_programme(world.dimence, "b"), 6, 10, inflow=10)
    make_report(make_programme(world.kade, "c"), 1, 1, inflow=50, waiting=3)
    Provider.objects.filter(organisation=world.kade).update(many_professionals=False)
    found = queries_region.regional(world.region.pk, now=clock.now())
    (ggz,) = found.per_type
    assert (ggz.intake_weeks, ggz.treatment_weeks, ggz.total_weeks, ggz.inflow) == (3, 10, 13, 40)
    assert ggz.left_out_small == 1
    assert found.waiting == 63
    assert found.waiting_lines == ()
    assert found.waiting_rest == 63


def test_three_people_in_a_region_hide(world: World) -> None:
    make_report(make_programme(world.kade), waiting=3)
    found = queries_region.regional(world.region.pk, now=clock.now())
    assert found.waiting is None
    assert found.waiting_hidden


def test_two_years_of_months(world: World) -> None:
    programme = make_programme(world.dimence)
    make_report(programme, 5, 9)
    months = queries_behind.trend(programme.pk, now=clock.now())
    assert len(months) == 24
    assert months[-1].total_weeks == 14
    assert queries_region.trend(world.region.pk, now=clock.now())[-1].total_weeks == 14


def test_a_programme_that_is_not_there() -> None:
    with pytest.raises(Missing):
        queries.one(make_world().region.pk, now=clock.now())
