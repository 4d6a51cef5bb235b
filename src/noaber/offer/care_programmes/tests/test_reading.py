"""Comparing waits: what ranks, what is grey, what stands beside, what can start this week, and what opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.tests.signing import enter
from noaber.knowledge import care
from noaber.knowledge.care.fitting import fitting_terms
from noaber.knowledge.offer_terms import load_terms
from noaber.network.partners.factories import make_municipality, make_organisation, make_region, make_staff
from noaber.network.partners.models import Organisation, Region
from noaber.offer.care_programmes import queries, queries_region
from noaber.offer.care_programmes.factories import make_programme, make_report, make_start, make_stop
from noaber.offer.care_programmes.reading.beside import chosen
from noaber.offer.care_programmes.reading.drawing import at, bar
from noaber.offer.care_programmes.types import ProgrammeRow
from noaber.offer.directory import hooks

ALMELO = (52.357, 6.662)


@dataclass(slots=True)
class World:
    """A region with one provider in Almelo."""

    region: Region
    provider: Organisation


@pytest.fixture
def world(db: None) -> World:
    region = make_region()
    town = make_municipality(region, latitude=ALMELO[0], longitude=ALMELO[1])
    return World(region, make_organisation(region, "Dimence Groep", municipality=town))


@pytest.fixture
def near_offer() -> Iterator[hooks.Starting]:
    """A walk-in near by, told by a room of the tests."""
    offer = hooks.Starting(
        "Inloop De Brug", "inloop", "/steunpunten/x/", place="Almelo", latitude=52.36, longitude=6.66
    )

    def tell(sought: hooks.Sought, now: datetime) -> tuple[hooks.Starting, ...]:
        return (replace(offer, when=now + timedelta(days=1)),)

    hooks.register_starting(tell)
    yield offer
    hooks._starting.remove(tell)


def page(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def row_of(world: World, **more: object) -> ProgrammeRow:
    town = world.provider.municipality
    made = make_programme(world.provider, "Angst", town, **more)
    make_report(made)
    return queries.one(made.pk, now=clock.now())


def test_the_shortest_wait_comes_first_and_says_what_can_start_this_week(
    world: World, near_offer: hooks.Starting
) -> None:
    town = world.provider.municipality
    for name, weeks in (("Lang", 20), ("Kort", 2)):
        make_report(make_programme(world.provider, name, town), 2, weeks)
    text = page("/wachttijden/")
    assert text.index(">Kort<") < text.index(">Lang<")
    assert "boven de norm" in text[text.index(">Lang<") :]
    assert text.count("Inloop De Brug") == 2


def test_what_cannot_be_ranked_stands_beside_with_why(world: World) -> None:
    stopped, old, silent, late = (
        make_programme(world.provider, name) for name in ("Dicht", "Oud", "Stil", "Laat")
    )
    for one, ago in ((stopped, 1), (old, 100), (late, 50)):
        make_report(one, reference_date=clock.today() - timedelta(days=ago))
    make_stop(stopped)
    text = page("/wachttijden/")
    ranked, beside = text.split('id="ernaast"')
    assert "waits-grey" in ranked[: ranked.index(">Laat<")]
    for name, why in (("Dicht", "Aannamestop"), ("Oud", "te oud"), ("Stil", "Nog geen cijfer")):
        assert f">{name}<" in beside
        assert why in beside
    assert f">{late.name}<" in ranked
    assert silent.name not in ranked


def test_equal_to_the_norm_is_within_it(world: World) -> None:
    make_report(make_programme(world.provider, "Precies"), 4, 10)
    assert "boven de norm" not in page("/wachttijden/")


def test_filters_stay_in_the_address_and_nothing_found_says_what_now(world: World) -> None:
    make_report(make_programme(world.provider, "Trauma", diagnosis_group="7"))
    assert ">Trauma<" in page("/wachttijden/?klacht=7&leeftijd=30&verzekeraar=menzis&volgorde=name")
    text = page("/wachttijden/?klacht=9")
    assert "Niets gevonden" in text
    assert "Wis keuzes" in text
    assert "Die plaats kennen wij niet" in page("/wachttijden/?waar=Xyzzyheim")
    for nonsense in ("klacht=zzz", "leeftijd=abc", "leeftijd=-4", "volgorde=--", "pagina=99999", "afstand=x"):
        assert page(f"/wachttijden/?{nonsense}")


def test_a_programme_shows_claimed_beside_counted_and_opens_both(world: World) -> None:
    made = make_programme(world.provider, "Angst")
    make_report(made, 3, 8)
    for days in range(80, 200, 12):
        day = clock.today() - timedelta(days=days)
        make_start(made, days, intake_on=day + timedelta(days=21), treatment_on=day + timedelta(days=77))
    text = page(f"/wachttijden/{made.pk}/")
    assert "11 weken" in text
    assert "Wat de aanbieder zegt, klopt met wat geteld is." in text
    assert "derde vrije plek" in page(f"/wachttijden/{made.pk}/opgaven/")
    starts = page(f"/wachttijden/{made.pk}/starts/")
    assert starts.count("begonnen") >= 10
    assert page(f"/wachttijden/{made.pk}/starts/").count("Aangemeld<") == 0


def test_days_of_starts_are_for_professionals_of_the_region(world: World) -> None:
    made = make_programme(world.provider)
    for days in range(30, 100, 10):
        make_start(made, days)
    noor, gijs = Client(), Client()
    enter(noor, make_staff(make_organisation(world.region, "Linde"), "Noor", Role.REFERRER))
    elsewhere = make_organisation(make_region("groningen", "Noord"), "Het Maar")
    enter(gijs, make_staff(elsewhere, "Gijs", Role.REFERRER))
    where = f"/wachttijden/{made.pk}/starts/"
    assert "Aangemeld" in page(where, noor)
    assert "Aangemeld<" not in page(where, gijs)
    assert "Verwijs, met dit programma" in page(f"/wachttijden/{made.pk}/", noor)
    assert "Verwijs, met dit programma" not in page(f"/wachttijden/{made.pk}/", gijs)


def test_three_starts_hide_themselves(world: World) -> None:
    made = make_programme(world.provider)
    for days in (40, 50, 60):
        make_start(made, days)
    text = page(f"/wachttijden/{made.pk}/starts/")
    assert "Te weinig om te laten zien" in text
    assert "wacht nog" not in text


def test_the_region_says_met_dubbelingen(world: World) -> None:
    make_report(make_programme(world.provider), waiting=40)
    text = page("/wachttijden/regio/")
    assert "met dubbelingen" in text
    assert ">40<" in text


def test_the_pages_do_not_ask_more_of_the_database_as_they_grow(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_report(make_programme(world.provider, f"Programma {number}"))
    with django_assert_max_num_queries(16):
        page("/wachttijden/")


@pytest.mark.parametrize("part", ["", "opgaven/", "starts/"])
def test_a_guessed_id_is_not_here(world: World, part: str) -> None:
    assert Client().get(f"/wachttijden/{uuid4()}/{part}").status_code == 404


def test_what_fits_beside_is_near_open_and_for_this_age(world: World) -> None:
    row = row_of(world, diagnosis_group="5", min_age=18)
    now = clock.now()
    here: dict[str, Any] = {"latitude": 52.36, "longitude": 6.66, "when": now + timedelta(days=1)}
    fits = hooks.Starting("Angstcafé", "groep", "/a/", terms=("anxiety",), **here)
    plain = hooks.Starting("Inloop", "inloop", "/b/", **here)
    online = hooks.Starting("Minder piekeren", "online", "/c/", terms=("anxiety",))
    far = replace(fits, name="Ver weg", latitude=52.9)
    full = replace(fits, name="Vol", free_places=0)
    referred = replace(fits, name="Met verwijzing", needs_referral=True)
    young = replace(fits, name="Jong", max_age=17)
    offers = [young, referred, full, far, online, plain, fits]
    assert chosen(row, offers, near=(None, None), age=None, now=now) == (fits, online)
    assert chosen(row, [plain, far], near=(None, None), age=30, now=now) == (plain,)
    assert chosen(row, offers, near=(52.9, 6.66), age=16, now=now)[0] == far


def test_a_bar_ends_where_its_line_ends() -> None:
    assert (at(0), at(15), at(30), at(400), at(None)) == (6, 88, 170, 170, None)
    long = bar(400, 3, 9, 4)
    assert long.beyond
    assert long.band == (long.most or 0) - (long.half or 0)
    assert not bar(None, None, None, None).beyond


def test_every_diagnosis_group_has_areas_of_life_that_exist() -> None:
    fits = fitting_terms()
    assert set(fits) == set(care.diagnosis_groups())
    assert {term for terms in fits.values() for term in terms} <= set(load_terms())


def test_a_few_who_began_are_not_told_nor_found_by_subtraction(world: World, client: Client) -> None:
    few, many = make_programme(world.provider), make_programme(world.provider, "Ander")
    make_report(few, inflow=3)
    make_report(many, inflow=20)
    page = client.get(f"/wachttijden/{few.pk}/opgaven/").content.decode()
    assert "Te weinig om te laten zien." in page
    assert "23 mensen ingestroomd" not in client.get("/wachttijden/regio/").content.decode()
    enter(client, make_staff(world.provider, "Noor", Role.REFERRER))
    assert "Te weinig" not in client.get(f"/wachttijden/{few.pk}/opgaven/").content.decode()


def test_the_trend_of_the_region_is_over_programmes_with_a_norm(world: World) -> None:
    make_report(make_programme(world.provider), 3, 8)
    make_report(make_programme(world.provider, "Maatje", care_type="social_domain"), 30, 30)
    last = queries_region.trend(world.region.pk, now=clock.now())[-1]
    assert (last.intake_weeks, last.treatment_weeks) == (3, 8)


def test_what_is_beyond_the_norm_opens_to_its_programmes(world: World) -> None:
    for name, weeks in (("Lang", 20), ("Kort", 2)):
        make_report(make_programme(world.provider, name), 2, weeks)
    make_programme(world.provider, "Stil")
    text = page("/wachttijden/regio/")
    assert "1 van 2" in text
    assert "soort=specialist_ggz&amp;boven=on" in text
    opened = page("/wachttijden/?soort=specialist_ggz&boven=on")
    assert ">Lang<" in opened
    assert ">Kort<" not in opened
    assert ">Stil<" not in opened


def test_a_figure_of_another_source_says_whose_it_is(world: World) -> None:
    made = make_programme(world.provider, "Angst")
    make_report(made, reference_date=clock.today() - timedelta(days=20))
    make_report(made, 9, 9, source="register", source_words="Het register")
    assert "volgens Het register" in page("/wachttijden/")
    assert "Dit cijfer komt van Het register" in page(f"/wachttijden/{made.pk}/")
