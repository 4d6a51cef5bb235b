"""After the conversation: looking back on a step, asking for another one, and who still hears of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import Settings

from noaber.ground.errors import Conflict, Missing, NoaberError
from noaber.hallway.access import gate
from noaber.hallway.accounts.models import Account
from noaber.hallway.outbox.services import inline
from noaber.hallway.post.models import Message
from noaber.network.partners.models import Professional
from noaber.network.residents.models import HelpRequest, Involvement
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import Confirmation
from noaber.pathways.conversations import services
from noaber.pathways.conversations.factories import World, as_resident, make_world
from noaber.pathways.conversations.models import AgreedStep
from noaber.pathways.conversations.services.another import ask_for_another
from noaber.pathways.conversations.services.steps import answer_step, remind_of_step, steps_to_remind_of
from noaber.pathways.conversations.tests.pages import NOW, account_of, browser, text_of, thread_of
from noaber.pathways.conversations.tests.test_around_the_conversation import AFTER, both, thread_id, told
from noaber.pathways.conversations.tests.test_guide_pages import SOON, held, planned
from noaber.pathways.conversations.types import Booking, NewStep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


# --- steps to look back on ----------------------------------------------------------------------


def with_step(world: World, *, back: int = 7) -> tuple[UUID, UUID]:
    pk = planned(world)
    day = (AFTER + timedelta(days=back)).date()
    with inline():
        services.hold_conversation(
            actor=world.speak_as(world.sanne, AFTER),
            conversation_id=pk,
            steps=[NewStep("Elke dag naar buiten", "own_network", return_on=day)],
            outcome="own_network",
            now=AFTER,
        )
    with gate.as_system("test"):
        return pk, AgreedStep.objects.get(conversation_id=pk).pk


def test_on_the_day_both_hear_of_it_once_and_read_nothing_of_it(world: World) -> None:
    pk, step = with_step(world)
    day = AFTER + timedelta(days=7)
    with gate.as_system("test"):
        assert steps_to_remind_of((day - timedelta(days=1)).date()) == []
        assert steps_to_remind_of(day.date()) == [step]
        assert remind_of_step(step_id=step, now=day)
        assert not remind_of_step(step_id=step, now=day)
        assert steps_to_remind_of(day.date()) == []
        messages = list(Message.objects.filter(key__startswith="look-back"))
    assert {m.address for m in messages} == {"fatma@voorbeeld.example", both(world, pk)[0].email}
    assert all("buiten" not in m.subject + m.body for m in messages)


def test_a_closed_request_is_left_in_peace(world: World) -> None:
    pk, _step = with_step(world)
    with gate.as_system("test"):
        HelpRequest.objects.filter(pk=thread_id(pk)).update(phase="closed", closed_at=AFTER)
        assert steps_to_remind_of((AFTER + timedelta(days=30)).date()) == []


def test_she_says_in_one_tap_how_it_went_and_her_holder_sees_it(world: World, settings: Settings) -> None:
    pk, step = with_step(world)
    settings.FIXED_NOW = AFTER + timedelta(days=7)
    client = browser(account_of(thread_id(pk)))
    assert "Hoe ging het?" in text_of(client.get("/mijn/vraag/"))
    holder, other = both(world, pk)
    assert "Nog geen antwoord" in text_of(browser(holder).get("/gesprekken/"))
    assert client.post(f"/mijn/vraag/stap/{step}/", {"antwoord": "a_bit"}).status_code == 302
    assert "Het ging een beetje" in text_of(browser(holder).get("/gesprekken/"))
    assert "Elke dag naar buiten" not in text_of(browser(other).get("/gesprekken/"))
    client.post(f"/mijn/vraag/stap/{step}/", {"antwoord": "good"})
    with gate.as_system("test"):
        assert AgreedStep.objects.get().answer == "good"
    assert client.post(f"/mijn/vraag/stap/{step}/", {"antwoord": "x"}).status_code == 400


def test_a_step_that_could_begin_confirms_the_entry_once_and_tells_nothing_of_her(world: World) -> None:
    pk, step = with_step(world)
    offer = make_service(world.region, assured_on=AFTER.date() - timedelta(days=150))
    with gate.as_system("test"):
        AgreedStep.objects.filter(pk=step).update(service_id=offer.pk)
    for answer in ("not", "a_bit", "good"):
        answer_step(actor=as_resident(thread_id(pk), now=AFTER), step_id=step, answer=answer, now=AFTER)
    (sign,) = Confirmation.objects.filter(service=offer)
    assert (sign.kind, sign.on, sign.by) == ("started", AFTER.date(), "")
    assert str(step) not in sign.reference
    before = offer.assured_on
    offer.refresh_from_db()
    assert offer.assured_on == before
    assert offer.stale_on is not None
    assert offer.stale_on > AFTER.date() + timedelta(days=60)


def test_nobody_else_answers_for_her(world: World) -> None:
    _pk, step = with_step(world)
    other = thread_id(planned(world, "Mila Jansen", at=SOON + timedelta(days=1)))
    with pytest.raises(Missing), transaction.atomic():
        answer_step(actor=as_resident(other, now=AFTER), step_id=step, answer="good", now=AFTER)
    for account in (world.sanne, world.ilse):
        with pytest.raises(Missing), transaction.atomic():
            answer_step(actor=world.speak_as(account, AFTER), step_id=step, answer="good", now=AFTER)


# --- another conversation -----------------------------------------------------------------------


def test_a_guide_asks_for_another_and_the_board_has_it(world: World, settings: Settings) -> None:
    pk = held(world)
    settings.FIXED_NOW = AFTER
    client = browser(world.sanne)
    assert client.post(f"/gesprekken/{pk}/nog-een/", {}).status_code == 302
    assert thread_of(thread_id(pk)).phase == "talked"
    assert client.post(f"/gesprekken/{pk}/nog-een/", {"wants": "on"}).status_code == 302
    assert thread_of(thread_id(pk)).phase == "received"
    assert "Plan gesprek 2" in text_of(browser(world.ilse).get(f"/planbord/{thread_id(pk)}/"))


def test_a_report_that_comes_later_does_not_take_it_off_the_board(world: World) -> None:
    pk = held(world)
    ask_for_another(actor=world.speak_as(world.sanne, AFTER), conversation_id=pk, now=AFTER)
    services.write_report(
        actor=world.speak_as(world.sanne, AFTER), conversation_id=pk, body="Fijn gesprek.", now=AFTER
    )
    assert thread_of(thread_id(pk)).phase == "received"


def test_above_the_limit_of_the_region_it_is_refused_with_the_reason(
    world: World, settings: Settings
) -> None:
    world.region.settings["second_conversation"]["max_conversations"] = 1
    world.region.save()
    pk = held(world)
    with pytest.raises(Conflict) as refusal, transaction.atomic():
        ask_for_another(actor=world.speak_as(world.sanne, AFTER), conversation_id=pk, now=AFTER)
    assert "1 keer voor één vraag" in str(refusal.value.why)
    settings.FIXED_NOW = AFTER
    assert "laatste gesprek" in text_of(browser(world.sanne).get(f"/gesprekken/{pk}/"))
    assert browser(world.sanne).post(f"/gesprekken/{pk}/nog-een/", {"wants": "on"}).status_code == 409


def test_nobody_asks_for_another_who_was_not_there(world: World) -> None:
    pk = held(world)
    for account in (world.henk, world.noor, world.ilse):
        with pytest.raises(NoaberError), transaction.atomic():
            ask_for_another(actor=world.speak_as(account, AFTER), conversation_id=pk, now=AFTER)
        assert browser(account).post(f"/gesprekken/{pk}/nog-een/", {"wants": "on"}).status_code == 404


# --- leftovers mended ---------------------------------------------------------------------------


def test_after_a_no_show_only_the_fixed_person_keeps_the_thread(world: World, settings: Settings) -> None:
    pk = planned(world)
    holder, other = both(world, pk)
    settings.FIXED_NOW = AFTER
    assert browser(world.sanne).post(f"/gesprekken/{pk}/niet-gekomen/").status_code == 302
    with gate.as_system("test"):
        living = Involvement.objects.filter(help_request=thread_id(pk), until__isnull=True)
        assert not living.filter(part="guide").exists()
        assert living.filter(part="holder", account=holder).exists()
    assert browser(other).get(f"/gesprekken/{pk}/").status_code == 404


def test_who_left_at_an_earlier_move_hears_nothing_of_a_later_one(world: World) -> None:
    pk = planned(world)
    people = {a: Professional.objects.get(account=a).pk for a in (world.sanne, world.bram, world.henk)}

    def move(at: datetime, *accounts: Account) -> list[Message]:
        booking = Booking(at, "live", world.room.pk, tuple(people[a] for a in accounts))
        services.move_conversation(
            actor=world.speak_as(world.ilse, NOW), conversation_id=pk, booking=booking, now=NOW
        )
        return [m for m in told(NOW) if m.calendar_method == "CANCEL"]

    told(NOW)
    assert [m.address for m in move(SOON, world.sanne, world.henk)] == [world.bram.email]
    assert move(SOON + timedelta(hours=1), world.sanne, world.henk) == []
    services.cancel_conversation(
        actor=world.speak_as(world.ilse, NOW), conversation_id=pk, because="op verzoek", now=NOW
    )
    gone = {m.address for m in told(NOW) if m.calendar_method == "CANCEL"}
    assert world.bram.email not in gone
    assert {world.sanne.email, world.henk.email} <= gone
