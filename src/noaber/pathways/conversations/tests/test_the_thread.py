"""One request for help walks through, act by act."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from noaber.ground.errors import Conflict, Forbidden, Invalid, Missing
from noaber.hallway.access import gate
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.outbox.services import inline
from noaber.hallway.post.models import Message
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.services import stop
from noaber.pathways.conversations import queries, services
from noaber.pathways.conversations.factories import as_resident, book_first, hold, make_world, refer
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.services.planning import booking_of
from noaber.pathways.conversations.types import NewStep
from noaber.pathways.referrals import queries as referral_queries
from noaber.pathways.referrals import services as referrals

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 1, 8, tzinfo=UTC)


def test_a_request_goes_from_referral_to_a_letter_back() -> None:
    world = make_world()
    with inline():
        sent = refer(world, now=NOW)
        conversation_id = book_first(world, sent.help_request_id, now=NOW)
        conversation = Conversation.objects.get(pk=conversation_id)
        later = conversation.period.upper
        hold(world, conversation_id, now=later)
        services.write_report(
            actor=world.speak_as(world.sanne, later),
            conversation_id=conversation_id,
            body="Fijn gesprek.",
            now=later,
        )
        fatma = as_resident(sent.help_request_id, now=later)
        assert (
            services.read_report(actor=fatma, conversation_id=conversation_id, now=later).body
            == "Fijn gesprek."
        )
        noor = world.speak_as(world.noor, later)
        assert referral_queries.letters_of_referral(noor, sent.referral_id) == []
        fatma = as_resident(sent.help_request_id, now=later)
        services.agree_with_report(actor=fatma, conversation_id=conversation_id, now=later)
        noor = world.speak_as(world.noor, later)
        letters = referral_queries.letters_of_referral(noor, sent.referral_id)
        assert [referrals.open_letter(actor=noor, letter_id=pk, now=later).body for pk in letters] == [
            "Fijn gesprek."
        ]
    with gate.as_system("test"):
        thread = HelpRequest.objects.get(pk=sent.help_request_id)
    assert thread.holder_id is not None
    assert thread.next_on is not None
    assert thread.meanwhile == "wat u samen afsprak"
    assert AuditEntry.objects.filter(resident_id=thread.resident_id, event_type="letter.read").count() == 1


def test_her_objection_keeps_the_letter_from_the_practice() -> None:
    world = make_world()
    with inline():
        sent = refer(world, now=NOW)
        conversation_id = book_first(world, sent.help_request_id, now=NOW)
        later = Conversation.objects.get(pk=conversation_id).period.upper
        hold(world, conversation_id, now=later)
        services.write_report(
            actor=world.speak_as(world.sanne, later),
            conversation_id=conversation_id,
            body="Tekst.",
            now=later,
        )
        fatma = as_resident(sent.help_request_id, now=later)
        services.agree_with_report(actor=fatma, conversation_id=conversation_id, now=later)
        letter_id = referrals.letters_about(actor=fatma, conversation_id=conversation_id)[0]
        referrals.object_to_letter(actor=fatma, letter_id=letter_id, now=later)
        assert not referrals.letter_may_go(str(letter_id))
        noor = world.speak_as(world.noor, later)
        with pytest.raises(Missing):
            referrals.open_letter(actor=noor, letter_id=letter_id, now=later)


def test_the_same_booking_twice_is_one_and_another_booking_is_a_polite_conflict() -> None:
    world = make_world()
    with inline():
        sent = refer(world, now=NOW)
        first = book_first(world, sent.help_request_id, now=NOW)
        assert book_first(world, sent.help_request_id, now=NOW) == first
        booked = Conversation.objects.get(pk=first)
        another = replace(booking_of(booked), starts_at=booked.period.upper)
        with pytest.raises(Conflict) as refused:
            services.book_conversation(
                actor=world.speak_as(world.ilse, NOW),
                help_request_id=sent.help_request_id,
                booking=another,
                now=NOW,
            )
    assert refused.value.code == "already_booked"
    assert Conversation.objects.count() == 1


def test_two_requests_never_share_a_person_at_one_time() -> None:
    world = make_world()
    with inline():
        one = book_first(world, refer(world, now=NOW).help_request_id, now=NOW)
        two = book_first(world, refer(world, now=NOW, name="Mila Jansen").help_request_id, now=NOW)
    first, second = Conversation.objects.get(pk=one).period, Conversation.objects.get(pk=two).period
    assert first.upper <= second.lower


def test_a_double_click_on_send_is_one_referral() -> None:
    world = make_world()
    with inline():
        first = refer(world, now=NOW, key="once")
        second = refer(world, now=NOW, key="once")
    assert first.referral_id == second.referral_id
    assert (second.card_code, second.card_pin) == ("", "")


def test_a_planner_of_another_region_finds_nothing() -> None:
    world, other = make_world(), make_world("groningen")
    with inline():
        sent = refer(world, now=NOW)
        stranger = other.speak_as(other.ilse, NOW)
        assert queries.board(stranger, now=NOW) == []
        with pytest.raises((Missing, Forbidden)):
            queries.proposals(stranger, sent.help_request_id, now=NOW)


def test_everyone_at_the_table_gets_a_neutral_invitation_and_its_cancellation() -> None:
    world = make_world()
    with inline():
        sent = refer(world, now=NOW)
        conversation_id = book_first(world, sent.help_request_id, now=NOW)
        invited = Message.objects.filter(calendar_method="REQUEST")
        people = queries.of_thread(world.speak_as(world.sanne, NOW), sent.help_request_id, now=NOW)[0].people
        assert invited.count() == len(people) + 1
        assert {m.subject for m in invited} == {"Afspraak"}
        assert not any(b"Fatma" in bytes(m.calendar) or b"ggz" in bytes(m.calendar).lower() for m in invited)
        services.cancel_conversation(
            actor=world.speak_as(world.ilse, NOW), conversation_id=conversation_id, because="ziek", now=NOW
        )
    assert Message.objects.filter(calendar_method="CANCEL").count() == len(people) + 1


def test_what_is_planned_is_let_go_when_she_stops() -> None:
    world = make_world()
    with inline():
        sent = refer(world, now=NOW)
        conversation_id = book_first(world, sent.help_request_id, now=NOW)
        fatma = as_resident(sent.help_request_id, now=NOW)
        stop(actor=fatma, help_request_id=sent.help_request_id, now=NOW + timedelta(hours=1))
    assert Conversation.objects.get(pk=conversation_id).state == Conversation.State.CANCELLED


def test_a_conversation_cannot_be_recorded_before_it_begins() -> None:
    world = make_world()
    with inline():
        sent = refer(world, now=NOW)
        conversation_id = book_first(world, sent.help_request_id, now=NOW)
        with pytest.raises(Conflict) as refused:
            hold(world, conversation_id, now=NOW)
    assert refused.value.code == "conversation_not_begun"


def test_proposals_are_there_at_any_microsecond() -> None:
    world = make_world()
    with inline():
        sent = refer(world, now=NOW)
    odd = NOW.replace(second=7, microsecond=123_456)
    found = queries.proposals(world.speak_as(world.ilse, odd), sent.help_request_id, now=odd)
    assert found.options[0].starts_at > odd


def test_a_citizen_service_number_is_kept_in_no_report_and_no_step() -> None:
    world = make_world()
    with inline():
        sent = refer(world, now=NOW)
        conversation_id = book_first(world, sent.help_request_id, now=NOW)
        later = Conversation.objects.get(pk=conversation_id).period.upper
        sanne = world.speak_as(world.sanne, later)
        step = NewStep(words="Bellen met 111222333", kind="other")
        with pytest.raises(Invalid):
            services.hold_conversation(
                actor=sanne, conversation_id=conversation_id, steps=[step], outcome="other", now=later
            )
        hold(world, conversation_id, now=later)
        with pytest.raises(Invalid):
            services.write_report(
                actor=world.speak_as(world.sanne, later),
                conversation_id=conversation_id,
                body="BSN 1112.22.333",
                now=later,
            )


def test_what_was_agreed_is_for_her_alone() -> None:
    world = make_world()
    with inline():
        sent = refer(world, now=NOW)
        conversation_id = book_first(world, sent.help_request_id, now=NOW)
        later = Conversation.objects.get(pk=conversation_id).period.upper
        hold(world, conversation_id, now=later)
    fatma = as_resident(sent.help_request_id, now=later)
    steps = queries.agreed_steps(fatma, sent.help_request_id)
    assert [s.words for s in steps] == ["Meedoen bij de wandelgroep"]
    with pytest.raises(Missing):
        queries.agreed_steps(world.speak_as(world.ilse, later), sent.help_request_id)
