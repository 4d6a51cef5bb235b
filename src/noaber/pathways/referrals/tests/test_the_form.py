"""The page on which a practice refers: what it refuses, what it keeps, what it sends."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import Client
from pytest_django import Settings

from noaber.hallway.access import gate
from noaber.hallway.post.models import Message
from noaber.network.partners.factories import make_municipality, make_organisation, make_region, make_staff
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.services import open_with_card
from noaber.pathways.conversations.factories import World, make_world
from noaber.pathways.conversations.tests.pages import NOW, browser, text_of
from noaber.pathways.referrals import services
from noaber.pathways.referrals.models import Referral

pytestmark = pytest.mark.django_db
BSN = "111222333"
QUESTION = "Slaapt slecht en komt de deur niet meer uit."


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
        "question": QUESTION,
        "consent": "on",
        "municipality": str(world.almelo.pk),
        "language": "nl",
        "once_key": uuid4().hex,
        **more,
    }


def requests() -> int:
    with gate.as_system("test"):
        return HelpRequest.objects.count()


def test_an_empty_form_says_what_is_missing_and_sends_nothing(world: World) -> None:
    nothing = {"once_key": "x", "municipality": world.almelo.pk}
    page = text_of(browser(world.noor).post("/verwijzen/", nothing))
    for line in [
        "Er kloppen nog 4 dingen niet",
        "Vul de naam van de inwoner in.",
        "Vul een telefoonnummer met 10 cijfers in.",
        "Schrijf de vraag in een of twee zinnen.",
        "Zet dit vinkje als de inwoner het goed vindt.",
    ]:
        assert line in page
    assert requests() == 0


@pytest.mark.parametrize("field", ["name", "question", "wishes"])
@pytest.mark.parametrize("number", [BSN, "111.222.333", "1112 22 333"])
def test_a_citizen_service_number_is_refused_anywhere(world: World, field: str, number: str) -> None:
    answer = browser(world.noor).post("/verwijzen/", typed(world, **{field: f"Fatma {number} hier"}))
    assert "Haal het burgerservicenummer weg" in text_of(answer)
    assert requests() == 0


def test_what_was_typed_stays_when_something_is_wrong(world: World) -> None:
    answer = browser(world.noor).post(
        "/verwijzen/", typed(world, phone="06 00 00 12 3", wishes="Liefst 's ochtends", mode="online")
    )
    page = text_of(answer)
    assert "Er staan er nu 9." in page
    assert QUESTION in page
    assert 'value="06 00 00 12 3"' in page
    assert "Liefst 's ochtends" in page
    assert '<option value="online" selected>' in page
    assert "<details open>" in page
    assert "<title>Fout:" in page


@pytest.mark.parametrize(
    ("field", "text"), [("question", "a" * 1201), ("wishes", "a" * 601), ("name", "a" * 121)]
)
def test_too_much_text_is_refused_with_the_count(world: World, field: str, text: str) -> None:
    page = text_of(browser(world.noor).post("/verwijzen/", typed(world, **{field: text})))
    assert f"er staan er nu {len(text)}" in page
    assert requests() == 0


@pytest.mark.parametrize("phone", ["12345", "١١١٢٢٢٣٣٣٤", "+", "0" * 40])
def test_a_number_that_cannot_be_rung_is_refused(world: World, phone: str) -> None:
    assert "Vul een telefoonnummer met 10 cijfers in." in text_of(
        browser(world.noor).post("/verwijzen/", typed(world, phone=phone))
    )
    assert requests() == 0


def test_a_number_with_words_around_it_is_refused_instead_of_shortened(world: World) -> None:
    page = text_of(browser(world.noor).post("/verwijzen/", typed(world, phone="06 00000123 (van moeder)")))
    assert "Vul alleen het nummer in, zonder letters." in page
    assert requests() == 0


def test_without_consent_nothing_is_sent(world: World) -> None:
    data = typed(world)
    del data["consent"]
    assert "Zet dit vinkje" in text_of(browser(world.noor).post("/verwijzen/", data))
    assert requests() == 0


def test_danger_shows_whom_to_ring_and_sends_nothing(world: World) -> None:
    page = text_of(browser(world.noor).post("/verwijzen/", typed(world, danger="on")))
    assert "Bel nu. Wij hebben nog niets verstuurd" in page
    assert 'href="tel:112"' in page
    assert 'href="tel:0880000101"' in page
    assert QUESTION in page
    assert requests() == 0
    assert Message.objects.count() == 0


def test_a_municipality_of_another_region_is_no_choice(world: World) -> None:
    elsewhere = make_municipality(make_region("groningen", "Groningen"), "Groningen")
    page = text_of(browser(world.noor).post("/verwijzen/", typed(world, municipality=elsewhere.pk)))
    assert "Selecteer een geldige keuze" in page
    assert requests() == 0


def test_a_forged_form_is_refused(world: World) -> None:
    assert browser(world.noor, checks=True).post("/verwijzen/", typed(world)).status_code == 403
    assert requests() == 0


def test_a_region_in_which_nobody_plans_keeps_the_text(world: World) -> None:
    region = make_region("leeg", "Leeg")
    place = make_municipality(region, "Leegstad")
    practice = make_organisation(region, "Praktijk Leeg", "huisartsenzorg", municipality=place)
    doctor = make_staff(practice, "Dokter Leeg", "referrer")
    page = text_of(browser(doctor).post("/verwijzen/", typed(world, municipality=place.pk)))
    assert "nog niemand die gesprekken plant" in page
    assert QUESTION in page


def test_a_sign_that_turns_text_around_does_not_come_in(world: World) -> None:
    browser(world.noor).post("/verwijzen/", typed(world, name="Fatma \u202ezamliY"))
    with gate.as_system("test"):
        assert HelpRequest.objects.select_related("resident").get().resident.name == "Fatma zamliY"


def test_the_form_asks_four_things_and_prefills_the_place_of_the_practice() -> None:
    world = make_world()
    make_municipality(world.region, "Enschede")
    page = text_of(browser(world.noor).get("/verwijzen/"))
    assert page.count(" required") == 4
    assert f'<option value="{world.almelo.pk}" selected>Almelo</option>' in page
    assert "18 jaar of ouder" in page
    assert "14 dagen" in page
    assert "tenzij de inwoner dat niet wil" in page


def test_a_region_with_its_own_rules_shows_its_own_rules() -> None:
    region = make_region("groningen", "Groningen")
    rules = region.settings
    rules["referral"]["minimum_age_years"] = 16
    rules["first_conversation"]["norm_days"] = 10
    rules["report"]["to_gp"] = "with_consent"
    region.settings = rules
    region.save()
    place = make_municipality(region, "Groningen")
    practice = make_organisation(region, "Praktijk Noord", "huisartsenzorg", municipality=place)
    page = text_of(browser(make_staff(practice, "Dokter Noord", "referrer")).get("/verwijzen/"))
    assert "16 jaar of ouder" in page
    assert "10 dagen" in page
    assert "U krijgt de brief als de inwoner dat goed vindt." in page


def sent_by(client: Client, world: World, **more: Any) -> str:
    answer = client.post("/verwijzen/", typed(world, **more))
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def test_the_card_is_shown_once_and_opens_her_own_page(world: World) -> None:
    client = browser(world.noor)
    where = sent_by(client, world)
    first = text_of(client.get(where))
    code = first.split('Uw code</dt><dd class="card-code">')[1][:11]
    pin = first.split('Pincode</dt><dd class="card-code">')[1][:4]
    with gate.as_system("test"):
        thread = HelpRequest.objects.select_related("resident").get()
    assert open_with_card(code=code, pin=pin, now=NOW) == thread.resident.account_id
    assert thread.code in first
    again = text_of(client.get(where))
    assert code not in again
    assert pin not in again.split("Kaart voor de inwoner")[1].split("Wat gebeurt")[0]
    assert "Maak een nieuwe kaart" in again


def test_the_session_keeps_the_card_sealed(world: World) -> None:
    client = browser(world.noor)
    where = sent_by(client, world)
    kept = str(dict(client.session.items()))
    code = text_of(client.get(where)).split('Uw code</dt><dd class="card-code">')[1][:11]
    assert code not in kept


def test_a_double_click_is_one_referral(world: World) -> None:
    client, data = browser(world.noor), typed(world)
    first, second = client.post("/verwijzen/", data), client.post("/verwijzen/", data)
    assert first["Location"] == second["Location"]
    assert Referral.objects.count() == 1


def test_two_clicks_at_the_same_moment_are_one_referral(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, data = browser(world.noor), typed(world)
    first = client.post("/verwijzen/", data)
    real, asked = services._sent_before, []

    def too_early(*args: Any) -> Any:
        asked.append(args)
        return None if len(asked) == 1 else real(*args)

    monkeypatch.setattr(services, "_sent_before", too_early)
    second = client.post("/verwijzen/", data)
    assert second["Location"] == first["Location"]
    assert len(asked) == 2
    assert requests() == 1


def test_a_failure_of_another_kind_is_not_taken_for_a_double_click(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any) -> Any:
        raise IntegrityError("something else")

    monkeypatch.setattr(services, "_send", broken)
    assert browser(world.noor).post("/verwijzen/", typed(world)).status_code == 500


def test_a_phone_is_kept_as_digits(world: World) -> None:
    sent_by(browser(world.noor), world, phone="+31 6 00 00 01 23")
    with gate.as_system("test"):
        assert HelpRequest.objects.select_related("resident").get().resident.phone == "0600000123"
