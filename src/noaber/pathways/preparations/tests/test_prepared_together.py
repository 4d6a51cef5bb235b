"""A request that a host and she prepare: who finds nothing, and that nobody is left in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.accounts.tests.signing import enter
from noaber.network.companions.factories import NOW, SupportPoint, make_support_point
from noaber.network.companions.models import OtherWay
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.network.partners.models import Membership
from noaber.network.residents.models import HelpRequest, ThreadEntry
from noaber.pathways.preparations.models import Preparation
from noaber.pathways.preparations.services import forget_words
from noaber.pathways.referrals.models import Referral

pytestmark = pytest.mark.django_db
PREPARE = "/samen/aanvraag/"
LIST = "/verwijzen/bevestigen/"
QUESTION = "Ik zit de hele dag thuis en slaap slecht."


@pytest.fixture(autouse=True)
def fixed_clock(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@dataclass(slots=True)
class Doors:
    """The support point and the practice, each with a browser."""

    point: SupportPoint
    henk: Client
    noor: Client

    def typed(self, **more: str) -> dict[str, str]:
        given = {
            "name": "Riet Nieuwenhuis",
            "question": QUESTION,
            "through_us": "on",
            "practice": str(self.point.practice.pk),
            "municipality": str(self.point.almelo.pk),
            "language": "nl",
            "consent": "on",
            "once_key": "een",
        }
        return {key: value for key, value in {**given, **more}.items() if value != ""}

    def prepared(self, **more: str) -> Preparation:
        answer = self.henk.post(PREPARE, self.typed(**more))
        assert answer.status_code == 302
        with gate.as_system("test"):
            return Preparation.objects.select_related("organisation").get()


def client_of(account: Account) -> Client:
    browser = Client()
    enter(browser, account)
    return browser


@pytest.fixture
def doors() -> Doors:
    point = make_support_point()
    return Doors(point, client_of(point.henk), client_of(point.noor))


def as_it_stands(row: Preparation) -> Preparation:
    with gate.as_system("test"):
        return Preparation.objects.get(pk=row.pk)


def yes(browser: Client, row: Preparation) -> Any:
    return browser.post(f"{LIST}{row.pk}/", {"answer": "yes"})


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.HOST], ids=str)
def test_only_a_host_prepares(doors: Doors, role: Role) -> None:
    browser = client_of(make_staff(doors.point.ixta, "Iemand Anders", role))
    assert browser.get(PREPARE).status_code == 404
    assert browser.post(PREPARE, doors.typed()).status_code == 404


@pytest.mark.parametrize(
    "left_out", ["name", "question", "practice", "consent", "through_us", "municipality"]
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(doors: Doors, left_out: str) -> None:
    answer = doors.henk.post(PREPARE, doors.typed(**{left_out: ""}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert QUESTION in page or left_out == "question"
    with gate.as_system("test"):
        assert not Preparation.objects.exists()


def test_a_practice_of_another_region_cannot_be_chosen(doors: Doors) -> None:
    strange = make_organisation(doors.point.region, "Geen praktijk", "ggz")
    assert doors.henk.post(PREPARE, doors.typed(practice=str(strange.pk))).status_code == 422


def test_a_double_click_is_one(doors: Doors) -> None:
    doors.henk.post(PREPARE, doors.typed())
    doors.henk.post(PREPARE, doors.typed())
    with gate.as_system("test"):
        assert Preparation.objects.count() == 1


def test_another_practice_and_another_support_point_find_nothing(doors: Doors) -> None:
    row = doors.prepared()
    practice = make_organisation(doors.point.region, "Praktijk De Eik", "huisartsenzorg")
    piet = client_of(make_staff(practice, "Piet Smit", Role.REFERRER))
    other = client_of(make_staff(make_organisation(doors.point.region, "Avedan"), "Bram", Role.HOST))
    assert "Riet" not in piet.get(LIST).content.decode()
    assert yes(piet, row).status_code == 404
    assert "Riet" not in other.get("/samen/aanvragen/").content.decode()
    here = f"/samen/aanvragen/{row.pk}/"
    assert other.get(here).status_code == 404
    assert other.post(f"{here}intrekken/").status_code == 404
    assert other.post(f"{here}kaart/", {"pin": "zonnebloem"}).status_code == 404
    assert as_it_stands(row).state == "waiting"


def test_a_host_who_left_finds_nothing(doors: Doors) -> None:
    row = doors.prepared()
    Membership.objects.filter(account=doors.point.henk).delete()
    assert doors.henk.get(f"/samen/aanvragen/{row.pk}/").status_code == 404


def test_until_it_is_decided_the_host_holds_it_with_a_next_date(doors: Doors, settings: Settings) -> None:
    row = doors.prepared()
    assert (row.host_id, str(row.next_on)) == (doors.point.henk.pk, "2027-07-05")
    page = doors.henk.get(f"/samen/aanvragen/{row.pk}/").content.decode()
    assert "Henk Oude Vrielink" in page
    settings.FIXED_NOW = NOW + timedelta(days=5)
    assert "De praktijk reageerde nog niet" in doors.henk.get("/samen/aanvragen/").content.decode()


def test_the_practice_confirms_in_one_tap_and_the_thread_begins(doors: Doors) -> None:
    row = doors.prepared()
    assert QUESTION in doors.noor.get(LIST).content.decode()
    assert yes(doors.noor, row).status_code == 302
    with gate.as_system("test"):
        sent = Referral.objects.get(once_key=f"prepared:{row.pk}")
        thread = HelpRequest.objects.select_related("resident").get(pk=sent.help_request_id)
        way = OtherWay.objects.get(resident=thread.resident)
        told = ThreadEntry.objects.get(help_request=thread, kind="together")
    assert sent.organisation_id == doors.point.practice.pk
    assert (thread.resident.name, thread.resident.phone) == ("Riet Nieuwenhuis", "")
    assert way.organisation_id == doors.point.ixta.pk
    assert told.values["helper"] == "Henk Oude Vrielink, Ixta Noa"


def test_confirming_twice_is_once_and_afterwards_the_practice_finds_it_elsewhere(doors: Doors) -> None:
    row = doors.prepared()
    yes(doors.noor, row)
    assert yes(doors.noor, row).status_code == 404
    assert "Riet" not in doors.noor.get(LIST).content.decode()
    with gate.as_system("test"):
        assert Referral.objects.count() == 1


def test_declining_asks_a_reason_and_the_host_goes_on_holding_her(doors: Doors) -> None:
    row = doors.prepared()
    assert doors.noor.post(f"{LIST}{row.pk}/", {"answer": "no", "reason": " "}).status_code == 422
    answer = doors.noor.post(f"{LIST}{row.pk}/", {"answer": "no", "reason": "Zij is hier niet bekend."})
    assert answer.status_code == 302
    page = doors.henk.get(f"/samen/aanvragen/{row.pk}/").content.decode()
    assert "Zij is hier niet bekend." in page
    assert str(as_it_stands(row).next_on) == "2027-07-02"


def test_the_card_is_given_once_with_a_pin_of_her_own(doors: Doors) -> None:
    row = doors.prepared()
    where = f"/samen/aanvragen/{row.pk}/kaart/"
    assert doors.henk.post(where, {"pin": "zonnebloem"}).status_code == 404
    yes(doors.noor, row)
    assert doors.henk.post(where, {"pin": "1234"}).status_code == 422
    page = doors.henk.post(where, {"pin": "zonnebloem"})
    assert page.status_code == 200
    assert "Riet" not in page.content.decode()
    code = page.context["code"]
    assert doors.henk.post(where, {"pin": "zonnebloem"}).status_code == 404
    assert doors.henk.post("/samen/", {"code": code, "pin": "zonnebloem"}).status_code == 302
    assert doors.henk.get("/mijn/vraag/").status_code == 200


def test_withdrawn_is_gone_for_the_practice(doors: Doors) -> None:
    row = doors.prepared()
    doors.henk.post(f"/samen/aanvragen/{row.pk}/intrekken/")
    assert "Riet" not in doors.noor.get(LIST).content.decode()
    assert yes(doors.noor, row).status_code == 404
    with gate.as_system("test"):
        assert HelpRequest.objects.count() == 1


def test_words_go_after_thirty_days(doors: Doors) -> None:
    row = doors.prepared()
    doors.henk.post(f"/samen/aanvragen/{row.pk}/intrekken/")
    assert forget_words(now=NOW + timedelta(days=29)) == 0
    assert forget_words(now=NOW + timedelta(days=31)) == 1
    assert as_it_stands(row).question == ""


def test_where_the_region_lets_her_ask_it_goes_at_once(doors: Doors) -> None:
    region = doors.point.region
    region.settings["referral"]["who_may_refer"] = ["gp", "resident"]
    region.save(update_fields=["settings"])
    row = doors.prepared(practice="")
    assert row.state == "confirmed"
    with gate.as_system("test"):
        assert Referral.objects.get().organisation_id == doors.point.ixta.pk


def test_the_database_hides_it_from_everyone_else(doors: Doors) -> None:
    doors.prepared()
    for account in (doors.point.ilse, make_staff(doors.point.office, "Joris", Role.PROGRAMME_MANAGER)):
        gate.tell_database(gate.actor_for(account, on=NOW.date(), second_factor=True))
        assert Preparation.objects.count() == 0
