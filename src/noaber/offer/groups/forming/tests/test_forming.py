"""A group forms from several lists and starts once; or it falls back, and nobody loses her place."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, connections, transaction

from noaber.ground.errors import Conflict, Forbidden, Invalid, Missing, NoaberError
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.offer.groups.forming import queries, services, services_proposals, services_starting
from noaber.offer.groups.forming.tests.world import (
    OUTSIDERS,
    World,
    make_world,
    new_proposal,
    new_wait,
    world,
)
from noaber.offer.groups.models import CostShare, Enrolment, Group, SessionLeader
from noaber.offer.groups.models_forming import FormingQuestion, GroupProposal, WaitingFor

__all__ = ["world"]
NOT_HERE = (Missing, Forbidden)


def test_six_people_at_four_organisations_make_a_chance_with_two_leaders(world: World) -> None:
    world.enough()
    (chance,) = queries.chances(world.actor("ruud"), now=clock.now())
    assert chance.people == 6
    assert len(chance.organisations) == 4
    assert len(chance.leaders) == 2
    assert chance.place == "Almelo"
    assert "6 mensen van 4 organisaties wachten op hetzelfde" in chance.why[0]
    assert not any("D-0" in card.pseudonym for card in chance.cards)


def test_enough_yes_starts_a_group_with_everything_in_it(world: World) -> None:
    world.enough()
    proposal = world.propose()
    world.say(proposal, ["yes"] * 6)
    group_id = services_starting.start(actor=world.actor("ruud"), proposal_id=proposal, now=clock.now())
    group = Group.objects.get(pk=group_id)
    with gate.as_system("kijken in een proef"):
        seats = Enrolment.objects.filter(group=group, status="placed").values_list("seat", "name")
        left = WaitingFor.objects.filter(state="placed")
        assert sorted(seat or 0 for seat, _name in seats) == [1, 2, 3, 4, 5, 6]
        assert all(name.startswith("D-") for _seat, name in seats)
        assert left.count() == 6
        assert {row.reference for row in left} == {""}
    assert group.leaders.count() == 2
    assert len(set(group.leaders.values_list("organisation_id", flat=True))) == 2
    assert group.sessions.count() == 8
    assert SessionLeader.objects.filter(session__group=group).count() == 16
    assert sum(CostShare.objects.filter(group=group).values_list("percent", flat=True)) == 100
    assert world.state(proposal) == "started"


def test_five_yes_is_not_enough_and_everybody_keeps_her_place_and_date(world: World) -> None:
    world.enough()
    with gate.as_system("kijken in een proef"):
        before = list(WaitingFor.objects.order_by("pk").values_list("pk", "since", "state"))
    proposal = world.propose()
    world.say(proposal, ["yes"] * 5 + ["no"])
    with pytest.raises(Conflict) as refused:
        services_starting.start(actor=world.actor("ruud"), proposal_id=proposal, now=clock.now())
    assert refused.value.code == "too_few"
    services_starting.let_go(
        actor=world.actor("ruud"), proposal_id=proposal, because="Te weinig ja.", now=clock.now()
    )
    with gate.as_system("kijken in een proef"):
        assert list(WaitingFor.objects.order_by("pk").values_list("pk", "since", "state")) == before
    assert Group.objects.count() == 0
    (again,) = queries.chances(world.actor("ruud"), now=clock.now())
    assert again.people == 6


def test_after_the_last_day_a_proposal_without_enough_yes_falls_by_itself_and_says_why(world: World) -> None:
    world.enough()
    proposal = world.propose()
    world.say(proposal, ["yes", "later"])
    assert services_starting.fall_after_deadline(now=clock.now()) == 0
    assert services_starting.fall_after_deadline(now=clock.now() + timedelta(days=11)) == 1
    page = queries.proposal(world.actor("ruud"), proposal, now=clock.now())
    assert page.line.state == "fallen"
    assert page.steps[-2].words.endswith("1 mensen zeiden ja; er zijn er 6 nodig.")
    assert "houdt de eigen plek" in page.steps[-1].words


def test_starting_twice_is_one_group(world: World) -> None:
    world.enough()
    proposal = world.propose()
    world.say(proposal, ["yes"] * 6)
    first = services_starting.start(actor=world.actor("ruud"), proposal_id=proposal, now=clock.now())
    again = services_starting.start(actor=world.actor("rosa"), proposal_id=proposal, now=clock.now())
    assert first == again
    assert Group.objects.count() == 1


def test_nobody_is_asked_for_two_groups_at_once_and_who_said_no_can_be_proposed_again(world: World) -> None:
    world.enough()
    proposal = world.propose()
    assert queries.chances(world.actor("ruud"), now=clock.now()) == ()
    world.say(proposal, ["no"] * 6)
    (chance,) = queries.chances(world.actor("ruud"), now=clock.now())
    assert chance.people == 6


def test_the_database_places_a_person_in_one_group_only(world: World) -> None:
    world.enough()
    first = world.propose()
    world.say(first, ["yes"] * 6)
    with gate.as_system("twee voorstellen voor een proef"):
        question = FormingQuestion.objects.filter(proposal_id=first).first()
        assert question is not None
        other = _copy(first)
        twin = FormingQuestion.objects.create(
            proposal=other,
            waiting_id=question.waiting_id,
            organisation_id=question.organisation_id,
            answer="yes",
            answered_at=clock.now(),
        )
        FormingQuestion.objects.filter(pk=question.pk).update(placed=True)
        with pytest.raises(IntegrityError, match="placed_in_one_group_only"), transaction.atomic():
            FormingQuestion.objects.filter(pk=twin.pk).update(placed=True)


def _copy(proposal_id: UUID) -> GroupProposal:
    row = GroupProposal.objects.get(pk=proposal_id)
    row.pk, row.once_key = uuid4(), uuid4().hex
    row._state.adding = True
    row.save()
    return row


@pytest.mark.parametrize("who", OUTSIDERS)
def test_an_outsider_starts_nothing_and_sees_no_proposal(world: World, who: str) -> None:
    world.enough()
    proposal = world.propose()
    world.say(proposal, ["yes"] * 6)
    for act in (
        lambda actor: services_starting.start(actor=actor, proposal_id=proposal, now=clock.now()),
        lambda actor: queries.proposal(actor, proposal, now=clock.now()),
        lambda actor: services_starting.let_go(
            actor=actor, proposal_id=proposal, because="", now=clock.now()
        ),
    ):
        with pytest.raises(NOT_HERE), transaction.atomic():
            act(world.actor(who))


@pytest.mark.parametrize("who", [*OUTSIDERS, "tara", "ruud"])
def test_only_her_own_organisation_reads_answers_or_withdraws_somebody(world: World, who: str) -> None:
    world.enough()
    proposal = world.propose()
    with gate.as_system("kijken in een proef"):
        row = FormingQuestion.objects.filter(
            proposal_id=proposal, organisation=world.homes["dimence"]
        ).first()
    assert row is not None
    actor = world.actor(who)
    with pytest.raises(NOT_HERE), transaction.atomic():
        services_proposals.answer(actor=actor, question_id=row.pk, said="yes", now=clock.now())
    with pytest.raises(NOT_HERE), transaction.atomic():
        services.withdraw(actor=actor, waiting_id=row.waiting_id, because="", now=clock.now())
    assert not WaitingFor.objects.filter(pk=row.waiting_id).exists(), "the second lock lets nobody else look"


def test_the_holder_sees_her_own_rows_and_questions_alone(world: World) -> None:
    world.enough()
    world.propose()
    mine = queries.own_list(world.actor("sanne"), now=clock.now())
    assert len(mine) == 2
    assert all(line.asked for line in mine)
    asked = queries.own_questions(world.actor("tara"), now=clock.now())
    assert {line.organisation for line in asked} == {"Tactus"}
    assert len(asked) == 2


def test_who_leaves_the_list_leaves_no_mark_and_does_not_count(world: World) -> None:
    world.enough()
    proposal = world.propose()
    world.say(proposal, ["yes"] * 6)
    line = queries.own_list(world.actor("dirk"), now=clock.now())[0]
    services.withdraw(
        actor=world.actor("dirk"), waiting_id=line.id, because="Begon ergens anders.", now=clock.now()
    )
    assert WaitingFor.objects.get(pk=line.id).reference == ""
    page = queries.proposal(world.actor("ruud"), proposal, now=clock.now())
    assert page.line.yes == 5
    with pytest.raises(Conflict):
        services_starting.start(actor=world.actor("ruud"), proposal_id=proposal, now=clock.now())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reference": "111222333"}, "reference"),
        ({"reference": "06 1234 5678"}, "reference"),
        ({"reference": "jan@voorbeeld.nl"}, "reference"),
        ({"reference": ""}, "reference"),
        ({"theme": "astrology"}, "theme"),
        ({"day_parts": ()}, "day_parts"),
        ({"age_band": "all"}, "age_band"),
        ({"travel_km": 0}, "travel_km"),
        ({"postcode": "9999"}, "postcode"),
    ],
    ids=["bsn", "phone", "mail", "empty", "theme", "no day part", "age", "distance", "postcode"],
)
def test_what_cannot_be_right_is_refused_beside_its_field(
    world: World, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        services.add_wait(
            actor=world.actor("dirk"),
            organisation_id=world.homes["dimence"].pk,
            new=new_wait(world.almelo, **wrong),
            now=clock.now(),
        )
    assert field in refused.value.fields


def test_the_same_person_stands_once_for_the_same_thing(world: World) -> None:
    def add(key: str, **more: Any) -> UUID:
        return services.add_wait(
            actor=world.actor("dirk"),
            organisation_id=world.homes["dimence"].pk,
            new=new_wait(world.almelo, reference="A-1", once_key=key, **more),
            now=clock.now(),
        )

    first = add("once")
    assert add("once") == first
    with pytest.raises(Invalid, match="waits_already"):
        add("again")
    assert add("other", theme="sleep") != first


def test_a_yes_of_more_than_a_year_ago_is_asked_again_before_she_is_proposed(world: World) -> None:
    world.enough()
    with gate.as_system("oud maken voor een proef"):
        WaitingFor.objects.update(consented_on=clock.today() - timedelta(days=366))
    assert queries.chances(world.actor("ruud"), now=clock.now()) == ()
    line = queries.own_list(world.actor("dirk"), now=clock.now())[0]
    assert line.consent_over
    services.ask_again(actor=world.actor("dirk"), waiting_id=line.id, now=clock.now())
    assert not queries.own_wait(world.actor("dirk"), line.id, now=clock.now()).consent_over


def test_small_numbers_on_the_pool_hide_themselves(world: World) -> None:
    world.enough()
    world.waits("dimence", 3, theme="sleep")
    cells = queries.pool_table(world.actor("ruud"), now=clock.now())
    assert [cell.people for cell in cells] == [None, None]
    world.waits("dimence", 7, theme="anxiety")
    world.waits("dimence", 8, theme="stress")
    world.waits("dimence", 9, theme="work")
    shown = {cell.theme: cell.people for cell in queries.pool_table(world.actor("ruud"), now=clock.now())}
    assert shown["Slapen"] is None
    assert sum(number is None for number in shown.values()) == 2


def test_other_people_than_she_saw_are_not_proposed_unseen(world: World) -> None:
    world.enough()
    chance = queries.chances(world.actor("ruud"), now=clock.now())[0]
    world.waits("tactus", 1, weeks=40)
    with pytest.raises(Invalid, match="people_changed"):
        services_proposals.propose(
            actor=world.actor("ruud"),
            region_id=world.region.pk,
            new=new_proposal(chance, world.homes["dimence"].pk),
            now=clock.now(),
        )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"venue": ""}, "venue"),
        ({"deadline": clock.today()}, "deadline"),
        ({"starts_on": clock.today() + timedelta(days=1)}, "starts_on"),
        ({"leader_ids": ()}, "leaders"),
        ({"cost_by": "luck"}, "cost_by"),
    ],
    ids=["title", "venue", "deadline", "start", "leaders", "cost"],
)
def test_a_proposal_that_cannot_be_is_refused_beside_its_field(
    world: World, change: dict[str, Any], field: str
) -> None:
    world.enough()
    with pytest.raises(Invalid) as refused:
        world.propose(**change)
    assert field in refused.value.fields
    assert GroupProposal.objects.count() == 0


def test_the_costs_add_up_to_the_cent(world: World) -> None:
    world.enough()
    proposal = world.propose(cents_per_hour=7333, other_cents=1)
    page = queries.proposal(world.actor("ruud"), proposal, now=clock.now())
    assert page.total_cents == 2 * 8 * 3 * 7333 + 1
    assert sum(share.balance_cents for share in page.shares) == 1
    assert sum(share.participants for share in page.shares) == 6


@pytest.mark.django_db(transaction=True)
def test_two_organisers_press_at_the_same_moment_and_one_group_starts() -> None:
    place = make_world()
    with transaction.atomic():
        place.enough()
        proposal = place.propose()
        place.say(proposal, ["yes"] * 6)
    found = _at_once([_start(place, who, proposal) for who in ("ruud", "rosa", "ruud")])
    assert len({str(one) for one in found}) == 1
    assert Group.objects.count() == 1
    assert _placed() == 6


@pytest.mark.django_db(transaction=True)
def test_somebody_who_said_yes_to_two_groups_is_placed_once_when_both_start_at_once() -> None:
    place = make_world()
    with transaction.atomic():
        place.enough()
        first = place.propose()
        place.say(first, ["yes"] * 6)
        with gate.as_system("een tweede voorstel met dezelfde mensen"):
            second = _copy(first)
            for row in FormingQuestion.objects.filter(proposal_id=first):
                FormingQuestion.objects.create(
                    proposal=second,
                    waiting_id=row.waiting_id,
                    organisation_id=row.organisation_id,
                    answer="yes",
                    answered_at=clock.now(),
                )
    found = _at_once([_start(place, "ruud", pk) for pk in (first, second.pk)])
    assert sorted(isinstance(one, UUID) for one in found) == [False, True]
    assert Group.objects.count() == 1
    assert _placed() == 6


def _start(place: World, who: str, proposal_id: UUID) -> Callable[[], UUID]:
    def press() -> UUID:
        return services_starting.start(actor=place.actor(who), proposal_id=proposal_id, now=clock.now())

    return press


def _placed() -> int:
    with transaction.atomic(), gate.as_system("kijken in een proef"):
        return Enrolment.objects.filter(status="placed").count()


def _at_once(acts: list[Callable[[], Any]]) -> list[object]:
    found: list[object] = []
    ready = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
                ready.wait(10)
                found.append(act())
        except NoaberError as failure:
            found.append(failure.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found
