"""A form on paper, and a card on paper: numbers that do not work first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.tests.signing import enter
from noaber.hallway.audit.models import AuditEntry
from noaber.network.companions.factories import NOW, SupportPoint, account_of, make_support_point
from noaber.network.companions.models import PaperForm
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.network.residents.models import AccessCard, Preferences, ThreadEntry

pytestmark = pytest.mark.django_db
ENTER = "/samen/papier/"


@pytest.fixture(autouse=True)
def fixed_clock(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def point() -> SupportPoint:
    return make_support_point()


@pytest.fixture
def henk(point: SupportPoint) -> Client:
    browser = Client()
    enter(browser, point.henk)
    return browser


def begin(browser: Client, point: SupportPoint) -> None:
    answer = browser.post("/samen/", {"code": point.card.code, "pin": point.card.pin})
    assert answer.status_code == 302


@pytest.fixture
def number(point: SupportPoint, henk: Client) -> str:
    begin(henk, point)
    page = henk.post("/samen/keuzes/", follow=True)
    henk.post("/samen/klaar/")
    return str(page.context["number"])


def typed(number: str, **more: str) -> dict[str, str]:
    return {"number": number, "signed_on": "2027-07-01", "seen": "on", **more}


def test_the_form_comes_only_with_a_helper_beside_her(point: SupportPoint) -> None:
    her = Client()
    enter(her, account_of(point))
    for where in ("/samen/keuzes/", "/samen/keuzes/afdrukken/", "/samen/kaart/", "/samen/kaart/afdrukken/"):
        assert her.get(where).status_code == 404


def test_another_organisation_cannot_enter_it(point: SupportPoint, number: str) -> None:
    other = Client()
    enter(other, make_staff(make_organisation(point.region, "Avedan"), "Bram Kamphuis", Role.HOST))
    answer = other.post(ENTER, typed(number, may_post="yes", post_address="Kerkstraat 12, Almelo"))
    assert answer.status_code == 422
    assert "Truus" not in answer.content.decode()
    with gate.as_system("test"):
        assert not Preferences.objects.exists()


def test_an_invented_number_and_an_old_one_read_the_same(
    point: SupportPoint, henk: Client, number: str, settings: Settings
) -> None:
    sentence = "Met dit nummer kan niets worden ingevoerd"
    assert sentence in henk.post(ENTER, typed("7K3F-9Q2M-4", may_ring="no")).content.decode()
    settings.FIXED_NOW = NOW + timedelta(days=14)
    page = henk.post(ENTER, typed(number, may_ring="no", signed_on="2027-07-10")).content.decode()
    assert sentence in page


def test_without_having_seen_the_paper_nothing_is_entered(henk: Client, number: str) -> None:
    given = typed(number, may_ring="no")
    del given["seen"]
    assert henk.post(ENTER, given).status_code == 422
    with gate.as_system("test"):
        assert PaperForm.objects.get().entered_at is None


@pytest.mark.parametrize("day", ["2027-07-02", "2027-06-01"])
def test_a_day_on_which_she_cannot_have_signed_is_refused(henk: Client, number: str, day: str) -> None:
    assert henk.post(ENTER, typed(number, may_ring="no", signed_on=day)).status_code == 422


def test_entering_does_what_she_ticked_once_and_names_who_saw_it(
    point: SupportPoint, henk: Client, number: str
) -> None:
    given = typed(number, may_post="yes", post_address="Kerkstraat 12, 7607 AA Almelo", may_ring="no")
    answer = henk.post(ENTER, given)
    assert answer.status_code == 302
    assert henk.post(ENTER, given).status_code == 422
    with gate.as_system("test"):
        wishes = Preferences.objects.get(resident=point.truus)
        row = PaperForm.objects.get()
        line = AuditEntry.objects.get(event_type="paper.enter")
        told = ThreadEntry.objects.get(help_request=point.thread, kind="paper")
    assert (wishes.may_post, wishes.may_ring) == (True, False)
    assert wishes.post_address.startswith("Kerkstraat 12")
    assert (row.entered_by_name, row.entered_at) == ("Henk Oude Vrielink", NOW)
    assert (line.actor_name, line.basis) == ("Henk Oude Vrielink", "op papier, door u getekend")
    assert told.by == "Henk Oude Vrielink, Ixta Noa"


def test_the_page_to_enter_shows_nothing_of_her(point: SupportPoint, henk: Client, number: str) -> None:
    page = henk.get(ENTER).content.decode()
    assert "Truus" not in page
    assert point.truus.phone not in page
    assert henk.get("/samen/keuzes/afdrukken/").status_code == 404


def test_a_new_card_asks_her_own_pin_again_and_five_wrong_ones_end_it(
    point: SupportPoint, henk: Client
) -> None:
    begin(henk, point)
    given = {"pin": "zonnebloem", "again": "zonnebloem"}
    assert "Typ zelf uw pincode" in henk.post("/samen/kaart/", given).content.decode()
    wrong = "0000" if point.card.pin != "0000" else "1111"
    for _ in range(4):
        assert henk.post("/samen/kaart/", {**given, "her_pin": wrong}).status_code == 422
    assert henk.post("/samen/kaart/", {**given, "her_pin": wrong})["Location"] == "/samen/"
    assert henk.get("/mijn/vraag/").status_code == 404
    with gate.as_system("test"):
        assert AccessCard.objects.count() == 1


def test_with_her_pin_she_gets_a_new_card_without_a_name_or_pin_on_it(
    point: SupportPoint, henk: Client
) -> None:
    begin(henk, point)
    given = {"pin": "zonnebloem", "again": "zonnebloem", "her_pin": point.card.pin}
    answer = henk.post("/samen/kaart/", given)
    assert answer["Location"] == "/samen/kaart/afdrukken/"
    answer = henk.get("/samen/kaart/afdrukken/")
    card = answer.content.decode()
    card = card[card.index('class="libcard"') :]
    assert "Truus" not in card[:400]
    assert "zonnebloem" not in answer.content.decode()
    code = answer.context["code"]
    henk.post("/samen/klaar/")
    assert henk.get("/samen/kaart/afdrukken/").status_code == 404
    assert henk.post("/samen/", {"code": point.card.code, "pin": point.card.pin}).status_code == 422
    assert henk.post("/samen/", {"code": code, "pin": "zonnebloem"}).status_code == 302
    given = {"pin": "korenbloem", "again": "korenbloem", "her_pin": "zonnebloem"}
    assert henk.post("/samen/kaart/", given)["Location"] == "/samen/kaart/afdrukken/"


def test_the_practice_that_said_her_pin_cannot_begin_with_it(point: SupportPoint) -> None:
    practice = Client()
    enter(practice, point.noor)
    page = practice.post("/samen/", {"code": point.card.code, "pin": point.card.pin})
    assert page.status_code == 422
    assert "Uw eigen praktijk gaf haar deze pincode" in page.content.decode()
