"""A host counts visits: once per tap, never below zero, never a person; and refers warmly."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.offer.directory import services as directory
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import Confirmation
from noaber.offer.support_points import queries_work, services, services_keeping
from noaber.offer.support_points.models import SupportPoint, VisitCount, WarmReferral
from noaber.offer.support_points.tests.world import World, make_world, world
from noaber.offer.support_points.types import Tap

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def tap(change: int = 1, **more: Any) -> Tap:
    made = Tap(once_key=uuid4().hex, change=change, on=clock.today(), part="morning")
    return replace(made, **more)


def count(world: World, one: Tap, who: str = "wil", point: SupportPoint | None = None) -> int:
    return services.count(
        actor=world.actor(who), point_id=(point or world.point).pk, tap=one, now=clock.now()
    ).today


def test_a_tap_that_is_sent_three_times_counts_once(world: World) -> None:
    one = tap()
    assert [count(world, one) for _ in range(3)] == [1, 1, 1]
    assert VisitCount.objects.count() == 1


def test_an_undo_takes_one_back_but_never_more_than_there_were(world: World) -> None:
    count(world, tap())
    assert count(world, tap(-1)) == 0
    with pytest.raises(Conflict):
        count(world, tap(-1))


def test_a_slip_before_noon_is_taken_back_after_noon_but_not_on_another_day(world: World) -> None:
    count(world, tap())
    with pytest.raises(Conflict):
        count(world, tap(-1, part="afternoon", on=clock.today() - timedelta(days=1)))
    with pytest.raises(Conflict):
        count(world, tap(-1, part="night"))
    assert count(world, tap(-1, part="afternoon")) == 0
    assert set(VisitCount.objects.values_list("part", flat=True)) == {"morning"}
    count(world, tap(12))
    with pytest.raises(Conflict):
        count(world, tap(-12, part="evening"))


def test_a_list_from_paper_comes_in_whole_for_a_day_of_the_last_two_weeks(world: World) -> None:
    day = clock.today() - timedelta(days=3)
    assert count(world, tap(12, on=day, part="afternoon")) == 12
    for wrong in (
        tap(on=clock.today() + timedelta(days=1)),
        tap(on=clock.today() - timedelta(days=15)),
        tap(201),
        tap(0),
        tap(part="dawn"),
    ):
        with pytest.raises(Invalid):
            count(world, wrong)


def test_nothing_is_counted_before_a_point_opened_or_after_it_ended(world: World) -> None:
    world.point.ended_on = clock.today()
    world.point.save()
    with pytest.raises(Invalid):
        count(world, tap())
    assert count(world, tap(on=clock.today() - timedelta(days=1))) == 1


def test_the_key_of_another_point_counts_nothing(world: World) -> None:
    one = tap()
    count(world, one)
    with pytest.raises(Conflict):
        count(world, one, "hugo", world.other)


@pytest.mark.parametrize("who", ["hugo", "joris", "ilse", "boris"])
def test_only_who_works_there_counts(world: World, who: str) -> None:
    with pytest.raises(NoaberError):
        count(world, tap(), who)
    assert not VisitCount.objects.exists()


def test_the_first_visit_of_a_day_confirms_the_entry_once(world: World) -> None:
    for _ in range(3):
        count(world, tap())
    signs = Confirmation.objects.filter(service=world.point.service, kind="visited")
    assert [(sign.on, sign.by) for sign in signs] == [(clock.today(), "Ixta Noa")]


def test_nothing_in_a_count_says_who(world: World) -> None:
    names = {field.name for field in VisitCount._meta.get_fields()}
    assert names == {"id", "point", "on", "part", "change", "recorded_at", "once_key"}


def test_a_warm_referral_says_where_and_how_and_confirms_the_entry_but_not_who(world: World) -> None:
    key = uuid4().hex
    for _ in range(2):
        services.refer(
            actor=world.actor("wil"),
            point_id=world.point.pk,
            service_id=world.other.service_id,
            how="walked",
            once_key=key,
            now=clock.now(),
        )
    row = WarmReferral.objects.get()
    assert (row.to_name, row.how) == ("Steunpunt De Wal", "walked")
    assert Confirmation.objects.filter(service=world.other.service, kind="chosen").count() == 1
    with pytest.raises(Invalid):
        services.refer(
            actor=world.actor("wil"), point_id=world.point.pk, how="walked", once_key="x", now=clock.now()
        )
    with pytest.raises(Invalid):
        services.refer(
            actor=world.actor("wil"),
            point_id=world.point.pk,
            elsewhere="06 12345678",
            how="walked",
            once_key="y",
            now=clock.now(),
        )


def test_the_beds_of_a_night_are_not_overwritten_by_who_came_second(world: World) -> None:
    world.point.kind = SupportPoint.Kind.RESPITE
    world.point.save()

    def keep(taken: int, version: int, beds: int = 3) -> None:
        services.keep_beds(
            actor=world.actor("wil"),
            point_id=world.point.pk,
            night=clock.today(),
            beds=beds,
            occupied=taken,
            version=version,
            now=clock.now(),
        )

    keep(1, 0)
    with pytest.raises(Conflict):
        keep(3, 0)
    keep(2, 1)
    with pytest.raises(Invalid):
        keep(4, 2)
    beds = queries_work.beds_of(world.point.pk, clock.today())
    assert beds is not None
    assert (beds.free, beds.version) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_two_hosts_who_take_the_last_visit_back_at_once_take_back_one() -> None:
    world = make_world()
    with gate.as_system("proef"):
        count(world, tap())
    results: list[str] = []
    barrier = threading.Barrier(2)

    def undo() -> None:
        try:
            with transaction.atomic():
                actor = world.actor("wil")
                barrier.wait()
                services.count(actor=actor, point_id=world.point.pk, tap=tap(-1), now=clock.now())
            results.append("done")
        except Conflict:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=undo) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", "refused"]
    assert services.visits_on(world.point.pk, clock.today()) == 0


def test_a_week_has_seven_days_also_without_visits(world: World) -> None:
    count(world, tap(4, on=clock.today() - timedelta(days=2)))
    week = queries_work.day_counts(world.point.pk, clock.today() - timedelta(days=6), clock.today())
    assert [one.total for one in week] == [0, 0, 0, 0, 4, 0, 0]
    assert len(queries_work.week_counts(world.point.pk, date(2027, 7, 1))) == 8


def test_a_clock_is_never_read_inside(world: World) -> None:
    late = datetime(2027, 7, 1, 21, 59, tzinfo=clock.AMSTERDAM)
    with pytest.raises(Invalid):
        services.count(
            actor=world.actor("wil"),
            point_id=world.point.pk,
            tap=tap(on=date(2027, 7, 2)),
            now=late,
        )


def test_a_point_that_ends_also_ends_the_entry_that_it_was_merged_into(world: World) -> None:
    stays = make_service(world.region, "Inloop De Haven", world.almelo)
    directory.merge(stays_id=stays.pk, goes_id=world.point.service_id, now=clock.now())
    services_keeping.end_point(
        actor=world.actor("ank"), point_id=world.point.pk, on=clock.today(), now=clock.now()
    )
    stays.refresh_from_db()
    assert not stays.active
