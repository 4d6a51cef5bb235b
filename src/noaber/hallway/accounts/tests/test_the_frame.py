"""What stands around a page, and the one-click door of the demo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from noaber.hallway import clock
from noaber.hallway.access.grants import actor_for
from noaber.hallway.access.types import ANONYMOUS, Kind, Role
from noaber.hallway.accounts import navigation
from noaber.hallway.accounts.tests.signing import enter, someone
from noaber.network.partners.factories import (
    make_account,
    make_municipality,
    make_organisation,
    make_region,
    make_staff,
)
from noaber.network.residents.factories import make_help_request, make_resident

pytestmark = pytest.mark.django_db

FIRST = {
    Role.REFERRER: "/verwijzen/",
    Role.GUIDE: "/gesprekken/",
    Role.PLANNER: "/planbord/",
    Role.PROGRAMME_MANAGER: "/regio/twente/kpis/",
    Role.PRIVACY_OFFICER: "/inzage/week/",
    Role.ORGANISATION_ADMIN: "/beheer/mensen/",
    Role.OPERATOR: "/beheer/stand/",
    Role.HOST: "/samen/",
    Role.KWARTIERMAKER: "/wijk/",
    Role.EDITOR: "/kaart/",
    Role.GROUP_LEADER: "/groepen/mijn/",
    Role.GROUP_ORGANISER: "/groepen/vormen/",
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_lands_on_its_own_first_page(client: Client, role: Role) -> None:
    enter(client, someone(role))
    assert client.get("/verder/")["Location"] == FIRST[role]


def test_someone_without_a_role_today_gets_a_page_and_no_menu(client: Client) -> None:
    make_region()
    enter(client, make_account("Karel Post"))
    page = client.get("/verder/").content.decode()
    assert "geen rol" in page
    for where in FIRST.values():
        assert where not in page


def test_the_menu_shows_what_a_role_may_do_and_nothing_else(client: Client) -> None:
    enter(client, someone(Role.OPERATOR))
    page = client.get("/beheer/stand/").content.decode()
    assert 'href="/beheer/stand/"' in page
    for other in ["/verwijzen/", "/planbord/", "/inzage/", "/beheer/mensen/"]:
        assert f'href="{other}"' not in page


def test_a_page_carries_the_help_numbers_of_its_region(client: Client) -> None:
    make_region()
    page = client.get("/inloggen/").content.decode()
    assert "Mentaal Gezond Twente" in page
    assert "tel:0880000101" in page


def test_a_region_loaded_later_does_not_take_over_the_front(client: Client) -> None:
    make_region()
    later = make_region("groningen", "Mentale Gezondheid Groningen")
    later.loaded_at = later.loaded_at.replace(year=2026)  # type: ignore[union-attr]
    later.save()
    assert "Mentaal Gezond Twente" in client.get("/inloggen/").content.decode()


def test_staff_of_the_second_region_see_their_own(client: Client) -> None:
    make_region()
    later = make_region("groningen", "Mentale Gezondheid Groningen")
    enter(client, make_staff(make_organisation(later, "Lentis"), "Anneke Wit", Role.OPERATOR))
    assert "Mentale Gezondheid Groningen" in client.get("/beheer/stand/").content.decode()


def test_without_any_region_a_page_still_has_112_and_113(client: Client) -> None:
    page = client.get("/inloggen/").content.decode()
    assert "tel:112" in page
    assert "tel:113" in page


def test_a_page_that_does_not_exist_has_the_same_frame(client: Client) -> None:
    enter(client, someone(Role.OPERATOR))
    answer = client.get("/bestaat-niet/")
    assert answer.status_code == 404
    assert "Mentaal Gezond Twente" in answer.content.decode()


# --- the demo -----------------------------------------------------------------------------------


def test_outside_the_demo_there_is_no_one_click_door(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    person = someone(is_demo=True)
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/inloggen/", {"wie": str(person.pk)}).status_code == 404
    assert client.get("/demo/post/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_in_the_demo_only_invented_people_can_be_entered(client: Client, settings: Settings) -> None:
    settings.DEMO, settings.DEMO_TODAY = True, date(2027, 7, 1)
    real = someone()
    for wanted in [str(real.pk), "geen-nummer", "", "00000000-0000-4000-8000-000000000000"]:
        assert client.post("/demo/inloggen/", {"wie": wanted}).status_code == 404
    assert client.get(f"/demo/inloggen/?wie={real.pk}").status_code == 405
    assert "_auth_user_id" not in client.session


def test_the_demo_says_aloud_that_the_second_step_is_off(client: Client, settings: Settings) -> None:
    settings.DEMO, settings.DEMO_TODAY = True, date(2027, 7, 1)
    person = someone(is_demo=True)
    page = client.get("/demo/").content.decode()
    assert "tweede stap staat hier uit" in page
    assert "Dirk Roelofs" in page
    assert client.post("/demo/inloggen/", {"wie": str(person.pk)})["Location"] == "/verder/"
    assert client.get("/beheer/mensen/").status_code == 200


def test_a_demo_person_has_no_password_to_change(client: Client, settings: Settings) -> None:
    settings.DEMO, settings.DEMO_TODAY = True, date(2027, 7, 1)
    person = someone(is_demo=True, password=None)
    client.post("/demo/inloggen/", {"wie": str(person.pk)})
    assert client.get("/account/").status_code == 200
    assert client.get("/account/wachtwoord/").status_code == 404


def test_the_demo_lists_people_in_the_order_of_the_journey(client: Client, settings: Settings) -> None:
    settings.DEMO, settings.DEMO_TODAY = True, date(2027, 7, 1)
    region = make_region()
    organisation = make_organisation(region)
    for name, role in [("Petra Smit", Role.PRIVACY_OFFICER), ("Noor de Wit", Role.REFERRER)]:
        make_staff(organisation, name, role, is_demo=True)
    fatma = make_resident(make_municipality(region))
    fatma.account.name, fatma.account.is_demo = "Fatma Yilmaz", True  # type: ignore[union-attr]
    fatma.account.save()  # type: ignore[union-attr]
    page = client.get("/demo/").content.decode()
    assert page.index("Fatma Yilmaz") < page.index("Noor de Wit") < page.index("Petra Smit")
    assert "inwoner" in page


@pytest.mark.parametrize("role", list(Role))
def test_every_entry_of_the_menu_leads_to_a_page(client: Client, role: Role) -> None:
    account = someone(role)
    enter(client, account)
    actor = actor_for(account, on=clock.today(), second_factor=True)
    for item in navigation.menu(actor, region_slug="twente"):
        assert client.get(item.url).status_code == 200, item


def test_visitors_and_residents_have_a_menu_that_works(client: Client) -> None:
    make_region()
    for item in navigation.menu(ANONYMOUS, region_slug="twente"):
        assert client.get(item.url).status_code == 200, item
    fatma = make_resident(make_municipality(make_region("groningen", "Groningen")))
    assert fatma.account is not None
    make_help_request(fatma)
    enter(client, fatma.account)
    actor = actor_for(fatma.account, on=clock.today(), second_factor=True)
    for item in navigation.menu(replace(actor, kind=Kind.RESIDENT), region_slug="twente"):
        assert client.get(item.url).status_code == 200, item
