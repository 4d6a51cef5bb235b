"""A referral agreement beside the question: shown to who refers, told once, counted without a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from pytest_django import Settings

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.clock import day_of
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.offer.routes.factories import make_route, make_wayfinder
from noaber.offer.routes.models import RouteDeviation, RouteUse, RouteVersion
from noaber.pathways.conversations.factories import World, make_world
from noaber.pathways.conversations.tests.pages import NOW, browser, text_of
from noaber.pathways.referrals import holdings
from noaber.pathways.referrals.models import Referral
from noaber.pathways.referrals.tests.test_the_form import typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fixed_clock(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def version(world: World) -> RouteVersion:
    with gate.as_system("wereld"):
        owner = make_organisation(world.region, "Wijkracht")
        begun = DateRange(day_of(NOW).replace(day=1), None)
        begins = day_of(NOW).replace(day=1)
        make_wayfinder(owner, world.almelo, terms=["sleep"], begins_on=begins, degree="professionals")
        return make_route(owner, "Slaapt slecht en piekert", in_force=begun, terms=["sleep"])


def sent(world: World, **more: Any) -> Referral:
    answer = browser(world.noor).post("/verwijzen/", typed(world, **more))
    assert answer.status_code == 302, text_of(answer)
    with gate.as_system("test"):
        return Referral.objects.latest("sent_at")


def test_what_is_typed_brings_the_agreement_and_nothing_is_kept_of_it(
    world: World, version: RouteVersion
) -> None:
    noor = browser(world.noor)
    page = text_of(noor.post("/verwijzen/afspraken/", {"question": "Hij slaapt slecht."}))
    assert "Slaapt slecht en piekert" in page
    assert "De POH van de eigen praktijk." in page
    assert "Truus Wegwijs" in page
    assert text_of(noor.post("/verwijzen/afspraken/", {"question": "Iets heel anders"})).strip() == ""
    assert noor.get("/verwijzen/afspraken/").status_code == 405
    assert not RouteUse.objects.exists()


def test_only_who_refers_reads_what_fits(world: World, version: RouteVersion) -> None:
    for client in (Client(), browser(world.sanne), browser(world.ilse)):
        answer = client.post("/verwijzen/afspraken/", {"question": "Slaapt slecht."})
        assert "Slaapt slecht en piekert" not in answer.content.decode()


def test_a_referral_that_follows_it_counts_once_with_its_version(world: World, version: RouteVersion) -> None:
    form = typed(world, route=f"{version.pk}:followed")
    noor = browser(world.noor)
    for _ in range(2):
        assert noor.post("/verwijzen/", form).status_code == 302
    use = RouteUse.objects.get()
    assert (use.version_id, use.followed) == (version.pk, True)
    with gate.as_system("test"):
        row = Referral.objects.get()
        assert (row.route_version_id, row.route_followed) == (version.pk, True)
        (hers,) = holdings._referrals(row.help_request.resident_id)
        assert hers["agreement"] == "Slaapt slecht en piekert"
        holdings._erase_referrals(row.help_request.resident_id, NOW)
        row.refresh_from_db()
        assert (row.route_version_id, row.route_followed) == (None, None)


def test_a_deviation_needs_a_reason_and_no_person_and_what_was_typed_stays(
    world: World, version: RouteVersion
) -> None:
    noor = browser(world.noor)
    for more, words in (
        ({}, "Kies waarom u het anders doet."),
        (
            {"route_reason": "wish", "route_words": "Mevrouw Yilmaz wil het"},
            "Hier staat iets over een persoon",
        ),
    ):
        form = typed(world, route=f"{version.pk}:deviated", **more)
        page = noor.post("/verwijzen/", form).content.decode()
        assert words in page
        assert form["question"] in page
        assert f'value="{version.pk}:deviated" form="verwijzing" checked' in page
    assert not RouteUse.objects.exists()
    sent(world, route=f"{version.pk}:deviated", route_reason="wish", route_words="wilde een groep")
    assert RouteDeviation.objects.get().words == "wilde een groep"


@pytest.mark.parametrize(
    "said", ["", "kapot", "kapot:followed", f"{UUID(int=7)}:followed", f"{UUID(int=7)}:"]
)
def test_a_choice_that_means_nothing_never_stops_a_referral(
    world: World, version: RouteVersion, said: str
) -> None:
    row = sent(world, route=said)
    assert (row.route_version_id, row.route_followed) == (None, None)
    assert not RouteUse.objects.exists()


def test_afterwards_it_is_told_once_by_the_own_practice_alone(world: World, version: RouteVersion) -> None:
    row = sent(world)
    address = f"/verwijzen/{row.pk}/afspraak/"
    with gate.as_system("wereld"):
        other = make_staff(make_organisation(world.region, "De Eik", "gp_care"), "Piet", Role.REFERRER)
    given = {"route": f"{version.pk}:followed"}
    for stranger in (Client(), browser(other), browser(world.sanne)):
        assert stranger.post(address, given).status_code in (302, 404)
    assert browser(world.noor).post(f"/verwijzen/{uuid4()}/afspraak/", given).status_code == 404
    assert not RouteUse.objects.exists()
    noor = browser(world.noor)
    assert "Slaapt slecht en piekert" in text_of(noor.get(f"/verwijzen/{row.pk}/verstuurd/"))
    assert noor.post(address, {"route": ""}).status_code == 422
    assert noor.post(address, given).status_code == 302
    assert noor.post(address, {"route": f"{version.pk}:deviated", "route_reason": "far"}).status_code == 302
    assert [use.followed for use in RouteUse.objects.all()] == [True]
    assert "U volgde de afspraak" in text_of(noor.get(f"/verwijzen/{row.pk}/verstuurd/"))


def test_from_the_agreement_itself_it_stands_chosen_in_the_form(world: World, version: RouteVersion) -> None:
    noor = browser(world.noor)
    assert "Verwijs volgens deze afspraak" in text_of(noor.get(f"/kaart/routes/{version.card_id}/"))
    page = noor.get(f"/verwijzen/?afspraak={version.pk}").content.decode()
    assert f'value="{version.pk}:followed" form="verwijzing" checked' in page
    assert noor.get("/verwijzen/?afspraak=kapot").status_code == 200
