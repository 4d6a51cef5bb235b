"""Finding entries: every process sees the last commit, and nothing that was rolled back."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from noaber.network.partners.factories import make_municipality, make_region
from noaber.offer.directory import bridge, keeping, services
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import Service
from noaber.offer.directory.queries_search import find
from noaber.offer.directory.types_search import Found, Wanted

TODAY = date(2027, 7, 1)


@pytest.fixture(autouse=True)
def _no_index_of_another_test() -> None:
    bridge.forget()


def names(found: Found) -> list[str]:
    by_id = {row.pk: row.name for row in Service.objects.all()}
    return [by_id[hit.service_id] for hit in found.hits]


def look(region: Any, text: str = "", **more: Any) -> list[str]:
    return names(find(region.pk, Wanted(text=text, **more), today=TODAY))


@pytest.mark.django_db
def test_a_mistyped_compound_finds_the_group() -> None:
    region = make_region()
    make_service(region, "Wandelgroep Noord", description="Samen een uur wandelen.")
    make_service(region, "Kookclub", description="Samen koken en eten.")
    assert look(region, "wandelgrop") == ["Wandelgroep Noord"]
    assert look(region, "wand", typing=True) == ["Wandelgroep Noord"]


@pytest.mark.django_db
def test_the_lay_words_of_its_terms_find_an_entry() -> None:
    region = make_region()
    make_service(region, "Het Nachtuur", description="Elke maandag.", terms=["sleep"])
    assert look(region, "ik lig steeds wakker") == ["Het Nachtuur"]


@pytest.mark.django_db
def test_an_edit_a_new_entry_and_an_ended_one_are_found_at_the_next_search() -> None:
    region = make_region()
    first = make_service(region, "Duivenclub")
    assert look(region, "duiven") == ["Duivenclub"]
    make_service(region, "Damclub")
    assert look(region, "damclub") == ["Damclub"]
    first.name, first.revision = "Bridgeclub", keeping.next_revision(region.pk)
    first.save()
    assert look(region, "duivenclub") == []
    assert look(region, "bridgeclub") == ["Bridgeclub"]
    services.end_service(service_id=first.pk, now=datetime(2027, 7, 1, 10, tzinfo=UTC))
    assert look(region, "bridgeclub") == []


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_found_even_when_a_later_commit_takes_its_revision() -> None:
    region = make_region()
    make_service(region, "Schaakclub")
    assert look(region, "schaakclub") == ["Schaakclub"]
    with transaction.atomic():
        make_service(region, "Damclub")
        assert look(region, "damclub") == ["Damclub"], "who writes sees her own work"
        transaction.set_rollback(True)
    make_service(region, "Bridgeclub")
    make_service(region, "Dahliaclub")
    assert find(region.pk, Wanted("damclub"), today=TODAY).total == 0
    assert look(region, "bridgeclub") == ["Bridgeclub"]
    assert look(region, "dahliaclub") == ["Dahliaclub"]


@pytest.mark.django_db
def test_two_regions_do_not_see_each_other() -> None:
    one, other = make_region(), make_region(slug="elders", name="Elders")
    make_service(one, "Schaakclub")
    make_service(other, "Damclub")
    assert look(one) == ["Schaakclub"]
    assert look(other) == ["Damclub"]


@pytest.mark.django_db
def test_near_counts_from_the_municipality_when_there_is_no_address() -> None:
    region = make_region()
    near = make_municipality(region, name="Enschede", latitude=52.22, longitude=6.89)
    far = make_municipality(region, name="Hardenberg", latitude=52.57, longitude=6.62)
    make_service(region, "Koor dichtbij", near)
    make_service(region, "Koor ver weg", far)
    make_service(region, "Koor overal")
    here = {"latitude": 52.22, "longitude": 6.89}
    assert sorted(look(region, "koor", **here)) == ["Koor dichtbij", "Koor overal"]
    assert len(look(region, "koor", **here, radius_km=None)) == 3


@pytest.mark.django_db
def test_stale_entries_sink_when_the_day_comes() -> None:
    region = make_region()
    make_service(region, "Koor A", assured_on=TODAY - timedelta(days=100))
    make_service(region, "Koor B", assured_on=TODAY)
    assert look(region, "koor")[0] in ("Koor A", "Koor B")
    later = TODAY + timedelta(days=100)
    assert names(find(region.pk, Wanted("koor"), today=later)) == ["Koor B", "Koor A"]


@pytest.mark.django_db
def test_a_question_without_an_answer_says_what_was_missing() -> None:
    region = make_region()
    far = make_municipality(region, name="Hardenberg", latitude=52.57, longitude=6.62)
    make_service(region, "Bokslessen", far)
    make_service(region, "Duikclub", free_places=0, free_places_on=TODAY)
    here = {"latitude": 52.22, "longitude": 6.89}

    def gap(text: str, **more: Any) -> str:
        return find(region.pk, Wanted(text, **more), today=TODAY).gap

    assert gap("paragliding") == "nothing"
    assert gap("bokslessen", **here) == "not_near"
    assert gap("duikclub") == "not_now"
    assert gap("bokslessen") == ""
    assert gap("") == ""
    assert gap("paraglid", typing=True) == ""


READER = """
import sys, time
import django
django.setup()
from datetime import date
from noaber.offer.directory.queries_search import find
from noaber.offer.directory.types_search import Wanted
def total(word):
    return find(sys.argv[1], Wanted(word), today=date(2027, 7, 1)).total
total("schaakclub")
print("ready", flush=True)
for word in sys.stdin:
    begin = time.monotonic()
    while not total(word.strip()) and time.monotonic() - begin < 10:
        time.sleep(0.02)
    print(round(time.monotonic() - begin, 3), flush=True)
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_another_process_finds_an_edit_within_two_seconds() -> None:
    region = make_region()
    make_service(region, "Schaakclub")
    place = connection.settings_dict
    url = make_conninfo(
        "",
        dbname=place["NAME"],
        user=place["USER"],
        password=place["PASSWORD"],
        host=place["HOST"],
        port=place["PORT"],
    )
    environment = {**os.environ, "DATABASE_URL": _as_url(url)}
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(region.pk)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        try:
            assert reader.stdout.readline().strip() == "ready"
            for word in ("Damclub", "Bridgeclub", "Dahliaclub"):
                make_service(region, word)
                reader.stdin.write(f"{word}\n")
                reader.stdin.flush()
                assert float(reader.stdout.readline()) < 2.0
        finally:
            reader.stdin.close()


def _as_url(conninfo: str) -> str:
    parts = conninfo_to_dict(conninfo)
    user, password = (quote(str(parts.get(key) or ""), safe="") for key in ("user", "password"))
    host = quote(str(parts.get("host") or ""), safe="")
    return f"postgresql://{user}:{password}@/{parts['dbname']}?host={host}&port={parts.get('port') or 5432}"
