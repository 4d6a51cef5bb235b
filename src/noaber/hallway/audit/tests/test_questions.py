"""Ask about a look: what is refused first, then the whole way there and back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import ANONYMOUS
from noaber.hallway.accounts.tests.signing import enter
from noaber.hallway.audit.models import Acquaintance, AuditEntry, LookQuestion
from noaber.hallway.audit.tests.house import WHY, Place, a_place, once, strangers
from noaber.hallway.outbox.models import OutboxEvent
from noaber.hallway.outbox.services import deliver
from noaber.hallway.post.models import Message
from noaber.network.residents.factories import make_help_request, make_resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def hers(client: Client, place: Place) -> Client:
    assert place.fatma.account is not None
    enter(client, place.fatma.account)
    return client


@pytest.fixture
def officers(place: Place) -> Client:
    client = Client()
    enter(client, place.petra)
    return client


def address(look: UUID) -> str:
    return f"/mijn/wie-keek-mee/vraag/{look}/"


def asks(client: Client, look: UUID, **more: str) -> int:
    given = {"words": WHY, "once_key": once(), **more}
    return client.post(address(look), given).status_code


def all_questions() -> list[LookQuestion]:
    with gate.as_system("een proef"):
        return list(LookQuestion.objects.all())


def tell() -> None:
    """The worker tells what happened."""
    for pk in OutboxEvent.objects.filter(delivered_at=None).values_list("pk", flat=True):
        deliver(pk, now=clock.now())
    gate.tell_database(ANONYMOUS)


# --- refused ------------------------------------------------------------------------------------


def test_nobody_asks_about_a_look_at_somebody_else(client: Client, place: Place) -> None:
    look = place.look()
    mila = make_resident(place.fatma.municipality, "Mila Jansen")
    make_help_request(mila)
    assert mila.account is not None
    enter(client, mila.account)
    absent = client.get(address(uuid4()))
    for answer in (client.get(address(look)), client.post(address(look), {"words": WHY, "once_key": once()})):
        assert answer.status_code == absent.status_code == 404
    assert all_questions() == []


def test_a_colleague_asks_nothing_in_her_name(client: Client, place: Place) -> None:
    look = place.look()
    for account in [place.sanne, place.petra, *strangers(place)]:
        enter(client, account)
        assert client.get(address(look)).status_code == 404
        assert asks(client, look) == 404
    assert all_questions() == []


def test_an_own_visit_is_nothing_to_ask_about(hers: Client) -> None:
    hers.get("/mijn/wie-keek-mee/")
    own = AuditEntry.objects.get(event_type="audit.own").event_id
    assert hers.get(address(own)).status_code == 404


@pytest.mark.parametrize("words", ["", "   ", "x" * 1201])
def test_what_she_typed_stays_when_it_cannot_be_sent(hers: Client, place: Place, words: str) -> None:
    answer = hers.post(address(place.look()), {"words": words, "once_key": once()})
    assert answer.status_code == 422
    assert words.strip() in answer.content.decode()
    assert all_questions() == []


def test_a_double_click_is_one_question(hers: Client, place: Place) -> None:
    look, key = place.look(), once()
    assert [asks(hers, look, once_key=key) for _ in range(2)] == [302, 302]
    assert len(all_questions()) == 1


def test_only_the_officer_of_the_region_reads_it(hers: Client, client: Client, place: Place) -> None:
    asks(hers, place.look())
    (question,) = all_questions()
    for account in [place.sanne, *strangers(place)]:
        enter(client, account)
        assert client.get(f"/inzage/vragen/{question.pk}/").status_code == 404
        assert account.name == "Gerda Groen" or client.get("/inzage/vragen/nieuw/").status_code == 404
        assert (
            client.post(f"/inzage/vragen/{question.pk}/", {"words": "Nee", "outcome": "in_order"}).status_code
            == 404
        )
        assert WHY not in client.get("/inzage/vragen/").content.decode()
    assert all_questions()[0].answered_at is None


def test_the_words_are_sealed_and_behind_the_lock(hers: Client, place: Place) -> None:
    asks(hers, place.look())
    gate.tell_database(ANONYMOUS)
    assert LookQuestion.objects.count() == 0, "nobody named, nothing shown"
    with gate.as_system("een proef"), connection.cursor() as cursor:
        cursor.execute("SELECT question FROM audit_lookquestion")
        assert WHY not in cursor.fetchone()[0]


# --- there and back -----------------------------------------------------------------------------


def test_she_asks_the_officer_answers_and_she_reads_it(hers: Client, officers: Client, place: Place) -> None:
    look = place.look()
    page = hers.get("/mijn/wie-keek-mee/").content.decode()
    assert address(look) in page
    assert asks(hers, look) == 302
    assert "Wacht op antwoord" in hers.get("/mijn/wie-keek-mee/").content.decode()
    tell()
    assert Message.objects.get(recipient_account_id=place.petra.pk).subject == "Er staat iets voor u klaar"

    (question,) = all_questions()
    assert str(question.pk) in officers.get("/inzage/vragen/").content.decode()
    shown = officers.get(f"/inzage/vragen/{question.pk}/").content.decode()
    assert WHY in shown
    assert "Sanne Bakker" in shown
    assert "Fatma" not in shown, "the officer sees a number"
    answered = {"words": "Zij bereidde uw gesprek voor.", "outcome": "in_order"}
    assert officers.post(f"/inzage/vragen/{question.pk}/", answered).status_code == 302
    assert officers.post(f"/inzage/vragen/{question.pk}/", answered).status_code == 409
    tell()
    letter = Message.objects.exclude(recipient_account_id=place.petra.pk).get()
    assert "Sanne" not in letter.body
    assert "keek" not in letter.subject + letter.body

    page = hers.get("/mijn/wie-keek-mee/").content.decode()
    assert "Nieuw antwoord" in page
    assert "Zij bereidde uw gesprek voor." in page
    assert "Petra Smit" in page
    assert "Nieuw antwoord" not in hers.get("/mijn/wie-keek-mee/").content.decode()


def test_the_officer_stands_in_her_log_for_reading_the_question(
    hers: Client, officers: Client, place: Place
) -> None:
    asks(hers, place.look())
    officers.get(f"/inzage/vragen/{all_questions()[0].pk}/")
    line = AuditEntry.objects.get(event_type="audit.question.read")
    assert (line.resident_id, line.account_id) == (place.fatma.pk, place.petra.pk)
    assert line.acting_role == "privacy_officer"
    assert "om uw vraag te beantwoorden" in hers.get("/mijn/wie-keek-mee/").content.decode()


def test_a_question_on_paper_is_noted_under_her_number(officers: Client, place: Place) -> None:
    given = {"code": f" {place.thread.code.lower()} ", "via": "paper", "words": WHY, "once_key": once()}
    assert officers.post("/inzage/vragen/nieuw/", {**given, "code": "V-999999"}).status_code == 422
    answer = officers.post("/inzage/vragen/nieuw/", given)
    (question,) = all_questions()
    assert answer.status_code == 302
    assert (question.resident_id, question.via) == (place.fatma.pk, "paper")


def test_a_number_of_another_region_is_not_known_here(client: Client, place: Place) -> None:
    enter(client, strangers(place)[2])
    given = {"code": place.thread.code, "via": "phone", "words": WHY, "once_key": once()}
    answer = client.post("/inzage/vragen/nieuw/", given)
    assert answer.status_code == 422
    assert "Dit nummer kennen wij hier niet." in answer.content.decode()
    assert all_questions() == []


# --- her page -----------------------------------------------------------------------------------


def test_every_look_is_reached_however_many(hers: Client, place: Place) -> None:
    for day in range(45):
        place.look(clock.now() - timedelta(days=day))
        place.look(clock.now() - timedelta(days=day, minutes=5))
    first, last = (hers.get(f"/mijn/wie-keek-mee/?pagina={n}").content.decode() for n in (1, 3))
    assert first.count("Waarom: om uw gesprek") == 20
    assert last.count("Waarom: om uw gesprek") == 5
    assert first.count("2 keer op deze dag") == 20


def test_she_chooses_a_period(hers: Client, place: Place) -> None:
    today = clock.today()
    place.look(clock.at(today - timedelta(days=10), 12))
    place.look(clock.at(today - timedelta(days=5), 0))
    day = today - timedelta(days=5)
    page = hers.get(f"/mijn/wie-keek-mee/?van={day}&tot={day}").content.decode()
    assert page.count("Waarom: om uw gesprek") == 1
    later = hers.get(f"/mijn/wie-keek-mee/?van={today + timedelta(days=1)}").content.decode()
    assert "In deze dagen keek niemand" in later


@pytest.mark.parametrize(
    "query", ["?van=x", "?tot=9999-99-99", "?van=0001-01-01", "?pagina=%00", "?pagina=-2"]
)
def test_nonsense_in_the_address_gives_her_page(hers: Client, query: str) -> None:
    assert hers.get("/mijn/wie-keek-mee/" + query).status_code == 200


# --- whom she knows -----------------------------------------------------------------------------

KNOWN = "/mijn/wie-keek-mee/bekenden/"


def test_she_writes_down_whom_she_knows_and_takes_it_back(hers: Client, place: Place) -> None:
    assert hers.post(KNOWN, {"name": "Karel"}).status_code == 422
    for _ in range(2):
        assert hers.post(KNOWN, {"name": "Karel  Post"}).status_code == 302
    assert "Karel Post" in hers.get(KNOWN).content.decode()
    with gate.as_system("een proef"):
        row = Acquaintance.objects.get()
        assert row.resident_id == place.fatma.pk
    hers.post(KNOWN, {"remove": str(row.pk)})
    assert "Karel Post" not in hers.get(KNOWN).content.decode()
    assert hers.post(KNOWN, {"remove": "geen"}).status_code == 404


def test_nobody_else_reads_or_removes_whom_she_knows(hers: Client, client: Client, place: Place) -> None:
    hers.post(KNOWN, {"name": "Karel Post"})
    mila = make_resident(place.fatma.municipality, "Mila Jansen")
    assert mila.account is not None
    enter(client, mila.account)
    with gate.as_system("een proef"):
        row = Acquaintance.objects.get()
    assert "Karel Post" not in client.get(KNOWN).content.decode()
    assert client.post(KNOWN, {"remove": str(row.pk)}).status_code == 404
    enter(client, place.petra)
    assert client.get(KNOWN).status_code == 404
