"""The practice's link and its computers: they write and show nothing. What fails comes first."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from pytest_django import Settings

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.network.residents.models import HelpRequest, ThreadEntry
from noaber.pathways.conversations.factories import World, make_world, refer
from noaber.pathways.conversations.tests.pages import NOW, browser, comparable, text_of
from noaber.pathways.referrals.models import PracticeKey, Referral, ShortPin

pytestmark = pytest.mark.django_db
KEYS = "/praktijk/beheer/"
DEVICE = "/praktijk/"


@pytest.fixture(autouse=True)
def fixed_clock(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


def typed(world: World, **more: Any) -> dict[str, Any]:
    return {
        "name": "Fatma Yilmaz",
        "phone": "06 00 00 01 23",
        "question": "Slaapt slecht en komt de deur niet meer uit.",
        "consent": "on",
        "municipality": str(world.almelo.pk),
        "language": "nl",
        "once_key": uuid4().hex,
        "sender": "Noor de Wit",
        **more,
    }


def requests() -> int:
    with gate.as_system("test"):
        return HelpRequest.objects.count()


def living(kind: str) -> PracticeKey:
    with gate.as_system("test"):
        return PracticeKey.objects.get(kind=kind, revoked_at__isnull=True)


def make_link(world: World) -> str:
    """The path of a fresh link of Noor's practice."""
    noor = browser(world.noor)
    noor.post(KEYS, {"act": "link", "organisation": str(practice_of(world))})
    found = re.search(r"/praktijk/([\w-]{40,})/", text_of(noor.get(KEYS)))
    assert found is not None
    return found[0]


def practice_of(world: World) -> Any:
    actor = world.actor(world.noor, NOW)
    return actor.grants[0].organisation_id


def make_device(world: World, pin: str = "4826") -> Client:
    """A browser of the practice, without anyone signed in; Noor chose a short pin."""
    noor = browser(world.noor)
    noor.post(KEYS, {"act": "device", "organisation": str(practice_of(world)), "label": "balie"})
    noor.post(KEYS, {"act": "pin", "pin": pin})
    computer = Client()
    computer.cookies["noaber_praktijk"] = noor.cookies["noaber_praktijk"].value
    return computer


def who(world: World) -> str:
    with gate.as_system("test"):
        return str(ShortPin.objects.get(account=world.noor).pk)


# --- the link ------------------------------------------------------------------------------------


def test_an_invented_a_revoked_an_old_and_a_rotated_link_are_all_not_there(
    world: World, settings: Settings
) -> None:
    absent = comparable(Client().get("/praktijk/" + "x" * 43 + "/"))
    first = make_link(world)
    second = make_link(world)
    rotated = Client().get(first)
    assert Client().get(second).status_code == 200
    browser(world.noor).post(f"{KEYS}{living('link').pk}/intrekken/")
    revoked = Client().get(second)
    third = make_link(world)
    settings.FIXED_NOW = NOW + timedelta(days=366)
    old = Client().get(third)
    assert [a.status_code for a in (rotated, revoked, old)] == [404, 404, 404]
    assert {comparable(a) for a in (rotated, revoked, old)} == {absent}


def test_guessing_links_ends_in_a_pause_for_that_address(world: World) -> None:
    link = make_link(world)
    for number in range(31):
        Client(REMOTE_ADDR="10.0.0.9").get(f"/praktijk/{'a' * 40}{number}/")
    assert Client(REMOTE_ADDR="10.0.0.9").get(link).status_code == 404
    assert Client(REMOTE_ADDR="10.0.0.10").get(link).status_code == 200


def test_the_link_shows_nothing_of_earlier_referrals(world: World) -> None:
    refer(world, name="Mila Jansen", now=NOW)
    link = make_link(world)
    page = text_of(Client().get(link))
    sent = Client()
    sent.post(link, typed(world))
    both = page + text_of(sent.get("/praktijk/verstuurd/"))
    assert "Mila" not in both
    assert "Fatma" not in both
    for path in ["/mijn-verwijzingen/", "/verwijzen/"]:
        assert sent.get(path).status_code == 302


def test_nothing_is_sent_without_consent_or_without_a_name_of_who_writes(world: World) -> None:
    link = make_link(world)
    for missing in ["consent", "sender", "question", "phone"]:
        page = text_of(Client().post(link, {k: v for k, v in typed(world).items() if k != missing}))
        assert "Fout:" in page
    assert requests() == 0


def test_danger_stops_it_and_says_who_to_ring(world: World) -> None:
    assert "Bel nu" in text_of(Client().post(make_link(world), typed(world, danger="on")))
    assert requests() == 0


def test_sent_gives_a_number_and_a_card_once(world: World) -> None:
    link = make_link(world)
    gp = Client()
    answer = gp.post(link, typed(world))
    assert (answer.status_code, answer["Location"]) == (302, "/praktijk/verstuurd/")
    first, second = text_of(gp.get("/praktijk/verstuurd/")), text_of(gp.get("/praktijk/verstuurd/"))
    assert "Verstuurd, nummer V-" in first
    assert "Pincode" in first
    assert "nummer V-" not in second
    assert "Pincode" not in second


def test_a_double_click_is_one_referral(world: World) -> None:
    link, form = make_link(world), typed(world)
    gp = Client()
    gp.post(link, form)
    gp.post(link, form)
    assert requests() == 1
    assert "Pincode" in text_of(gp.get("/praktijk/verstuurd/"))


def test_the_office_reads_by_which_way_and_by_whom(world: World) -> None:
    Client().post(make_link(world), typed(world, sender="Huisarts Jansma"))
    with gate.as_system("test"):
        thread = HelpRequest.objects.get()
        referral = Referral.objects.get()
        words = ThreadEntry.objects.get(kind="referred_by_key")
    assert (referral.via, referral.typed_name, referral.referrer_id) == ("link", "Huisarts Jansma", None)
    page = text_of(browser(world.ilse).get(f"/planbord/{thread.pk}/"))
    assert "Verstuurd via de link van de praktijk, door Huisarts Jansma" in page
    assert words.by == "Praktijk De Linde"


def test_the_practice_follows_what_came_in_by_its_link(world: World) -> None:
    Client().post(make_link(world), typed(world))
    noor = browser(world.noor)
    assert "Fatma Yilmaz" in text_of(noor.get("/mijn-verwijzingen/"))
    with gate.as_system("test"):
        referral = Referral.objects.get()
    assert "Noor de Wit" in text_of(noor.get(f"/mijn-verwijzingen/{referral.pk}/"))


def test_a_link_that_sends_too_much_pauses(world: World) -> None:
    link = make_link(world)
    for _ in range(40):
        Client().post(link, typed(world))
    page = text_of(Client().post(link, typed(world)))
    assert "te veel verwijzingen" in page
    assert requests() == 40


# --- the practice's computer ---------------------------------------------------------------------


def test_a_browser_without_the_token_is_sent_to_sign_in(world: World) -> None:
    answer = Client().get(DEVICE)
    assert answer["Location"] == KEYS
    stranger = Client()
    stranger.cookies["noaber_praktijk"] = "x" * 43
    assert stranger.get(DEVICE)["Location"] == KEYS


def test_a_wrong_short_pin_sends_nothing_and_rests_after_five(world: World) -> None:
    computer = make_device(world)
    for _ in range(5):
        page = text_of(computer.post(DEVICE, typed(world, who=who(world), pin="1111")))
        assert "horen niet bij elkaar" in page
    assert "horen niet bij elkaar" in text_of(computer.post(DEVICE, typed(world, who=who(world), pin="4826")))
    assert requests() == 0


def test_a_colleague_who_left_and_an_invented_one_cannot_write(world: World) -> None:
    computer = make_device(world)
    name = who(world)
    assert computer.post(DEVICE, typed(world, who=str(uuid4()), pin="4826")).status_code == 200
    with gate.as_system("test"):
        world.noor.memberships.update(period=DateRange(NOW.date() - timedelta(days=9), NOW.date()))
    assert computer.post(DEVICE, typed(world, who=name, pin="4826")).status_code == 200
    assert "Noor" not in text_of(computer.get(DEVICE))
    assert requests() == 0


def test_right_name_and_pin_send_it_in_her_name_and_show_nothing_else(world: World) -> None:
    computer = make_device(world)
    computer.post(DEVICE, typed(world, who=who(world), pin="4826"))
    with gate.as_system("test"):
        referral = Referral.objects.get()
    assert (referral.via, referral.referrer_id) == ("device", world.noor.pk)
    assert "Pincode" in text_of(computer.get("/praktijk/verstuurd/"))
    assert computer.get("/mijn-verwijzingen/").status_code == 302
    assert computer.get("/verwijzen/")["Location"] == DEVICE


def test_the_short_pin_does_not_come_back_in_the_page(world: World) -> None:
    page = make_device(world).post(DEVICE, typed(world, who="", pin="4826")).content
    assert b"4826" not in page


def test_a_revoked_computer_stops_at_once(world: World) -> None:
    computer = make_device(world)
    browser(world.noor).post(f"{KEYS}{living('device').pk}/intrekken/")
    assert computer.get(DEVICE)["Location"] == KEYS
    computer.post(DEVICE, typed(world, who=who(world), pin="4826"))
    assert requests() == 0


# --- who keeps them ------------------------------------------------------------------------------


def test_another_practice_neither_sees_nor_revokes_them(world: World) -> None:
    make_link(world)
    stranger = make_staff(make_organisation(world.region, "Praktijk De Eik"), "Piet Vos", Role.REFERRER)
    other = browser(stranger)
    assert "Gemaakt door" not in text_of(other.get(KEYS))
    assert other.post(f"{KEYS}{living('link').pk}/intrekken/").status_code == 404
    assert other.post(KEYS, {"act": "link", "organisation": str(practice_of(world))}).status_code == 404


@pytest.mark.parametrize("name", ["sanne", "ilse"])
def test_whoever_does_not_refer_finds_no_page(world: World, name: str) -> None:
    assert browser(getattr(world, name)).get(KEYS).status_code == 404


def test_the_administrator_of_the_organisation_can_revoke(world: World) -> None:
    make_device(world)
    practice = world.noor.memberships.get().organisation
    admin = make_staff(practice, "Dirk Roelofs", Role.ORGANISATION_ADMIN)
    assert "balie" in text_of(browser(admin).get(KEYS))
    assert browser(admin).post(f"{KEYS}{living('device').pk}/intrekken/").status_code == 302


@pytest.mark.parametrize("pin", ["", "12", "1111", "abcd", "1234567"])
def test_a_plain_short_pin_is_refused(world: World, pin: str) -> None:
    assert browser(world.noor).post(KEYS, {"act": "pin", "pin": pin}).status_code == 200
    with gate.as_system("test"):
        assert not ShortPin.objects.exists()


def test_only_fingerprints_are_kept(world: World) -> None:
    token = make_link(world).split("/")[2]
    make_device(world)
    with gate.as_system("test"):
        assert token not in str(list(PracticeKey.objects.values_list("token_hash", flat=True)))
        assert "4826" not in ShortPin.objects.get().pin_hash


def test_without_a_context_the_database_shows_no_key(world: World) -> None:
    make_device(world)
    gate.tell_database(gate.ANONYMOUS)
    assert not PracticeKey.objects.exists()
    assert not ShortPin.objects.exists()
