"""What a visitor, a host and the region see and do on the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from noaber.hallway import clock
from noaber.offer.directory.models import Service
from noaber.offer.support_points import queries, showing
from noaber.offer.support_points.factories import count_visits, make_point
from noaber.offer.support_points.models import (
    BedNight,
    Capacity,
    ProgrammeItem,
    SelfAssessment,
    SpecialDay,
    SupportPoint,
    VisitCount,
    WarmReferral,
)
from noaber.offer.support_points.tests.world import World, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db
THURSDAY = clock.at(date(2027, 7, 1), 11)


@pytest.fixture(autouse=True)
def _thursday_morning(settings: Settings) -> None:
    settings.FIXED_NOW = THURSDAY


def text(response: Any) -> str:
    return str(response.content.decode())


# --- anyone ----------------------------------------------------------------------------------------


def test_what_is_open_now_stands_first_and_the_map_points_at_it(world: World) -> None:
    make_point(world.ixta, world.almelo, "Aan de Vaart", hours=((5, time(9), time(12)),), latitude=52.5)
    page = text(Client().get("/regio/twente/steunpunten/"))
    assert page.index("Steunpunt De Haven") < page.index("Aan de Vaart")
    assert "Nu open, tot 16.00 uur" in page
    assert 'href="#plek-1"' in page
    assert "Vandaag gaan er 2 van de 3" in page


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("?open=nu", "De Haven", "Aan de Vaart"),
        ("?open=vandaag", "De Haven", "Aan de Vaart"),
        ("?soort=youth", "Jong Almelo", "De Haven"),
        ("?waar=Almelo", "De Haven", "Ver weg"),
        ("?soort=bestaat-niet&open=nooit", "De Haven", "geen steunpunt"),
    ],
)
def test_a_visitor_chooses_by_hour_kind_and_place(world: World, query: str, seen: str, unseen: str) -> None:
    make_point(world.ixta, world.almelo, "Aan de Vaart", hours=((5, time(9), time(12)),))
    make_point(world.ixta, world.almelo, "Jong Almelo", kind="youth")
    make_point(world.ixta, world.almelo, "Ver weg", latitude=52.9)
    page = text(Client().get(f"/regio/twente/steunpunten/{query}"))
    assert seen in page
    assert unseen not in page


def test_an_unknown_place_says_so_and_still_shows_the_region(world: World) -> None:
    page = text(Client().get("/regio/twente/steunpunten/?waar=Verweggistan"))
    assert "Deze plaats kennen wij niet" in page
    assert "Steunpunt De Haven" in page


def test_a_point_tells_its_week_what_is_on_and_that_anyone_is_welcome(world: World) -> None:
    ProgrammeItem.objects.create(
        point=world.point,
        title="Samen soep maken",
        weekday=4,
        starts_at=time(12),
        ends_at=time(13),
        valid_from=date(2027, 1, 1),
        by_name="Wil",
        recorded_at=THURSDAY,
        once_key="soep",
    )
    SpecialDay.objects.create(
        point=world.point, on=date(2027, 7, 2), why="teamdag", by_name="Wil", recorded_at=THURSDAY
    )
    page = text(Client().get(f"/steunpunten/{world.point.pk}/"))
    for words in (
        "Nu open, tot 16.00 uur",
        "Samen soep maken",
        "geen verwijzing nodig",
        "in welke gemeente u woont",
        "deze dag gesloten",
        "Havenkade 1",
        "openstreetmap.org/directions?to=52.3567%2C6.6625",
        'lang="nl"',
    ):
        assert words in page


def test_the_sociale_kaart_knows_the_days_that_differ(world: World) -> None:
    path = f"/aanbod/{world.point.service_id}/"
    assert "Nu open, tot 16.00 uur" in text(Client().get(path))
    row = SpecialDay.objects.create(
        point=world.point, on=date(2027, 7, 1), why="teamdag", by_name="Wil", recorded_at=THURSDAY
    )
    page = text(Client().get(path))
    assert "Nu open" not in page
    assert "Weer open: morgen, vanaf 10.00 uur" in page
    row.opens_at, row.closes_at = time(9), time(21)
    row.save()
    assert "Nu open, tot 21.00 uur" in text(Client().get(path))


def test_a_public_page_never_tells_how_many_came(world: World) -> None:
    count_visits(world.point, date(2027, 7, 1), 437)
    for path in ("/regio/twente/steunpunten/", f"/steunpunten/{world.point.pk}/"):
        assert "437" not in text(Client().get(path))


def test_a_point_that_ended_says_so_and_leads_on(world: World) -> None:
    SupportPoint.objects.filter(pk=world.point.pk).update(ended_on=date(2027, 6, 1))
    answer = Client().get(f"/steunpunten/{world.point.pk}/")
    assert answer.status_code == 410
    assert "Dit steunpunt is er niet meer" in text(answer)
    assert "De Haven" not in text(Client().get("/regio/twente/steunpunten/"))
    assert Client().get(f"/steunpunten/{uuid4()}/").status_code == 404


def test_a_bed_is_there_or_not_and_nobody_reads_how_many_sleep_there(world: World) -> None:
    SupportPoint.objects.filter(pk=world.point.pk).update(kind="respite")
    path = f"/steunpunten/{world.point.pk}/"
    assert "Bel of er vannacht plek is" in text(Client().get(path))
    row = BedNight.objects.create(
        point=world.point, night=date(2027, 7, 1), beds=4, occupied=3, by_name="Wil", recorded_at=THURSDAY
    )
    assert "Vannacht is er plek" in text(Client().get(path))
    row.occupied = 4
    row.save()
    assert "Vannacht is het vol" in text(Client().get(path))


# --- the host --------------------------------------------------------------------------------------


def tap(world: World, who: str = "wil", *, json: bool = False, **more: str) -> Any:
    data = {"once_key": uuid4().hex, "change": "1", "on": "2027-07-01", "part": "morning", **more}
    headers = {"Accept": "application/json"} if json else {}
    path = f"/steunpunten/ons/{world.point.pk}/tellen/"
    return world.browser(who).post(path, data, headers=headers)


def test_the_own_point_opens_by_itself_and_several_are_a_list(world: World) -> None:
    browser = world.browser("wil")
    assert browser.get("/steunpunten/ons/").headers["Location"] == f"/steunpunten/ons/{world.point.pk}/"
    make_point(world.ixta, world.almelo, "Aan de Vaart")
    assert "Aan de Vaart" in text(browser.get("/steunpunten/ons/"))


def test_a_tap_without_script_counts_and_comes_back(world: World) -> None:
    assert tap(world).status_code == 302
    page = text(world.browser("wil").get(f"/steunpunten/ons/{world.point.pk}/"))
    assert '<span class="tally-now" id="stand">1</span>' in page


def test_the_queue_of_a_page_hears_what_was_counted_and_a_repeat_is_no_news(world: World) -> None:
    key = uuid4().hex
    first = tap(world, json=True, once_key=key).json()
    again = tap(world, json=True, once_key=key).json()
    assert (first["today"], first["news"], again["today"], again["news"]) == (1, True, 1, False)


@pytest.mark.parametrize(
    "wrong", [{"change": "x"}, {"on": "gisteren"}, {"part": "noen"}, {"on": "2027-07-09"}, {"change": "-1"}]
)
def test_what_cannot_be_counted_is_refused_with_a_reason(world: World, wrong: dict[str, str]) -> None:
    answer = tap(world, json=True, **wrong)
    assert answer.status_code == 422
    assert answer.json()["refused"]
    assert not VisitCount.objects.exists()


@pytest.mark.parametrize("who", ["hugo", "joris", "ilse", "boris"])
def test_another_gets_nothing_and_changes_nothing(world: World, who: str) -> None:
    browser = world.browser(who)
    for path in ("", "dagen/", "verhaal/", "beheer/"):
        assert browser.get(f"/steunpunten/ons/{world.point.pk}/{path}").status_code == 404
    for path in ("tellen/", "lijst/", "verwijzen/", "bedden/", "dagen/weg/"):
        assert browser.post(f"/steunpunten/ons/{world.point.pk}/{path}").status_code == 404
    assert tap(world, who).status_code == 404
    assert not VisitCount.objects.exists()


def test_a_host_does_not_manage_and_an_administrator_does(world: World) -> None:
    path = f"/steunpunten/ons/{world.point.pk}/beheer/"
    assert world.browser("wil").get(path).status_code == 404
    ank = world.browser("ank")
    done = ank.post(path, {"wat": "punt", "recovery_phases": ["2", "3"], "version": "1"})
    assert done.status_code == 302
    world.point.refresh_from_db()
    assert world.point.recovery_phases == [2, 3]
    late = ank.post(path, {"wat": "punt", "recovery_phases": [], "version": "1"})
    assert late.status_code == 422
    assert "Een collega paste dit net aan" in text(late)
    ank.post(path, {"wat": "capaciteit", "measure": "hours_a_week", "value": "30", "from_on": "2027-07-01"})
    assert Capacity.objects.get().value == 30
    assert ank.post(path, {"wat": "einde", "ended_on": "2027-07-01"}).status_code == 302
    world.point.refresh_from_db()
    assert world.point.ended_on == date(2027, 7, 1)
    assert Service.objects.get(pk=world.point.service_id).status == Service.Status.DEFUNCT


def test_an_administrator_makes_a_point_of_an_own_entry(world: World) -> None:
    entry = make_point(world.ixta, world.almelo, "Nieuw punt").service
    SupportPoint.objects.filter(service=entry).delete()
    page = world.browser("ank")
    assert "Nieuw punt" in text(page.get("/steunpunten/ons/nieuw/"))
    data = {"service_id": str(entry.pk), "kind": "walk_in", "opened_on": "2027-06-01"}
    assert page.post("/steunpunten/ons/nieuw/", data).status_code == 302
    assert SupportPoint.objects.filter(service=entry).exists()
    data["service_id"] = str(world.other.service_id)
    assert page.post("/steunpunten/ons/nieuw/", data).status_code == 422
    assert world.browser("wil").get("/steunpunten/ons/nieuw/").status_code == 404


def test_a_warm_referral_is_two_choices(world: World) -> None:
    data = {"once_key": uuid4().hex, "to": str(world.other.service_id), "how": "called"}
    path = f"/steunpunten/ons/{world.point.pk}/verwijzen/"
    for _ in range(2):
        assert world.browser("wil").post(path, data).status_code == 302
    assert WarmReferral.objects.get().to_name == "Steunpunt De Wal"
    nowhere = world.browser("wil").post(path, {"once_key": "n", "how": "called", "elsewhere": "0612345678"})
    assert nowhere.status_code == 422
    assert 'value="0612345678"' in text(nowhere)


def test_a_list_from_paper_keeps_what_was_typed_when_it_is_wrong(world: World) -> None:
    path = f"/steunpunten/ons/{world.point.pk}/lijst/"
    wrong = {"once_key": "l", "on": "2027-07-09", "part": "morning", "change": "12"}
    answer = world.browser("wil").post(path, wrong)
    assert answer.status_code == 422
    assert 'value="12"' in text(answer)
    assert world.browser("wil").post(path, {**wrong, "on": "2027-06-30"}).status_code == 302
    assert VisitCount.objects.get().change == 12


def test_days_and_programme_come_on_the_public_page(world: World) -> None:
    path = f"/steunpunten/ons/{world.point.pk}/dagen/"
    wil = world.browser("wil")
    wil.post(
        path, {"wat": "dag", "on": "2027-07-03", "opens_at": "11.00", "closes_at": "13.00", "why": "markt"}
    )
    wil.post(
        path,
        {
            "wat": "programma",
            "once_key": "p",
            "title": "Zingen",
            "weekday": "5",
            "starts_at": "11",
            "ends_at": "12.30",
        },
    )
    page = text(Client().get(f"/steunpunten/{world.point.pk}/"))
    assert "11.00 uur tot 13.00 uur" in page
    assert "Zingen" in page
    for wrong in (
        {"wat": "dag", "on": "2027-07-03", "opens_at": "13.00", "closes_at": "11.00"},
        {"wat": "dag", "on": "2027-06-03"},
        {"wat": "programma", "once_key": "q", "title": "Iets", "starts_at": "11", "ends_at": "12"},
    ):
        answer = wil.post(path, wrong)
        assert answer.status_code == 422
    item = ProgrammeItem.objects.get()
    assert wil.post(f"{path}{item.pk}/stop/").status_code == 302
    assert wil.post(f"{path}weg/", {"on": "2027-07-03"}).status_code == 302
    assert not SpecialDay.objects.exists()
    assert "Zingen" not in text(Client().get(f"/steunpunten/{world.point.pk}/"))


def test_the_story_is_read_by_the_region_and_by_no_other_host(world: World) -> None:
    path = f"/steunpunten/ons/{world.point.pk}/verhaal/"
    told = {"version": "0", "human_text": "Iedereen schenkt koffie."}
    assert world.browser("wil").post(path, told).status_code == 302
    late = world.browser("wil").post(path, {"version": "0", "human_text": "Mijn tekst blijft."})
    assert late.status_code == 422
    assert "Mijn tekst blijft." in text(late)
    page = text(world.browser("joris").get(f"/steunpunten/overzicht/{world.point.pk}/"))
    assert "Iedereen schenkt koffie." in page
    for who in ("hugo", "boris", "wil", "ilse"):
        assert world.browser(who).get(f"/steunpunten/overzicht/{world.point.pk}/").status_code == 404
    assert SelfAssessment.objects.count() == 1


def test_the_region_agrees_on_growth_and_writes_where_the_plan_stands(world: World) -> None:
    joris = world.browser("joris")
    growth = {
        "measure": "hours_a_week",
        "measure_before": "hours_a_week",
        "zero_on": "2025-12-31",
        "wanted": "60",
        "by_on": "2028-12-31",
        "agreed_words": "Stuurgroep",
        "version": "0",
    }
    assert joris.post("/steunpunten/overzicht/groei/", growth).status_code == 302
    assert joris.post("/steunpunten/overzicht/groei/", growth).status_code == 422
    plan = {
        "kind": "action_plan",
        "title": "Plan",
        "state": "adopted",
        "state_on": "2027-06-01",
        "where": "",
        "version": "0",
    }
    assert joris.post("/steunpunten/overzicht/stukken/", plan).status_code == 302
    page = text(joris.get("/steunpunten/overzicht/"))
    assert "vastgesteld" in page
    assert "60" in page
    for path in ("", "groei/", "stukken/"):
        assert world.browser("wil").get(f"/steunpunten/overzicht/{path}").status_code == 404


def test_someone_whose_role_ended_yesterday_counts_no_more(world: World) -> None:
    membership = world.people["wil"].memberships.get()
    membership.period = type(membership.period)(date(2025, 1, 1), clock.today() - timedelta(days=1))
    membership.save()
    assert tap(world).status_code == 404


def test_whom_a_point_is_for_also_says_only_an_upper_age(world: World) -> None:
    point = replace(queries.point(world.point.pk), min_age=None, max_age=25)
    assert showing.whom_words(point) == "Tot en met 25 jaar"
