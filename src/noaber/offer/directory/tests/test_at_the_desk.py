"""At the desk: two editors on one entry, what came in, and the reading level."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.audit.models import AuditEntry
from noaber.network.partners.factories import make_municipality, make_organisation, make_region
from noaber.network.partners.models import Organisation, Region
from noaber.offer.directory import services
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import Confirmation, EntryChange, Service
from noaber.offer.directory.tests.test_the_desk import as_editor, as_owner, form_of, report

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
