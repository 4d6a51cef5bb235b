"""The practice that made her card knows its pin. With that pin nobody of there sits 'beside her' alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from pytest_django import Settings

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.accounts.tests.signing import enter
from noaber.hallway.post.models import Message
from noaber.network.companions.factories import NOW, SupportPoint, make_support_point
from noaber.network.companions.models import TimeTogether
from noaber.network.partners.factories import make_staff
from noaber.network.partners.models import Membership
from noaber.network.residents.models import AccessCard
from noaber.network.residents.services_card import choose_own_pin

pytestmark = pytest.mark.django_db
REFUSED = "Uw eigen praktijk gaf haar deze pincode"
HERS = "/mijn/vraag/"


@pytest.fixture
def point(settings: Settings) -> SupportPoint:
    settings.FIXED_NOW = NOW
    return make_support_point()


def browser_of(account: Account) -> Client:
    browser = Client()
    enter(browser, account)
    return browser


def begin(browser: Client, point: SupportPoint, pin: str = "") -> str:
    answer = browser.post("/samen/", {"code": point.card.code, "pin": pin or point.card.pin})
    return answer.content.decode() if answer.status_code == 422 else ""


def times() -> int:
    with gate.as_system("test"):
        return TimeTogether.objects.count()


def test_the_one_who_referred_cannot_begin_as_host_of_the_practice_either(point: SupportPoint) -> None:
    make_membership(point.noor, point, Role.HOST)
    browser = browser_of(point.noor)
    assert REFUSED in begin(browser, point)
    assert browser.get(HERS).status_code == 404
    assert times() == 0


def make_membership(account: Account, point: SupportPoint, role: Role, *, at: str = "practice") -> None:
    with gate.as_system("test"):
        Membership.objects.create(
            account=account,
            organisation=getattr(point, at),
            role=role,
            period=DateRange(date(2020, 1, 1), None),
        )


@pytest.mark.parametrize("role", [Role.HOST, Role.GUIDE, Role.REFERRER], ids=str)
def test_nor_can_a_colleague_of_the_practice(point: SupportPoint, role: Role) -> None:
    assert REFUSED in begin(browser_of(make_staff(point.practice, "Wil Nijhuis", role)), point)
    assert times() == 0


def test_nor_someone_of_the_practice_who_is_host_elsewhere_as_well(point: SupportPoint) -> None:
    make_membership(point.noor, point, Role.HOST, at="ixta")
    assert REFUSED in begin(browser_of(point.noor), point)
    assert times() == 0


def test_nor_who_left_the_practice_and_is_host_elsewhere_now(point: SupportPoint) -> None:
    with gate.as_system("test"):
        Membership.objects.filter(account=point.noor).update(
            period=DateRange(date(2020, 1, 1), date(2027, 6, 30))
        )
    make_membership(point.noor, point, Role.HOST, at="ixta")
    assert REFUSED in begin(browser_of(point.noor), point)
    assert times() == 0


def test_with_the_pin_she_chose_she_may_be_helped_at_the_practice(point: SupportPoint) -> None:
    choose_own_pin(point.truus.pk, "zonnebloem", now=NOW)
    browser = browser_of(make_staff(point.practice, "Wil Nijhuis", Role.HOST))
    assert begin(browser, point)
    assert begin(browser, point, pin="zonnebloem") == ""
    assert browser.get(HERS).status_code == 200


def test_a_support_point_that_was_told_nothing_begins_with_the_pin_of_her_card(point: SupportPoint) -> None:
    browser = browser_of(point.henk)
    assert begin(browser, point) == ""
    assert browser.get(HERS).status_code == 200


def by_phone(browser: Client, point: SupportPoint) -> None:
    where = browser.post("/samen/bellen/", {"code": point.thread.code, "name": "Holtkamp"})["Location"]
    with gate.as_system("test"):
        digits = Message.objects.get(key__startswith="digits:").body
    browser.post(where, {"digits": digits})


def test_by_phone_the_told_pin_is_no_second_look(point: SupportPoint) -> None:
    """She read the digits aloud; what the practice gains still asks a pin that is hers alone."""
    browser = browser_of(make_staff(point.practice, "Wil Nijhuis", Role.HOST))
    by_phone(browser, point)
    assert browser.get(HERS).status_code == 200
    asked = {"name": "Wil", "channel": "paper", "word": "zonnebloem", "once_key": "k1"}
    answer = browser.post("/mijn/naasten/uitnodigen/", {**asked, "her_pin": point.card.pin})
    assert answer.status_code == 422
    assert 'name="her_pin"' in answer.content.decode()
    assert 'href="/samen/kaart/"' in answer.content.decode()
    choose_own_pin(point.truus.pk, "korenbloem", now=NOW)
    answer = browser.post("/mijn/naasten/uitnodigen/", {**asked, "her_pin": "korenbloem"})
    assert 'name="her_pin"' not in answer.content.decode()
    assert answer.status_code in {200, 302}


def test_by_phone_she_first_gets_a_card_with_a_pin_of_her_own(point: SupportPoint) -> None:
    browser = browser_of(make_staff(point.practice, "Wil Nijhuis", Role.HOST))
    by_phone(browser, point)
    answer = browser.post("/samen/kaart/", {"pin": "zonnebloem", "again": "zonnebloem"})
    assert answer["Location"] == "/samen/kaart/afdrukken/"
    with gate.as_system("test"):
        assert AccessCard.objects.get(revoked_at__isnull=True).pin_hash == ""
