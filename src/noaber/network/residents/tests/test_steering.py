"""What a resident does with her own question, and what nobody does for her."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from noaber.ground.errors import Conflict, Forbidden, Missing
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.clock import day_of
from noaber.network.partners.factories import make_municipality, make_organisation, make_region
from noaber.network.residents import queries, rules, services
from noaber.network.residents.factories import as_it_stands, make_help_request, make_resident
from noaber.network.residents.models import HelpRequest, Involvement, Postponement, Resident, ThreadEntry

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 1, 8, tzinfo=UTC)


@pytest.fixture
def fatma() -> Resident:
    return make_resident(make_municipality(make_region(), "Almelo"))


@pytest.fixture
def thread(fatma: Resident) -> HelpRequest:
    office = make_organisation(fatma.municipality.region, "Netwerkbureau", "gemeente")
    return make_help_request(fatma, planning_office=office)


def herself(resident: Resident, now: datetime = NOW) -> Actor:
    gate.tell_database(Actor(account_id=resident.account_id))
    actor = gate.actor_for(resident.account, on=day_of(now), second_factor=True)
    gate.tell_database(actor)
    return actor


def planners(thread: HelpRequest) -> int:
    with gate.as_system("test"):
        parts = Involvement.objects.filter(help_request=thread, part="planner", until__isnull=True)
        return parts.count()


def test_she_takes_up_what_she_stopped_and_the_days_between_are_her_own(
    fatma: Resident, thread: HelpRequest
) -> None:
    services.stop(actor=herself(fatma), help_request_id=thread.pk, now=NOW)
    assert planners(thread) == 0
    later = NOW + timedelta(days=10)
    services.take_up_again(actor=herself(fatma, later), help_request_id=thread.pk, now=later)
    now = as_it_stands(thread.pk)
    assert (now.phase, now.closed_because, now.next_on) == ("received", "", date(2027, 7, 12))
    assert planners(thread) == 1
    with gate.as_system("test"):
        span = Postponement.objects.get(help_request=thread)
    assert (span.from_on, span.until_on) == (date(2027, 7, 1), date(2027, 7, 11))


def test_only_what_she_stopped_herself_can_be_taken_up(fatma: Resident, thread: HelpRequest) -> None:
    with gate.as_system("test"):
        services.move_on(
            help_request_id=thread.pk,
            phase="closed",
            next_on=None,
            next_step="",
            now=NOW,
            closed_because="done",
        )
    with pytest.raises(Conflict) as refused:
        services.take_up_again(actor=herself(fatma), help_request_id=thread.pk, now=NOW)
    assert refused.value.code == "cannot_take_up"


@pytest.mark.parametrize(("days", "may"), [(0, True), (30, True), (31, False)])
def test_thirty_days_is_the_limit(days: int, may: bool) -> None:
    closed_at = NOW - timedelta(days=days)
    assert rules.may_take_up(closed_at=closed_at, because="stopped_by_resident", now=NOW) is may


def test_an_open_question_cannot_be_taken_up(fatma: Resident, thread: HelpRequest) -> None:
    with pytest.raises(Conflict):
        services.take_up_again(actor=herself(fatma), help_request_id=thread.pk, now=NOW)


def test_another_resident_steers_nothing(fatma: Resident, thread: HelpRequest) -> None:
    mila = make_resident(fatma.municipality, "Mila Jansen")
    acts: tuple[Callable[[], None], ...] = (
        lambda: services.stop(actor=herself(mila), help_request_id=thread.pk, now=NOW),
        lambda: services.take_up_again(actor=herself(mila), help_request_id=thread.pk, now=NOW),
        lambda: services.let_go_of_meanwhile(
            actor=herself(mila), help_request_id=thread.pk, service_id=uuid4(), now=NOW
        ),
        lambda: services.postpone(
            actor=herself(mila), help_request_id=thread.pk, until_on=date(2027, 7, 9), now=NOW
        ),
    )
    for act in acts:
        with pytest.raises((Missing, Forbidden)):
            act()
    with pytest.raises(Missing):
        queries.current_request(herself(mila))
    assert queries.chosen_meanwhile(herself(mila), thread.pk) == []
    assert as_it_stands(thread.pk).phase == HelpRequest.Phase.RECEIVED


def test_taking_a_choice_back_brings_the_one_before_it_to_the_front(
    fatma: Resident, thread: HelpRequest
) -> None:
    first, second = uuid4(), uuid4()
    for number, (service_id, name) in enumerate([(first, "Inloop"), (second, "Wandelen")]):
        services.choose_meanwhile(
            actor=herself(fatma),
            help_request_id=thread.pk,
            service_id=service_id,
            service_name=name,
            now=NOW + timedelta(minutes=number),
        )
    services.let_go_of_meanwhile(actor=herself(fatma), help_request_id=thread.pk, service_id=second, now=NOW)
    assert as_it_stands(thread.pk).meanwhile == "Inloop"
    assert [c.name for c in queries.chosen_meanwhile(herself(fatma), thread.pk)] == ["Inloop"]


def test_taking_back_what_was_never_chosen_leaves_no_line(fatma: Resident, thread: HelpRequest) -> None:
    services.let_go_of_meanwhile(actor=herself(fatma), help_request_id=thread.pk, service_id=uuid4(), now=NOW)
    assert not ThreadEntry.objects.filter(help_request=thread, kind="meanwhile").exists()


def test_a_closed_question_cannot_be_postponed(fatma: Resident, thread: HelpRequest) -> None:
    services.stop(actor=herself(fatma), help_request_id=thread.pk, now=NOW)
    with pytest.raises(Conflict) as refused:
        services.postpone(actor=herself(fatma), help_request_id=thread.pk, until_on=date(2027, 7, 9), now=NOW)
    assert refused.value.code == "nothing_to_postpone"


def test_of_two_questions_the_open_one_is_meant(fatma: Resident, thread: HelpRequest) -> None:
    newer = make_help_request(fatma, received_at=NOW, code="T-9")
    services.stop(actor=herself(fatma), help_request_id=newer.pk, now=NOW)
    assert queries.current_request(herself(fatma)).id == thread.pk
