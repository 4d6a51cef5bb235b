"""The privacy officer's week: who may not, what stays, and what happens with a week in the queue."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import ANONYMOUS, Role
from noaber.hallway.accounts.tests.signing import enter
from noaber.hallway.audit import reviewing, weighing
from noaber.hallway.audit.fingerprints import name_mark
from noaber.hallway.audit.models import Acquaintance, AuditEntry, HomeStreet, ReviewItem
from noaber.hallway.audit.tests.house import Place, a_place, strangers
from noaber.hallway.outbox.models import OutboxEvent
from noaber.hallway.outbox.services import deliver
from noaber.hallway.post.models import Message
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.network.residents.factories import give_part

pytestmark = pytest.mark.django_db
GOOD = {"decision": "in_order", "because": "Zij viel in voor Bram."}


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def officer(client: Client, place: Place) -> Client:
    enter(client, place.petra)
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


def stored(item: ReviewItem) -> ReviewItem:
    with gate.as_system("een proef"):
        return ReviewItem.objects.get(pk=item.pk)


# --- refused ------------------------------------------------------------------------------------


def test_only_the_officer_of_the_region_sees_the_queue(client: Client, place: Place) -> None:
    item = place.item()
    for account in [place.sanne, *strangers(place)]:
        enter(client, account)
        seen = client.get("/inzage/week/")
        assert seen.status_code == 404 or "Sanne" not in seen.content.decode()
        for path in (f"/inzage/week/{item.pk}/", f"/inzage/week/{uuid4()}/"):
            assert client.get(path).status_code == 404
            assert client.post(path, GOOD).status_code == 404
    assert stored(item).decision == ""


def test_a_decision_needs_a_reason(officer: Client, place: Place) -> None:
    item = place.item()
    for given in (
        {},
        {"decision": "in_order"},
        {"because": "x"},
        {**GOOD, "decision": "anders"},
        {**GOOD, "because": " "},
    ):
        assert officer.post(f"/inzage/week/{item.pk}/", given).status_code == 422
    assert stored(item).decided_at is None


def test_nobody_decides_about_the_own_looks(officer: Client, place: Place) -> None:
    item = place.item(place.petra)
    assert officer.post(f"/inzage/week/{item.pk}/", GOOD).status_code == 409
    assert stored(item).decided_at is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_reviewitem SET decision = 'reported'",
        "DELETE FROM audit_reviewitem",
        "TRUNCATE audit_reviewitem",
    ],
)
def test_what_was_decided_stays(officer: Client, place: Place, statement: str) -> None:
    item = place.item()
    assert officer.post(f"/inzage/week/{item.pk}/", GOOD).status_code == 302
    assert officer.post(f"/inzage/week/{item.pk}/", {**GOOD, "decision": "reported"}).status_code == 409
    with (
        pytest.raises(Error),
        transaction.atomic(),
        gate.as_system("een proef"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert (stored(item).decision, stored(item).because) == ("in_order", "Zij viel in voor Bram.")


# --- deciding -----------------------------------------------------------------------------------


def test_she_reads_why_it_is_there_and_which_lines_it_is_about(officer: Client, place: Place) -> None:
    item = place.item()
    week = page(officer, "/inzage/week/")
    assert "Sanne Bakker" in week
    assert "Had geen werk meer met 1 inwoner: dat was voorbij." in week
    one = page(officer, f"/inzage/week/{item.pk}/")
    assert "uw vraag" in one
    assert "Fatma" not in one
    line = AuditEntry.objects.get(event_type="audit.weigh")
    assert line.resident_id == place.fatma.pk, "that somebody shares her surname is a look at her"


def test_reporting_says_until_when(officer: Client, place: Place) -> None:
    item = place.item()
    officer.post(f"/inzage/week/{item.pk}/", {"decision": "reported", "because": "Keek bij haar buurvrouw."})
    assert "Autoriteit Persoonsgegevens voor" in page(officer, f"/inzage/week/{item.pk}/")
    assert "gemeld" in page(officer, "/inzage/week/")


def test_she_asks_the_colleague_who_answers_once(officer: Client, place: Place) -> None:
    item = place.item()
    asked = {"do": "ask", "question": "Waarom keek u maandag?"}
    assert officer.post(f"/inzage/week/{item.pk}/", asked).status_code == 302
    assert officer.post(f"/inzage/week/{item.pk}/", asked).status_code == 409
    for pk in OutboxEvent.objects.filter(delivered_at=None).values_list("pk", flat=True):
        deliver(pk, now=clock.now())
    mail = Message.objects.get(recipient_account_id=place.sanne.pk)
    assert "maandag" not in mail.body

    colleague = Client()
    enter(colleague, place.sanne)
    assert f"/uitleg/{item.pk}/" in page(colleague, "/account/")
    assert "Waarom keek u maandag?" in page(colleague, f"/uitleg/{item.pk}/")
    assert colleague.post(f"/uitleg/{item.pk}/", {"words": ""}).status_code == 422
    assert colleague.post(f"/uitleg/{item.pk}/", {"words": "Ik viel in."}).status_code == 302
    assert colleague.post(f"/uitleg/{item.pk}/", {"words": "Of toch niet."}).status_code == 409
    assert "Ik viel in." in page(officer, f"/inzage/week/{item.pk}/")
    assert "gewicht" not in page(colleague, f"/uitleg/{item.pk}/")


def test_what_was_not_asked_is_not_there_for_the_colleague(client: Client, place: Place) -> None:
    item = place.item()
    enter(client, place.sanne)
    assert client.get(f"/uitleg/{item.pk}/").status_code == 404
    with gate.as_system("een proef"):
        ReviewItem.objects.filter(pk=item.pk).update(asked_at=clock.now(), asked_words="Waarom?")
    assert client.get(f"/uitleg/{item.pk}/").status_code == 200
    for account in strangers(place):
        enter(client, account)
        assert client.get(f"/uitleg/{item.pk}/").status_code == 404


def test_a_week_without_a_decision_turns_red(officer: Client, client: Client, place: Place) -> None:
    item = place.item(found_at=clock.now() - timedelta(days=6, hours=23))
    assert reviewing.overdue(now=clock.now()) == 0
    assert "langer dan zeven dagen" not in page(officer, "/inzage/week/")
    assert reviewing.overdue(now=clock.now() + timedelta(hours=2)) == 1
    with gate.as_system("een proef"):
        ReviewItem.objects.filter(pk=item.pk).update(found_at=clock.now() - timedelta(days=8))
    assert "1 punt wacht al langer dan zeven dagen" in page(officer, "/inzage/week/")
    operator = Client()
    enter(operator, make_staff(make_organisation(place.region, "Beheer"), "Otto Beheer", Role.OPERATOR))
    assert "langer dan zeven dagen" in page(operator, "/beheer/stand/")


# --- weighing -----------------------------------------------------------------------------------


def test_a_look_without_work_is_weighed_into_the_queue(place: Place) -> None:
    monday = weighing.monday_of(clock.today())
    for day in range(3):
        place.look(clock.at(monday + timedelta(days=day), 12))
    assert weighing.weigh_week(place.region.pk, monday, now=clock.now()) == 1
    with gate.as_system("een proef"):
        item = ReviewItem.objects.get()
    assert (item.account_id, item.score) == (place.sanne.pk, 6)


def test_with_work_there_is_no_item(place: Place) -> None:
    give_part(place.thread, "guide", place.office, place.sanne, now=clock.now() - timedelta(days=30))
    monday = weighing.monday_of(clock.today())
    for day in range(3):
        place.look(clock.at(monday + timedelta(days=day), 12))
    assert weighing.weigh_week(place.region.pk, monday, now=clock.now()) == 0


def test_someone_she_named_is_weighed_first(place: Place) -> None:
    give_part(place.thread, "guide", place.office, place.sanne, now=clock.now() - timedelta(days=30))
    with gate.as_system("een proef"):
        Acquaintance.objects.create(
            resident_id=place.fatma.pk,
            name="Sanne Bakker",
            fingerprint=name_mark("bakker sanne"),
            added_at=clock.now(),
        )
    monday = weighing.monday_of(clock.today())
    place.look(clock.at(monday, 12))
    assert weighing.weigh_week(place.region.pk, monday, now=clock.now()) == 0, "3 with work of her own"
    with gate.as_system("een proef"):
        place.thread.involvements.update(until=clock.now() - timedelta(days=20))
    assert weighing.weigh_week(place.region.pk, monday, now=clock.now()) == 1


def test_decided_lines_do_not_come_back_and_new_ones_do(officer: Client, place: Place) -> None:
    monday = weighing.monday_of(clock.today())
    for day in range(3):
        place.look(clock.at(monday + timedelta(days=day), 12))
    weighing.weigh_week(place.region.pk, monday, now=clock.now())
    with gate.as_system("een proef"):
        first = ReviewItem.objects.get()
    officer.post(f"/inzage/week/{first.pk}/", GOOD)
    assert weighing.weigh_week(place.region.pk, monday, now=clock.now()) == 0
    for day in range(3):
        place.look(clock.at(monday + timedelta(days=day), 2))
    assert weighing.weigh_week(place.region.pk, monday, now=clock.now()) == 1
    with gate.as_system("een proef"):
        assert list(ReviewItem.objects.order_by("number").values_list("number", "decision")) == [
            (1, "in_order"),
            (2, ""),
        ]


def test_what_has_an_explanation_by_now_leaves_the_queue_unless_it_was_asked(place: Place) -> None:
    monday = weighing.monday_of(clock.today())
    with gate.as_system("een proef"):
        for account, asked in ((place.sanne, None), (place.petra, clock.now())):
            ReviewItem.objects.create(
                region_id=place.region.pk, week_on=monday, account_id=account.pk, actor_name=account.name,
                role="guide", score=9, signals=[], lines=[], found_at=clock.now(), asked_at=asked,
            )  # fmt: skip
    assert weighing.weigh_week(place.region.pk, monday, now=clock.now()) == 1
    with gate.as_system("een proef"):
        assert ReviewItem.objects.get().account_id == place.petra.pk


def test_every_region_with_lines_is_weighed(place: Place) -> None:
    monday = weighing.monday_of(clock.today())
    for day in range(3):
        place.look(clock.at(monday - timedelta(days=7 - day), 12))
    assert weighing.weigh_everywhere(now=clock.now()) == 1


# --- the street ---------------------------------------------------------------------------------


def test_a_colleague_gives_a_street_that_nobody_can_read(client: Client, place: Place) -> None:
    enter(client, place.sanne)
    assert client.post("/account/straat/", {"street": "Dorpsstraat", "postcode": "75"}).status_code == 422
    assert (
        client.post("/account/straat/", {"street": "Dorpsstraat 3", "postcode": "7607 ab"}).status_code == 302
    )
    assert "Dorpsstraat" not in client.get("/account/straat/").content.decode()
    with gate.as_system("een proef"):
        assert "dorps" not in HomeStreet.objects.get(account_id=place.sanne.pk).fingerprint
    gate.tell_database(ANONYMOUS)
    assert HomeStreet.objects.count() == 0
    client.post("/account/straat/", {"remove": "1"})
    with gate.as_system("een proef"):
        assert HomeStreet.objects.count() == 0


def test_a_resident_has_no_street_to_give(client: Client, place: Place) -> None:
    assert place.fatma.account is not None
    enter(client, place.fatma.account)
    assert client.get("/account/straat/").status_code == 404
