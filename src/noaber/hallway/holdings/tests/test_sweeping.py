"""What passed its term: found by the law of the day, confirmed by a person, destroyed, and named nowhere."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from noaber.ground.errors import Conflict, Forbidden, Missing
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.holdings import ledger, sweeping
from noaber.hallway.holdings.models import DestructionLine, DestructionList, LedgerMark
from noaber.knowledge.retention import Term, retention_class
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.network.residents.models import HelpRequest, Resident
from noaber.network.residents.services import tell
from noaber.pathways.conversations.factories import World, make_world, refer

OPENED = datetime(2007, 2, 28, 10, tzinfo=UTC)
CLOSED = datetime(2007, 6, 30, 10, tzinfo=UTC)
NOW = datetime(2027, 7, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def petra(world: World) -> Actor:
    office = make_organisation(world.region, "Regiobureau", "gemeente")
    account = make_staff(office, "Petra Smit", Role.PRIVACY_OFFICER)
    return world.speak_as(account, NOW)


def old_thread(world: World, name: str, closed: datetime | None = CLOSED) -> UUID:
    """A request of long ago; the world itself is of today, so only its moments are put back."""
    thread = refer(world, now=NOW, name=name, key=name).help_request_id
    with gate.as_system("proef: lang geleden"):
        row = HelpRequest.objects.get(pk=thread)
        row.received_at, row.closed_at = OPENED, closed
        row.phase = "closed" if closed else "received"
        row.save()
        row.entries.update(at=OPENED)
    return thread


def sweep(now: datetime = NOW) -> int:
    with gate.as_system("proef: zoeken"):
        return sweeping.sweep(now=now)


def lists() -> list[DestructionList]:
    with gate.as_system("proef: kijken"):
        return list(DestructionList.objects.order_by("proposed_at"))


def names() -> list[str]:
    with gate.as_system("proef: kijken"):
        return sorted(row.name for row in Resident.objects.all())


def test_what_is_a_day_too_young_is_left_alone(world: World) -> None:
    old_thread(world, "Oud", closed=datetime(2007, 7, 2, 10, tzinfo=UTC))
    assert sweep() == 0


def test_what_passed_its_term_today_is_found(world: World) -> None:
    old_thread(world, "Oud", closed=datetime(2007, 7, 1, 10, tzinfo=UTC))
    assert sweep() == 1
    assert [(row.count, row.before_on) for row in lists()] == [(1, date(2007, 7, 1))]


def test_an_open_request_is_never_too_old(world: World) -> None:
    old_thread(world, "Open", closed=None)
    assert sweep() == 0


def test_a_later_line_of_history_makes_it_young(world: World) -> None:
    thread = old_thread(world, "Teruggekomen")
    with gate.as_system("proef"):
        tell(thread, at=datetime(2020, 1, 1, tzinfo=UTC), words="U belde nog eens", kind="call")
    assert sweep() == 0


def test_another_request_that_still_runs_keeps_all_of_it(world: World) -> None:
    thread = old_thread(world, "Eerst")
    other = refer(world, now=NOW, name="Weer", key="weer").help_request_id
    with gate.as_system("proef: dezelfde inwoner"):
        HelpRequest.objects.filter(pk=other).update(
            resident_id=HelpRequest.objects.get(pk=thread).resident_id
        )
    assert sweep() == 0


def test_the_law_of_the_day_counts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    old_thread(world, "Oud")
    from dataclasses import replace

    longer = replace(retention_class("wgbo_record"), periods=((date(2000, 1, 1), Term(years=25)),))
    monkeypatch.setattr(sweeping, "retention_class", lambda key: longer)
    assert sweep() == 0


def test_nothing_goes_before_a_person_confirmed_it(world: World) -> None:
    old_thread(world, "Oud")
    sweep()
    with gate.as_system("proef"):
        assert sweeping.confirmed() == []
    assert sweeping.destroy(lists()[0].pk, now=NOW) == 0
    assert names() == ["Oud"]


def test_sweeping_twice_is_one_list(world: World) -> None:
    old_thread(world, "Oud")
    assert (sweep(), sweep()) == (1, 0)
    old_thread(world, "Nog een")
    assert sweep() == 0
    assert [row.count for row in lists()] == [2]


def test_confirmed_is_destroyed_whole_and_the_young_stay(world: World, petra: Actor) -> None:
    old_thread(world, "Oud")
    refer(world, now=NOW, name="Jong", key="jong")
    sweep()
    sweeping.answer(petra, lists()[0].pk, confirmed=True, now=NOW)

    assert sweeping.destroy(lists()[0].pk, now=NOW) == 1
    assert names() == ["", "Jong"]
    assert [(row.state, row.residents, row.count) for row in lists()] == [("done", [], 1)]
    assert sweeping.destroy(lists()[0].pk, now=NOW) == 0
    lines = DestructionLine.objects.all()
    assert {(line.because, line.decided_by) for line in lines} == {("term", "Petra Smit")}
    assert "Oud" not in str(list(lines.values_list()))
    assert sweep() == 0


def test_who_came_back_after_the_list_was_made_is_left_alone(world: World, petra: Actor) -> None:
    thread = old_thread(world, "Oud")
    sweep()
    sweeping.answer(petra, lists()[0].pk, confirmed=True, now=NOW)
    with gate.as_system("proef"):
        tell(thread, at=NOW, words="U belde nog eens", kind="call")

    assert sweeping.destroy(lists()[0].pk, now=NOW) == 0
    assert names() == ["Oud"]


def test_a_list_that_was_not_confirmed_names_nobody_any_more(world: World, petra: Actor) -> None:
    old_thread(world, "Oud")
    sweep()
    row = sweeping.answer(petra, lists()[0].pk, confirmed=False, now=NOW)
    assert (row.state, row.residents) == ("dropped", [])
    with pytest.raises(Conflict):
        sweeping.answer(petra, row.pk, confirmed=True, now=NOW)
    assert names() == ["Oud"]


def test_only_the_officer_of_this_region_answers(world: World, petra: Actor) -> None:
    old_thread(world, "Oud")
    sweep()
    other = make_world("groningen")
    office = make_organisation(other.region, "Bureau Noord", "gemeente")
    stranger = other.speak_as(make_staff(office, "Ina Noord", Role.PRIVACY_OFFICER), NOW)
    assert sweeping.open_lists(stranger) == []
    for wrong in (lists()[0].pk, uuid4()):
        with pytest.raises(Missing):
            sweeping.answer(stranger, wrong, confirmed=True, now=NOW)
    with pytest.raises(Forbidden):
        sweeping.open_lists(world.speak_as(world.ilse, NOW))
    assert [row.count for row in sweeping.open_lists(petra)] == [1]


def test_after_a_restore_the_destroyed_stay_destroyed(world: World) -> None:
    thread = old_thread(world, "Oud")
    with gate.as_system("proef"):
        resident = HelpRequest.objects.get(pk=thread).resident_id
    ledger.append(sweeping.LEDGER_KIND, {"resident": str(resident), "parts": ["residents.person"]}, now=NOW)
    LedgerMark.objects.all().delete()

    assert ledger.replay() == 1
    assert names() == [""]
