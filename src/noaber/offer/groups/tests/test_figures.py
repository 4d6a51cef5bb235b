from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.ground.errors import Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.holdings.registry import holding
from noaber.network.residents.factories import make_resident
from noaber.offer.groups import figures, metrics, rules, services, services_deciding
from noaber.offer.groups.factories import make_enrolment, make_group
from noaber.offer.groups.models import Attendance, Enrolment, LeaderHours, Measure, Session
from noaber.offer.groups.services_forgetting import empty_names
from noaber.offer.groups.tests.world import World, world
from noaber.offer.groups.types import Places, Standing

__all__ = ["world"]


def people(world: World, number: int) -> None:
    """So many take part, were there once, and say that it goes two points better."""
    now = clock.now()
    session = Session.objects.filter(group=world.group).order_by("during").first()
    assert session is not None
    session.held_at = now
    session.save(update_fields=["held_at"])
    for n in range(number):
        resident = make_resident(world.almelo, f"Inwoner {n}")
        row = make_enrolment(world.group, resident, placed_at=now - timedelta(days=20))
        with gate.as_system("een proef"):
            Attendance.objects.create(
                session=session, enrolment=row, state="present", noted_at=now, noted_by_name="Lotte"
            )
            for moment, score in (("start", 4), ("end", 6)):
                Measure.objects.create(
                    enrolment=row, moment=moment, score=score, taken_on=clock.today(), noted_by_name="Lotte"
                )


@pytest.mark.parametrize(("number", "shown"), [(3, False), (4, False), (5, True)])
def test_a_group_of_three_hides_itself_in_figures(world: World, number: int, *, shown: bool) -> None:
    people(world, number)
    one = figures.of_groups([world.group])[world.group.pk]
    assert (one.attendance is not None, one.change is not None, one.people is not None) == (shown,) * 3
    if shown:
        assert (one.attendance, one.change, one.change_of) == (1.0, 2.0, 5)
    said = dict(figures.lines(world.group, now=clock.now()))
    assert said["Aanwezig"] == ("100%" if shown else "minder dan 5 mensen")
    since = clock.today() - timedelta(days=60)
    counted = metrics.attendance(world.region.pk, since, clock.today(), clock.now())
    assert (counted.value is not None) is shown


def test_a_group_counts_once_however_often_it_met(world: World) -> None:
    now = clock.now()
    Session.objects.filter(group=world.group, during__startswith__lt=now).update(held_at=now)
    since = clock.today() - timedelta(days=60)
    found = metrics.groups_held(world.region.pk, since, clock.today(), now)
    items = metrics.group_items(world.region.pk, since, clock.today(), now)
    assert (found.value, [item.label for item in items]) == (1.0, ["Grip op slaap"])
    assert metrics.groups_held(world.region.pk, since, clock.today(), now - timedelta(days=1)).value == 0
    assert metrics.without_session(world.region.pk, since, clock.today(), now) == 1


def test_what_is_held_of_her_shows_and_goes(world: World) -> None:
    row = make_enrolment(world.group, world.residents["fatma"])
    held = holding("groups.places")
    assert held is not None
    with gate.as_system("een proef"):
        (item,) = held.collect(world.residents["fatma"].pk)
        assert (item["group"], item["status"]) == ("Grip op slaap", "doet mee")
        assert held.erase(world.residents["fatma"].pk, clock.now()) == 1
        assert not Enrolment.objects.filter(pk=row.pk).exists()
        assert held.collect(world.residents["fatma"].pk) == []


def test_the_name_of_who_has_no_page_is_emptied_some_weeks_after_she_left(world: World) -> None:
    now = clock.now()
    stays = make_enrolment(world.group, status="left", ended_at=now - timedelta(days=20))
    goes = make_enrolment(world.group, status="left", ended_at=now - timedelta(days=40))
    assert empty_names(now=now) == 1
    assert empty_names(now=now) == 0
    with gate.as_system("kijken in een proef"):
        names = dict(Enrolment.objects.values_list("pk", "name"))
    assert (names[stays.pk], names[goes.pk]) == ("Greet Kuipers", "")


def test_costs_are_shared_over_a_hundred_and_settled_in_hours(world: World) -> None:
    now, today = clock.now(), clock.today()
    with pytest.raises(Invalid):
        services.share_costs(group_id=world.group.pk, shares={world.avedan.pk: Decimal(60)}, now=now)
    shares = {world.avedan.pk: Decimal(60), world.ixta.pk: Decimal(40)}
    services.share_costs(group_id=world.group.pk, shares=shares, now=now)
    for who, hours in (("lotte", 2), ("henk", 8)):
        seat = world.group.leaders.get(account=world.people[who])
        LeaderHours.objects.create(leader=seat, day=today, hours=hours, recorded_at=now, once_key=who)
    rows = figures.settlement([world.group], today, today)
    assert [(row.organisation, row.hours, row.settles) for row in rows] == [
        ("Avedan", Decimal("2.0"), Decimal("4.0")),
        ("Ixta Noa", Decimal("8.0"), Decimal("-4.0")),
    ]


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 100)), min_size=1, max_size=6),
)
def test_what_is_settled_adds_up_to_nothing(parts: list[tuple[int, int]]) -> None:
    ids = [UUID(int=n + 1) for n in range(len(parts))]
    hours = {who: Decimal(made) / 2 for who, (made, _) in zip(ids, parts, strict=True)}
    shares = {who: Decimal(part) for who, (_, part) in zip(ids, parts, strict=True)}
    assert sum(rules.split(hours, shares).values(), Decimal(0)) == 0


def test_a_decision_points_at_nobody_and_keeps_the_figures_of_the_day(world: World) -> None:
    def decide(because: str) -> None:
        made = services_deciding.decide(
            actor=world.actor("joris"),
            group_id=world.group.pk,
            direction="down",
            because=because,
            by_function="stuurgroep",
            decided_on=clock.today(),
            once_key=uuid4().hex,
            now=clock.now(),
        )
        assert ["Plekken", "6"] in made.figures

    decide("Er komen te weinig mensen.")
    for wrong in ("", "Bel 06 1234 5678", "Mail iemand@voorbeeld.example"):
        with pytest.raises(Invalid):
            decide(wrong)


@pytest.mark.parametrize(
    ("state", "days", "joins", "places", "stands"),
    [
        ("open", 7, True, Places(6), Standing.OPEN),
        ("open", 7, True, Places(6, taken=6), Standing.FULL),
        ("open", 7, True, Places(6, taken=5, waiting=1), Standing.FULL),
        ("open", -7, True, Places(6), Standing.RUNNING),
        ("open", -7, False, Places(6), Standing.RUNNING),
        ("closed", -7, True, Places(6), Standing.CLOSED),
        ("open", -90, True, Places(6), Standing.ENDED),
        ("cancelled", 7, True, Places(6), Standing.CANCELLED),
    ],
    ids=["begins", "full", "who waits comes first", "runs", "runs, closed to new", "closed", "over", "off"],
)
def test_how_a_group_stands(state: str, days: int, *, joins: bool, places: Places, stands: Standing) -> None:
    today = clock.today()
    found = rules.standing(
        state,
        starts_on=today + timedelta(days=days),
        ends_on=today + timedelta(days=days + 60),
        joins=joins,
        places=places,
        today=today,
    )
    assert found == stands


def test_a_group_that_is_only_proposed_is_no_entry_in_the_directory(world: World) -> None:
    group = make_group(world.almelo, world.avedan, "Later", state="proposed")
    services.keep_entry(group, now=clock.now())
    assert group.service_id is None
    services.set_state(group_id=group.pk, state="open", by_name="Ruud", now=clock.now())
    group.refresh_from_db()
    assert group.service_id is not None
