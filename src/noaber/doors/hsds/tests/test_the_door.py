"""Anyone, and any site, reads the directory in HSDS: valid, in pages, filtered strictly, without a person."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator
from pytest_django import DjangoAssertNumQueries, Settings

from noaber.doors.hsds import openapi
from noaber.hallway.access.types import Role
from noaber.network.partners.factories import make_municipality, make_organisation, make_region, make_staff
from noaber.network.partners.models import Region
from noaber.offer.directory import hsds_terms, services
from noaber.offer.directory.models import Service
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord
from noaber.pathways.conversations.tests.pages import NOW

pytestmark = pytest.mark.django_db

WHOLE = ServiceRecord(
    name="Inloop De Brug",
    kind="social_basis",
    organisation="Stichting De Brug",
    municipality="almelo",
    text="Koffie en praten.",
    terms=("walk_in",),
    languages=("nl", "tr"),
    phone="088-0001234",
    email="info@debrug.example",
    website="https://debrug.example",
    cost_eur_cents=250,
    free_places=3,
    free_places_on=date(2027, 6, 1),
    min_age=18,
    assured_on=date(2027, 6, 1),
    when="Dinsdag 10 tot 12 uur",
    places=(
        PlaceRecord(
            name="De Brug",
            street="Brugstraat 1",
            postal_code="7600 AA",
            city="Almelo",
            province="Overijssel",
            municipality="almelo",
            latitude=52.35,
            longitude=6.66,
            accessibility="Geen drempel.",
            schedules=(ScheduleRecord(weekdays=(2,), opens_at=time(10), closes_at=time(12)),),
        ),
    ),
)
LISTS = ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")


@pytest.fixture
def region(settings: Settings) -> Region:
    settings.FIXED_NOW = NOW
    region = make_region()
    make_municipality(region, "Almelo")
    return region


def keep(region: Region, record: ServiceRecord = WHOLE, now: datetime = NOW, **change: Any) -> UUID:
    return services.keep_record(region_id=region.pk, record=replace(record, **change), now=now)[0]


def get(path: str, **more: Any) -> HttpResponse:
    return Client().get(f"/hsds/v3/{path}", **more)  # type: ignore[return-value]  # the client answers so


def contents(path: str) -> list[dict[str, Any]]:
    answer = get(path)
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = json.loads(answer.content)["contents"]
    return rows


def check(body: Any, schema: str) -> None:
    document = {"$ref": f"#/components/schemas/{schema}", "components": {"schemas": openapi.SCHEMAS}}
    faults = Draft202012Validator(document, format_checker=Draft202012Validator.FORMAT_CHECKER).iter_errors(
        body
    )
    assert [fault.message for fault in faults] == []


@pytest.mark.parametrize(
    "strange",
    [
        "services?page=0",
        "services?page=-1",
        "services?page=x",
        "services?page=٣",
        "services?per_page=501",
        "services?format=xml",
        "services?organization_id=7",
        "services?taxonomy_term_id=%00",
        "services?modified_after=gisteren",
        "services?minimal=misschien",
        "services?wat=1",
        "services?page=1&page=2",
        "services?postcode=7600AA",
        "service_at_locations?postcode=7600AA&proximity=ver",
    ],
)
def test_a_parameter_that_cannot_be_read_is_told(region: Region, strange: str) -> None:
    answer = get(strange)
    assert answer.status_code == 400
    check(json.loads(answer.content), "Problem")
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", [*LISTS[:3], "taxonomies", "taxonomy_terms"])
def test_what_is_not_there_is_not_there(region: Region, name: str) -> None:
    for guess in (str(uuid4()), "7", "..%2f"):
        assert get(f"{name}/{guess}").status_code == 404


def test_another_region_and_what_ended_stay_out(region: Region) -> None:
    other = make_region("groningen", "Netwerk Groningen")
    there, gone = keep(other, municipality=""), keep(region)
    services.end_service(service_id=gone, now=NOW)
    for pk in (there, gone):
        assert get(f"services/{pk}").status_code == 404
    assert [contents(name) for name in LISTS[:3]] == [[], [], []]
    assert Client().get(f"/regio/groningen/hsds/v3/services/{there}").status_code == 200
    assert Client().get("/regio/nergens/hsds/v3/services").status_code == 404


def test_every_body_has_its_own_described_shape(region: Region) -> None:
    pk = keep(region)
    keep(region, name="Online cursus", municipality="", places=(), organisation="")
    check(json.loads(get("").content), "About")
    schemas = ("Service", "ServiceAtLocation", "Organization", "Taxonomy", "TaxonomyTerm")
    for name, schema in zip(LISTS, schemas, strict=True):
        for more in ("", "?full=true") if name in LISTS[:3] else ("",):
            rows = contents(f"{name}{more}")
            assert rows
            for row in rows:
                check(row, schema)
        check(json.loads(get(f"{name}/{contents(name)[0]['id']}").content), schema)
    whole = json.loads(get(f"services/{pk}").content)
    assert whole["service_at_locations"][0]["schedules"][0]["byday"] == "TU"
    assert whole["capacities"][0]["available"] == 3


def test_the_description_is_whole(region: Region) -> None:
    described = json.loads(get("openapi.json").content)
    assert {"/", "/services", "/services/{id}"} <= set(described["paths"])
    for one in described["paths"].values():
        for parameter in one["get"]["parameters"]:
            if "$ref" in parameter:
                assert parameter["$ref"].rsplit("/", 1)[1] in described["components"]["parameters"]
    assert json.dumps(described).count("#/components/schemas/Service") > 3


def test_pages_add_up_and_a_page_too_far_is_empty(region: Region) -> None:
    for number in range(7):
        keep(region, name=f"Inloop {number}")
    seen: list[str] = []
    for page in range(1, 5):
        body = json.loads(get(f"services?per_page=3&page={page}").content)
        assert (body["total_items"], body["total_pages"], body["size"]) == (7, 3, len(body["contents"]))
        assert (body["first_page"], body["last_page"], body["empty"]) == (page == 1, page >= 3, page == 4)
        seen += [row["id"] for row in body["contents"]]
    assert len(seen) == len(set(seen)) == 7
    assert len(contents("services?minimal=true&per_page=3")) == 7


def test_filters_narrow_each_other(region: Region) -> None:
    one = keep(region)
    two = keep(region, name="Wandelen", organisation="Anders", terms=("walking_group",))
    walk_in = str(hsds_terms.codes()["walk_in"].term_id)
    walking = str(hsds_terms.codes()["walking_group"].term_id)
    who = {row["name"]: row["id"] for row in contents("organizations")}

    def found(query: str) -> set[str]:
        return {row["id"] for row in contents(f"services?{query}")}

    assert found(f"taxonomy_term_id={walk_in}") == {str(one)}
    assert found(f"taxonomy_id={hsds_terms.taxonomy_id('form')}") == {str(one), str(two)}
    assert found(f"organization_id={who['Anders']}") == {str(two)}
    assert found(f"organization_id={who['Anders']}&taxonomy_term_id={walk_in}") == set()
    assert found(f"organization_id={who['Anders']}&taxonomy_term_id={walking}&search=wandelen") == {str(two)}
    assert found(f"taxonomy_term_id={uuid4()}") == set()


def test_changed_since_counts_from_that_instant_on(region: Region) -> None:
    pk = keep(region)
    stamp = Service.objects.get(pk=pk).last_modified_at
    assert stamp is not None
    instant = stamp.isoformat().replace("+00:00", "Z")
    assert len(contents(f"services?modified_after={instant}")) == 1
    assert contents("services?modified_after=2099-01-01") == []


def test_near_a_postcode_means_within_so_many_metres(region: Region) -> None:
    keep(region)
    far = replace(WHOLE.places[0], latitude=52.22, longitude=6.89, postal_code="7511 AA", city="Enschede")
    keep(region, name="Ver weg", places=(far,))
    assert len(contents("service_at_locations")) == 2
    assert len(contents("service_at_locations?postcode=7600AA&proximity=1000")) == 1
    assert len(contents("service_at_locations?postcode=7600&proximity=100000")) == 2
    assert contents("service_at_locations?postcode=9999ZZ&proximity=1000") == []


def test_a_line_for_each_of_all(region: Region) -> None:
    for number in range(5):
        keep(region, name=f"Inloop {number}")
    answer = get("services?format=ndjson&per_page=2&full=true")
    lines = b"".join(answer.streaming_content).splitlines()  # type: ignore[attr-defined]  # it streams
    assert len({json.loads(line)["id"] for line in lines}) == 5


def test_other_sites_may_read_and_nobody_writes(region: Region) -> None:
    keep(region)
    answer = get("services", headers={"Origin": "https://elders.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer
    assert not answer.cookies
    assert Client().options("/hsds/v3/services").status_code == 204
    assert Client(enforce_csrf_checks=True).post("/hsds/v3/services").status_code in {403, 405}


def test_nothing_changed_costs_nothing(region: Region) -> None:
    keep(region)
    tag = get("services")["ETag"]
    assert get("services", headers={"If-None-Match": tag}).status_code == 304
    keep(region, text="Nieuw.")
    assert get("services", headers={"If-None-Match": tag}).status_code == 200


def test_no_person_is_in_it(region: Region) -> None:
    home = make_organisation(region, "Dimence", "ggz")
    make_staff(home, "KANARIE Collega", Role.GUIDE)
    pk = keep(region, organisation_id=home.pk, organisation="Dimence")
    Service.objects.filter(pk=pk).update(owner_email="kanarie@dimence.example")
    contact = {"contacts": [{"id": str(uuid4()), "name": "KANARIE"}], "assurer_email": "kanarie@x.example"}
    Service.objects.filter(pk=pk).update(extra={"organization": contact})
    for name in LISTS:
        for path in (name, f"{name}?full=true" if name in LISTS[:3] else name):
            assert "anarie" not in get(path).content.decode().casefold()
    assert "anarie" not in get(f"services/{pk}").content.decode().casefold()


def test_more_entries_do_not_cost_more_questions(
    region: Region, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        keep(region, name=f"Inloop {number}")
    for path in ("services?full=true", "service_at_locations?full=true", "organizations?full=true"):
        with django_assert_max_num_queries(14):
            get(path)
