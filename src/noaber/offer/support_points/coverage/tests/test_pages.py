"""The page of coverage as who steers the region sees it, and as nobody else does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from psycopg.types.range import DateRange

from noaber.ground.errors import Forbidden
from noaber.hallway import clock
from noaber.network.partners.factories import make_municipality
from noaber.network.partners.models import Locality
from noaber.offer.directory.models import Gap
from noaber.offer.directory.queries_gaps import asked_in_vain
from noaber.offer.support_points.factories import make_point, measure
from noaber.offer.support_points.models import SupportPoint, WantedGrowth
from noaber.offer.support_points.tests.world import World, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db
PAGE = "/steunpunten/dekking/"
PAGES = (PAGE, f"{PAGE}fit-gap/", f"{PAGE}fit-gap.csv")


@pytest.fixture
def region(world: World) -> World:
    """Almelo with two places; Borne, where nothing is and somebody searched in vain."""
    world.almelo.inhabitants = 74_000
    world.almelo.save()
    borne = make_municipality(world.region, "Borne", latitude=52.30, longitude=6.80, inhabitants=24_500)
    for town, name, latitude, longitude, codes in (
        (world.almelo, "Almelo", 52.357, 6.663, ["7601", "7602", "7603"]),
        (world.almelo, "Aadorp", 52.372, 6.622, ["7611"]),
        (borne, "Borne", 52.300, 6.800, ["7621", "7622"]),
        (borne, "=Hertme", 52.327, 6.810, ["7626"]),
    ):
        Locality.objects.create(
            region=world.region,
            municipality=town,
            name=name,
            latitude=latitude,
            longitude=longitude,
            postcodes=codes,
            source="test",
        )
    for question, times, state in (("inloop", 7, "open"), ("praatgroep", 2, "taken"), ("oud", 9, "solved")):
        Gap.objects.create(
            region=world.region,
            kind="not_near",
            question=question,
            municipality=borne,
            month=clock.today().replace(day=1),
            times=times,
            state=state,
        )
    return world


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", ["wil", "ank", "hugo", "ilse"])
def test_nobody_else_reads_coverage(region: World, address: str, who: str) -> None:
    assert region.browser(who).get(address).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_asked_to_sign_in_and_another_region_sees_its_own(region: World, address: str) -> None:
    assert Client().get(address).status_code in (302, 404)
    answer = region.browser("boris").get(address)
    assert answer.status_code == 200
    assert "Borne" not in answer.content.decode()
    assert "De Haven" not in answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_who_steered_yesterday_reads_nothing_today(region: World, address: str) -> None:
    browser = region.browser("joris")
    region.people["joris"].memberships.update(period=DateRange(date(2025, 1, 1), clock.today()))
    assert browser.get(address).status_code in (302, 404)


def test_the_page_shows_white_spots_the_best_place_and_who_is_left_out(region: World) -> None:
    page = region.browser("joris").get(PAGE).content.decode()
    assert "Witte vlekken" in page
    assert page.count('<tr><th scope="row"><a href') == 2
    assert "75%" in page
    assert "bewezen het beste" in page
    assert "cover-dot white" in page
    assert "cover-dot covered" in page


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("wanneer=evening", "0% van de inwoners"),
        ("afstand=20&vervoer=car", "Iedereen heeft een steunpunt binnen bereik"),
        ("telt=needs", "keer gezocht en niet gevonden"),
        ("afstand=abc&vervoer=vliegtuig&wanneer=nacht&telt=x&nieuw=-1", "Witte vlekken"),
        ("naar=borne:Borne", "Een nieuw steunpunt in Borne"),
        ("naar=elders%00%22", "Kies een steunpunt en een plaats"),
        ("naar=close", "Sluiten kan alleen"),
    ],
)
def test_every_question_is_answered_without_a_script(region: World, question: str, says: str) -> None:
    answer = region.browser("joris").get(f"{PAGE}?{question}")
    assert answer.status_code == 200
    assert says in answer.content.decode()


def test_a_click_brings_only_the_part_that_changes_and_says_who_gains(region: World) -> None:
    browser = region.browser("joris")
    answer = browser.get(f"{PAGE}?naar=borne:Borne", headers={"HX-Request": "true"}).content.decode()
    assert answer.lstrip().startswith('<section id="wat-als"')
    assert "24.500" in answer
    assert "<html" not in answer
    moved = browser.get(f"{PAGE}?punt={region.point.pk}&naar=borne:Borne").content.decode()
    assert "Steunpunt De Haven gaat naar Borne" in moved


def test_a_point_without_a_place_is_named_and_does_not_count(region: World) -> None:
    place = region.other.service.at_places.get().place
    place.latitude = place.longitude = None
    place.save()
    page = region.browser("joris").get(PAGE).content.decode()
    assert "Zonder plek op de kaart" in page
    assert "Steunpunt De Wal" in page


def test_the_fit_gap_report_sets_present_beside_wanted(region: World) -> None:
    first = clock.today().replace(day=1)
    measure(region.point, 30, first)
    WantedGrowth.objects.create(
        region=region.region,
        measure="hours_a_week",
        version=1,
        zero_on=first,
        wanted=Decimal(60),
        by_on=date(clock.today().year + 1, 12, 31),
        agreed_words="afgesproken",
        by_name="Joris",
        recorded_at=clock.now(),
    )
    browser = region.browser("joris")
    assert "verdeeld over gemeenten naar inwoners" in browser.get(f"{PAGE}fit-gap/").content.decode()
    answer = browser.get(f"{PAGE}fit-gap.csv")
    assert answer["Content-Type"].startswith("text/csv")
    head, almelo, borne = answer.content.decode("utf-8-sig").strip().split("\r\n")
    assert head.startswith("Gemeente;Inwoners")
    assert almelo.split(";")[:7] == ["Almelo", "74000", "74000", "0", "0", "2", "60,0"]
    assert almelo.split(";")[7:9] == ["0,41", "67,6"], "De Wal reaches nobody: 30 hours for 74,000 people"
    assert borne.split(";")[5:10] == ["0", "0,0", "0,00", "22,4", "22,4"]
    assert borne.split(";")[4] == "9"


def test_a_name_that_a_spreadsheet_would_run_is_guarded(region: World) -> None:
    Locality.objects.filter(name="Borne").delete()
    answer = region.browser("joris").get(f"{PAGE}fit-gap.csv").content.decode("utf-8-sig")
    assert ";'=Hertme" in answer


def test_questions_in_vain_are_for_who_may_read_them(region: World) -> None:
    found = asked_in_vain(region.actor("joris"), region.region.pk, today=clock.today())
    assert sum(found.values()) == 9
    with pytest.raises(Forbidden):
        asked_in_vain(region.actor("wil"), region.region.pk, today=clock.today())
    assert asked_in_vain(region.actor("boris"), region.region.pk, today=clock.today()) == {}


def test_a_region_of_which_nothing_is_known_says_so(world: World) -> None:
    SupportPoint.objects.all().delete()
    world.almelo.latitude = world.almelo.longitude = None
    world.almelo.save()
    page = world.browser("joris").get(PAGE).content.decode()
    assert "Wij weten nog niet waar mensen wonen" in page


def test_the_questions_to_the_database_do_not_grow_with_the_region(
    region: World, django_assert_max_num_queries: Any
) -> None:
    browser = region.browser("joris")
    with django_assert_max_num_queries(26):
        browser.get(PAGE)
    town = make_municipality(region.region, "Losser", latitude=52.26, longitude=7.0, inhabitants=23_000)
    for i in range(9):
        Locality.objects.create(
            region=region.region,
            municipality=town,
            name=f"dorp {i}",
            latitude=52.2,
            longitude=7.0,
            source="test",
        )
        make_point(region.ixta, town, f"punt {i}")
    with django_assert_max_num_queries(26):
        browser.get(PAGE)
