"""Her report: she reads it first, and her word decides."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from noaber.hallway.access import gate
from noaber.hallway.outbox.services import inline
from noaber.network.consents.models import Objection
from noaber.pathways.conversations import services
from noaber.pathways.conversations.factories import World, book_first, hold, make_world, refer
from noaber.pathways.conversations.models import Conversation, Report
from noaber.pathways.conversations.tests.pages import NOW, account_of, browser, comparable, text_of
from noaber.pathways.referrals.models import Letter
from noaber.pathways.referrals.types import SentReferral

pytestmark = pytest.mark.django_db
BODY = "KAN-verslag: u wilt weer onder de mensen."


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def told(world: World, settings: Settings) -> tuple[SentReferral, UUID]:
    with inline():
        sent = refer(world, now=NOW)
        conversation_id = book_first(world, sent.help_request_id, now=NOW)
        later = Conversation.objects.get(pk=conversation_id).period.upper
        hold(world, conversation_id, now=later)
        services.write_report(
            actor=world.speak_as(world.sanne, later), conversation_id=conversation_id, body=BODY, now=later
        )
    settings.FIXED_NOW = later
    return sent, conversation_id


def page_of(conversation_id: UUID) -> str:
    return f"/mijn/verslag/{conversation_id}/"


def letter() -> Letter:
    with gate.as_system("test"):
        return Letter.objects.get()


def objections() -> int:
    with gate.as_system("test"):
        return Objection.objects.count()


def test_another_resident_and_a_guessed_number_get_the_same_bytes(
    world: World, told: tuple[SentReferral, UUID]
) -> None:
    other = browser(account_of(refer(world, now=NOW, name="Mila Jansen", key="m").help_request_id))
    theirs, nothing = other.get(page_of(told[1])), other.get(page_of(uuid4()))
    assert (theirs.status_code, nothing.status_code) == (404, 404)
    assert comparable(theirs) == comparable(nothing)
    assert "KAN-verslag" not in text_of(theirs)


@pytest.mark.parametrize("choice", ["ja", "nee"])
def test_nobody_decides_for_her(world: World, told: tuple[SentReferral, UUID], choice: str) -> None:
    mila = account_of(refer(world, now=NOW, name="Mila Jansen", key="m").help_request_id)
    for somebody in (mila, world.noor, world.sanne, world.ilse):
        assert browser(somebody).post(page_of(told[1]), {"besluit": choice}).status_code == 404
    assert browser().post(page_of(told[1]), {"besluit": choice}).status_code == 302
    forged = browser(account_of(told[0].help_request_id), checks=True)
    assert forged.post(page_of(told[1]), {"besluit": choice}).status_code == 403
    found = letter()
    assert found.released_at is None
    assert not objections()


def test_her_first_reading_is_noted_and_decides_nothing(told: tuple[SentReferral, UUID]) -> None:
    page = text_of(browser(account_of(told[0].help_request_id)).get(page_of(told[1])))
    assert BODY in page
    assert "Meedoen bij de wandelgroep" in page
    assert "Kiest u niets? Dan kan uw huisarts het vanaf maandag 5 juli lezen." in page
    with gate.as_system("test"):
        assert Report.objects.get().resident_read_at is not None
    assert letter().released_at is None


def test_she_lets_it_go_and_takes_it_back_later(world: World, told: tuple[SentReferral, UUID]) -> None:
    client = browser(account_of(told[0].help_request_id))
    page = text_of(client.post(page_of(told[1]), {"besluit": "ja"}, follow=True))
    assert "Uw huisarts mag dit lezen" in page
    assert "Uw huisarts las het nog niet." in page
    gp = f"/mijn-verwijzingen/{told[0].referral_id}/"
    assert "KAN-verslag" in text_of(browser(world.noor).get(gp))
    assert "Uw huisarts las het op" in text_of(client.get(page_of(told[1])))
    page = text_of(client.post(page_of(told[1]), {"besluit": "nee"}, follow=True))
    assert "Uw huisarts krijgt dit niet" in page
    assert "Dat kunnen wij niet terugdraaien." in page
    assert "KAN-verslag" not in text_of(browser(world.noor).get(gp))


def test_she_keeps_it_here_and_changes_her_mind(world: World, told: tuple[SentReferral, UUID]) -> None:
    client = browser(account_of(told[0].help_request_id))
    client.post(page_of(told[1]), {"besluit": "nee"})
    gp = f"/mijn-verwijzingen/{told[0].referral_id}/"
    assert "KAN-verslag" not in text_of(browser(world.noor).get(gp))
    client.post(page_of(told[1]), {"besluit": "ja"})
    assert "KAN-verslag" in text_of(browser(world.noor).get(gp))


def test_something_else_than_yes_or_no_decides_nothing(told: tuple[SentReferral, UUID]) -> None:
    client = browser(account_of(told[0].help_request_id))
    for strange in ({}, {"besluit": "misschien"}, {"besluit": "JA"}):
        assert client.post(page_of(told[1]), strange).status_code == 302
    found = letter()
    assert found.released_at is None
    assert not objections()


def test_where_consent_is_needed_the_page_promises_no_day(
    world: World, told: tuple[SentReferral, UUID]
) -> None:
    world.region.settings["report"]["to_gp"] = "with_consent"
    world.region.save()
    page = text_of(browser(account_of(told[0].help_request_id)).get(page_of(told[1])))
    assert "Kiest u niets, dan blijft het hier." in page
    assert "maandag 5 juli" not in page.split("Mag uw huisarts dit lezen?")[1]


def test_words_in_a_report_are_never_markup(world: World, told: tuple[SentReferral, UUID]) -> None:
    with gate.as_system("test"):
        Report.objects.update(body="<script>alert(1)</script>")
    page = browser(account_of(told[0].help_request_id)).get(page_of(told[1])).content.decode()
    assert "<script>alert" not in page
