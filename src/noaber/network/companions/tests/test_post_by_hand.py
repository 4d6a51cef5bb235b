"""Letters and calls: who finds nothing here, what vanishes, and what is noted."""

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
from noaber.network.companions.factories import NOW, SupportPoint, make_support_point
from noaber.network.companions.models import CarriedOut
from noaber.network.companions.queries_post import late_count
from noaber.network.companions.services import name_other_way
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.network.partners.models import Location
from noaber.network.residents.models import Preferences, Resident, ThreadEntry
from noaber.network.residents.services import reach

pytestmark = pytest.mark.django_db
PAGE = "/post/brieven/"
ADDRESS = "Truus Holtkamp\nKerkstraat 12\n7607 AA Almelo"


@pytest.fixture(autouse=True)
def fixed_clock(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def point() -> SupportPoint:
    return make_support_point()


@pytest.fixture
def ilse(point: SupportPoint) -> Client:
    browser = Client()
    enter(browser, point.ilse)
    return browser


def prefer(point: SupportPoint, **more: object) -> None:
    with gate.as_system("test"):
        Preferences.objects.update_or_create(resident=point.truus, defaults=more)


def write(point: SupportPoint, key: str = "een", body: str = "U hebt een afspraak: morgen.") -> Message:
    with gate.as_system("test"):
        reach(point.truus.pk, key=key, subject="Bericht", body=body, now=NOW)
        return Message.objects.get(key=key)


@pytest.fixture
def letter(point: SupportPoint) -> Message:
    prefer(point, may_post=True, post_address=ADDRESS, may_ring=False)
    message = write(point)
    assert message.channel == "letter"
    return message


@pytest.fixture
def call(point: SupportPoint) -> Message:
    prefer(point, may_ring=True)
    message = write(point)
    assert message.channel == "call"
    return message


def every_address(message: Message) -> list[tuple[str, str]]:
    here = f"{PAGE}{message.pk}/"
    return [("get", f"{here}afdrukken/"), ("post", f"{here}verstuurd/"), ("get", f"{here}bellen/")]


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.HOST, Role.PLANNER}], ids=str)
def test_other_roles_find_no_post(point: SupportPoint, letter: Message, role: Role) -> None:
    browser = Client()
    enter(browser, make_staff(point.practice, "Iemand Anders", role))
    assert browser.get(PAGE).status_code == 404
    for method, where in every_address(letter):
        assert getattr(browser, method)(where).status_code == 404


@pytest.mark.parametrize("role", [Role.HOST, Role.PLANNER], ids=str)
def test_another_organisation_sees_none_of_hers(point: SupportPoint, letter: Message, role: Role) -> None:
    elsewhere = make_organisation(point.region, "Ander Kantoor", "gemeente")
    browser = Client()
    enter(browser, make_staff(elsewhere, "Gerda Smit", role))
    assert b"Truus" not in browser.get(PAGE).content
    assert b"Truus" not in browser.get(f"{PAGE}afdrukken/").content
    for method, where in every_address(letter):
        assert getattr(browser, method)(where).status_code == 404
    letter.refresh_from_db()
    assert letter.state == Message.State.QUEUED


def test_a_letter_she_no_longer_wants_vanishes_before_it_is_printed(
    point: SupportPoint, ilse: Client, letter: Message
) -> None:
    prefer(point, may_post=False)
    assert ilse.get(f"{PAGE}{letter.pk}/afdrukken/").status_code == 404
    assert b"Truus" not in ilse.get(PAGE).content
    letter.refresh_from_db()
    assert letter.state == Message.State.WITHHELD


def test_the_letter_fits_a_window_and_says_whom_to_ring(
    point: SupportPoint, ilse: Client, letter: Message
) -> None:
    page = ilse.get(f"{PAGE}{letter.pk}/afdrukken/").content.decode()
    for words in ("Kerkstraat 12", "7607 AA Almelo", "U hebt een afspraak: morgen.", point.thread.code):
        assert words in page
    sheet = page[page.index('class="sheet"') :]
    sender = sheet[: sheet.index('class="date"')]
    assert "Mentaal" not in sender
    assert "ggz" not in sender.lower()


def test_the_letter_says_how_to_walk_there(point: SupportPoint, ilse: Client) -> None:
    Location.objects.create(
        municipality=point.almelo,
        name="Wijkhuis De Schouw",
        address="Dorpsstraat 1",
        directions="Vanaf het station is het vijf minuten lopen.",
    )
    prefer(point, may_post=True, post_address=ADDRESS, may_ring=False)
    message = write(point, body="U hebt een afspraak. Plaats: Dorpsstraat 1.")
    page = ilse.get(f"{PAGE}{message.pk}/afdrukken/").content.decode()
    assert "Wijkhuis De Schouw" in page
    assert "vijf minuten lopen" in page


def test_the_letter_is_in_her_language(point: SupportPoint, ilse: Client, letter: Message) -> None:
    with gate.as_system("test"):
        Resident.objects.filter(pk=point.truus.pk).update(language="ar")
    page = ilse.get(f"{PAGE}{letter.pk}/afdrukken/").content.decode()
    assert 'lang="ar" dir="rtl"' in page


def test_posting_is_stamped_with_who_and_when_and_happens_once(
    point: SupportPoint, ilse: Client, letter: Message
) -> None:
    where = f"{PAGE}{letter.pk}/verstuurd/"
    assert ilse.post(where, {"how": "posted"}).status_code == 302
    assert ilse.post(where, {"how": "posted"}).status_code == 404
    letter.refresh_from_db()
    assert letter.state == Message.State.SENT
    with gate.as_system("test"):
        row = CarriedOut.objects.get()
        told = ThreadEntry.objects.get(help_request=point.thread, kind="post")
        lines = AuditEntry.objects.filter(resident_id=point.truus.pk, event_type="post.carried_out")
        assert lines.count() == 1
    assert (row.by_name, row.at, row.outcome) == ("Ilse Kamp", NOW, "posted")
    assert told.words == "Wij stuurden u een brief"
    assert told.by == "Ilse Kamp"


def test_after_one_working_day_a_letter_stands_on_top_as_late(
    point: SupportPoint, ilse: Client, letter: Message, settings: Settings
) -> None:
    assert "te lang" not in ilse.get(PAGE).content.decode()
    settings.FIXED_NOW = NOW + timedelta(days=1)
    assert "te lang" not in ilse.get(PAGE).content.decode()
    settings.FIXED_NOW = NOW + timedelta(days=4)
    assert "1 bericht ligt hier te lang" in ilse.get(PAGE).content.decode()


def test_a_call_says_that_nothing_may_be_left(point: SupportPoint, ilse: Client, call: Message) -> None:
    page = ilse.get(f"{PAGE}{call.pk}/bellen/").content.decode()
    assert "Spreek niets in" in page


def test_a_call_that_did_not_reach_her_comes_back(
    point: SupportPoint, ilse: Client, call: Message, settings: Settings
) -> None:
    where = f"{PAGE}{call.pk}/bellen/"
    assert ilse.post(where, {"outcome": "no_message", "again_on": ""}).status_code == 422
    assert ilse.post(where, {"outcome": "no_message", "again_on": "2027-07-02"}).status_code == 302
    page = ilse.get(PAGE).content.decode()
    assert "Later opnieuw" in page
    settings.FIXED_NOW = NOW + timedelta(days=1)
    assert "Later opnieuw" not in ilse.get(PAGE).content.decode()
    assert ilse.post(where, {"outcome": "reached"}).status_code == 302
    call.refresh_from_db()
    assert call.state == Message.State.SENT


@pytest.mark.parametrize("day", ["2027-06-30", "2027-08-30", "morgen"])
def test_a_next_try_is_soon_and_never_in_the_past(
    point: SupportPoint, ilse: Client, call: Message, day: str
) -> None:
    answer = ilse.post(f"{PAGE}{call.pk}/bellen/", {"outcome": "again", "again_on": day})
    assert answer.status_code == 422
    with gate.as_system("test"):
        assert not CarriedOut.objects.exists()


def test_a_letter_is_no_call_and_a_call_no_letter(ilse: Client, letter: Message) -> None:
    assert ilse.get(f"{PAGE}{letter.pk}/bellen/").status_code == 404


def test_looking_at_the_list_is_logged_for_each_person(
    point: SupportPoint, ilse: Client, letter: Message
) -> None:
    ilse.get(PAGE)
    with gate.as_system("test"):
        line = AuditEntry.objects.get(resident_id=point.truus.pk, event_type="post.by_hand")
    assert line.part == "uw naam en hoe wij u bereiken"


def test_without_a_phone_she_is_reached_through_whom_she_named(point: SupportPoint) -> None:
    with gate.as_system("test"):
        Resident.objects.filter(pk=point.truus.pk).update(phone="")
    name_other_way(
        resident_id=point.truus.pk,
        who="Henk Oude Vrielink, Ixta Noa",
        phone="0546 00 00 45",
        organisation_id=point.ixta.pk,
        now=NOW,
    )
    message = write(point)
    assert (message.channel, message.address) == ("call", "0546 00 00 45")
    henk = Client()
    enter(henk, point.henk)
    assert "Truus Holtkamp" in henk.get(PAGE).content.decode()


def test_another_host_finds_none_of_her_post(point: SupportPoint, letter: Message) -> None:
    elsewhere = make_staff(point.ixta, "Wil Nijhuis", Role.HOST)
    browser = Client()
    enter(browser, elsewhere)
    assert b"Truus" not in browser.get(PAGE).content


def test_what_waits_too_long_is_counted_for_whoever_has_it_in_hand(
    point: SupportPoint, letter: Message
) -> None:
    def late(days: int) -> int:
        actor = gate.actor_for(point.ilse, on=NOW.date(), second_factor=True)
        gate.tell_database(actor)
        return late_count(actor, now=NOW + timedelta(days=days))

    assert late(1) == 0
    assert late(4) == 1
    other = gate.actor_for(point.noor, on=NOW.date(), second_factor=True)
    assert late_count(other, now=NOW + timedelta(days=4)) == 0
