"""The pages about what is held: hers alone, and the desk for the officer of her region alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.accounts.tests.signing import browser_of
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.holdings import copying, erasing, handling, statements
from noaber.hallway.holdings.models import ErasureRequest, FileStatement
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.network.partners.models import Membership
from noaber.network.residents.models import HelpRequest, Resident
from noaber.pathways.conversations.factories import World, as_resident, make_world, refer

NOW = datetime(2027, 7, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FIXED_NOW", NOW)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def thread(world: World) -> UUID:
    return refer(world, now=NOW, key="a").help_request_id


@pytest.fixture
def petra(world: World) -> Account:
    return make_staff(
        make_organisation(world.region, "Regiobureau", "gemeente"), "Petra Smit", Role.PRIVACY_OFFICER
    )


def browser(account: Account, *, staff: bool) -> Client:
    return browser_of(account, second_factor=staff, raises=False)


def account_of(thread: UUID) -> Account:
    with gate.as_system("proef"):
        return Account.objects.get(resident__help_requests=thread)


def herself(thread: UUID) -> Client:
    return browser(account_of(thread), staff=False)


def test_the_copy_holds_everything_and_its_form_is_as_written_down(world: World, thread: UUID) -> None:
    answer = herself(thread).get("/mijn/gegevens/bestand/")

    held = json.loads(answer.content)
    assert (held["format"], held["version"]) == ("noaber-copy", 1)
    assert answer["Content-Disposition"].startswith("attachment")
    for part in held["parts"]:
        assert set(part) == {"key", "words", "standard", "kept", "items"}
        assert set(part["kept"]) == {"class", "basis", "years", "days", "counts_from"}
    parts = {part["key"]: part["items"] for part in held["parts"]}
    assert parts["residents.person"][0]["name"] == "Fatma Yilmaz"
    assert parts["residents.thread"][0]["question"].startswith("Slaapt slecht")
    assert parts["audit.log"][-1]["purpose"] == "om uw gegevens mee te nemen"


def test_words_in_a_copy_never_become_part_of_a_page(world: World, thread: UUID) -> None:
    body = "<script>alert(1)</script> & <b>vet</b>"
    statements.write(as_resident(thread, now=NOW), body=body, once_key="x", now=NOW)
    client = herself(thread)

    assert b"<" not in client.get("/mijn/gegevens/bestand/").content
    assert b"<script>alert" not in client.get("/mijn/gegevens/alles/").content


@pytest.mark.parametrize("value", [object(), {"x": b"1"}, complex(1)])
def test_a_value_that_no_file_can_hold_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        copying.plain(value)


def test_nobody_changes_the_statement_of_somebody_else(world: World, thread: UUID) -> None:
    pk = statements.write(as_resident(thread, now=NOW), body="Het was anders.", once_key="x", now=NOW)
    other = refer(world, now=NOW, name="Mila Jansen", key="b").help_request_id
    stranger = herself(other)
    for path in (
        reverse("holdings:statement", args=[pk]),
        reverse("holdings:statement", args=[uuid4()]),
        reverse("holdings:remove_statement", args=[pk]),
    ):
        assert stranger.post(path, {"body": "gestolen"}).status_code == 404
    with gate.as_system("proef"):
        assert FileStatement.objects.get().body == "Het was anders."


def test_a_statement_twice_sent_is_one_and_an_empty_one_keeps_the_form(world: World, thread: UUID) -> None:
    client = herself(thread)
    assert client.post("/mijn/gegevens/verklaring/", {"body": "  ", "once_key": "k"}).status_code == 422
    for _ in range(2):
        sent = client.post("/mijn/gegevens/verklaring/", {"body": "Zo was het.", "once_key": "k"})
        assert sent.status_code in {302, 303}
    with gate.as_system("proef"):
        assert FileStatement.objects.count() == 1


def test_staff_find_none_of_her_pages(world: World, thread: UUID, petra: Account) -> None:
    for account in (petra, world.sanne, world.noor):
        client = browser(account, staff=True)
        for name in ("mine", "all", "file", "statements", "erase"):
            assert client.get(reverse(f"holdings:{name}")).status_code == 404


def test_she_asks_and_takes_back_on_her_own_pages(world: World, thread: UUID) -> None:
    client = herself(thread)
    assert client.post("/mijn/gegevens/wissen/", {}).status_code == 422
    assert client.post("/mijn/gegevens/wissen/", {"how_much": "deel"}).status_code == 422
    for _ in range(2):
        asked = client.post("/mijn/gegevens/wissen/", {"how_much": "alles"})
        assert asked.status_code in {302, 303}
    assert "1 augustus" in client.get("/mijn/gegevens/wissen/").content.decode()
    assert client.post("/mijn/gegevens/wissen/terug/").status_code in {302, 303}
    with gate.as_system("proef"):
        assert [row.state for row in ErasureRequest.objects.all()] == ["taken_back"]


def test_the_desk_opens_for_the_officer_of_her_region_alone(
    world: World, thread: UUID, petra: Account
) -> None:
    pk = erasing.ask(as_resident(thread, now=NOW), parts=["residents.thread"], now=NOW)
    path = reverse("holdings:request", args=[pk])
    north = make_world("groningen")
    office = make_organisation(north.region, "Bureau Noord", "gemeente")
    stranger = make_staff(office, "Ina Noord", Role.PRIVACY_OFFICER)
    assert browser(petra, staff=True).get(path).status_code == 200
    for account in (stranger, world.ilse, world.sanne, world.noor):
        assert browser(account, staff=True).get(path).status_code == 404
    assert browser(petra, staff=True).get(reverse("holdings:request", args=[uuid4()])).status_code == 404
    with gate.as_system("proef"):
        row = Membership.objects.get(account=petra)
        row.period = type(row.period)(NOW.date().replace(year=2020), NOW.date())
        row.save()
    assert browser(petra, staff=True).get(path).status_code == 404


def test_the_officer_reads_no_name_at_the_desk(world: World, thread: UUID, petra: Account) -> None:
    pk = erasing.ask(as_resident(thread, now=NOW), parts=["residents.thread"], now=NOW)
    client = browser(petra, staff=True)
    for path in ("/verzoeken/", reverse("holdings:request", args=[pk])):
        shown = client.get(path).content.decode()
        assert "Fatma" not in shown
        assert "Slaapt" not in shown


def test_a_copy_on_paper_needs_a_number_and_a_look_at_who_she_is(
    world: World, thread: UUID, petra: Account
) -> None:
    client = browser(petra, staff=True)
    with gate.as_system("proef"):
        code = HelpRequest.objects.get(pk=thread).code
        resident = Resident.objects.get().pk
    wrong = client.post("/verzoeken/", {"code": "V-1", "checked": "rijbewijs", "what": "kopie"})
    assert wrong.status_code == 422
    assert client.post("/verzoeken/", {"code": code, "checked": "", "what": "kopie"}).status_code == 422

    sent = client.post("/verzoeken/", {"code": code.lower(), "checked": "rijbewijs", "what": "kopie"})
    page = client.get(sent["Location"])
    assert "Fatma Yilmaz" in page.content.decode()
    lines = AuditEntry.objects.filter(resident_id=resident, event_type__in=["request.on_paper", "copy.all"])
    assert sorted(line.purpose for line in lines) == [
        "om u een kopie op papier te geven",
        "verzoek op papier, gezien: rijbewijs",
    ]
    other = make_staff(
        make_organisation(world.region, "Ander bureau", "gemeente"), "Otto Ander", Role.PRIVACY_OFFICER
    )
    assert browser(other, staff=True).get(sent["Location"]).status_code == 404
    assert client.get("/verzoeken/kopie/onzin/").status_code == 404


def test_asking_to_erase_on_paper_goes_the_same_way(world: World, thread: UUID, petra: Account) -> None:
    with gate.as_system("proef"):
        code = HelpRequest.objects.get(pk=thread).code
    client = browser(petra, staff=True)
    sent = client.post("/verzoeken/", {"code": code, "checked": "teruggebeld", "what": "wissen"})
    assert client.get(sent["Location"]).status_code == 200
    with gate.as_system("proef"):
        row = ErasureRequest.objects.get()
    assert (row.how, row.state) == ("paper", "asked")
    assert handling.requests(world.speak_as(petra, NOW), now=NOW)[0].left == 31
