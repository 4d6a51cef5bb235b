"""The page of one entry, and saying that something is not right: for anyone, without a name."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from noaber.network.partners.factories import make_municipality, make_organisation, make_region
from noaber.network.partners.models import Region
from noaber.offer.directory import services
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import Confirmation, ErrorReport, Service
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord
from noaber.pathways.conversations.tests.pages import NOW, browser, text_of

pytestmark = pytest.mark.django_db
TODAY = date(2027, 7, 1)
"""A Thursday; the clock stands at ten in the morning in Amsterdam."""


@pytest.fixture(autouse=True)
def fixed_clock(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def region() -> Region:
    region = make_region()
    make_municipality(region, "Almelo", latitude=52.357, longitude=6.663, inhabitants=74000)
    return region


def keep(region: Region, **more: Any) -> Any:
    """An entry at one place, open on Thursday morning."""
    record = ServiceRecord(
        **{
            "name": "Inloop De Brug",
            "kind": "social_basis",
            "text": "Koffie en praten.",
            "terms": ("walk_in", "loneliness"),
            "municipality": "almelo",
            "phone": "088-0001234",
            "cost_eur_cents": 0,
            "assured_on": TODAY - timedelta(days=10),
            "places": (
                PlaceRecord(
                    name="De Brug",
                    street="Dorpsstraat 1",
                    postal_code="7601 AA",
                    city="Almelo",
                    municipality="almelo",
                    latitude=52.35,
                    longitude=6.66,
                    accessibility="Zonder drempel.",
                ),
            ),
            "schedules": (ScheduleRecord(weekdays=(2, 4), opens_at=time(9), closes_at=time(12)),),
            **more,
        }
    )
    return services.keep_record(region_id=region.pk, record=record, now=NOW)[0]


def page(service_id: Any, query: str = "") -> str:
    answer = browser().get(f"/aanbod/{service_id}/{query}")
    assert answer.status_code == 200
    return text_of(answer)


def send(service_id: Any, browser: Client | None = None, **given: str) -> Any:
    data = {"wat": "hours", "woorden": "", "once_key": "k1", **given}
    return (browser or Client()).post(f"/aanbod/{service_id}/melden/", data)


def test_an_entry_says_when_where_what_it_costs_and_whether_it_is_true(region: Region) -> None:
    shown = page(keep(region))
    for words in (
        "Nu open, tot 12.00 uur",
        "Dorpsstraat 1, 7601 AA Almelo",
        "Zonder drempel.",
        "Gratis",
        'href="tel:0880001234"',
        "Nagekeken op maandag 21 juni 2027",
        "Iedereen is welkom",
        "Klopt er iets niet?",
    ):
        assert words in shown, words


def test_the_week_marks_today_and_says_when_it_opens_next(region: Region) -> None:
    hours = (ScheduleRecord(weekdays=(1,), opens_at=time(9), closes_at=time(12)),)
    shown = page(keep(region, schedules=hours))
    assert "Nu dicht. Weer open: maandag 5 juli, vanaf 9.00 uur." in shown
    assert "(vandaag)" in shown
    assert shown.count("dicht</span>") == 6


def test_a_merged_entry_leads_to_what_stayed(region: Region) -> None:
    stays, goes = keep(region), keep(region, name="Inloop De Brug (oud)")
    services.merge(stays_id=stays, goes_id=goes, now=NOW)
    answer = browser().get(f"/aanbod/{goes}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/aanbod/{stays}/")


def test_what_ended_says_so_and_offers_what_is_like_it(region: Region) -> None:
    gone = keep(region)
    keep(region, name="Koffie in de wijk")
    services.end_service(service_id=gone, now=NOW)
    answer = browser().get(f"/aanbod/{gone}/")
    assert answer.status_code == 410
    assert "Dit is er niet meer" in text_of(answer)
    assert "Koffie in de wijk" in text_of(answer)
    assert browser().get(f"/aanbod/{gone}/melden/").status_code == 302


def test_a_guessed_entry_is_not_there() -> None:
    for part in ("", "melden/"):
        assert browser().get(f"/aanbod/00000000-0000-0000-0000-000000000000/{part}").status_code == 404
    answer = browser().post("/aanbod/00000000-0000-0000-0000-000000000000/klopt/")
    assert answer.status_code == 404


def test_each_reader_gets_the_text_meant_for_them(region: Region) -> None:
    entry = keep(region, text_young="Voor jou.", text_professional="Contra-indicatie: geen.")
    assert "Koffie en praten." in page(entry)
    assert "Voor jou." in page(entry, "?voor=jong")
    assert "Contra-indicatie: geen." in page(entry, "?voor=professional")


def test_what_another_map_owns_names_it_with_a_link(region: Region) -> None:
    entry = keep(region, source="kaart-oost", source_key="1", source_url="https://kaart.example/1")
    shown = page(entry)
    assert 'href="https://kaart.example/1"' in shown
    assert "kaart.example</a>" in shown


def test_a_report_is_kept_once_and_lowers_the_trust(region: Region) -> None:
    entry = keep(region)
    before = Service.objects.get(pk=entry).stale_on
    for _ in range(2):
        answer = send(entry, woorden="Het is nu van 10 tot 12.")
        assert (answer.status_code, answer["Location"]) == (302, f"/aanbod/{entry}/")
    report = ErrorReport.objects.get()
    assert (report.about, report.words) == ("hours", "Het is nu van 10 tot 12.")
    assert before is not None


@pytest.mark.parametrize(
    "words",
    [
        "Bel mij op 06 12345678",
        "Mail naar jan@voorbeeld.nl",
        "Mijn BSN is 111222333",
        "Vraag naar mevrouw De Vries",
        "Ik heet Fatma",
        "geboren 3-4-1980",
    ],
)
def test_words_about_a_person_come_back_with_the_question_to_leave_them_out(
    region: Region, words: str
) -> None:
    entry = keep(region)
    answer = send(entry, woorden=words)
    assert answer.status_code == 422
    assert "iets van een persoon" in text_of(answer)
    assert words in text_of(answer), "what was typed stays"
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    "words",
    ["Open van 10.00 tot 12.00 uur, sinds 1-9-2027", "Het nummer is 088-0001234", "Dorpsstraat 12, 7601 AB"],
)
def test_words_about_the_entry_are_no_person(region: Region, words: str) -> None:
    assert send(keep(region), woorden=words).status_code == 302
    assert ErrorReport.objects.get().words == words


def test_a_report_without_a_choice_says_what_is_missing_and_keeps_the_words(region: Region) -> None:
    answer = send(keep(region), wat="", woorden="Om half tien open.")
    assert answer.status_code == 422
    assert "Kies wat er niet klopt." in text_of(answer)
    assert "Om half tien open." in text_of(answer)


def test_a_program_that_fills_in_everything_reports_nothing(region: Region) -> None:
    answer = send(keep(region), achternaam2="x")
    assert answer.status_code == 302
    assert not ErrorReport.objects.exists()


def test_one_address_cannot_flood(region: Region) -> None:
    entry = keep(region)
    answers = [send(entry, once_key=f"k{n}").status_code for n in range(10)]
    assert answers == [302] * 8 + [422] * 2
    assert ErrorReport.objects.count() == 8
    assert send(entry, Client(REMOTE_ADDR="10.0.0.9"), once_key="other").status_code == 302


def test_a_visitor_says_right_once_a_day_and_it_is_no_check(region: Region) -> None:
    entry = keep(region)
    checked = Service.objects.get(pk=entry).assured_on
    for number in range(3):
        answer = Client(REMOTE_ADDR=f"10.0.0.{number}").post(f"/aanbod/{entry}/klopt/")
        assert (answer.status_code, answer["Location"]) == (302, f"/aanbod/{entry}/")
    assert Confirmation.objects.filter(kind="visitor").count() == 1
    assert Service.objects.get(pk=entry).assured_on == checked
    assert Client().get(f"/aanbod/{entry}/klopt/").status_code == 405


def test_what_nobody_checked_for_long_is_said_on_its_page(region: Region) -> None:
    old = make_service(region, "Oud", assured_on=date(2026, 1, 1))
    assert "Niemand keek dit kort geleden na." in page(old.pk)


def test_who_checked_is_named_only_when_it_is_an_organisation(region: Region) -> None:
    make_organisation(region, "Netwerkbureau")
    known = keep(region, assured_by="Netwerkbureau")
    other = keep(region, name="Ander", assured_by="Kzqfatma")
    assert "Netwerkbureau" in page(known)
    assert "Kzqfatma" not in page(other)


def test_an_entry_takes_few_questions(
    region: Region, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    entry = keep(region)
    with django_assert_max_num_queries(13):
        page(entry)
