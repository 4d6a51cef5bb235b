"""A lost second step is taken away by two people, or by one after a day; never by one at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.accounts.tests.signing import enter, give_app
from noaber.hallway.post.models import Message
from noaber.network.partners.factories import make_organisation, make_region, make_staff
from noaber.network.partners.models import KeyReset, Membership

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 1, 9, tzinfo=UTC)
PAGE = "/beheer/mensen/tweede-stap/"


class Office:
    """Dirk and Dora administer; Sanne lost her phone; Boris administers elsewhere."""

    def __init__(self) -> None:
        region = make_region()
        here = make_organisation(region, "Dimence Groep")
        self.dirk = make_staff(here, "Dirk Roelofs", Role.ORGANISATION_ADMIN)
        self.dora = make_staff(here, "Dora Smit", Role.ORGANISATION_ADMIN)
        self.sanne = make_staff(here, "Sanne Bakker", Role.GUIDE)
        self.boris = make_staff(make_organisation(region, "Avedan"), "Boris Berg", Role.ORGANISATION_ADMIN)
        give_app(self.sanne)

    def ask(self, who: Account, about: Account) -> int:
        membership = Membership.objects.get(account=about)
        return self.browser(who).post(f"/beheer/mensen/rol/{membership.pk}/tweede-stap/").status_code

    def agree(self, who: Account) -> int:
        reset = KeyReset.objects.latest("asked_at")
        return self.browser(who).post(f"{PAGE}{reset.pk}/wissen/").status_code

    def browser(self, who: Account) -> Client:
        client = Client()
        enter(client, who)
        return client

    def has_app(self) -> bool:
        return bool(Authenticator.objects.filter(user=self.sanne).exists())


@pytest.fixture
def office(settings: Settings) -> Office:
    settings.FIXED_NOW = NOW
    return Office()


def test_who_asked_cannot_agree_the_same_day(office: Office, settings: Settings) -> None:
    office.ask(office.dirk, office.sanne)
    assert office.agree(office.dirk) == 409
    settings.FIXED_NOW = NOW + timedelta(hours=23, minutes=59)
    assert office.agree(office.dirk) == 409
    assert office.has_app()
    settings.FIXED_NOW = NOW + timedelta(hours=24)
    assert office.agree(office.dirk) == 302
    assert not office.has_app()


def test_strangers_and_colleagues_without_that_role_find_nothing(office: Office) -> None:
    assert office.ask(office.boris, office.sanne) == 404
    assert office.ask(office.sanne, office.dirk) == 404
    office.ask(office.dirk, office.sanne)
    assert office.agree(office.boris) == 404
    assert office.agree(office.sanne) == 404
    assert office.has_app()


def test_nobody_asks_or_agrees_for_herself(office: Office) -> None:
    assert office.ask(office.dirk, office.dirk) == 404
    office.ask(office.dora, office.dirk)
    assert office.agree(office.dirk) == 404


def test_coming_in_meanwhile_makes_it_void(office: Office) -> None:
    office.ask(office.dirk, office.sanne)
    Account.objects.filter(pk=office.sanne.pk).update(last_login=NOW + timedelta(minutes=5))
    assert office.agree(office.dora) == 409
    assert office.has_app()


def test_two_people_take_it_away_and_she_is_told_twice(office: Office) -> None:
    sanne = office.browser(office.sanne)
    Account.objects.filter(pk=office.sanne.pk).update(last_login=NOW - timedelta(hours=1))
    office.ask(office.dirk, office.sanne)
    office.ask(office.dirk, office.sanne)
    assert KeyReset.objects.count() == 1
    assert office.agree(office.dora) == 302
    assert not office.has_app()
    assert sanne.get("/gesprekken/").status_code == 302
    assert len([m for m in Message.objects.all() if m.address == office.sanne.email]) == 2


def test_withdrawn_is_over_and_a_new_one_can_be_asked(office: Office) -> None:
    office.ask(office.dirk, office.sanne)
    reset = KeyReset.objects.get()
    assert office.browser(office.dora).post(f"{PAGE}{reset.pk}/weg/").status_code == 302
    assert office.agree(office.dora) == 404
    assert office.ask(office.dirk, office.sanne) == 302
    page = office.browser(office.dora).get(PAGE).content.decode()
    assert "Gevraagd door Dirk Roelofs" in page
