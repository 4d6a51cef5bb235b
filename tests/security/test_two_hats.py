"""Whoever works in the network may be a resident too. One hat never opens what the other may not see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.security import canaries
from tests.security.moments import HELD, NOW, WRITTEN
from tests.security.world import World, book, hold_and_write

from noaber.hallway.access import gate, scope
from noaber.hallway.access.types import Actor, Kind
from noaber.network.residents.models import HelpRequest, Resident
from noaber.pathways.conversations import services as conversations
from noaber.pathways.conversations.models import Conversation, Report
from noaber.pathways.referrals.models import Letter


def also_a_resident(world: World, staff: str, person: str) -> Actor:
    """The resident `person` turns out to be this professional, on the same account."""
    with gate.as_system("proef met twee petten"):
        Resident.objects.filter(pk=world.cases[person].resident_id).update(account=world.accounts[staff])
    gate.tell_database(Actor(account_id=world.accounts[staff].pk))
    actor = world.actor(staff)
    assert actor.resident_id == world.cases[person].resident_id
    assert actor.kind is Kind.STAFF
    return actor


def test_a_practice_employee_with_a_file_of_her_own_reads_no_letter_with_an_objection(world: World) -> None:
    actor = also_a_resident(world, "noor", "cem")
    scope._set("", "", "", "system")
    seen = gate.visible(actor, "read", Letter.objects.all(), resource="letter")
    assert world.cases["mila"].letter_id not in {letter.pk for letter in seen}
    assert world.cases["fatma"].letter_id in {letter.pk for letter in seen}


@pytest.mark.parametrize("action", ["see_appointment", "hold", "rebook"])
@pytest.mark.parametrize("who", ["sanne", "ilse"])
def test_nobody_opens_the_own_conversation_through_the_door_of_work(
    world: World, who: str, action: str
) -> None:
    actor = also_a_resident(world, who, "fatma")
    scope._set("", "", "", "system")
    seen = gate.visible(actor, action, Conversation.objects.all(), resource="conversation")
    assert world.cases["fatma"].conversation_id not in {row.pk for row in seen}


@pytest.mark.parametrize("action", ["read", "decide"])
def test_nobody_reads_the_own_report_through_the_door_of_work(world: World, action: str) -> None:
    actor = also_a_resident(world, "sanne", "fatma")
    scope._set("", "", "", "system")
    seen = gate.visible(actor, action, Report.objects.all(), resource="report")
    assert world.cases["fatma"].conversation_id not in {row.conversation_id for row in seen}


def test_a_guide_who_is_a_resident_elsewhere_does_not_count_as_the_reader_of_the_report(world: World) -> None:
    actor = also_a_resident(world, "sanne", "cem")
    gate.tell_database(actor)
    with gate.as_system("proef met twee petten"):
        Report.objects.all().update(resident_read_at=None)
    case = world.cases["fatma"]
    assert case.conversation_id is not None
    report = conversations.read_report(actor=actor, conversation_id=case.conversation_id, now=NOW)
    assert report.resident_read_at is None


def test_a_report_can_be_written_again_while_its_letter_waits(world: World) -> None:
    case = world.cases["els"]
    conversation_id = book(world, "els", ["sanne", "henk"], by="ilse", starts_at=HELD + timedelta(hours=1))
    hold_and_write(world, "els", "sanne")
    actor = world.speak_as("sanne", WRITTEN)
    conversations.write_report(actor=actor, conversation_id=conversation_id, body="Anders.", now=WRITTEN)
    gate.tell_database(world.actor("sanne"))
    assert not Letter.objects.filter(pk=case.letter_id).exists(), "the letter is not for who wrote the report"
    world.speak_as("els", WRITTEN)
    assert Letter.objects.get(pk=case.letter_id).body == "Anders."


def test_the_words_of_a_step_stay_with_the_step(world: World) -> None:
    world.speak_as("ilse", NOW)
    thread = HelpRequest.objects.get(pk=world.cases["fatma"].help_request_id)
    assert canaries.word("fatma", "step") not in thread.meanwhile
