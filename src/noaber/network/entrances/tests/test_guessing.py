"""Guessing the pin of someone whose card lies on the table: in a hurry, with patience, with another card."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from noaber.ground.errors import Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.accounts.tests.signing import without_token
from noaber.hallway.audit.models import AuditEntry
from noaber.network.entrances import views_door
from noaber.network.entrances.factories import code_sent
from noaber.network.entrances.models import Entry
from noaber.network.partners.factories import make_municipality, make_region
from noaber.network.residents.factories import make_card, make_help_request, make_resident
from noaber.network.residents.models import OwnPin, Resident
from noaber.network.residents.services_card import (
    LOCK_AFTER,
    LOCK_FOR,
    WORTHLESS_AFTER,
    choose_own_pin,
    give_card,
    open_card,
    try_own_pin,
)

pytestmark = pytest.mark.django_db
TRIES = int(os.environ.get("NOABER_TRIES", "10000"))
PAGES = 100
PIN = "8305"


@pytest.fixture
def fatma(settings: Settings) -> Resident:
    settings.TEXT_URL = "database:"
    found = make_resident(make_municipality(make_region()), phone="06-00000012")
    make_help_request(found)
    choose_own_pin(found.pk, PIN, now=clock.now())
    return found


def guesses() -> list[str]:
    """Every pin of four digits but hers, so that nothing depends on luck."""
    return [f"{n:04d}" for n in range(TRIES) if f"{n:04d}" != PIN]


def own() -> OwnPin:
    with gate.as_system("test"):
        return OwnPin.objects.get()


def told() -> int:
    with gate.as_system("test"):
        return AuditEntry.objects.filter(event_type="entrance.refused").count()


def opens(code: str, pin: str) -> bool:
    try:
        open_card(code=code, pin=pin, now=clock.now())
    except Invalid:
        return False
    return True


def test_guesses_in_a_hurry_all_read_the_same(fatma: Resident) -> None:
    """From many addresses, as the pages answer."""
    card, pages = make_card(fatma, now=clock.now()), set()
    for number, pin in enumerate(guesses()[:PAGES]):
        browser = Client(REMOTE_ADDR=f"10.0.0.{number % 40}")
        pages.add(without_token(browser.post("/mijn/", {"code": card.code, "pin": pin}).content))
    pages.add(
        without_token(Client(REMOTE_ADDR="10.0.9.9").post("/mijn/", {"code": card.code, "pin": PIN}).content)
    )
    assert len(pages) == 1


def test_ten_thousand_guesses_in_a_hurry_test_five_and_she_is_told_once(fatma: Resident) -> None:
    """What the page asks for each guess, with its counts in the database; from forty addresses."""
    card, asked = make_card(fatma, now=clock.now()), RequestFactory()
    for number, pin in enumerate(guesses()):
        request: Any = asked.post("/mijn/", REMOTE_ADDR=f"10.0.0.{number % 40}")
        assert views_door._with_card(request, card.code, pin, "/mijn/vraag/") is None
    assert views_door._with_card(request, card.code, PIN, "/mijn/vraag/") is None, "her own pin waits as well"
    assert own().failures == LOCK_AFTER
    with gate.as_system("test"):
        (line,) = Entry.objects.filter(refused=True)
    assert line.times == views_door.PER_CARD
    assert told() == 1


def test_who_waits_each_time_until_it_counts_again_tests_a_hundred(
    fatma: Resident, settings: Settings
) -> None:
    """The throttle forgets after a quarter of an hour; her own pin does not. After a hundred it is over."""
    card, began = make_card(fatma, now=clock.now()), clock.now()
    waited = began
    for pin in guesses()[: WORTHLESS_AFTER + 50]:
        rest = own().locked_until
        if rest and rest > clock.now():
            settings.FIXED_NOW = waited = rest
        assert not opens(card.code, pin)
    assert own().failures == WORTHLESS_AFTER
    assert waited - began > timedelta(days=60)
    settings.FIXED_NOW = clock.now() + timedelta(days=400)
    assert not opens(card.code, PIN)
    assert not try_own_pin(fatma.pk, PIN, now=clock.now())


def test_each_rest_is_twice_as_long(fatma: Resident, settings: Settings) -> None:
    settings.FIXED_NOW = clock.now()
    card, rests = make_card(fatma, now=clock.now()), []
    for _ in range(3):
        for _ in range(LOCK_AFTER):
            opens(card.code, "0000")
        until = own().locked_until
        assert until is not None
        rests.append(until - clock.now())
        assert not opens(card.code, PIN)
        settings.FIXED_NOW = until
    assert rests == [LOCK_FOR, LOCK_FOR * 2, LOCK_FOR * 4]
    assert opens(card.code, PIN)
    assert own().failures == 0


def test_another_card_gives_no_new_tries(fatma: Resident) -> None:
    """The practice can make her a new card as often as it likes."""
    for number in range(12):
        card = give_card(fatma.pk, now=clock.now())
        opens(card.code, f"{number:04d}")
    assert own().failures == LOCK_AFTER
    assert not opens(card.code, PIN)


def test_tries_at_the_card_and_with_a_link_count_together(fatma: Resident) -> None:
    card = make_card(fatma, now=clock.now())
    for _ in range(3):
        opens(card.code, "0000")
    for _ in range(2):
        try_own_pin(fatma.pk, "0000", now=clock.now())
    assert not opens(card.code, PIN)
    assert not try_own_pin(fatma.pk, PIN, now=clock.now())


def test_with_a_code_on_her_phone_she_chooses_another_and_is_in(client: Client, fatma: Resident) -> None:
    with gate.as_system("test"):
        OwnPin.objects.update(failures=WORTHLESS_AFTER)
    card = make_card(fatma, now=clock.now())
    client.post("/mijn/", {"code": card.code, "pin": PIN})
    assert client.get("/mijn/aanmelden/").status_code == 302
    client.post("/mijn/pincode-vergeten/", {"code": card.code})
    client.post("/mijn/code/", {"answer": code_sent()})
    client.post("/mijn/eigen-pincode/", {"pin": "zeven 71", "again": "zeven 71"})
    assert client.get("/mijn/aanmelden/").status_code == 200
    assert own().failures == 0
