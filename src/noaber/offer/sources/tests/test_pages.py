"""The editor's pages: bad input first, then who finds nothing, then that they work."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.network.partners.factories import make_account, make_organisation, make_region, make_staff
from noaber.network.partners.models import Membership
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import Service
from noaber.offer.directory.queries import tracked_of
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord
from noaber.offer.sources import words
from noaber.offer.sources.factories import make_source
from noaber.offer.sources.models import Difference, Duplicate, Source, SourceEntry, SourceRun
from noaber.offer.sources.services import value_of
from noaber.offer.sources.services_import import MOST_BYTES, import_file
from noaber.offer.sources.services_take import plain
from noaber.offer.sources.tests.world import NOW, line, sent, table, twente

BRONNEN = "/kaart/bronnen/"


def signed_in(account: Account, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(account)
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


@pytest.fixture
def there(db: None) -> dict[str, Any]:
    """A region with its editor, a source that brought two entries, a choice and a pair."""
    region = twente()
    office = make_organisation(region, "Netwerkbureau")
    rosa = make_staff(office, "Rosa Redacteur", Role.EDITOR)
    source = make_source(region, editor=rosa)
    run = sent(region, table(line(1, "Inloop De Brug"), line(2)), source)
    entry = SourceEntry.objects.get(key="1")
    choice = Difference.objects.create(entry=entry, field="text", ours="Wij.", theirs="Zij.", found_at=NOW)
    ours = make_service(region, "Inloop de Brug van ons")
    one, other = sorted((entry.service, ours), key=lambda row: row.pk)
    pair = Duplicate.objects.create(region=region, one=one, other=other, score=80, found_at=NOW)
    return {
        "region": region,
        "office": office,
        "rosa": rosa,
        "source": source,
        "run": run,
        "choice": choice,
        "pair": pair,
    }


@pytest.fixture
def rosa(there: dict[str, Any]) -> Client:
    return signed_in(there["rosa"])


def pages(there: dict[str, Any]) -> list[str]:
    return [
        BRONNEN,
        f"{BRONNEN}nieuw/",
        f"{BRONNEN}bestand/",
        f"{BRONNEN}verschillen/",
        f"{BRONNEN}dubbel/",
        f"{BRONNEN}dubbel/{there['pair'].pk}/",
        f"{BRONNEN}{there['source'].pk}/",
        f"{BRONNEN}werk/{there['run'].pk}/",
    ]


def acts(there: dict[str, Any]) -> list[str]:
    return [
        f"{BRONNEN}{there['source'].pk}/ophalen/",
        f"{BRONNEN}verschillen/{there['choice'].pk}/",
        f"{BRONNEN}dubbel/{there['pair'].pk}/",
        f"{BRONNEN}dubbel/{there['pair'].pk}/anders/",
        f"{BRONNEN}{there['source'].pk}/",
    ]


def file(content: bytes, name: str = "lijst.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# --- bad input ------------------------------------------------------------------------------------------


def test_a_file_that_is_too_big_is_let_go_while_it_comes_and_gets_words(
    there: dict[str, Any], rosa: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    write = TemporaryFileUploadHandler.receive_data_chunk

    def counted(self: TemporaryFileUploadHandler, data: bytes, start: int) -> bytes | None:
        kept.append(len(data))
        return write(self, data, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", counted)
    answer = rosa.post(f"{BRONNEN}bestand/", {"file": file(b"naam\r\n" + b"x" * (MOST_BYTES * 2))})
    assert answer.status_code == 413
    assert "Dit bestand is te groot" in answer.content.decode()
    assert sum(kept) <= MOST_BYTES, "nothing beyond the limit reaches the disk"
    assert SourceRun.objects.count() == 1


@pytest.mark.parametrize("body", [{}, {"file": ""}, {"source": "geen-id", "file": "x"}])
def test_a_form_without_a_right_file_comes_back_with_words(rosa: Client, body: dict[str, str]) -> None:
    answer = rosa.post(f"{BRONNEN}bestand/", body)
    assert answer.status_code == 422
    assert "error" in answer.content.decode()


def test_an_empty_file_says_so(rosa: Client) -> None:
    answer = rosa.post(f"{BRONNEN}bestand/", {"file": file(b"")})
    assert "leeg" in answer.content.decode()


def test_a_form_without_its_secret_is_refused(there: dict[str, Any]) -> None:
    strict = signed_in(there["rosa"], enforce_csrf_checks=True)
    assert strict.post(f"{BRONNEN}bestand/", {"file": file(b"naam\r\nx")}).status_code == 403
    assert SourceRun.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "ftp://x.example",
        "http://a:b@x.example",
        "http://[x",
        "https://x.example/a b",
    ],
)
def test_an_address_that_cannot_be_is_pointed_out_and_the_rest_stays(rosa: Client, address: str) -> None:
    body = {"name": "Kaart X", "kind": "csv", "address": address, "every_hours": "24"}
    answer = rosa.post(f"{BRONNEN}nieuw/", body)
    assert answer.status_code == 422
    assert 'value="Kaart X"' in answer.content.decode()
    assert Source.objects.count() == 1


@pytest.mark.parametrize("name", ["../../etc/passwd", "CON", "x" * 400, "a\u202egpj.csv", "<b>kzq</b>.csv"])
def test_the_name_of_a_file_is_only_words(there: dict[str, Any], rosa: Client, name: str) -> None:
    answer = rosa.post(f"{BRONNEN}bestand/", {"file": file(b"naam\r\nKoor", name)})
    page = rosa.get(answer["Location"]).content.decode()
    run = SourceRun.objects.get(source=None)
    assert "/" not in run.file_name
    assert "\u202e" not in run.file_name
    assert len(run.file_name) <= 200
    assert "<b>kzq" not in page


def test_a_choice_that_nobody_offers_changes_nothing(there: dict[str, Any], rosa: Client) -> None:
    path = f"{BRONNEN}dubbel/{there['pair'].pk}/"
    body = {"versie-x": "y", f"versie-{there['pair'].one_id}": "9" * 30, "veld-naam": "geen", "veld-": "x"}
    assert rosa.post(path, body).status_code == 409
    assert Duplicate.objects.get().state == "open"


# --- who finds nothing ----------------------------------------------------------------------------------


def test_everyone_else_finds_nothing_and_changes_nothing(there: dict[str, Any]) -> None:
    elsewhere = make_organisation(make_region("gelderland", "Gelderland"), "Bureau daar")
    former = make_staff(there["office"], "Ex Redacteur", Role.EDITOR)
    Membership.objects.filter(account=former).update(period=("2026-01-01", "2026-02-01"))
    nobody = {
        "the editor of another region": make_staff(elsewhere, "Redacteur daar", Role.EDITOR),
        "an ex-editor": former,
        "the administrator": make_staff(there["office"], "Dirk Beheer", Role.ORGANISATION_ADMIN),
        "a planner": make_staff(there["office"], "Ilse Plan", Role.PLANNER),
        "an account without a role": make_account("Zonder Rol"),
    }
    own = {BRONNEN, f"{BRONNEN}nieuw/", f"{BRONNEN}bestand/", f"{BRONNEN}verschillen/", f"{BRONNEN}dubbel/"}
    before = _everything()
    for who, account in nobody.items():
        client = signed_in(account)
        for path in pages(there):
            if who == "the editor of another region" and path in own:
                assert "Inloop De Brug" not in client.get(path).content.decode(), path
                assert "Kaart van de buren" not in client.get(path).content.decode(), path
            else:
                assert client.get(path).status_code == 404, f"{who} at {path}"
        for path in acts(there):
            assert client.post(path, {"kies": "bron"}).status_code == 404, f"{who} at {path}"
        to_ours = {"file": file(b"naam\r\nKoor"), "source": str(there["source"].pk)}
        assert client.post(f"{BRONNEN}bestand/", to_ours).status_code in {404, 422}, who
    assert _everything() == before
    for path in pages(there):
        assert Client().get(path).status_code == 302


def _everything() -> list[Any]:
    models = (Source, SourceRun, SourceEntry, Difference, Duplicate, Service)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_guessed_id_is_not_there(rosa: Client) -> None:
    guessed = "00000000-0000-4000-8000-000000000000"
    for path in (guessed, f"werk/{guessed}", f"dubbel/{guessed}"):
        assert rosa.get(f"{BRONNEN}{path}/").status_code == 404


def test_only_the_editor_takes_along_everything_and_an_organisation_its_own(there: dict[str, Any]) -> None:
    make_service(there["region"], "Van het bureau", organisation=there["office"])
    rosa, dirk = there["rosa"], make_staff(there["office"], "Dirk Beheer", Role.ORGANISATION_ADMIN)
    everything = signed_in(rosa).get("/kaart/uitvoer/aanbod.csv").content.decode()
    own = signed_in(dirk).get("/kaart/uitvoer/aanbod.csv").content.decode()
    assert "Inloop De Brug" in everything
    assert "Van het bureau" in own
    assert "Inloop De Brug" not in own
    planner = make_staff(there["office"], "Ilse Plan", Role.PLANNER)
    assert signed_in(planner).get("/kaart/uitvoer/aanbod.json").status_code == 404


def test_anyone_takes_along_what_anyone_may_see(there: dict[str, Any]) -> None:
    Service.objects.update(owner_email="rosa@bureau.example")
    answer = Client().get("/regio/twente/aanbod.csv")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Inloop De Brug" in answer.content.decode()
    assert "rosa@" not in answer.content.decode()
    assert Client().get("/regio/nergens/aanbod.csv").status_code == 404


# --- it works -------------------------------------------------------------------------------------------


def test_every_page_opens(there: dict[str, Any], rosa: Client) -> None:
    for path in pages(there):
        assert rosa.get(path).status_code == 200, path


def test_a_file_sent_twice_by_a_double_click_is_one_job(there: dict[str, Any], rosa: Client) -> None:
    content = table(line(7))
    body = {"source": str(there["source"].pk)}
    first = rosa.post(f"{BRONNEN}bestand/", body | {"file": file(content)})
    second = rosa.post(f"{BRONNEN}bestand/", body | {"file": file(content)})
    assert first.status_code == 303
    assert first["Location"] == second["Location"]
    busy = rosa.get(first["Location"])
    assert busy["Refresh"] == "3"
    run = SourceRun.objects.get(state="queued")
    import_file(run.pk, now=NOW)
    done = rosa.get(first["Location"])
    assert "Refresh" not in done
    assert import_file(run.pk, now=NOW) is None, "the job twice is the job once"


def test_the_report_names_line_field_and_reason(there: dict[str, Any], rosa: Client) -> None:
    run = sent(there["region"], table(line(1), line(2, phone="bel maar")), there["source"])
    page = rosa.get(f"{BRONNEN}werk/{run.pk}/").content.decode()
    for word in ("1 regel klopt niet", "telefoon", "Dit is geen telefoonnummer", "Er is niets overgenomen"):
        assert word in page


def test_a_source_is_added_once_however_often_one_clicks(there: dict[str, Any], rosa: Client) -> None:
    body = {
        "name": "Kaart X",
        "kind": "csv",
        "address": "https://kaart.example/lijst.csv",
        "every_hours": "24",
        "editor": str(there["rosa"].pk),
        "active": "on",
    }
    first, second = (rosa.post(f"{BRONNEN}nieuw/", body) for _click in range(2))
    assert first.status_code == 303
    assert first["Location"] == second["Location"]
    made = Source.objects.get(slug="kaart-x")
    assert (made.editor, made.every_hours, made.region) == (there["rosa"], 24, there["region"])


def test_two_editors_on_one_setting_and_the_second_loses_nothing(there: dict[str, Any], rosa: Client) -> None:
    path = f"{BRONNEN}{there['source'].pk}/"
    body = {"kind": "file", "every_hours": "24", "editor": str(there["rosa"].pk), "version": "1"}
    assert rosa.post(path, body | {"name": "Eerste naam"}).status_code == 303
    second = rosa.post(path, body | {"name": "Tweede naam"})
    assert second.status_code == 422
    assert 'value="Tweede naam"' in second.content.decode()
    assert Source.objects.get().name == "Eerste naam"


def test_columns_are_chosen_from_what_the_source_has(there: dict[str, Any], rosa: Client) -> None:
    Source.objects.update(headers=["wat", "waar"], kind="csv", address="https://x.example/l.csv")
    path = f"{BRONNEN}{there['source'].pk}/"
    body = {
        "name": "Kaart",
        "kind": "csv",
        "address": "https://x.example/l.csv",
        "every_hours": "24",
        "editor": str(there["rosa"].pk),
        "version": "1",
        "kolom-name": "wat",
    }
    assert rosa.post(path, body | {"kolom-text": "verzonnen"}).status_code == 422
    assert rosa.post(path, body).status_code == 303
    assert Source.objects.get().columns == {"name": "wat"}


def test_an_editor_chooses_and_another_who_is_late_hears_it(there: dict[str, Any], rosa: Client) -> None:
    path = f"{BRONNEN}verschillen/{there['choice'].pk}/"
    assert rosa.post(path, {"kies": "bron"}).status_code == 303
    assert Service.objects.get(source_key="1").description == "Zij."
    assert rosa.post(path, {"kies": "wij"}).status_code == 409


def test_a_pair_is_merged_on_its_page(there: dict[str, Any], rosa: Client) -> None:
    pair = there["pair"]
    path = f"{BRONNEN}dubbel/{pair.pk}/"
    theirs = Service.objects.get(source_key="1")
    body = {f"versie-{row.pk}": str(row.version) for row in Service.objects.all()}
    answer = rosa.post(path, body | {"veld-text": str(theirs.pk)})
    assert answer.status_code == 303
    stayed = Service.objects.get(name="Inloop de Brug van ons")
    assert stayed.description == theirs.description
    assert rosa.get(path).status_code == 409


def test_the_lists_ask_no_more_when_they_grow(there: dict[str, Any], rosa: Client) -> None:
    def asked(path: str) -> int:
        rosa.get(path)
        with CaptureQueriesContext(connection) as captured:
            rosa.get(path)
        return len(captured)

    lists = [BRONNEN, f"{BRONNEN}verschillen/", f"{BRONNEN}dubbel/"]
    before = [asked(path) for path in lists]
    entry = SourceEntry.objects.get(key="2")
    for number in range(6):
        make_source(there["region"], f"bron-{number}", editor=there["rosa"])
        Difference.objects.create(entry=entry, field=f"f{number}", ours="a", theirs="b", found_at=NOW)
        fresh = make_service(there["region"], f"Koor {number}")
        one, other = sorted((entry.service, fresh), key=lambda row: row.pk)
        Duplicate.objects.create(region=there["region"], one=one, other=other, score=70, found_at=NOW)
    assert [asked(path) for path in lists] == before


def test_what_differs_between_two_places_can_be_read() -> None:
    place = PlaceRecord(
        name="Wijkhuis",
        street="Kerkstraat 1",
        city="Almelo",
        latitude=52.3567,
        longitude=6.6625,
        schedules=(ScheduleRecord(weekdays=(1, 3), opens_at=time(10), closes_at=time(12, 30)),),
    )
    (said,) = plain(tracked_of(ServiceRecord(name="x", kind="group", places=(place,))))["places"]
    assert words.value_words("places", [said]) == (
        "Wijkhuis, Kerkstraat 1, Almelo, 52.3567 6.6625, ma, wo 10.00–12.30"
    )
    assert value_of("places", [said]) == {"places": (place,)}
