"""Her card with her own pin: wrong cards first."""

from __future__ import annotations

import pytest
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.tests.signing import enter, without_token
from noaber.network.partners.factories import make_municipality, make_organisation, make_region, make_staff
from noaber.network.residents.factories import make_card, make_help_request, make_resident
from noaber.network.residents.models import AccessCard, OwnPin, Resident
from noaber.network.residents.services_card import choose_own_pin
from noaber.network.residents.types import Card

pytestmark = pytest.mark.django_db
UNKNOWN = "7K3F-9Q2M-4"


@pytest.fixture
def fatma() -> Resident:
    resident = make_resident(make_municipality(make_region()))
    make_help_request(resident)
    return resident


@pytest.fixture
def card(fatma: Resident) -> Card:
    """Her card, with the pin she chose herself."""
    given = make_card(fatma, now=clock.now())
    choose_own_pin(fatma.pk, "8305", now=clock.now())
    return Card(given.code, "8305")


def wrong_pin(card: Card) -> str:
    return "0000" if card.pin != "0000" else "1111"


def knock(client: Client, code: str, pin: str, **more: str) -> bytes:
    """The page after a refusal, without what differs by itself."""
    answer = client.post("/mijn/", {"code": code, "pin": pin, **more})
    assert answer.status_code == 200
    return without_token(answer.content).replace(f'value="{code}"'.encode(), b"")


def failures() -> int:
    with gate.as_system("test"):
        return OwnPin.objects.get().failures


def test_wrong_code_wrong_pin_and_a_resting_card_read_the_same(card: Card) -> None:
    unknown = knock(Client(), UNKNOWN, card.pin)
    wrong = knock(Client(), card.code, wrong_pin(card))
    for _ in range(5):
        knock(Client(), card.code, wrong_pin(card))
    resting = knock(Client(), card.code, card.pin)
    assert unknown == wrong == resting


def test_wrong_tries_are_kept_although_the_answer_is_a_refusal(card: Card) -> None:
    for _ in range(3):
        knock(Client(), card.code, wrong_pin(card))
    assert failures() == 3


def test_five_wrong_pins_close_the_card_for_a_while(client: Client, card: Card) -> None:
    for _ in range(5):
        knock(client, card.code, wrong_pin(card))
    knock(client, card.code, card.pin)
    assert "_auth_user_id" not in client.session
    with gate.as_system("test"):
        assert OwnPin.objects.get().locked_until is not None


def test_guessing_from_one_address_ends_in_a_pause_for_all_cards(card: Card) -> None:
    for number in range(30):
        knock(Client(REMOTE_ADDR="10.0.0.9"), f"unknown-{number}", "0000")
    blocked = Client(REMOTE_ADDR="10.0.0.9")
    knock(blocked, card.code, card.pin)
    assert "_auth_user_id" not in blocked.session
    elsewhere = Client(REMOTE_ADDR="10.0.0.10")
    assert elsewhere.post("/mijn/", {"code": card.code, "pin": card.pin}).status_code == 302


def test_a_revoked_card_opens_nothing(client: Client, fatma: Resident, card: Card) -> None:
    make_card(fatma, now=clock.now())
    knock(client, card.code, card.pin)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("code", ["", "' OR 1=1 --", "7K3F\u202e9Q2M-4", "x" * 500, "٧K3F-9Q2M-4"])
def test_nonsense_is_answered_with_a_page(client: Client, code: str) -> None:
    answer = client.post("/mijn/", {"code": code, "pin": "1234"})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_null_byte_is_refused(client: Client) -> None:
    assert client.post("/mijn/", {"code": "7K\x003F", "pin": "1234"}).status_code == 200


def test_the_card_never_leads_to_another_site(client: Client, card: Card) -> None:
    answer = client.post("/mijn/", {"code": card.code, "pin": card.pin, "next": "//evil.example"})
    assert answer["Location"] == "/mijn/vraag/"


def test_card_and_pin_open_her_page_and_nothing_of_staff(client: Client, card: Card) -> None:
    answer = client.post("/mijn/", {"code": card.code.lower().replace("-", " "), "pin": f" {card.pin} "})
    assert answer["Location"] == "/mijn/vraag/"
    assert client.get("/verder/")["Location"] == "/mijn/vraag/"
    assert client.get("/mijn/wie-keek-mee/").status_code == 200
    for page in [
        "/beheer/mensen/",
        "/inzage/",
        "/beheer/stand/",
        "/tweede-stap/",
        "/account/",
        "/tweede-stap/app/",
    ]:
        assert client.get(page).status_code == 404


def test_the_pin_is_not_sent_back_in_the_page(client: Client, card: Card) -> None:
    page = client.post("/mijn/", {"code": UNKNOWN, "pin": "9183"}).content
    assert b"9183" not in page


def test_a_right_answer_clears_the_wrong_ones(client: Client, card: Card) -> None:
    for _ in range(4):
        knock(client, card.code, wrong_pin(card))
    client.post("/mijn/", {"code": card.code, "pin": card.pin})
    assert failures() == 0


def test_a_card_ends_the_session_of_whoever_used_this_browser_before(client: Client, card: Card) -> None:
    region = make_region("groningen", "Groningen")
    enter(client, make_staff(make_organisation(region, "Lentis"), "Anneke Wit", Role.OPERATOR))
    client.post("/mijn/", {"code": card.code, "pin": card.pin})
    assert client.get("/beheer/stand/").status_code == 404


def test_nothing_of_code_or_pin_stands_readable_in_the_database(card: Card) -> None:
    with gate.as_system("test"):
        row = AccessCard.objects.get(revoked_at__isnull=True)
        own = OwnPin.objects.get()
    assert card.code not in f"{row.code_hash} {row.pin_hash}"
    assert card.pin not in (row.pin_hash, own.pin_hash)
