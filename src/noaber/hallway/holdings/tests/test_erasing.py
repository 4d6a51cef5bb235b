"""Erasing: the obstacles first, the days to think, and then nothing of her is left while the counts stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from noaber.ground.errors import Conflict, Invalid, Missing
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.holdings import erasing, handling, ledger, registry, statements
from noaber.hallway.holdings.models import DestructionLine, ErasureRequest, FileStatement, LedgerMark
from noaber.hallway.post.models import Message
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.network.residents.models import AccessCard, HelpRequest, Resident
from noaber.pathways.conversations.factories import World, as_resident, book_first, hold, make_world, refer
from noaber.pathways.conversations.metrics import METRICS
from noaber.pathways.conversations.models import Report
from noaber.pathways.conversations.services import write_report
from noaber.pathways.referrals.models import Letter

NOW = datetime(2027, 7, 1, 9, tzinfo=UTC)
THEN = NOW + timedelta(days=30)
CANARIES = ("Fatma", "Yilmaz", "0600000123", "fatma@voorbeeld", "Slaapt slecht", "wandelgroep", "Kzq")
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def petra(world: World) -> Account:
    office = make_organisation(world.region, "Regiobureau", "gemeente")
    return make_staff(office, "Petra Smit", Role.PRIVACY_OFFICER)


@pytest.fixture
def talked(world: World) -> UUID:
    """The thread of Fatma, whose conversation was held and whose report is written."""
    thread = refer(world, now=NOW).help_request_id
    conversation = book_first(world, thread, now=NOW)
    held_at = NOW + timedelta(days=20)
    hold(world, conversation, now=held_at)
    write_report(
        actor=world.speak_as(world.sanne, held_at),
        conversation_id=conversation,
        body="Kzq zij vertelde over haar zus.",
        now=held_at,
    )
    statements.write(as_resident(thread, now=held_at), body="Kzq het was anders.", once_key="a", now=held_at)
    return thread


def resident_of(thread: UUID) -> UUID:
    with gate.as_system("proef"):
        return HelpRequest.objects.get(pk=thread).resident_id


def finish(thread: UUID) -> None:
    """Everything that stands in the way is done with."""
    from noaber.network.residents.services import move_on

    with gate.as_system("proef"):
        move_on(
            help_request_id=thread,
            phase="closed",
            next_on=None,
            next_step="",
            now=THEN,
            closed_because="klaar",
        )
        Letter.objects.filter(released_at__isnull=True).update(released_at=THEN)


def officer(world: World, petra: Account, now: datetime) -> Actor:
    return world.speak_as(petra, now)


def grant_all(world: World, petra: Account, thread: UUID) -> ErasureRequest:
    erasing.ask(as_resident(thread, now=THEN), parts=erasing.erasable(), now=THEN)
    actor = officer(world, petra, THEN)
    row = handling.requests(actor, now=THEN)[0].row
    return erasing.decide(actor, row, granted=row.parts, reason="", now=THEN)


def everything_readable() -> str:
    """Every table of this database as text, with every sealed field opened."""
    from django.apps import apps

    tables = connection.introspection.table_names()
    with gate.as_system("proef"):
        rows = [
            str(list(model._default_manager.values_list()))
            for model in apps.get_models(include_auto_created=True)
            if model._meta.db_table in tables
        ]
    return "\n".join(rows)


def figures(world: World) -> list[object]:
    year = (date(2027, 1, 1), date(2027, 12, 31), THEN + timedelta(days=60))
    with gate.as_system("proef"):
        return [
            *(metric.count(world.region.pk, *year) for metric in METRICS),
            *(metric.items(world.region.pk, *year) for metric in METRICS),
        ]


def test_the_canaries_are_there_before(world: World, talked: UUID) -> None:
    text = everything_readable()
    assert [word for word in CANARIES if word not in text] == []


def test_nothing_chosen_is_said(world: World, talked: UUID) -> None:
    with pytest.raises(Invalid):
        erasing.ask(as_resident(talked, now=THEN), parts=["audit.log", "nonsense"], now=THEN)


def test_an_open_question_is_named_and_nothing_goes_before_it_is_closed(
    world: World, petra: Account, talked: UUID
) -> None:
    resident = resident_of(talked)
    fate = {f.key: f for f in erasing.fates(resident, now=THEN)}
    assert "loopt nog" in fate["residents.thread"].first[0]
    assert "brief klaar" in fate["referrals.letter"].first[0]
    row = grant_all(world, petra, talked)

    assert erasing.carry_out(row.pk, now=THEN + timedelta(days=8)) is False
    assert "Kzq" in everything_readable()
    finish(talked)
    assert erasing.carry_out(row.pk, now=THEN + timedelta(days=8)) is True


def test_a_planned_conversation_stands_in_the_way(world: World) -> None:
    thread = refer(world, now=NOW).help_request_id
    book_first(world, thread, now=NOW)
    fate = {f.key: f for f in erasing.fates(resident_of(thread), now=NOW)}
    assert any("afspraak" in s for s in fate["conversations.conversation"].first)


def test_within_the_days_to_think_nothing_goes(world: World, petra: Account, talked: UUID) -> None:
    finish(talked)
    row = grant_all(world, petra, talked)

    assert erasing.due(now=THEN + timedelta(days=6, hours=23)) == []
    assert erasing.carry_out(row.pk, now=THEN + timedelta(days=6, hours=23)) is False
    with gate.as_system("proef"):
        assert erasing.due(now=THEN + timedelta(days=7)) == [row.pk]


def test_she_takes_it_back_and_it_stays_back(world: World, petra: Account, talked: UUID) -> None:
    finish(talked)
    row = grant_all(world, petra, talked)

    assert erasing.take_back(as_resident(talked, now=THEN), now=THEN) is True
    assert erasing.take_back(as_resident(talked, now=THEN), now=THEN) is False
    assert erasing.carry_out(row.pk, now=THEN + timedelta(days=9)) is False
    assert ledger.read() == []
    assert "Kzq" in everything_readable()


def test_asking_twice_is_one_request(world: World, talked: UUID) -> None:
    actor = as_resident(talked, now=THEN)
    first = erasing.ask(actor, parts=["conversations.report"], now=THEN)
    assert erasing.ask(actor, parts=["residents.thread"], now=THEN) == first
    assert ErasureRequest.objects.count() == 1


def test_what_is_not_granted_needs_a_reason(world: World, petra: Account, talked: UUID) -> None:
    erasing.ask(as_resident(talked, now=THEN), parts=erasing.erasable(), now=THEN)
    actor = officer(world, petra, THEN)
    row = handling.requests(actor, now=THEN)[0].row

    with pytest.raises(Invalid):
        erasing.decide(actor, row, granted=[], reason="  ", now=THEN)
    answered = erasing.decide(actor, row, granted=[], reason="Het belang van uw kind.", now=THEN)
    assert answered.state == ErasureRequest.State.REFUSED
    with pytest.raises(Conflict):
        erasing.decide(actor, row, granted=row.parts, reason="", now=THEN)


def test_an_officer_of_another_region_finds_nothing(world: World, talked: UUID) -> None:
    other = make_world("groningen")
    office = make_organisation(other.region, "Bureau Noord", "gemeente")
    stranger = make_staff(office, "Ina Noord", Role.PRIVACY_OFFICER)
    pk = erasing.ask(as_resident(talked, now=THEN), parts=["conversations.report"], now=THEN)
    actor = other.speak_as(stranger, THEN)

    assert handling.requests(actor, now=THEN) == []
    for wrong in (pk, uuid4()):
        with pytest.raises(Missing):
            handling.request(actor, wrong, now=THEN)
    with pytest.raises(Missing):
        handling.find_by_code(actor, "V-1001", checked="paspoort", now=THEN)


@pytest.mark.parametrize("who", ["noor", "ilse", "sanne"])
def test_no_other_role_handles_requests(world: World, talked: UUID, who: str) -> None:
    from noaber.ground.errors import Forbidden

    erasing.ask(as_resident(talked, now=THEN), parts=["conversations.report"], now=THEN)
    with pytest.raises(Forbidden):
        handling.requests(world.speak_as(getattr(world, who), THEN), now=THEN)
    assert ErasureRequest.objects.count() == 0
    assert FileStatement.objects.count() == 0


def test_after_erasing_nothing_of_her_is_left_and_every_count_is_the_same(
    world: World, petra: Account, talked: UUID
) -> None:
    finish(talked)
    before, resident = figures(world), resident_of(talked)
    row = grant_all(world, petra, talked)
    with gate.as_system("proef"):
        account = Resident.objects.get(pk=resident).account_id
    assert account is not None

    assert erasing.carry_out(row.pk, now=THEN + timedelta(days=8)) is True

    text = everything_readable()
    assert [word for word in CANARIES if word in text] == []
    assert figures(world) == before
    with gate.as_system("proef"):
        assert AccessCard.objects.count() == Report.objects.count() == Letter.objects.count() == 0
        assert not Account.objects.get(pk=account).is_active
        assert not Message.objects.filter(state=Message.State.QUEUED, recipient_account_id=account).exists()
        assert ErasureRequest.objects.get().state == ErasureRequest.State.DONE
    assert AuditEntry.objects.filter(resident_id=resident, event_type="erasure.done").count() == 1
    assert {line.because for line in DestructionLine.objects.all()} == {"asked"}


def test_the_log_keeps_its_lines_and_does_not_know_her_name(
    world: World, petra: Account, talked: UUID
) -> None:
    finish(talked)
    resident = resident_of(talked)
    row = grant_all(world, petra, talked)
    lines = AuditEntry.objects.filter(resident_id=resident).count()
    erasing.carry_out(row.pk, now=THEN + timedelta(days=8))

    assert AuditEntry.objects.filter(resident_id=resident).count() == lines + 1
    assert not any(word in str(list(AuditEntry.objects.values_list())) for word in CANARIES)


def test_erasing_a_second_time_changes_nothing_more(world: World, petra: Account, talked: UUID) -> None:
    finish(talked)
    row = grant_all(world, petra, talked)
    later = THEN + timedelta(days=8)
    erasing.carry_out(row.pk, now=later)
    with gate.as_system("proef"):
        again = {h.key: h.erase(row.resident_id, later) for h in registry.holdings()}
        left = {
            h.key: h.collect(row.resident_id) for h in registry.holdings() if h.erase(row.resident_id, later)
        }

    assert {key: n for key, n in again.items() if n} == {}
    assert left == {}
    assert erasing.carry_out(row.pk, now=later) is False
    assert len(ledger.read()) == 1


def test_a_part_goes_and_the_rest_stays(world: World, petra: Account, talked: UUID) -> None:
    finish(talked)
    parts = ["conversations.report", "referrals.letter"]
    erasing.ask(as_resident(talked, now=THEN), parts=parts, now=THEN)
    actor = officer(world, petra, THEN)
    row = handling.requests(actor, now=THEN)[0].row
    erasing.decide(actor, row, granted=row.parts, reason="", now=THEN)
    erasing.carry_out(row.pk, now=THEN + timedelta(days=8))

    text = everything_readable()
    assert "haar zus" not in text
    assert "Slaapt slecht" in text


def test_a_room_that_fails_leaves_all_of_it_and_the_next_try_does_all_of_it(
    world: World, petra: Account, talked: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    finish(talked)
    row = grant_all(world, petra, talked)
    whole = registry._holdings["residents.thread"]

    def broken(resident_id: UUID, now: datetime) -> int:
        raise RuntimeError

    monkeypatch.setitem(registry._holdings, "residents.thread", replace(whole, erase=broken))
    for _ in range(3):
        with pytest.raises(RuntimeError):
            erasing.carry_out(row.pk, now=THEN + timedelta(days=8))
    assert "haar zus" in everything_readable()
    assert len(ledger.read()) == 1
    assert erasing.take_back(as_resident(talked, now=THEN), now=THEN) is False

    monkeypatch.setitem(registry._holdings, "residents.thread", whole)
    assert erasing.carry_out(row.pk, now=THEN + timedelta(days=8)) is True
    assert len(ledger.read()) == 1
    assert not any(word in everything_readable() for word in CANARIES)


def test_an_older_database_is_erased_again_by_the_ledger(world: World, talked: UUID) -> None:
    """As after a restore: the line stands in the ledger, this database never heard of it."""
    finish(talked)
    resident = resident_of(talked)
    before = figures(world)
    ledger.append(
        erasing.LEDGER_KIND,
        {"resident": str(resident), "request": str(uuid4()), "parts": list(erasing.erasable())},
        now=THEN,
    )
    LedgerMark.objects.all().delete()

    assert ledger.replay() == 1
    assert not any(word in everything_readable() for word in CANARIES)
    assert figures(world) == before
