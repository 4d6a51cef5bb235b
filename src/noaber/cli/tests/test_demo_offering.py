"""The invented offers as they come to stand in the directory."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path as Folder

import pytest

from noaber.cli.demo_world import offering
from noaber.cli.demo_world.offers import OfferHours, load_offers
from noaber.hallway import clock
from noaber.knowledge.regions import read_region
from noaber.network.partners.models import Organisation, Region
from noaber.network.partners.services_region import load_region
from noaber.offer.directory import queries, services
from noaber.offer.directory.models import Confirmation, Place, Schedule, Service
from noaber.offer.directory.types_record import ServiceRecord

TODAY = date(2027, 7, 1)


@pytest.fixture
def twente(db: None) -> Region:
    files = read_region(Folder(__file__).resolve().parents[4] / "regions" / "twente")
    load_region(files, now=clock.at(TODAY, 9))
    region = Region.objects.get(slug="twente")
    Organisation.objects.create(
        region=region, slug="de-linde", name="Huisartsenpraktijk De Linde", domain="huisartsenzorg"
    )
    return region


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            (OfferHours(("tu",), "10:00", "12:00", ""), OfferHours(("fr",), "13:30", "16:00", "")),
            "Dinsdag 10.00 – 12.00 uur; vrijdag 13.30 – 16.00 uur",
        ),
        (
            (OfferHours(("mo", "tu", "we", "th"), "09:00", "17:00", ""),),
            "Maandag tot en met donderdag 9.00 – 17.00 uur",
        ),
        ((OfferHours(("mo", "th"), "09:00", "17:00", ""),), "Maandag en donderdag 9.00 – 17.00 uur"),
        (
            (OfferHours(("tu",), "10:00", "12:00", "eerste dinsdag van de maand"),),
            "Eerste dinsdag van de maand 10.00 – 12.00 uur",
        ),
        (
            (OfferHours(("mo", "tu", "we", "th", "fr", "sa", "su"), "00:00", "23:59", ""),),
            "Dag en nacht",
        ),
        (
            (OfferHours(("sa",), "11:00", "13:00", "elke tweede zaterdag"),),
            "Zaterdag 11.00 – 13.00 uur (elke tweede zaterdag)",
        ),
    ],
)
def test_opening_hours_read_as_one_says_them(rows: tuple[OfferHours, ...], words: str) -> None:
    assert offering.words_of(rows) == words


def test_the_coming_days_of_what_is_monthly() -> None:
    assert offering.coming("eerste", "dinsdag", TODAY) == [
        date(2027, 7, 6),
        date(2027, 8, 3),
        date(2027, 9, 7),
    ]
    assert offering.coming("laatste", "vrijdag", date(2027, 7, 31))[0] == date(2027, 8, 27)


def test_every_entry_stands_in_the_directory_as_it_was_written(twente: Region) -> None:
    offering.fill(twente, today=TODAY)

    assert Service.objects.filter(region=twente, status="active").count() == len(load_offers())
    assert Confirmation.objects.count() == len(load_offers())
    de_linde = Service.objects.get(pk=offering.service_id_of("twente", "praktijkondersteuner-de-linde"))
    assert de_linde.organisation is not None
    assert de_linde.provider_name == ""
    cafe = Service.objects.get(pk=offering.service_id_of("twente", "mantelzorgcafe-windmolenbroek"))
    first = cafe.schedules.order_by("valid_from")[0]
    assert (first.valid_from, first.opens_at) == (date(2027, 7, 6), time(10))
    assert Place.objects.count() < Service.objects.count()
    assert Schedule.objects.filter(service=cafe, weekdays=[]).count() == offering.OCCASIONS


def test_keeping_an_entry_again_one_by_one_changes_nothing(twente: Region) -> None:
    """What we write together is what the directory itself would have written, and it is valid there."""
    offering.fill(twente, today=TODAY)
    partners = dict(Organisation.objects.values_list("name", "pk"))
    for offer in load_offers()[::12]:
        record: ServiceRecord = offering.record_of(offer, "twente", partners, TODAY)
        _, changed = services.keep_record(region_id=twente.pk, record=record, now=clock.at(TODAY, 12))
        assert changed == [], offer.key


def test_some_entries_are_stale_and_some_can_start_this_week(twente: Region) -> None:
    offering.fill(twente, today=TODAY)

    old = Service.objects.filter(assured_on__lt=date(2027, 1, 2)).count()
    assert 0.1 < old / Service.objects.count() < 0.3
    almelo = twente.municipalities.get(slug="almelo")
    assert len(queries.this_week(twente.pk, almelo.pk, limit=5)) == 5


def test_a_region_without_entries_of_its_own_gets_a_few_in_each_municipality(db: None) -> None:
    files = read_region(Folder(__file__).resolve().parents[4] / "regions" / "centraal-gelderland")
    load_region(files, now=clock.at(TODAY, 9))
    region = Region.objects.get(slug="centraal-gelderland")
    for _ in range(2):
        offering.fill_small(region, today=TODAY)
    here = len(files.municipalities) * len(offering.ELSEWHERE) + len(offering.ELSEWHERE_WIDE)
    assert Service.objects.filter(region=region).count() == here
