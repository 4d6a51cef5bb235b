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
from noaber.hallway.audit.models import AuditEntry
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


# --- two editors -----------------------------------------------------------------------------------------


def test_two_editors_on_one_entry_both_keep_their_words(
    client: Client, region: Region, entry: Service, mine: Organisation
) -> None:
    other = as_owner(Client(), mine)
    as_editor(client, region)
    path = f"/kaart/{entry.pk}/"
    early, late = form_of(other, path), form_of(client, path)
    other.post(path, early | {"text": "Tekst van de eigenaar", "cost": "2 euro", "phone": "0546 111111"})
    answer = client.post(path, late | {"text": "Tekst van de redacteur", "website": "https://brug.example"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tekst van de eigenaar" in page
    assert "Tekst van de redacteur" in page
    assert [one.field for one in answer.context["differences"]] == ["text"]
    entry.refresh_from_db()
    assert entry.description == "Tekst van de eigenaar"
    forms = answer.context["forms"]
    assert forms.entry["phone"].value() == "0546 111111"
    assert forms.entry["website"].value() == "https://brug.example"
    again = late | {
        "version": forms.entry["version"].value(),
        "text": "Tekst van de redacteur",
        "website": "https://brug.example",
        "phone": "0546 111111",
        "cost": "2 euro",
    }
    taken = client.post(path, again | {"neem": ["text"]})
    assert taken.status_code == 303
    entry.refresh_from_db()
    assert (entry.description, entry.website, entry.cost) == (
        "Tekst van de eigenaar",
        "https://brug.example",
        "2 euro",
    )


def test_who_was_second_and_keeps_the_own_text_keeps_it(
    client: Client, region: Region, entry: Service
) -> None:
    as_editor(client, region)
    path = f"/kaart/{entry.pk}/"
    early = form_of(client, path)
    client.post(path, early | {"text": "Eerste"})
    second = client.post(path, early | {"text": "Tweede"})
    version = second.context["forms"].entry["version"].value()
    assert client.post(path, early | {"text": "Tweede", "version": version}).status_code == 303
    entry.refresh_from_db()
    assert entry.description == "Tweede"
    kept = [row.fields["text"] for row in EntryChange.objects.filter(service=entry).order_by("version")]
    assert kept[-1] == ["Eerste", "Tweede"]


# --- what came in ----------------------------------------------------------------------------------------


def test_reports_wait_first_and_what_came_of_them_is_kept(
    client: Client, region: Region, entry: Service
) -> None:
    waiting = report(entry)
    services.weigh_again(service_id=entry.pk, now=clock.now())
    as_editor(client, region)
    desk = client.get("/kaart/")
    assert desk.context["rows"][0][0].item_id == waiting.pk
    assert "Dinsdag dicht" in desk.content.decode()
    for _twice in range(2):
        answer = client.post(f"/kaart/melding/{waiting.pk}/", {"stand": "right", "terug": "kaart"})
        assert answer["Location"] == "/kaart/"
    waiting.refresh_from_db()
    assert (waiting.state, waiting.handled_by) == ("right", "Netwerkbureau")
    entry.refresh_from_db()
    assert entry.assured_on == clock.today()
    assert client.get("/kaart/").context["desk"].counts["report"] == 0


def test_stale_entries_wait_the_oldest_first_and_one_click_confirms(
    client: Client, region: Region, mine: Organisation
) -> None:
    old = make_service(region, "Oud", assured_on=clock.today() - timedelta(days=400))
    make_service(region, "Ouder", assured_on=clock.today() - timedelta(days=500))
    make_service(region, "Nooit", assured_on=None)
    make_service(region, "Vers", assured_on=clock.today())
    as_editor(client, region)
    shown = client.get("/kaart/?wat=stale").context["rows"]
    assert [row[0].name for row in shown] == ["Nooit", "Ouder", "Oud"]
    client.post(f"/kaart/{old.pk}/klopt/", {"terug": "kaart"})
    shown = client.get("/kaart/?wat=stale").context["rows"]
    assert [row[0].name for row in shown] == ["Nooit", "Ouder"]
    owners = client.get("/kaart/").context["owners"]
    assert owners == [("Aanbieder niet ingevuld", 4, 2, 0, 2)]


def test_the_desk_costs_no_more_questions_with_more_entries(
    client: Client, region: Region, django_assert_max_num_queries: Any
) -> None:
    as_editor(client, region)
    for number in range(30):
        row = make_service(region, f"Aanbod {number}", assured_on=date(2025, 1, 1))
        report(row)
    client.get("/kaart/")
    with django_assert_max_num_queries(32):
        client.get("/kaart/?zoek=aanbod")


def test_nothing_of_a_person_stands_in_what_the_desk_keeps(
    client: Client, region: Region, entry: Service
) -> None:
    as_editor(client, region)
    client.post(f"/kaart/{entry.pk}/", form_of(client, f"/kaart/{entry.pk}/") | {"text": "Nieuw"})
    client.post(f"/kaart/{entry.pk}/stand/", {"stand": "defunct"})
    kept = [
        *EntryChange.objects.values_list("by", "fields"),
        *Confirmation.objects.values_list("by", "reference"),
    ]
    row = Service.objects.values().get(pk=entry.pk)
    assert "Anouk" not in str(row)
    assert "Anouk" not in str(kept)
    assert "Meijer" not in str(kept)
    assert AuditEntry.objects.filter(resident_id__isnull=False).count() == 0


# --- the reading level -----------------------------------------------------------------------------------


def test_the_level_is_told_while_typing_and_on_the_page_itself(
    client: Client, region: Region, entry: Service
) -> None:
    hard = "Indien u wilt participeren dient u middels een intake uw hulpvraag kenbaar te maken."
    as_editor(client, region)
    piece = client.post("/kaart/leesniveau/", {"text": hard})
    words = piece.content.decode()
    assert 'id="niveau-text"' in words
    assert "Moeilijk" in words
    assert "schrijf liever ‘als’" in words
    entry.description = hard
    entry.save(update_fields=["description"])
    assert "Moeilijk" in client.get(f"/kaart/{entry.pk}/").content.decode()
    for text in ("", "☕", "مرحبا بكم في المقهى", "x" * 9000):
        assert client.post("/kaart/leesniveau/", {"text_young": text}).status_code == 200


def test_a_stranger_gets_no_level(client: Client, region: Region) -> None:
    assert client.post("/kaart/leesniveau/", {"text": "Iets"}).status_code in (302, 404)
