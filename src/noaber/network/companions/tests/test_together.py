"""A helper beside her: first everything that must not happen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.tests.signing import enter
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.post.models import Message
from noaber.network.companions.factories import NOW, SupportPoint, account_of, make_support_point
from noaber.network.companions.models import TimeTogether
from noaber.network.companions.rules import LASTS
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.network.partners.models import Membership
from noaber.network.residents.models import ThreadEntry

pytestmark = pytest.mark.django_db
HERS = "/mijn/vraag/"


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


def begin(browser: Client, point: SupportPoint, **more: str) -> int:
    given = {"code": point.card.code, "pin": point.card.pin, **more}
    return browser.post("/samen/", given).status_code


def rows() -> int:
    with gate.as_system("test"):
        return TimeTogether.objects.count()


def test_without_her_pin_nothing_begins(point: SupportPoint, henk: Client) -> None:
    wrong = "0000" if point.card.pin != "0000" else "1111"
    assert begin(henk, point, pin=wrong) == 422
    assert henk.get(HERS).status_code == 404
    assert rows() == 0


def test_a_wrong_card_and_a_wrong_pin_read_the_same(point: SupportPoint, henk: Client) -> None:
    wrong = "0000" if point.card.pin != "0000" else "1111"
    first = henk.post("/samen/", {"code": "7K3F-9Q2M-4", "pin": point.card.pin}).content.decode()
    second = henk.post("/samen/", {"code": point.card.code, "pin": wrong}).content.decode()
    sentence = "Deze code en pincode horen niet bij elkaar"
    assert sentence in first
    assert sentence in second


@pytest.mark.parametrize(
    "role", [r for r in Role if r not in {Role.HOST, Role.GUIDE, Role.REFERRER}], ids=str
)
def test_no_other_role_sits_beside_her(point: SupportPoint, role: Role) -> None:
    browser = Client()
    enter(browser, make_staff(point.office, "Iemand Anders", role))
    assert browser.get("/samen/").status_code == 404
    assert begin(browser, point) == 404
    assert rows() == 0


def test_a_resident_and_nobody_find_no_door_here(point: SupportPoint) -> None:
    assert Client().get("/samen/").status_code == 302
    her = Client()
    enter(her, account_of(point))
    assert her.get("/samen/").status_code == 404
    assert her.post("/samen/klaar/").status_code == 404
    assert her.get("/samen/verder/").status_code == 404


def test_together_her_pages_open_as_hers_with_the_helper_on_each(point: SupportPoint, henk: Client) -> None:
    assert begin(henk, point) == 302
    page = henk.get(HERS).content.decode()
    assert "Henk Oude Vrielink helpt u." in page
    assert "Klaar? Sluit af" in page
    assert "Uw vraag is binnen" in page


def test_together_the_helpers_own_pages_are_closed(point: SupportPoint, henk: Client) -> None:
    begin(henk, point)
    assert henk.get("/samen/").status_code == 404
    assert henk.get("/planbord/").status_code == 404


def test_the_log_and_the_history_name_the_helper(point: SupportPoint, henk: Client) -> None:
    begin(henk, point)
    henk.get(HERS)
    with gate.as_system("test"):
        lines = list(AuditEntry.objects.filter(resident_id=point.truus.pk, role="together"))
        told = ThreadEntry.objects.filter(help_request=point.thread, kind="together").get()
    assert {"together.begin", "help_request.read"} <= {line.event_type for line in lines}
    assert {line.actor_name for line in lines} == {"Henk Oude Vrielink"}
    assert {line.organisation_name for line in lines} == {"Ixta Noa"}
    assert told.by == "Henk Oude Vrielink, Ixta Noa"


def test_every_line_written_together_names_the_helper(point: SupportPoint, henk: Client) -> None:
    begin(henk, point)
    henk.post("/mijn/vraag/stoppen/", {"sure": "on", "confirm": "on"})
    with gate.as_system("test"):
        stopped = ThreadEntry.objects.filter(help_request=point.thread, kind="stopped").first()
    assert stopped is not None
    assert stopped.by == "Henk Oude Vrielink, Ixta Noa"


def test_after_closing_nothing_of_her_is_left(point: SupportPoint, henk: Client) -> None:
    begin(henk, point)
    henk.get(HERS)
    answer = henk.post("/samen/klaar/")
    assert answer.status_code == 302
    assert answer["Location"] == "/samen/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in answer["Cache-Control"]
    assert henk.get(HERS).status_code == 404
    page = henk.get("/samen/").content.decode()
    assert "Truus" not in page
    assert "helpt u" not in page
    assert point.thread.code not in page


def test_what_came_into_the_session_in_her_time_goes_with_her(point: SupportPoint, henk: Client) -> None:
    begin(henk, point)
    session = henk.session
    session["something_of_hers"] = "woorden"
    session.save()
    henk.post("/samen/klaar/")
    assert "something_of_hers" not in henk.session
    assert "time_together" not in henk.session
    assert henk.session["second_factor"] is True


def test_an_old_session_key_opens_nothing_after_closing(point: SupportPoint, henk: Client) -> None:
    begin(henk, point)
    stolen = henk.cookies["sessionid"].value if "sessionid" in henk.cookies else ""
    name = next(iter(henk.cookies))
    stolen = henk.cookies[name].value
    henk.post("/samen/klaar/")
    thief = Client()
    thief.cookies[name] = stolen
    assert thief.get(HERS).status_code in {302, 404}
    assert b"Uw vraag is binnen" not in thief.get(HERS).content


def test_it_lasts_forty_five_minutes_to_the_second(
    point: SupportPoint, henk: Client, settings: Settings
) -> None:
    begin(henk, point)
    settings.FIXED_NOW = NOW + LASTS - timedelta(seconds=1)
    assert henk.get(HERS).status_code == 200
    settings.FIXED_NOW = NOW + LASTS
    answer = henk.get(HERS)
    assert answer.status_code == 302
    assert answer["Location"] == "/samen/"
    assert henk.get(HERS).status_code == 404


def test_a_click_after_the_time_does_nothing_and_loses_nothing(
    point: SupportPoint, henk: Client, settings: Settings
) -> None:
    begin(henk, point)
    settings.FIXED_NOW = NOW + LASTS
    answer = henk.post("/mijn/vraag/uitstel/", {"until_on": "2027-07-20", "why": "Even rust, dank u"})
    assert answer["Location"] == "/samen/"
    with gate.as_system("test"):
        assert not ThreadEntry.objects.filter(help_request=point.thread, kind="postponed").exists()
    assert b"Even rust" not in henk.get("/samen/").content
    assert b"Even rust" not in henk.get("/samen/verder/").content
    again = henk.post("/samen/", {"code": point.card.code, "pin": point.card.pin})
    assert again["Location"] == "/samen/verder/"
    page = henk.get("/samen/verder/").content.decode()
    assert "Even rust, dank u" in page
    assert 'action="/mijn/vraag/uitstel/"' in page


def test_another_helper_does_not_get_what_she_typed(
    point: SupportPoint, henk: Client, settings: Settings
) -> None:
    begin(henk, point)
    settings.FIXED_NOW = NOW + LASTS
    henk.post("/mijn/vraag/uitstel/", {"until_on": "2027-07-20", "why": "Even rust, dank u"})
    other = Client()
    enter(other, make_staff(make_organisation(point.region, "Avedan"), "Bram Kamphuis", Role.GUIDE))
    assert begin(other, point) == 302
    assert b"Even rust" not in other.get("/samen/verder/", follow=True).content


def test_a_role_that_ends_ends_the_time_together(point: SupportPoint, henk: Client) -> None:
    begin(henk, point)
    Membership.objects.filter(account=point.henk).delete()
    answer = henk.get(HERS)
    assert answer.status_code == 302
    assert answer["Location"] == "/verder/"
    assert henk.get(HERS).status_code == 404


def test_a_colleague_cannot_take_over_the_time_together(point: SupportPoint, henk: Client) -> None:
    begin(henk, point)
    note = dict(henk.session["time_together"])
    other = Client()
    enter(other, make_staff(point.ixta, "Wil Nijhuis", Role.HOST))
    session = other.session
    session["time_together"] = {"id": note["id"], "own": {}}
    session.save()
    assert b"Uw vraag is binnen" not in other.get(HERS).content


def test_the_database_hides_the_time_together_from_colleagues(point: SupportPoint, henk: Client) -> None:
    begin(henk, point)
    colleague = make_staff(point.ixta, "Wil Nijhuis", Role.HOST)
    gate.tell_database(gate.actor_for(colleague, on=NOW.date(), second_factor=True))
    assert TimeTogether.objects.count() == 0


def test_her_own_sign_in_does_not_show_a_helper(point: SupportPoint, henk: Client) -> None:
    begin(henk, point)
    her = Client()
    enter(her, account_of(point))
    assert "helpt u." not in her.get(HERS).content.decode()


# --- by phone --------------------------------------------------------------------------------


def ring(browser: Client, code: str, name: str) -> str:
    return browser.post("/samen/bellen/", {"code": code, "name": name})["Location"]


def sent_digits() -> list[Message]:
    with gate.as_system("test"):
        return list(Message.objects.filter(key__startswith="digits:"))


def test_by_phone_the_digits_go_to_the_number_that_is_known(point: SupportPoint, henk: Client) -> None:
    where = ring(henk, point.thread.code, "holtkamp")
    (message,) = sent_digits()
    assert message.address == point.truus.phone
    assert message.channel == "text"
    assert henk.post(where, {"digits": message.body})["Location"] == HERS
    assert henk.get(HERS).status_code == 200


def test_a_stranger_by_phone_gets_the_same_page_and_nothing_goes_out(
    point: SupportPoint, henk: Client
) -> None:
    known = henk.get(ring(henk, point.thread.code, "Holtkamp")).content
    unknown = henk.get(ring(henk, "V-999999", "Holtkamp")).content
    other_name = henk.get(ring(henk, point.thread.code, "Jansen")).content
    assert len(known) == len(unknown) == len(other_name)
    assert len(sent_digits()) == 1


def test_three_wrong_digits_and_these_digits_are_worth_nothing(point: SupportPoint, henk: Client) -> None:
    where = ring(henk, point.thread.code, "Holtkamp")
    (message,) = sent_digits()
    wrong = "0000" if message.body != "0000" else "1111"
    for _ in range(3):
        assert henk.post(where, {"digits": wrong}).status_code == 422
    assert henk.post(where, {"digits": message.body}).status_code == 422
    assert rows() == 0


def test_digits_are_over_after_ten_minutes_and_work_once(
    point: SupportPoint, henk: Client, settings: Settings
) -> None:
    where = ring(henk, point.thread.code, "Holtkamp")
    (message,) = sent_digits()
    settings.FIXED_NOW = NOW + timedelta(minutes=10)
    assert henk.post(where, {"digits": message.body}).status_code == 422
    settings.FIXED_NOW = NOW + timedelta(minutes=9)
    assert henk.post(where, {"digits": message.body}).status_code == 302
    henk.post("/samen/klaar/")
    assert henk.post(where, {"digits": message.body}).status_code == 422


def test_another_helper_cannot_use_these_digits(point: SupportPoint, henk: Client) -> None:
    where = ring(henk, point.thread.code, "Holtkamp")
    (message,) = sent_digits()
    other = Client()
    enter(other, make_staff(point.ixta, "Wil Nijhuis", Role.HOST))
    assert other.post(where, {"digits": message.body}).status_code == 422


def test_at_most_three_times_an_hour_digits_go_to_her(point: SupportPoint, henk: Client) -> None:
    for _ in range(6):
        ring(henk, point.thread.code, "Holtkamp")
    assert len(sent_digits()) == 3
