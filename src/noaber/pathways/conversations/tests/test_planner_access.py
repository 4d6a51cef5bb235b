"""The alarm list, and who finds nothing at the addresses of the planner."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from pytest_django import Settings

from noaber.network.partners.models import Membership
from noaber.pathways.conversations.factories import (
    World,
    make_world,
)
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.tests.pages import NOW, browser, comparable, text_of, thread_of
from noaber.pathways.conversations.tests.planning import asked, book, the_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


def test_the_alarm_list_names_what_lacks_and_gives_a_fixed_person(world: World) -> None:
    pk = asked(world)
    client = browser(world.ilse)
    page = text_of(client.get("/alarm/"))
    assert thread_of(pk).code in page
    assert "geen vaste persoon" in page
    assert "Yilmaz" not in page
    assert client.post(f"/alarm/{pk}/houder/", {"account_id": str(world.bram.pk)}).status_code == 302
    assert thread_of(pk).holder_id == world.bram.pk
    assert "geen vaste persoon" not in text_of(client.get("/alarm/"))


def test_only_who_may_open_the_request_can_become_its_fixed_person(world: World) -> None:
    pk, client = asked(world), browser(world.ilse)
    stranger = make_world("groningen")
    for account_id in (str(stranger.sanne.pk), str(world.noor.pk), str(uuid4()), "x", ""):
        assert client.post(f"/alarm/{pk}/houder/", {"account_id": account_id}).status_code == 422
    Membership.objects.filter(account=world.bram).update(period=(date(2027, 1, 4), date(2027, 6, 1)))
    assert client.post(f"/alarm/{pk}/houder/", {"account_id": str(world.bram.pk)}).status_code == 422
    assert client.post(f"/alarm/{pk}/houder/", {"account_id": str(world.ilse.pk)}).status_code == 302
    assert thread_of(pk).holder_id == world.ilse.pk


def planner_addresses(pk: UUID, conversation_id: UUID) -> list[tuple[str, str]]:
    """Every address of the planner that names something, with its method."""
    of_thread = [
        ("get", reverse("conversations:case", args=[pk])),
        ("post", reverse("conversations:case", args=[pk])),
    ]
    return [
        *of_thread,
        ("get", reverse("conversations:by_hand", args=[pk])),
        ("get", reverse("conversations:move", args=[conversation_id])),
        ("post", reverse("conversations:move", args=[conversation_id])),
        ("get", reverse("conversations:cancel", args=[conversation_id])),
        ("post", reverse("conversations:cancel", args=[conversation_id])),
        ("get", reverse("conversations:plan_ics", args=[conversation_id])),
    ]


def test_another_region_another_role_and_a_guessed_id_get_the_same_bytes(world: World) -> None:
    pk = asked(world)
    book(world, pk)
    conversation_id = the_conversation(pk).pk
    stranger = make_world("groningen")
    for account in (stranger.ilse, world.sanne, world.noor):
        client = browser(account)
        real = planner_addresses(pk, conversation_id)
        guessed = planner_addresses(uuid4(), uuid4())
        for (method, address), (_, other) in zip(real, guessed, strict=True):
            body = {"choice": "x", "because": "op uw verzoek"} if method == "post" else {}
            mine, nothing = getattr(client, method)(address, body), getattr(client, method)(other, body)
            assert mine.status_code == nothing.status_code == 404, (account.name, method, address)
            assert comparable(mine) == comparable(nothing)
    for account in (world.sanne, world.noor):
        assert browser(account).get("/planbord/").status_code == 404
        assert browser(account).get("/alarm/").status_code == 404
    assert thread_of(pk).code not in text_of(browser(stranger.ilse).get("/planbord/"))
    assert the_conversation(pk).state == Conversation.State.PLANNED


def test_a_planner_whose_role_ended_and_a_visitor_see_no_board(world: World) -> None:
    asked(world)
    assert browser().get("/planbord/").status_code == 302
    assert browser(world.ilse, second_factor=False).get("/planbord/").status_code == 302
    Membership.objects.filter(account=world.ilse).update(period=(date(2027, 1, 4), date(2027, 6, 30)))
    assert browser(world.ilse).get("/planbord/").status_code == 404
