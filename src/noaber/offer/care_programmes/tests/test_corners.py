"""Corners of keeping waits: half characters, days that cannot be, words that are older than what is known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.access.types import Role
from noaber.offer.care_programmes import queries, rules, services
from noaber.offer.care_programmes.factories import make_programme, make_report, make_start, make_stop
from noaber.offer.care_programmes.keeping import asking
from noaber.offer.care_programmes.models import (
    CareProgramme,
    IntakeStop,
    Start,
    UpdateRequest,
    WaitReport,
)
from noaber.offer.care_programmes.services import Teller
from noaber.offer.care_programmes.tests.test_deliveries import key_of, line, post, send, waits
from noaber.offer.care_programmes.tests.test_keeping import DIMENCE, ask, filled, link, signed_in, told
from noaber.offer.care_programmes.tests.world import World, make_world
from noaber.offer.care_programmes.types import NewReport
from noaber.offer.directory.factories import make_service

pytestmark = pytest.mark.django_db
TODAY = clock.today()


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def programme(world: World) -> CareProgramme:
    return make_programme(world.dimence, reference="ANGST-1")


@pytest.fixture
def dirk(world: World, programme: CareProgramme) -> Client:
    return signed_in(world.dimence, "Dirk Roelofs", Role.ORGANISATION_ADMIN)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


# --- messages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "raw"),
    [
        ("wachttijden", b'{"wachttijden": [{"\\ud800": 1}]}'),
        ("starts", b'{"starts": [{"programma": "ANGST-1", "nummer": "\\ud800", "aangemeld": "2026-03-01"}]}'),
    ],
)
def test_half_a_character_is_refused(dirk: Client, what: str, raw: bytes) -> None:
    assert post(key_of(dirk), what, raw).status_code == 400
    assert not Start.objects.exists()


@pytest.mark.parametrize("day", [TODAY + timedelta(days=9), date(1026, 11, 22)])
def test_a_stop_is_told_of_a_day_that_can_be(dirk: Client, day: date) -> None:
    row = {"programma": "ANGST-1", "methode": "actueel", "peildatum": day.isoformat(), "aannamestop": True}
    assert post(key_of(dirk), "wachttijden", {"wachttijden": [row]}).status_code == 422
    sent = f"programma;methode;peildatum;aannamestop\nANGST-1;actueel;{day.isoformat()};ja\n"
    assert send(dirk, sent).status_code == 422
    assert not IntakeStop.objects.exists()


def test_a_thousand_places_on_one_day_many_times(dirk: Client) -> None:
    place = {"programma": "ANGST-1", "soort": "intake", "dag": TODAY.isoformat(), "plekken": 1000}
    body = {"peildatum": TODAY.isoformat(), "programmas": ["ANGST-1"], "vrij": [place] * 40}
    assert post(key_of(dirk), "agenda", body).status_code == 201


def test_an_agenda_beyond_belief_says_that_it_is_asked_again(dirk: Client) -> None:
    far = (TODAY + timedelta(weeks=400)).isoformat()
    free = [{"programma": "ANGST-1", "soort": "intake", "dag": far, "plekken": 3}]
    body = {"peildatum": TODAY.isoformat(), "programmas": ["ANGST-1"], "vrij": free}
    assert post(key_of(dirk), "agenda", body).json()["nagevraagd"] == 1


def test_ninety_eight_days_in_two_parts_are_within_fourteen_weeks(
    dirk: Client, programme: CareProgramme
) -> None:
    free = [
        {"programma": "ANGST-1", "soort": kind, "dag": str(TODAY + timedelta(days=days)), "plekken": 3}
        for kind, days in (("intake", 29), ("behandeling", 69))
    ]
    body = {"peildatum": TODAY.isoformat(), "programmas": ["ANGST-1"], "vrij": free}
    assert post(key_of(dirk), "agenda", body).status_code == 201
    assert queries.one(programme.pk, now=clock.now()).within_total is True


@pytest.mark.parametrize(("weeks", "kept"), [(4.001, "4.01"), (29 / 7, "4.14"), (0, "0.00"), (4.5, "4.50")])
def test_only_whole_days_are_rounded_to_the_nearest(weeks: float, kept: str) -> None:
    assert str(rules.kept_weeks(weeks)) == kept


def test_a_figure_that_was_confirmed_is_not_doubted_again_by_the_same_figure(
    dirk: Client, programme: CareProgramme
) -> None:
    sure = NewReport(programme.pk, 300, 8, "third_opportunity", TODAY, sure=True)
    services.report(sure, by=DIMENCE, now=clock.now())
    assert post(key_of(dirk), "wachttijden", waits(300)).json()["nagevraagd"] == 0
    assert queries.one(programme.pk, now=clock.now()).claim is not None
    assert WaitReport.objects.count() == 1


# --- files ---------------------------------------------------------------------------------


def test_a_decimal_comma_in_a_table_with_commas_is_not_cut_off(dirk: Client) -> None:
    sent = f"programma,methode,peildatum,aanmeldwachttijd_weken\nANGST-1,actueel,{TODAY},4,5\n"
    answer = send(dirk, sent)
    assert answer.status_code == 422
    assert "te veel kolommen" in answer.content.decode()
    assert send(dirk, sent.replace("4,5", '"4,5",,')).status_code == 303
    assert float(WaitReport.objects.get().intake_weeks or 0) == 4.5


def test_a_name_that_two_programmes_share_but_for_capitals_is_taken_to_the_letter(
    world: World, dirk: Client
) -> None:
    make_programme(world.dimence, "Ander", reference="angst-1")
    assert send(dirk, line()).status_code == 303
    assert WaitReport.objects.get().programme.reference == "ANGST-1"
    vague = send(dirk, line().replace("ANGST-1", "Angst-1"))
    assert "Zo heten 2 van uw programma" in vague.content.decode()


def test_a_start_of_centuries_ago_is_a_mistake(dirk: Client) -> None:
    head = "programma;nummer;aangemeld;intake\n"
    answer = send(dirk, f"{head}ANGST-1;P1;01-03-0026;{TODAY:%d-%m-%Y}\n", "starts")
    assert answer.status_code == 422
    assert "Kijk of het jaar klopt." in answer.content.decode()


# --- stops ---------------------------------------------------------------------------------


def stop_by_file(dirk: Client, word: str, on: date) -> None:
    head = "programma;methode;peildatum;aannamestop;aanmeldwachttijd_weken"
    assert send(dirk, f"{head}\nANGST-1;actueel;{on};{word};3\n").status_code == 303


def test_a_stop_that_runs_keeps_its_reason_and_its_end(dirk: Client, programme: CareProgramme) -> None:
    until = TODAY + timedelta(days=30)
    make_stop(programme, until=until)
    stop_by_file(dirk, "ja", TODAY)
    row = IntakeStop.objects.get()
    assert (row.reason, row.until) == ("Te weinig behandelaren", until)


@pytest.mark.parametrize(("word", "ago"), [("nee", 20), ("", 0)])
def test_an_old_or_empty_no_lifts_nothing(
    dirk: Client, programme: CareProgramme, word: str, ago: int
) -> None:
    make_stop(programme)
    stop_by_file(dirk, word, days_ago(ago))
    assert queries.one(programme.pk, now=clock.now()).stop is not None


def test_an_old_yes_brings_back_no_stop_that_has_ended(dirk: Client, programme: CareProgramme) -> None:
    make_stop(programme, since=days_ago(30), until=days_ago(3))
    stop_by_file(dirk, "ja", days_ago(20))
    assert queries.one(programme.pk, now=clock.now()).stop is None
    stop_by_file(dirk, "ja", days_ago(1))
    assert queries.one(programme.pk, now=clock.now()).stop is not None


# --- closing -------------------------------------------------------------------------------


def test_what_stops_next_month_is_kept_until_then_and_its_entry_ends_on_the_day(
    world: World, dirk: Client, programme: CareProgramme
) -> None:
    programme.service = make_service(world.region, "Angst", world.almelo)
    programme.save()
    last = TODAY + timedelta(days=30)
    services.close(programme_id=programme.pk, on=last, why="", now=clock.now())
    assert send(dirk, line()).status_code == 303
    assert post(key_of(dirk), "wachttijden", waits(5)).status_code == 201
    services.end_entries(now=clock.now())
    programme.service.refresh_from_db()
    assert programme.service.active
    services.end_entries(now=clock.now() + timedelta(days=30))
    programme.service.refresh_from_db()
    assert not programme.service.active


def test_an_entry_stays_while_another_programme_behind_it_runs_until_later(
    world: World, programme: CareProgramme
) -> None:
    entry = make_service(world.region, "Angst", world.almelo)
    other = make_programme(world.dimence, "Ander", service=entry, ended_on=TODAY + timedelta(days=9))
    programme.service = entry
    programme.save()
    services.close(programme_id=programme.pk, on=TODAY, why="", now=clock.now())
    entry.refresh_from_db()
    assert entry.active
    services.close(programme_id=other.pk, on=TODAY, why="", now=clock.now())
    entry.refresh_from_db()
    assert not entry.active


def test_why_a_programme_stops_names_nobody(dirk: Client, programme: CareProgramme) -> None:
    form = {"on": TODAY.isoformat(), "why": "Mevrouw Jansen is ziek"}
    assert dirk.post(f"/wachttijden/ons/{programme.pk}/stopt/", form).status_code == 422
    programme.refresh_from_db()
    assert programme.ended_on is None


# --- the link in the mail ------------------------------------------------------------------


def test_who_comes_second_with_other_figures_is_not_thanked_for_them(
    client: Client, programme: CareProgramme
) -> None:
    make_report(programme, 4, 9, reference_date=days_ago(40))
    ask()
    where = link()
    client.post(where, {"alles": "klopt"})
    answer: Any = client.post(where, filled(programme, intake_weeks="1"), follow=True)
    assert "U hebt dit al nagekeken" in answer.content.decode()


def test_a_figure_of_another_source_is_no_answer_of_the_provider(programme: CareProgramme) -> None:
    make_report(programme, reference_date=days_ago(60))
    other = Teller("Register", WaitReport.How.SOURCE, source="register")
    services.report(told(programme), by=other, now=clock.now())
    assert asking.ask_providers(now=clock.now()) == 1


def test_one_provider_that_fails_keeps_no_other_from_being_asked(
    world: World, programme: CareProgramme, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_programme(world.kade)
    real = asking._due

    def breaks(organisation_id: Any, *more: Any) -> Any:
        if organisation_id == world.dimence.pk:
            raise ValueError("een rij die niet kan")
        return real(organisation_id, *more)

    monkeypatch.setattr(asking, "_due", breaks)
    with pytest.raises(ValueError, match="een rij die niet kan"):
        ask()
    asked = UpdateRequest.objects.values_list("organisation_id", flat=True)
    assert list(asked) == [world.kade.pk]


def test_a_provider_with_a_hundred_programmes_can_save_them_all(world: World, dirk: Client) -> None:
    fields = ("intake_weeks", "treatment_weeks", "inflow", "waiting", "stop_until", "stop_reason")
    form: dict[str, str] = {}
    rows = [make_programme(world.dimence, f"Programma {number}") for number in range(100)]
    for row in (*rows, CareProgramme.objects.get(reference="ANGST-1")):
        form |= {f"{row.pk}-{name}": "" for name in fields} | {f"{row.pk}-method": "third_opportunity"}
    assert dirk.post("/wachttijden/ons/", form).status_code == 303


def test_a_figure_that_is_too_old_is_not_compared_with_what_was_counted(programme: CareProgramme) -> None:
    for _ in range(5):
        make_start(programme, 100, intake_on=days_ago(80), treatment_on=days_ago(10))
    make_report(programme, reference_date=days_ago(70))
    assert queries.one(programme.pk, now=clock.now()).difference is not None
    assert queries.one(programme.pk, now=clock.now() + timedelta(days=1)).difference is None
