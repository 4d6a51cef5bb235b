"""Who keeps the entries: the editor of the region all, an organisation its own, and nobody else any."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.tests.signing import enter
from noaber.network.partners.factories import (
    make_account,
    make_member,
    make_municipality,
    make_organisation,
    make_region,
    make_staff,
)
from noaber.network.partners.models import Organisation, Region
from noaber.offer.directory import queries, services
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import Confirmation, EntryChange, ErrorReport, Service
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def mine(region: Region) -> Organisation:
    return make_organisation(region, "Ixta Noa", "ervaringsdeskundigheid")


@pytest.fixture
def entry(region: Region, mine: Organisation) -> Service:
    old = clock.today() - timedelta(days=40)
    return make_service(region, municipality=make_municipality(region), organisation=mine, assured_on=old)


def as_editor(client: Client, region: Region) -> Client:
    office = make_organisation(region, "Netwerkbureau", "gemeente")
    enter(client, make_staff(office, "Anouk Meijer", Role.EDITOR))
    return client


def as_owner(client: Client, mine: Organisation, role: Role = Role.ORGANISATION_ADMIN) -> Client:
    enter(client, make_staff(mine, "Els Admin", role))
    return client


def form_of(client: Client, path: str) -> dict[str, Any]:
    """What the browser would send back without typing anything."""
    page = client.get(path)
    assert page.status_code == 200, path
    forms = page.context["forms"]
    data: dict[str, Any] = {}
    for form in forms.all:
        for bound in form:
            value = bound.value()
            if value is None or value is False or value in ("", []):
                continue
            shown = bound.field.prepare_value(value)
            if isinstance(value, list):
                shown = [one for one in value if one in dict(bound.field.choices)]
            widget = bound.field.widget
            data[bound.html_name] = (
                widget.format_value(shown) if hasattr(widget, "format") and widget.format else shown
            )
    return data


def report(entry: Service) -> ErrorReport:
    return ErrorReport.objects.create(
        service=entry, about="hours", words="Dinsdag dicht", reported_at=clock.now()
    )


# --- who may not -----------------------------------------------------------------------------------------


def addresses(entry: Service, waiting: ErrorReport) -> list[tuple[str, dict[str, str] | None]]:
    return [
        ("/kaart/", None),
        (f"/kaart/{entry.pk}/", None),
        (f"/kaart/{entry.pk}/", {"name": "Gekaapt", "kind": "group", "mode": "live"}),
        (f"/kaart/{entry.pk}/klopt/", {}),
        (f"/kaart/{entry.pk}/stand/", {"stand": "defunct"}),
        (f"/kaart/melding/{waiting.pk}/", {"stand": "nonsense"}),
        ("/kaart/gaten/", None),
        ("/kaart/gaten/lijst.csv", None),
        ("/kaart/woorden/", {"word": "a", "means": "b"}),
    ]


@pytest.mark.parametrize("who", ["other_admin", "other_region", "ex", "guide", "operator", "anonymous"])
def test_nobody_else_reads_or_changes_an_entry(
    client: Client, region: Region, entry: Service, who: str
) -> None:
    waiting = report(entry)
    other = make_organisation(region, "Avedan", "sociaal_werk_en_welzijn")
    if who == "other_admin":
        enter(client, make_staff(other, "Bob", Role.ORGANISATION_ADMIN))
    elif who == "other_region":
        elsewhere = make_region("groningen", "Groningen")
        enter(client, make_staff(make_organisation(elsewhere, "Bureau"), "Bea", Role.EDITOR))
    elif who == "ex":
        assert entry.organisation
        gone = make_account("Karel Post")
        make_member(
            gone, entry.organisation, Role.ORGANISATION_ADMIN, until_on=clock.today() - timedelta(days=1)
        )
        enter(client, gone)
    elif who in ("guide", "operator"):
        assert entry.organisation
        role = Role.GUIDE if who == "guide" else Role.OPERATOR
        enter(client, make_staff(entry.organisation, "Kees", role))
    before = Service.objects.values().get(pk=entry.pk)
    for path, data in addresses(entry, waiting):
        answer = client.get(path) if data is None else client.post(path, data)
        own_desk = path == "/kaart/" and who == "other_admin"
        theirs = path in ("/kaart/", "/kaart/gaten/", "/kaart/gaten/lijst.csv", "/kaart/woorden/")
        if own_desk or (who == "other_region" and theirs):
            assert "Inloop De Brug" not in answer.content.decode()
        else:
            assert answer.status_code in (302, 404), (path, answer.status_code)
    assert Service.objects.values().get(pk=entry.pk) == before
    waiting.refresh_from_db()
    assert waiting.state == "new"


def test_a_guessed_entry_is_not_there(client: Client, region: Region) -> None:
    as_editor(client, region)
    for path in (f"/kaart/{uuid4()}/", "/kaart/1/"):
        assert client.get(path).status_code == 404
    assert client.post(f"/kaart/{uuid4()}/klopt/").status_code == 404


def test_an_owner_sees_the_own_entries_alone(
    client: Client, region: Region, mine: Organisation, entry: Service
) -> None:
    make_service(region, "Kookgroep van een ander", assured_on=date(2025, 1, 1))
    entry.assured_on = date(2025, 1, 1)
    entry.save(update_fields=["assured_on"])
    answer = as_owner(client, mine).get("/kaart/?zoek=brug")
    assert [(row.name, row.state) for row in answer.context["results"]] == [("Inloop De Brug", "stale")]
    page = answer.content.decode() + client.get("/kaart/?zoek=groep").content.decode()
    assert "Inloop De Brug" in page
    assert "Kookgroep" not in page
    assert client.get("/kaart/woorden/").status_code == 404
    assert client.get("/kaart/gaten/").status_code == 404


def test_an_owner_cannot_hand_an_entry_to_another(
    client: Client, region: Region, mine: Organisation, entry: Service
) -> None:
    other = make_organisation(region, "Avedan", "sociaal_werk_en_welzijn")
    as_owner(client, mine, Role.HOST)
    data = form_of(client, f"/kaart/{entry.pk}/")
    assert client.post(f"/kaart/{entry.pk}/", {**data, "organisation": str(other.pk)}).status_code == 422
    entry.refresh_from_db()
    assert entry.organisation == mine
    made = form_of(client, "/kaart/nieuw/") | {"name": "Nieuwe inloop", "organisation": str(other.pk)}
    assert client.post("/kaart/nieuw/", made).status_code == 422
    assert not Service.objects.filter(organisation=other).exists()


# --- editing ---------------------------------------------------------------------------------------------


def whole(region: Region, entry: Service, mine: Organisation) -> ServiceRecord:
    record = ServiceRecord(
        service_id=entry.pk,
        name="Inloop De Brug",
        kind="social_basis",
        organisation_id=mine.pk,
        municipality="almelo",
        text="Koffie en praten.",
        terms=("walk_in", "code_of_elsewhere"),
        languages=("nl", "syr", "xx"),
        cost_eur_cents=250,
        phone="0546 123456",
        places=(
            PlaceRecord(
                name="Het Huis",
                street="Kerkstraat 1",
                postal_code="7607 AA",
                city="Almelo",
                latitude=52.35,
                longitude=6.66,
                schedules=(ScheduleRecord(weekdays=(2,), notes="met lunch"),),
                extra={"theirs": 1},
            ),
        ),
        schedules=(ScheduleRecord(weekdays=(1, 3), every_weeks=3, valid_from=date(2027, 1, 1)),),
        extra={"attributes": [1]},
    )
    services.keep_record(region_id=region.pk, record=record, now=clock.now())
    return queries.record(region.pk, entry.pk)


def test_a_form_that_comes_back_untouched_changes_nothing(
    client: Client, region: Region, entry: Service, mine: Organisation
) -> None:
    before = whole(region, entry, mine)
    as_editor(client, region)
    data = form_of(client, f"/kaart/{entry.pk}/") | {"looked": ""}
    answer = client.post(f"/kaart/{entry.pk}/", data)
    assert answer.status_code == 303, [form.errors for form in answer.context["forms"].all]
    assert queries.record(region.pk, entry.pk) == before
    assert EntryChange.objects.filter(version__gt=before.version).count() == 0


def test_an_edit_is_kept_with_its_origin_and_what_stood_there(
    client: Client, region: Region, entry: Service, mine: Organisation
) -> None:
    before = whole(region, entry, mine)
    as_editor(client, region)
    data = form_of(client, f"/kaart/{entry.pk}/")
    data |= {
        "text": "Koffie, thee en praten.",
        "plek0-accessibility": "Geen drempel",
        "tijd0-opens_at": "10:00",
    }
    assert client.post(f"/kaart/{entry.pk}/", data).status_code == 303
    after = queries.record(region.pk, entry.pk)
    assert after.text == "Koffie, thee en praten."
    (place,) = after.places
    assert (place.accessibility, place.latitude, place.extra) == ("Geen drempel", 52.35, {"theirs": 1})
    assert (after.terms, after.extra) == (before.terms, before.extra)
    row = Service.objects.get(pk=entry.pk)
    assert row.origins["text"]["from"] == "local"
    change = EntryChange.objects.get(service=row, version=after.version)
    assert change.fields["text"] == ["Koffie en praten.", "Koffie, thee en praten."]
    assert change.by == "Netwerkbureau"
    page = client.get(f"/kaart/{entry.pk}/").content.decode()
    assert "Netwerkbureau" in page
    assert "<del>Koffie en praten.</del>" in page
    assert row.assured_by == "Netwerkbureau"
    assert Confirmation.objects.get(service=row).kind == "edited"


def test_what_came_from_a_source_is_marked_as_ours_once_an_owner_changes_it(
    client: Client, region: Region, mine: Organisation
) -> None:
    record = ServiceRecord(
        name="Van de bron", kind="group", text="Oud", phone="0546 1234", source="kaart-x", source_key="1",
        organisation_id=mine.pk,
    )  # fmt: skip
    made, _ = services.keep_record(region_id=region.pk, record=record, now=clock.now(), origin="kaart-x")
    as_owner(client, mine)
    page = client.get(f"/kaart/{made}/").content.decode()
    assert "komt van de kaart" in page
    assert (
        client.post(f"/kaart/{made}/", form_of(client, f"/kaart/{made}/") | {"text": "Van ons"}).status_code
        == 303
    )
    row = Service.objects.get(pk=made)
    assert row.origins["text"]["from"] == "local"
    assert row.origins["phone"]["from"] == "kaart-x"
    assert Confirmation.objects.get(service=row, kind="owner").by == "Ixta Noa"


def test_what_cannot_be_kept_stands_beside_its_field_and_nothing_typed_is_lost(
    client: Client, region: Region, entry: Service
) -> None:
    as_editor(client, region)
    data = form_of(client, f"/kaart/{entry.pk}/")
    data |= {
        "text": "Mijn lange werk",
        "phone": "bel maar",
        "tijd0-opens_at": "12:00",
        "tijd0-closes_at": "10:00",
    }
    answer = client.post(f"/kaart/{entry.pk}/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mijn lange werk" in page
    assert "Het einde is niet later dan het begin." in page
    answer = client.post(f"/kaart/{entry.pk}/", data | {"tijd0-closes_at": "13:00"})
    assert "Dit is geen telefoonnummer" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.description != "Mijn lange werk"


def test_a_new_entry_sent_twice_is_there_once(client: Client, region: Region, mine: Organisation) -> None:
    make_municipality(region, latitude=52.35, longitude=6.66)
    as_owner(client, mine)
    data = form_of(client, "/kaart/nieuw/") | {
        "name": "Wandelclub",
        "municipality": "almelo",
        "text": "Wij lopen samen.",
        "plek0-street": "Kerkstraat 1",
        "plek0-city": "Almelo",
        "tijd0-days": ["2"],
        "tijd0-opens_at": "10:00",
    }
    first, second = (client.post("/kaart/nieuw/", data) for _ in range(2))
    assert first.status_code == second.status_code == 303
    (made,) = Service.objects.filter(name="Wandelclub")
    assert made.organisation == mine
    record = queries.record(region.pk, made.pk)
    assert record.places[0].city == "Almelo"
    assert (record.places[0].latitude, record.places[0].municipality) == (52.35, "almelo")
    assert record.schedules[0].weekdays == (2,)


def test_a_name_that_is_taken_says_so(client: Client, region: Region, entry: Service) -> None:
    as_editor(client, region)
    data = form_of(client, "/kaart/nieuw/") | {"name": entry.name, "municipality": "almelo"}
    answer = client.post("/kaart/nieuw/", data)
    assert answer.status_code == 422
    assert "Dit staat er al" in answer.content.decode()


def test_ending_and_opening_again(client: Client, region: Region, entry: Service) -> None:
    as_editor(client, region)
    for status in ("temporarily closed", "defunct", "active"):
        assert client.post(f"/kaart/{entry.pk}/stand/", {"stand": status}).status_code == 303
        entry.refresh_from_db()
        assert entry.status == status
    assert client.post(f"/kaart/{entry.pk}/stand/", {"stand": "weg"}).status_code == 400
    assert EntryChange.objects.filter(service=entry).count() == 3
