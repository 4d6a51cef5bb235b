"""Two items at her door, of which one is hers alone. The attacks come first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.accounts.tests.signing import without_token
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.post.models import Message
from noaber.network.entrances import services
from noaber.network.entrances.factories import code_sent, link_sent
from noaber.network.entrances.models import Entry, EntryLink, SentCode
from noaber.network.partners.factories import make_municipality, make_region
from noaber.network.residents.factories import make_card, make_help_request, make_resident
from noaber.network.residents.models import OwnPin, Preferences, Resident, ThreadEntry
from noaber.network.residents.services_card import choose_own_pin, give_card

pytestmark = pytest.mark.django_db
OWN = "berk 83"
MAIL = "fatma@voorbeeld.example"


@pytest.fixture(autouse=True)
def gateway(settings: Settings) -> None:
    settings.TEXT_URL = "database:"


def resident(**more: Any) -> Resident:
    place = make_municipality(make_region())
    found = make_resident(place, **more)
    make_help_request(found)
    return found


@pytest.fixture
def fatma() -> Resident:
    """With a mobile phone and a mail address."""
    return resident(phone="06-00000012", email=MAIL)


def inside(client: Client) -> bool:
    return client.get("/mijn/aanmelden/").status_code == 200


def with_card(client: Client, person: Resident) -> Any:
    card = make_card(person, now=clock.now())
    return client.post("/mijn/", {"code": card.code, "pin": card.pin})


def told() -> list[str]:
    with gate.as_system("test"):
        return list(AuditEntry.objects.filter(part="uw aanmelding").values_list("purpose", flat=True))


# --- the practice ----------------------------------------------------------------------------------


def test_a_practice_with_a_fresh_card_and_pin_does_not_get_in(client: Client, fatma: Resident) -> None:
    answer = with_card(client, fatma)
    assert answer["Location"] == "/mijn/code/"
    for page in ["/mijn/vraag/", "/mijn/aanmelden/", "/mijn/eigen-pincode/", "/mijn/wie-keek-mee/"]:
        assert client.get(page).status_code == 302
    for guess in ["000000", "123456", "999999", "0000", ""]:
        client.post("/mijn/code/", {"answer": guess})
    assert not inside(client)
    assert [m.channel for m in Message.objects.all()] == ["text"]


def test_after_she_chose_a_pin_a_new_card_has_none_and_opens_nothing(client: Client, fatma: Resident) -> None:
    choose_own_pin(fatma.pk, OWN, now=clock.now())
    card = make_card(fatma, now=clock.now())
    assert card.pin == ""
    for guess in ["", "0000", "1234", card.code]:
        client.post("/mijn/", {"code": card.code, "pin": guess})
    assert not inside(client)
    client.post("/mijn/", {"code": card.code, "pin": "Berk83"})
    assert inside(client)


def test_the_practice_cannot_use_forgotten_pin_either(client: Client, fatma: Resident) -> None:
    choose_own_pin(fatma.pk, OWN, now=clock.now())
    card = make_card(fatma, now=clock.now())
    client.post("/mijn/pincode-vergeten/", {"code": card.code})
    assert not inside(client)
    assert Message.objects.get().address == fatma.phone
    client.get("/mijn/eigen-pincode/")
    client.post("/mijn/eigen-pincode/", {"pin": "kaas op tafel", "again": "kaas op tafel"})
    assert not inside(client)
    with gate.as_system("test"):
        assert OwnPin.objects.count() == 1
    other = Client()
    other.post("/mijn/", {"code": card.code, "pin": OWN})
    assert inside(other)


def test_renewing_a_card_ends_no_session_and_no_pin_of_hers(client: Client, fatma: Resident) -> None:
    choose_own_pin(fatma.pk, OWN, now=clock.now())
    card = make_card(fatma, now=clock.now())
    client.post("/mijn/", {"code": card.code, "pin": OWN})
    give_card(fatma.pk, now=clock.now())
    assert inside(client)


def test_without_phone_and_mail_the_pin_of_the_card_opens_once_and_she_is_told(client: Client) -> None:
    person = resident(phone="", email="")
    card = make_card(person, now=clock.now())
    answer = client.post("/mijn/", {"code": card.code, "pin": card.pin})
    assert answer["Location"] == "/mijn/eigen-pincode/"
    assert not inside(client)
    client.post("/mijn/eigen-pincode/", {"pin": OWN, "again": OWN})
    assert inside(client)
    with gate.as_system("test"):
        assert Entry.objects.get().known_to_others
        assert ThreadEntry.objects.filter(kind="known_pin").count() == 1
    assert told() == ["aangemeld met de pincode van uw kaart"]
    assert "Deze pincode kende uw huisarts ook" in client.get("/mijn/aanmelden/").content.decode()
    again = Client()
    again.post("/mijn/", {"code": card.code, "pin": card.pin})
    assert not inside(again)


# --- her own way in --------------------------------------------------------------------------------


def test_the_first_time_a_code_by_text_and_then_a_pin_of_her_own(client: Client, fatma: Resident) -> None:
    with_card(client, fatma)
    assert client.post("/mijn/code/", {"answer": code_sent()})["Location"] == "/mijn/eigen-pincode/"
    assert not inside(client)
    for pin, again in [("1234", "1234"), ("1111", "1111"), ("abc", "abc"), (OWN, "anders"), ("", "")]:
        assert client.post("/mijn/eigen-pincode/", {"pin": pin, "again": again}).status_code == 200
    assert client.post("/mijn/eigen-pincode/", {"pin": OWN, "again": OWN})["Location"] == "/mijn/vraag/"
    assert inside(client)
    assert told() == []


def test_the_pin_of_the_card_may_not_become_her_own(client: Client, fatma: Resident) -> None:
    card = make_card(fatma, now=clock.now())
    client.post("/mijn/", {"code": card.code, "pin": card.pin})
    client.post("/mijn/code/", {"answer": code_sent()})
    client.post("/mijn/eigen-pincode/", {"pin": card.pin, "again": card.pin})
    assert not inside(client)


def test_a_code_works_once_in_one_browser_and_not_for_someone_else(client: Client, fatma: Resident) -> None:
    with_card(client, fatma)
    code = code_sent()
    mila = resident_in(fatma, "Mila Jansen", "06-00000034")
    other = Client()
    with_card(other, mila)
    other.post("/mijn/code/", {"answer": code})
    assert not inside(other)
    client.post("/mijn/code/", {"answer": code})
    client.post("/mijn/code/", {"answer": code})
    with gate.as_system("test"):
        assert SentCode.objects.get(resident=fatma).used_at is not None


def resident_in(near: Resident, name: str, phone: str) -> Resident:
    found = make_resident(near.municipality, name=name, phone=phone)
    make_help_request(found)
    return found


def test_five_wrong_codes_make_the_right_one_worthless(client: Client, fatma: Resident) -> None:
    with_card(client, fatma)
    code = code_sent()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        client.post("/mijn/code/", {"answer": wrong})
    client.post("/mijn/code/", {"answer": code})
    assert not inside(client)
    assert client.get("/mijn/eigen-pincode/")["Location"] == "/mijn/"
    assert told() == ["om zich als u aan te melden; dat lukte niet"]


def test_an_old_code_and_an_old_visit_open_nothing(
    client: Client, fatma: Resident, settings: Settings
) -> None:
    with_card(client, fatma)
    code = code_sent()
    settings.FIXED_NOW = clock.now() + timedelta(minutes=16)
    client.post("/mijn/code/", {"answer": code})
    assert not inside(client)
    settings.FIXED_NOW = clock.now() + timedelta(minutes=31)
    assert client.get("/mijn/code/")["Location"] == "/mijn/"


def test_no_more_than_a_few_texts_go_out(client: Client, fatma: Resident) -> None:
    with_card(client, fatma)
    for _ in range(20):
        client.post("/mijn/code/", {"act": "send"})
    assert Message.objects.count() == services.CODES_PER_WINDOW


@pytest.mark.parametrize(
    ("allowed", "channel"),
    [
        ({"may_text": True}, "text"),
        ({"may_text": False, "may_mail": True}, "mail"),
        ({"may_text": False, "may_mail": False, "may_ring": True}, "call"),
    ],
)
def test_a_code_goes_only_the_way_she_allows(
    client: Client, fatma: Resident, allowed: dict[str, bool], channel: str
) -> None:
    with gate.as_system("test"):
        Preferences.objects.create(resident=fatma, **allowed)
    with_card(client, fatma)
    assert [m.channel for m in Message.objects.all()] == [channel]
    client.post("/mijn/code/", {"answer": code_sent(channel)})
    assert client.get("/mijn/eigen-pincode/").status_code == 200


def test_an_unknown_card_and_a_known_one_read_the_same_at_forgotten_pin(fatma: Resident) -> None:
    card = make_card(fatma, now=clock.now())
    pages = []
    for code in (card.code, "7K3F-9Q2M-4"):
        browser = Client()
        answer = browser.post("/mijn/pincode-vergeten/", {"code": code})
        first = without_token(browser.get(answer["Location"]).content)
        second = without_token(browser.post("/mijn/code/", {"answer": "000000"}).content)
        pages.append((answer["Location"], first, second))
    assert pages[0] == pages[1]


def test_who_forgot_her_pin_comes_in_with_card_and_code_and_chooses_another(
    client: Client, fatma: Resident
) -> None:
    choose_own_pin(fatma.pk, OWN, now=clock.now())
    card = make_card(fatma, now=clock.now())
    client.post("/mijn/pincode-vergeten/", {"code": card.code})
    client.post("/mijn/code/", {"answer": code_sent()})
    client.post("/mijn/eigen-pincode/", {"pin": "zeven 71", "again": "zeven 71"})
    assert inside(client)
    old = Client()
    old.post("/mijn/", {"code": card.code, "pin": OWN})
    assert not inside(old)


# --- the link --------------------------------------------------------------------------------------


def ask_link(address: str = MAIL) -> None:
    services.send_links(address, now=clock.now())


def test_looking_at_a_link_does_nothing(client: Client, fatma: Resident) -> None:
    ask_link()
    link = link_sent()
    for _ in range(3):
        client.get(link)
        client.head(link)
    with gate.as_system("test"):
        assert EntryLink.objects.get().used_at is None
        assert not SentCode.objects.exists()
    assert client.get("/mijn/code/")["Location"] == "/mijn/"


def test_a_link_alone_is_not_enough_and_the_code_goes_another_way(client: Client, fatma: Resident) -> None:
    ask_link()
    client.post(link_sent())
    assert not inside(client)
    channels = [m.channel for m in Message.objects.order_by("created_at")]
    assert channels == ["mail", "text"]
    client.post("/mijn/code/", {"answer": code_sent()})
    client.post("/mijn/eigen-pincode/", {"pin": OWN, "again": OWN})
    assert inside(client)


def test_with_a_link_she_types_the_pin_she_chose(client: Client, fatma: Resident) -> None:
    choose_own_pin(fatma.pk, OWN, now=clock.now())
    ask_link()
    client.post(link_sent())
    assert Message.objects.count() == 1
    client.post("/mijn/code/", {"answer": OWN})
    assert inside(client)


def test_a_used_an_old_a_replaced_and_an_invented_link_read_the_same(
    fatma: Resident, settings: Settings
) -> None:
    choose_own_pin(fatma.pk, OWN, now=clock.now())
    ask_link()
    used = link_sent()
    first = Client()
    first.post(used)
    first.post("/mijn/code/", {"answer": OWN})
    assert inside(first)
    ask_link()
    replaced = link_sent()
    ask_link()
    old = link_sent()
    pages = {
        without_token(Client().post(path).content)
        for path in (used, replaced, "/mijn/link/" + "x" * 43 + "/")
    }
    settings.FIXED_NOW = clock.now() + timedelta(minutes=61)
    pages.add(without_token(Client().post(old).content))
    assert len(pages) == 1


def test_a_forwarded_link_is_dead_after_five_wrong_pins_and_she_is_told(fatma: Resident) -> None:
    choose_own_pin(fatma.pk, OWN, now=clock.now())
    ask_link()
    link, partner = link_sent(), Client()
    partner.post(link)
    for _ in range(5):
        partner.post("/mijn/code/", {"answer": "geraden"})
    partner.post("/mijn/code/", {"answer": OWN})
    assert not inside(partner)
    assert told() == ["om zich als u aan te melden; dat lukte niet"]
    card = make_card(fatma, now=clock.now())
    herself = Client()
    with gate.as_system("test"):
        OwnPin.objects.update(locked_until=None)
    page = herself.post("/mijn/", {"code": card.code, "pin": OWN}, follow=True).content.decode()
    assert "6 keer bij u binnen te komen" in page


def test_two_browsers_with_one_link_one_gets_in(fatma: Resident) -> None:
    choose_own_pin(fatma.pk, OWN, now=clock.now())
    ask_link()
    link, one, two = link_sent(), Client(), Client()
    one.post(link)
    two.post(link)
    one.post("/mijn/code/", {"answer": OWN})
    two.post("/mijn/code/", {"answer": OWN})
    assert [inside(one), inside(two)] == [True, False]


@pytest.mark.parametrize("address", ["niemand@voorbeeld.example", "06 99 99 99 99", "x", "' OR 1=1 --"])
def test_asking_for_a_link_never_says_whether_an_address_is_known(
    client: Client, fatma: Resident, address: str
) -> None:
    known = client.post("/mijn/link/", {"address": MAIL})
    unknown = client.post("/mijn/link/", {"address": address})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    ask_link(address)
    assert not Message.objects.filter(key__startswith="entrance-link").exists()


def test_only_fingerprints_are_kept(client: Client, fatma: Resident) -> None:
    ask_link()
    token = link_sent().split("/")[3]
    client.post(link_sent())
    code = code_sent()
    with gate.as_system("test"):
        kept = f"{EntryLink.objects.get().token_hash} {SentCode.objects.get().code_hash}"
    assert token not in kept
    assert code not in kept


def test_without_a_context_the_database_shows_nothing_of_her_door(client: Client, fatma: Resident) -> None:
    with_card(client, fatma)
    choose_own_pin(fatma.pk, OWN, now=clock.now())
    gate.tell_database(gate.ANONYMOUS)
    for table in (Entry, EntryLink, SentCode, OwnPin):
        assert not table.objects.exists()


def test_messages_say_nothing_of_care(client: Client, fatma: Resident) -> None:
    ask_link()
    client.post(link_sent())
    for message in Message.objects.all():
        words = f"{message.subject} {message.body}".lower()
        assert not any(word in words for word in ("ggz", "zorg", "huisarts", "gesprek", "fatma"))
