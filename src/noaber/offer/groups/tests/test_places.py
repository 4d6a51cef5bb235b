from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connections, transaction

from noaber.ground.errors import Conflict, Forbidden, Invalid, Missing, NoaberError
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.post.models import Message
from noaber.network.residents.factories import make_resident
from noaber.offer.directory.models import Confirmation
from noaber.offer.groups import services
from noaber.offer.groups.factories import lead, make_enrolment, make_group, with_sessions
from noaber.offer.groups.models import Enrolment, Group, Session
from noaber.offer.groups.tests.world import OUTSIDERS, World, make_world, world
from noaber.offer.groups.types import Newcomer, NewGroup

__all__ = ["world"]
Status = Enrolment.Status
GREET = Newcomer("Greet Kuipers", "06 0000 0044")


def enrol(world: World, who: str, group: Group | None = None) -> Enrolment:
    return services.enrol_herself(
        actor=world.actor(who),
        group_id=(group or world.group).pk,
        shares_phone=True,
        once_key=uuid4().hex,
        now=clock.now(),
    )


def sign_up(world: World, newcomer: Newcomer = GREET, address: str = "10.0.0.1") -> Enrolment | None:
    return services.sign_up_without_page(
        group_id=world.group.pk,
        newcomer=newcomer,
        shares_phone=True,
        address=address,
        once_key=uuid4().hex,
        now=clock.now(),
    )


def small(world: World, places: int = 1) -> None:
    """The group has so few places."""
    world.group.min_places, world.group.max_places = 1, places
    world.group.save()


def test_a_resident_has_a_place_by_one_press_and_a_second_press_is_the_same(world: World) -> None:
    first = enrol(world, "fatma")
    assert (first.status, first.seat) == (Status.PLACED, 1)
    assert enrol(world, "fatma").pk == first.pk
    assert world.statuses() == [Status.PLACED]


def test_who_comes_when_it_is_full_waits_in_the_order_of_coming(world: World) -> None:
    small(world)
    assert enrol(world, "fatma").status == Status.PLACED
    mila, sem = enrol(world, "mila"), enrol(world, "sem")
    assert {mila.status, sem.status} == {Status.WAITING}
    services.withdraw(
        actor=world.actor("fatma"),
        enrolment_id=_of(world, "fatma").pk,
        now=clock.now(),
    )
    assert _of(world, "mila").status == Status.OFFERED
    assert _of(world, "sem").status == Status.WAITING


def _of(world: World, who: str) -> Enrolment:
    with gate.as_system("kijken in een proef"):
        return Enrolment.objects.get(group=world.group, resident=world.residents[who])


def test_an_offer_that_nobody_answers_goes_to_the_next(world: World) -> None:
    small(world)
    enrol(world, "fatma")
    enrol(world, "mila")
    enrol(world, "sem")
    services.withdraw(actor=world.actor("fatma"), enrolment_id=_of(world, "fatma").pk, now=clock.now())
    later = clock.now() + timedelta(days=4)
    assert services.run_out(now=later) == 1
    assert (_of(world, "mila").status, _of(world, "sem").status) == (Status.EXPIRED, Status.OFFERED)
    assert services.run_out(now=later) == 0
    with pytest.raises(Conflict) as refused:
        services.answer(
            actor=world.actor("mila"), enrolment_id=_of(world, "mila").pk, accepts=True, now=later
        )
    assert refused.value.code == "offer_over"
    services.answer(actor=world.actor("sem"), enrolment_id=_of(world, "sem").pk, accepts=True, now=later)
    assert _of(world, "sem").status == Status.PLACED


def test_who_is_offered_a_place_is_told_without_a_word_about_the_group(world: World) -> None:
    small(world)
    enrol(world, "fatma")
    enrol(world, "mila")
    services.withdraw(actor=world.actor("fatma"), enrolment_id=_of(world, "fatma").pk, now=clock.now())
    message = Message.objects.get()
    assert world.group.title not in message.subject + message.body
    assert "plek" in message.body


def test_nobody_overtakes_without_a_reason(world: World) -> None:
    small(world)
    first = make_enrolment(world.group, world.residents["mila"], status=Status.WAITING)
    later = make_enrolment(
        world.group, world.residents["sem"], status=Status.WAITING, waits_since=clock.now()
    )
    lotte = world.actor("lotte")
    with pytest.raises(Invalid) as refused:
        services.offer(actor=lotte, enrolment_id=later.pk, now=clock.now())
    assert refused.value.code == "not_in_turn"
    done = services.offer(
        actor=lotte, enrolment_id=later.pk, ahead_because=Enrolment.Ahead.TIME, now=clock.now()
    )
    assert (done.status, done.ahead_because) == (Status.OFFERED, "time")
    with pytest.raises(Conflict) as full:
        services.offer(actor=lotte, enrolment_id=first.pk, now=clock.now())
    assert full.value.code == "no_place_left"


def test_somebody_without_a_page_keeps_her_turn_but_has_no_place_before_a_leader_confirms(
    world: World,
) -> None:
    small(world)
    row = sign_up(world)
    assert row is not None
    assert (row.status, row.seat) == (Status.ASKED, None)
    assert enrol(world, "mila").status == Status.WAITING, "who was earlier keeps her turn"
    confirmed = services.confirm(actor=world.actor("lotte"), enrolment_id=row.pk, now=clock.now())
    assert confirmed.status == Status.PLACED


def test_the_same_number_is_one_sign_up_and_too_many_from_one_address_are_none(world: World) -> None:
    first = sign_up(world)
    again = sign_up(world, Newcomer("G. Kuipers", "0600000044"))
    assert first is not None
    assert again is not None
    assert first.pk == again.pk
    kept = [sign_up(world, Newcomer(f"Naam {n}", f"06000001{n:02d}")) for n in range(6)]
    assert [row is not None for row in kept] == [True, True, True, False, False, False]
    assert sign_up(world, Newcomer("Naam 9", "0600000199"), address="10.0.0.2") is not None


def test_name_and_number_are_sealed_in_the_database(world: World) -> None:
    row = sign_up(world)
    assert row is not None
    with gate.as_system("kijken in een proef"), connections["default"].cursor() as cursor:
        cursor.execute("SELECT name, phone, person_key FROM groups_enrolment WHERE id = %s", [row.pk])
        kept = cursor.fetchone()
    assert "Greet" not in kept[0]
    assert "0600000044" not in "".join(kept)


def test_a_wrong_number_keeps_nothing(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        sign_up(world, Newcomer("Greet", "12"))
    assert set(refused.value.fields) == {"phone"}
    assert world.statuses() == []


def test_a_group_by_referral_takes_nobody_by_herself_but_takes_who_is_referred(world: World) -> None:
    Group.objects.filter(pk=world.group.pk).update(needs_referral=True)
    with pytest.raises(Conflict) as refused:
        enrol(world, "fatma")
    assert refused.value.code == "needs_referral"
    row = services.place_by_referral(
        actor=world.actor("noor"),
        group_id=world.group.pk,
        help_request_id=world.request.pk,
        agreed=True,
        shares_phone=False,
        once_key="k",
        now=clock.now(),
    )
    assert (row.status, row.placed_by_id) == (Status.PLACED, world.practice.pk)


def test_nobody_is_placed_without_her_own_yes_or_by_who_has_no_part_in_her_request(world: World) -> None:
    def place(who: str, *, agreed: bool) -> None:
        services.place_by_referral(
            actor=world.actor(who),
            group_id=world.group.pk,
            help_request_id=world.request.pk,
            agreed=agreed,
            shares_phone=False,
            once_key="k",
            now=clock.now(),
        )

    with pytest.raises(Invalid):
        place("noor", agreed=False)
    for who in ("lotte", "planner", "joris", "fatma"):
        with pytest.raises((Forbidden, Missing)):
            place(who, agreed=True)
    assert world.statuses() == []


@pytest.mark.parametrize("who", [*OUTSIDERS, "joris", "ruud", "noor", "mila"])
def test_who_does_not_lead_the_group_can_do_nothing_with_who_is_in_it(world: World, who: str) -> None:
    row = make_enrolment(world.group, world.residents["fatma"], status=Status.WAITING)
    actor = world.actor(who)
    for act in (services.offer, services.confirm, services.refuse):
        with pytest.raises((Forbidden, Missing)):
            act(actor=actor, enrolment_id=row.pk, now=clock.now())
    with pytest.raises((Forbidden, Missing)):
        services.withdraw(actor=actor, enrolment_id=row.pk, now=clock.now())
    assert world.statuses() == [Status.WAITING]


@pytest.mark.parametrize("who", [*OUTSIDERS, "joris", "ruud", "noor", "mila"])
def test_the_second_lock_shows_them_no_row(world: World, who: str) -> None:
    make_enrolment(world.group, world.residents["fatma"])
    world.actor(who)
    assert Enrolment.objects.count() == 0


@pytest.mark.parametrize("who", ["lotte", "henk", "fatma"])
def test_the_second_lock_shows_the_leaders_and_herself(world: World, who: str) -> None:
    make_enrolment(world.group, world.residents["fatma"])
    world.actor(who)
    assert Enrolment.objects.count() == 1


def test_the_database_itself_gives_a_place_once_and_none_beyond_the_last(world: World) -> None:
    small(world, 2)
    row = make_enrolment(world.group, world.residents["fatma"])
    with (
        pytest.raises(IntegrityError, match="a_place_given_once"),
        transaction.atomic(),
        gate.as_system("een proef"),
    ):
        make_enrolment(world.group, world.residents["mila"], seat=row.seat)
    with pytest.raises(IntegrityError, match="a_place_that_is_not_there"), transaction.atomic():
        make_enrolment(world.group, world.residents["mila"], seat=3)


def test_a_place_accepted_confirms_the_entry_in_the_directory_once(world: World) -> None:
    services.keep_entry(world.group, now=clock.now())
    world.group.refresh_from_db()
    enrol(world, "fatma")
    enrol(world, "fatma")
    started = Confirmation.objects.filter(service=world.group.service_id, kind="started")
    assert started.count() == 1


def test_a_group_that_ends_lets_everyone_go_and_takes_nobody(world: World) -> None:
    enrol(world, "fatma")
    make_enrolment(world.group, world.residents["mila"], status=Status.WAITING)
    services.set_state(group_id=world.group.pk, state="ended", by_name="Ruud", now=clock.now())
    assert sorted(world.statuses()) == [Status.FINISHED, Status.WITHDRAWN]
    assert not Session.objects.filter(
        group=world.group, cancelled=False, during__startswith__gt=clock.now()
    ).exists()
    with pytest.raises(Conflict):
        enrol(world, "sem")


def test_a_leader_is_not_in_two_sessions_at_once_and_a_room_neither(world: World) -> None:
    other = make_group(world.almelo, world.ixta, "Tegelijk")
    lead(other, world.people["lotte"], world.ixta)
    with pytest.raises(Invalid) as refused:
        with_sessions(other)
    assert refused.value.code == "twice_at_once"
    assert Session.objects.filter(group=other).count() == 0


def test_sessions_are_planned_once_and_not_on_a_holiday(world: World) -> None:
    there = Session.objects.filter(group=world.group).count()
    assert there >= 7
    assert services.plan_sessions(group_id=world.group.pk, now=clock.now()) == 0


def test_a_group_cannot_become_smaller_than_what_was_given(world: World) -> None:
    for who in ("fatma", "mila", "sem"):
        enrol(world, who)
    new = NewGroup(
        title="Grip op slaap",
        kind="training",
        domain="social_domain",
        organisation_id=world.avedan.pk,
        starts_on=world.group.starts_on,
        municipality_id=world.almelo.pk,
        min_places=1,
        max_places=2,
        state="open",
    )
    with pytest.raises(Invalid) as refused:
        services.keep_group(
            region_id=world.region.pk,
            new=new,
            by_name="Ruud",
            once_key="x",
            group_id=world.group.pk,
            now=clock.now(),
        )
    assert refused.value.code == "places_taken"


# --- at the same moment -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_eight_people_press_for_the_last_place_and_one_has_it() -> None:
    world = make_world()
    small(world)
    ready = Barrier(8)
    actors = []
    for number in range(8):
        resident = make_resident(world.almelo, f"Inwoner {number}")
        assert resident.account is not None
        with gate.as_system("een proef"):
            actors.append(gate.actor_for(resident.account, on=clock.today(), second_factor=False))

    def press(number: int) -> str:
        try:
            with transaction.atomic():
                gate.tell_database(actors[number])
                ready.wait(timeout=20)
                row = services.enrol_herself(
                    actor=actors[number],
                    group_id=world.group.pk,
                    shares_phone=False,
                    once_key=uuid4().hex,
                    now=clock.now(),
                )
                return str(row.status)
        except NoaberError as failure:
            return failure.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        ended = list(threads.map(press, range(8)))
    assert sorted(ended) == ["placed", *["waiting"] * 7]
    with transaction.atomic(), gate.as_system("kijken in een proef"):
        seats = list(Enrolment.objects.filter(seat__isnull=False).values_list("seat", flat=True))
    assert seats == [1]


@pytest.mark.django_db(transaction=True)
def test_two_leaders_offer_the_last_place_to_two_people_and_one_gets_it() -> None:
    world = make_world()
    small(world)
    with transaction.atomic():
        rows = [
            make_enrolment(world.group, world.residents[name], status=Status.WAITING)
            for name in ("mila", "sem")
        ]
    ready = Barrier(2)
    actors = [
        gate.actor_for(world.people[who], on=clock.today(), second_factor=True) for who in ("lotte", "henk")
    ]

    def give(number: int) -> str:
        try:
            with transaction.atomic():
                gate.tell_database(actors[number])
                ready.wait(timeout=20)
                services.offer(
                    actor=actors[number],
                    enrolment_id=UUID(str(rows[number].pk)),
                    ahead_because="time",
                    now=clock.now(),
                )
                return "offered"
        except NoaberError as failure:
            return failure.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        ended = list(threads.map(give, range(2)))
    assert sorted(ended) == ["no_place_left", "offered"]
