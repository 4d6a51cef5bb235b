"""What is proposed: near before far, never silently, and always bookable."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from noaber.hallway.access import gate
from noaber.network.partners.factories import make_municipality, make_professional, make_room
from noaber.network.partners.models import Professional
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations import queries
from noaber.pathways.conversations.factories import (
    World,
    make_world,
)
from noaber.pathways.conversations.tests.pages import NOW, browser, text_of
from noaber.pathways.conversations.tests.planning import asked, book, the_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


def test_without_a_room_at_home_the_nearest_municipality_is_proposed_and_said(world: World) -> None:
    borne = make_municipality(world.region, "Borne", latitude=52.30, longitude=6.75)
    far = make_municipality(world.region, "Losser", latitude=52.26, longitude=7.00)
    world.almelo.latitude, world.almelo.longitude = 52.357, 6.663
    world.almelo.save()
    make_room(far)
    near = make_room(borne)
    world.room.delete()
    pk = asked(world)
    fits = queries.proposals(world.speak_as(world.ilse, NOW), pk, now=NOW)
    assert fits.options[0].room_id == near.pk
    assert fits.shortage == ("In Almelo is geen ruimte bekend.",)
    assert fits.options[0].notes[0] == "In Borne, 9 km verderop."


def test_online_is_offered_only_when_no_place_fits_and_never_silently(world: World) -> None:
    pk = asked(world)
    actor = world.speak_as(world.ilse, NOW)
    assert {o.mode for o in queries.proposals(actor, pk, now=NOW).options} == {"live"}
    world.room.delete()
    first = queries.proposals(actor, pk, now=NOW).options[0]
    assert first.mode == "online"
    assert "Online. Vraag eerst of de inwoner dat wil." in first.notes


def test_what_is_proposed_can_always_be_booked_also_a_peer_worker_of_a_ggz_organisation(world: World) -> None:
    ggz = Professional.objects.get(account=world.sanne).organisation
    Professional.objects.exclude(account=world.sanne).update(holds_conversations=False)
    make_professional(ggz, "Gerda Wolters", profession="peer_worker", domain_group="lived_experience")
    pk = asked(world)
    book(world, pk)
    names = the_conversation(pk).participations.values_list("professional__name", flat=True)
    assert set(names) == {"Sanne Bakker", "Gerda Wolters"}


def test_when_nothing_fits_the_page_says_who_is_missing(world: World) -> None:
    Professional.objects.filter(account=world.sanne).update(holds_conversations=False)
    pk = asked(world)
    page = text_of(browser(world.ilse).get(f"/planbord/{pk}/"))
    assert "Waarom er nog niets past" in page
    assert "Iemand uit de ggz is in de komende zes weken helemaal niet vrij." in page
    board = text_of(browser(world.ilse).get("/planbord/"))
    assert "Past nog niet" in board
    assert "mist: ggz" in board


def test_without_saying_who_asks_the_database_shows_no_request(world: World) -> None:
    asked(world)
    gate.tell_database(gate.ANONYMOUS)
    assert HelpRequest.objects.count() == 0
