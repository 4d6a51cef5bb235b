"""'Klopt dit nog?': one mail to an owner, one click to answer, and nothing happens by only opening a link."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.tests.signing import enter
from noaber.hallway.post.models import Message
from noaber.network.partners.factories import make_organisation, make_region, make_staff
from noaber.network.partners.models import Region
from noaber.offer.directory import services, tasks
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import CheckRequest, Confirmation, Service
from noaber.offer.directory.upkeep import asking_owner, queries_desk, weighing

pytestmark = pytest.mark.django_db
OWNER = "inloop@brug.example"


@pytest.fixture
def region() -> Region:
    return make_region()


def old(region: Region, name: str = "Inloop De Brug", **more: Any) -> Service:
    day = clock.today() - timedelta(days=120)
    return make_service(region, name, **{"assured_on": day, "owner_email": OWNER, **more})


def ask(days: int = 0) -> int:
    return asking_owner.ask_owners(now=clock.now() + timedelta(days=days))


def links() -> list[str]:
    """The links of the newest mail."""
    body = Message.objects.order_by("-created_at").values_list("body", flat=True)[0]
    return [f"/klopt/{token}/" for token in re.findall(r"/klopt/([0-9a-f]+)/", body)]


def test_an_owner_gets_one_mail_about_everything_that_grows_old(region: Region) -> None:
    old(region)
    old(region, "Kookgroep", owner_email=OWNER.upper())
    old(region, "Van een ander", owner_email="ander@kring.example")
    old(region, "Vers", assured_on=clock.today())
    old(region, "Zonder adres", owner_email="")
    old(region, "Gestopt", status="defunct")
    assert ask() == 2
    mine = next(
        m for m in Message.objects.all() if m.address == OWNER
    )  # fmt: skip
    assert mine.subject == "Klopt dit nog?"
    assert "Inloop De Brug" in mine.body
    assert "Kookgroep" in mine.body
    assert "Vers" not in mine.body
    assert len(re.findall("/klopt/", mine.body)) == 2


def test_at_most_one_mail_in_two_weeks_and_one_reminder(region: Region) -> None:
    old(region)
    assert [ask(0), ask(0), ask(7), ask(14), ask(21), ask(28)] == [1, 0, 0, 1, 0, 0]
    (request,) = CheckRequest.objects.all()
    assert request.reminded_at is not None
    assert [m.subject for m in Message.objects.order_by("created_at")] == [
        "Klopt dit nog?",
        "Nog een keer: klopt dit nog?",
    ]
    assert len({m.body.split("/klopt/")[1].split("/")[0] for m in Message.objects.all()}) == 1


def test_the_secret_of_a_link_is_not_kept(region: Region) -> None:
    old(region)
    ask()
    token = links()[0].split("/")[2]
    assert token not in str(list(CheckRequest.objects.values()))


def test_who_stays_silent_twice_is_on_the_list_to_call_and_gets_no_mail(region: Region) -> None:
    entry = old(region)
    now = clock.now()
    for days in (0, 45):
        assert ask(days) == 1
    assert ask(95) == 0
    later = now + timedelta(days=95)
    assert queries_desk.to_call_ids(Service.objects.all(), later) == {entry.pk}
    services.confirm(service_id=entry.pk, on=later.date(), now=later)
    assert queries_desk.to_call_ids(Service.objects.all(), later) == set()


def test_a_mail_that_came_back_lowers_the_trust_and_asks_for_a_call(region: Region) -> None:
    entry = old(region)
    ask()
    before = weighing.of_rows([entry], today=clock.today())[entry.pk].trust
    Message.objects.update(state=Message.State.FAILED, attempts=1)
    assert asking_owner.note_bounces(now=clock.now()) == 0
    Message.objects.update(attempts=3)
    assert asking_owner.note_bounces(now=clock.now()) == 1
    assert asking_owner.note_bounces(now=clock.now()) == 0
    assert weighing.of_rows([entry], today=clock.today())[entry.pk].trust < before
    assert queries_desk.to_call_ids(Service.objects.all(), clock.now()) == {entry.pk}
    assert ask(40) == 0


def test_the_weekly_task_asks(region: Region) -> None:
    old(region)
    tasks.ask_owners(0)
    assert CheckRequest.objects.count() == 1


# --- the link --------------------------------------------------------------------------------------------


def test_opening_the_link_changes_nothing(client: Client, region: Region) -> None:
    entry = old(region)
    ask()
    before = Service.objects.values().get(pk=entry.pk), list(CheckRequest.objects.values())
    for _often in range(3):
        page = client.get(links()[0])
        assert page.status_code == 200
        assert "Inloop De Brug" in page.content.decode()
    assert client.head(links()[0]).status_code == 200
    assert (Service.objects.values().get(pk=entry.pk), list(CheckRequest.objects.values())) == before


def test_one_click_confirms_and_a_second_changes_nothing(client: Client, region: Region) -> None:
    entry = old(region)
    ask()
    path = links()[0]
    answer = client.post(path, {"antwoord": "right"})
    assert answer.status_code == 303
    assert "vandaag hebt nagekeken" in client.get(answer["Location"]).content.decode()
    entry.refresh_from_db()
    assert entry.assured_on == clock.today()
    assert Confirmation.objects.get(service=entry).kind == "mail"
    client.post(path, {"antwoord": "gone"})
    assert CheckRequest.objects.get().answer == "right"
    assert "U hebt al geantwoord" in client.get(path).content.decode()
    assert client.post(path, {"antwoord": "right"}).status_code == 303
    assert Confirmation.objects.count() == 1


def test_what_changed_waits_for_an_editor_and_changes_nothing_itself(client: Client, region: Region) -> None:
    entry = old(region)
    ask()
    path = links()[0]
    empty = client.post(path, {"antwoord": "changed"})
    assert empty.status_code == 422
    assert "Schrijf op wat er anders is" in empty.content.decode()
    client.post(path, {"antwoord": "changed", "when": "Woensdag", "other": "Nu in <b>De Kring</b>"})
    entry.refresh_from_db()
    assert entry.when == "Dinsdag 10.00 – 12.00 uur"
    assert weighing.open_reports([entry.pk]) == {entry.pk: 1}
    enter(client, make_staff(make_organisation(region, "Bureau"), "Anouk", Role.EDITOR))
    page = client.get(f"/kaart/{entry.pk}/").content.decode()
    assert "Woensdag" in page
    assert "<b>De Kring</b>" not in page
    waiting = CheckRequest.objects.get()
    assert client.post(f"/kaart/antwoord/{waiting.pk}/").status_code == 303
    assert weighing.open_reports([entry.pk]) == {}


def test_what_is_gone_is_taken_from_the_map_by_an_editor(client: Client, region: Region) -> None:
    entry = old(region)
    ask()
    client.post(links()[0], {"antwoord": "gone"})
    entry.refresh_from_db()
    assert entry.status == "active"
    enter(client, make_staff(make_organisation(region, "Bureau"), "Anouk", Role.EDITOR))
    client.post(f"/kaart/{entry.pk}/stand/", {"stand": "defunct"})
    assert CheckRequest.objects.get().handled_by == "Bureau"
    assert "niet meer op de sociale kaart" in Client().get(links()[0]).content.decode()


def test_a_guessed_an_expired_and_an_ended_link_each_say_what_now(
    client: Client, region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = old(region)
    ask()
    path = links()[0]
    guessed = client.get("/klopt/" + "0" * 40 + "/")
    assert guessed.status_code == 404
    assert "Open de mail en klik nog eens" in guessed.content.decode()
    for strange in ("x", "%00", "a" * 3000):
        assert client.get(f"/klopt/{strange}/").status_code in (400, 404)
    later = clock.now() + timedelta(days=31)

    def late() -> datetime:
        return later

    monkeypatch.setattr("noaber.offer.directory.upkeep.views_asked.clock.now", late)
    for answer in (client.get(path), client.post(path, {"antwoord": "right"})):
        assert answer.status_code == 404
        assert "30 dagen" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.assured_on != later.date()


def test_guessing_is_slowed_down(client: Client, region: Region) -> None:
    for number in range(60):
        client.get(f"/klopt/{number:040x}/")
    answer = client.get("/klopt/" + "1" * 40 + "/")
    assert answer.status_code == 429
    assert "Even wachten" in answer.content.decode()


def test_a_link_of_one_entry_answers_for_no_other(client: Client, region: Region) -> None:
    mine, other = old(region), old(region, "Kookgroep")
    ask()
    body = Message.objects.get().body
    first = body[body.index("Inloop De Brug") :]
    path = "/klopt/" + re.findall(r"/klopt/([0-9a-f]+)/", first)[0] + "/"
    client.post(path, {"antwoord": "right", "service_id": str(other.pk)})
    assert Confirmation.objects.get().service == mine


def test_an_answer_needs_a_form_of_ours(region: Region) -> None:
    old(region)
    ask()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(links()[0], {"antwoord": "right"}).status_code == 403
    assert CheckRequest.objects.get().answer == ""
