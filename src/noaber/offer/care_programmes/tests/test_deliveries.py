"""Files and messages of providers: whole or not at all, once, with every fault named."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from noaber.hallway import clock
from noaber.hallway.access.types import Role
from noaber.offer.care_programmes import queries
from noaber.offer.care_programmes.factories import make_programme, make_start
from noaber.offer.care_programmes.keeping import reading
from noaber.offer.care_programmes.models import CareProgramme, IntakeStop, ProviderKey, Start, WaitReport
from noaber.offer.care_programmes.services_lists import forget_old
from noaber.offer.care_programmes.tests.test_keeping import signed_in
from noaber.offer.care_programmes.tests.world import World, make_world

TODAY = clock.today()
HEAD = "programma;aanmeldwachttijd_weken;behandelwachttijd_weken;methode;peildatum"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def programme(world: World) -> CareProgramme:
    return make_programme(world.dimence, reference="ANGST-1", postal_code="7607 AB", city="Almelo")


@pytest.fixture
def dirk(world: World, programme: CareProgramme) -> Client:
    return signed_in(world.dimence, "Dirk Roelofs", Role.ORGANISATION_ADMIN)


def send(dirk: Client, content: bytes | str, kind: str = "reports") -> Any:
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("wachttijden.csv", raw, content_type="text/csv")
    return dirk.post("/wachttijden/ons/bestand/", {"kind": kind, "file": file})


def line(weeks: str = "4,5", more: str = "") -> str:
    return f"{HEAD}\r\nANGST-1;{weeks};8;actueel;{TODAY.isoformat()}\r\n{more}"


# --- files -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_file_in_any_usual_encoding_with_a_decimal_comma(dirk: Client, encoding: str) -> None:
    assert send(dirk, line().encode(encoding)).status_code == 303
    row = WaitReport.objects.get()
    assert (float(row.intake_weeks or 0), row.how, row.raw["aanmeldwachttijd_weken"]) == (4.5, "file", "4,5")


@pytest.mark.django_db
def test_the_same_file_twice_is_once_and_says_so(dirk: Client) -> None:
    assert "1 regels gelezen" in read(send(dirk, line()), dirk)
    assert "kwam al binnen" in read(send(dirk, line()), dirk)
    assert WaitReport.objects.count() == 1


def read(answer: Any, client: Client) -> str:
    assert answer.status_code == 303
    return str(client.get(answer["Location"]).content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (line('=HYPERLINK("http://kwaad.example";"klik")'), "Hier staat een formule"),
        (line("-3"), "Een wachttijd is nul weken of meer."),
        (line("veel"), "Vul een getal in"),
        (line("", "") .replace(";;8;", ";;;"), "Vul een wachttijd in, of ja bij aannamestop."),
        (line(more=f"ONBEKEND;1;1;actueel;{TODAY}\r\n"), "Dit programma kennen wij niet bij u."),
        (line(more=f"ANGST-1;1;1;actueel;{TODAY}\r\n"), "Regel 2 gaat over hetzelfde programma"),
        (line(more=f"ANGST-1;1;1;gegokt;{TODAY - timedelta(days=1)}\r\n"), "Kies een van de twee."),
        (line(more=f"ANGST-1;1;1;actueel;{TODAY + timedelta(days=1)}\r\n"), "Kies vandaag of een dag"),
        (line(more="ANGST-1;1;1;actueel;31-02-2026\r\n"), "Vul een dag in"),
        ("programma;kleur\r\nANGST-1;rood\r\n", "Deze kolom kennen wij niet."),
        ("programma;methode\r\nANGST-1;actueel\r\n", "Deze kolom ontbreekt."),
        (HEAD + "\r\n", "Er staan geen regels in het bestand."),
    ],
)  # fmt: skip
def test_one_fault_keeps_everything_out_and_names_its_line(dirk: Client, content: str, said: str) -> None:
    answer = send(dirk, content)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Er is niets overgenomen" in page
    assert not WaitReport.objects.exists()


@pytest.mark.django_db
def test_a_line_finds_its_programme_by_what_it_is(world: World, dirk: Client) -> None:
    make_programme(world.dimence, "Trauma", diagnosis_group="7")
    head = "zorgtype;setting;hoofddiagnosegroep;postcode;leeftijdsgroep;online"
    head += ";aanmeldwachttijd_weken;methode;peildatum"
    sent = f"{head}\ngespecialiseerde ggz;3;5;7607AB;18+;nee;6;retrospectief;{TODAY:%d-%m-%Y}\n"
    assert send(dirk, sent).status_code == 303
    assert WaitReport.objects.get().programme.name == "Angst en stemming"
    vague = f"zorgtype;aanmeldwachttijd_weken;methode;peildatum\ngespecialiseerde ggz;6;actueel;{TODAY}\n"
    assert "past bij 2 programma" in send(dirk, vague).content.decode()


@pytest.mark.django_db
def test_four_hundred_weeks_in_a_file_are_asked_again(dirk: Client, programme: CareProgramme) -> None:
    assert "vragen wij na of het klopt" in read(send(dirk, line("400")), dirk)
    assert queries.one(programme.pk, now=clock.now()).claim is None
    assert "Wij vragen dit na" in dirk.get("/wachttijden/ons/").content.decode()


@pytest.mark.django_db
def test_a_stop_comes_and_goes_by_file(dirk: Client) -> None:
    for word, day in (("ja", TODAY - timedelta(days=1)), ("nee", TODAY)):
        head = "programma;methode;peildatum;aannamestop;aanmeldwachttijd_weken"
        sent = f"{head}\nANGST-1;actueel;{day};{word};3\n"
        assert send(dirk, sent).status_code == 303
    assert IntakeStop.objects.get().until == TODAY


@pytest.mark.django_db
def test_the_example_comes_back_as_it_went(dirk: Client) -> None:
    send(dirk, line())
    example = dirk.get("/wachttijden/ons/voorbeeld.csv").content
    assert b"ANGST-1" in example
    assert send(dirk, example).status_code == 303
    assert WaitReport.objects.filter(superseded_at__isnull=True).count() == 1


@pytest.mark.django_db
def test_a_start_list_keeps_days_and_no_number(dirk: Client) -> None:
    head = "programma;nummer;aangemeld;intake;behandeling;vertrokken\n"
    assert send(dirk, f"{head}ANGST-1;P-77;01-03-2026;2026-04-01;;\n", "starts").status_code == 303
    assert send(dirk, f"{head}ANGST-1;P-77;01-03-2026;2026-04-01;2026-05-01;\n", "starts").status_code == 303
    row = Start.objects.get()
    assert row.treatment_on is not None
    assert "P-77" not in str(Start.objects.values())
    wrong = send(dirk, f"{head}ANGST-1;P-78;01-03-2026;2026-02-01;;\n", "starts")
    assert "Deze dag ligt voor een eerdere stap." in wrong.content.decode()
    assert Start.objects.count() == 1


@pytest.mark.django_db
def test_a_file_that_is_too_big_is_let_go(dirk: Client) -> None:
    assert send(dirk, b"x" * 5_100_000).status_code == 413


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_never_break(content: bytes) -> None:
    assert reading.read_waits(content, [], today=TODAY).problems
    assert reading.read_starts(content, [], today=TODAY).problems


# --- messages ----------------------------------------------------------------------------------------------


def key_of(dirk: Client) -> str:
    page = dirk.post("/wachttijden/ons/sleutel/", {"name": "EPD"}).content.decode()
    return page.split("<code>")[1].split("</code>")[0]


def post(key: str, what: str, body: Any, **more: str) -> Any:
    headers = {"Authorization": f"Bearer {key}", **more}
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Client(enforce_csrf_checks=True).post(
        f"/api/wachttijden/v1/{what}", raw, content_type="application/json", headers=headers
    )


def waits(weeks: Any = 4, **more: Any) -> dict[str, Any]:
    row = {"programma": "ANGST-1", "aanmeldwachttijd_weken": weeks, "behandelwachttijd_weken": 8}
    return {"wachttijden": [{**row, "methode": "actueel", "peildatum": TODAY.isoformat(), **more}]}


@pytest.mark.django_db
def test_a_system_delivers_and_the_same_message_twice_is_once(dirk: Client) -> None:
    key = key_of(dirk)
    first, again = post(key, "wachttijden", waits()), post(key, "wachttijden", waits())
    assert (first.status_code, first.json()["nieuw"]) == (201, 1)
    assert (again.status_code, again.json()["eerder_ontvangen"] is not None) == (200, True)
    assert WaitReport.objects.get().how == "api"
    other = post(key, "wachttijden", waits(5), **{"Idempotency-Key": "a"})
    clash = post(key, "wachttijden", waits(6), **{"Idempotency-Key": "a"})
    assert (other.status_code, clash.status_code) == (201, 409)
    assert clash["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "field"),
    [
        (waits(-1), "aanmeldwachttijd_weken"),
        (waits("4"), "aanmeldwachttijd_weken"),
        (waits(True), "aanmeldwachttijd_weken"),
        (waits(programma="VAN-EEN-ANDER"), "programma"),
        (waits(kleur="rood"), "kleur"),
        (waits(peildatum="gisteren"), "peildatum"),
        (waits(methode="gegokt"), "methode"),
        (waits(instroom_2mnd=1.5), "instroom_2mnd"),
    ],
)
def test_a_wrong_message_keeps_nothing_and_says_where(dirk: Client, body: Any, field: str) -> None:
    answer = post(key_of(dirk), "wachttijden", body)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert [fault["veld"] for fault in answer.json()["errors"]] == [field]
    assert not WaitReport.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"wachttijden": NaN}', b"\xff\xfe", b"[" * 5000])
def test_what_is_no_message_is_refused(dirk: Client, raw: bytes) -> None:
    assert post(key_of(dirk), "wachttijden", raw).status_code in (400, 422)


@pytest.mark.django_db
def test_without_a_key_or_with_a_revoked_one_nothing_opens(dirk: Client) -> None:
    key = key_of(dirk)
    row = ProviderKey.objects.get()
    assert key not in str(ProviderKey.objects.values())
    assert post("nbw_geraden", "wachttijden", waits()).status_code == 401
    assert post("", "starts", {}).status_code == 401
    dirk.post(f"/wachttijden/ons/sleutel/{row.pk}/weg/")
    assert post(key, "wachttijden", waits()).status_code == 401


@pytest.mark.django_db
def test_a_stop_comes_and_goes_by_system(dirk: Client, programme: CareProgramme) -> None:
    key = key_of(dirk)
    row = {"programma": "ANGST-1", "methode": "actueel", "peildatum": TODAY.isoformat()}
    assert post(key, "wachttijden", {"wachttijden": [{**row, "aannamestop": True}]}).status_code == 201
    assert queries.one(programme.pk, now=clock.now()).stop is not None
    assert post(key, "wachttijden", waits(aannamestop=False)).status_code == 201
    assert queries.one(programme.pk, now=clock.now()).stop is None
    assert post(key, "wachttijden", waits(aannamestop="ja")).status_code == 422


@pytest.mark.django_db
def test_an_agenda_gives_the_third_free_place(dirk: Client, programme: CareProgramme) -> None:
    free = [
        {"programma": "ANGST-1", "soort": "intake", "dag": (TODAY + timedelta(days=days)).isoformat()}
        for days in (3, 7, 21, 40)
    ]
    body = {"peildatum": TODAY.isoformat(), "programmas": ["ANGST-1"], "vrij": free}
    assert post(key_of(dirk), "agenda", body).status_code == 201
    claim = queries.one(programme.pk, now=clock.now()).claim
    assert claim is not None
    assert (claim.intake_weeks, claim.treatment_weeks, claim.how_words) == (3, None, "uit de agenda")


@pytest.mark.django_db
def test_an_agenda_with_two_places_is_no_figure(dirk: Client) -> None:
    free = [{"programma": "ANGST-1", "soort": "intake", "dag": TODAY.isoformat(), "plekken": 2}]
    body = {"peildatum": TODAY.isoformat(), "programmas": ["ANGST-1"], "vrij": free}
    assert post(key_of(dirk), "agenda", body).json()["zonder_cijfer"] == 1
    assert not WaitReport.objects.exists()


@pytest.mark.django_db
def test_a_start_list_by_system_and_the_list_of_own_names(dirk: Client) -> None:
    key = key_of(dirk)
    body = {"starts": [{"programma": "ANGST-1", "nummer": "P1", "aangemeld": "2026-03-01"}]}
    assert post(key, "starts", body).status_code == 201
    assert Start.objects.get().source == "api"
    headers = {"Authorization": f"Bearer {key}"}
    listed = Client().get("/api/wachttijden/v1/aanbod", headers=headers).json()
    assert [row["programma"] for row in listed["programmas"]] == ["ANGST-1"]
    assert Client().get("/api/wachttijden/v1/openapi.json").json()["openapi"] == "3.1.0"


@pytest.mark.django_db
def test_starts_are_forgotten_when_no_figure_needs_them(programme: CareProgramme) -> None:
    make_start(programme, 30)
    make_start(programme, 365 * 5)
    assert forget_old(now=clock.now()) == 1
    assert Start.objects.count() == 1
