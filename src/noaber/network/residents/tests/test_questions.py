"""She asks whoever holds her request; the answer stands on her own page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from noaber.ground.errors import Conflict, Invalid, Missing
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.outbox.services import inline
from noaber.hallway.post.models import Message
from noaber.network.partners.models import Membership
from noaber.network.residents import queries, services
from noaber.network.residents.models import HelpRequest, Preferences, Question, Sending
from noaber.network.residents.reaching import is_mobile
from noaber.network.residents.types import Wishes
from noaber.pathways.conversations.factories import World, as_resident, book_first, make_world, refer
from noaber.pathways.conversations.tests.pages import account_of, browser, comparable, text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 1, 8, tzinfo=UTC)
WORDS = "Mag mijn zus mee naar het gesprek?"


@pytest.fixture(autouse=True)
def _clock(settings: Any) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def thread(world: World) -> UUID:
    """Fatma's request, with a table and so with a holder."""
    sent = refer(world, now=NOW)
    book_first(world, sent.help_request_id, now=NOW)
    return sent.help_request_id


def put(thread: UUID, words: str = WORDS, key: str = "") -> UUID:
    her = as_resident(thread, now=NOW)
    return services.ask(actor=her, help_request_id=thread, words=words, once_key=key or uuid4().hex, now=NOW)


def holder_of(world: World, thread: UUID) -> Any:
    with gate.as_system("proef"):
        held = HelpRequest.objects.get(pk=thread).holder
    return next(a for a in (world.sanne, world.bram, world.henk) if a == held)


def others(world: World, thread: UUID) -> list[Any]:
    return [a for a in (world.sanne, world.bram, world.henk) if a != holder_of(world, thread)]


@pytest.mark.parametrize("words", ["", "   ", "a" * 1201, "Mijn nummer is 111222333"])
def test_nothing_too_much_and_a_service_number_are_refused(thread: UUID, words: str) -> None:
    with pytest.raises(Invalid):
        put(thread, words)


def test_a_double_click_is_one_question(thread: UUID) -> None:
    assert put(thread, key="dubbel") == put(thread, key="dubbel")


def test_five_may_wait_and_no_more(thread: UUID) -> None:
    for _ in range(5):
        put(thread)
    with pytest.raises(Conflict):
        put(thread)


def test_a_closed_request_takes_no_question(thread: UUID) -> None:
    services.stop(actor=as_resident(thread, now=NOW), help_request_id=thread, now=NOW)
    with pytest.raises(Conflict):
        put(thread)


def test_nobody_asks_in_the_name_of_another(world: World, thread: UUID) -> None:
    other = refer(world, now=NOW, name="Mila Jansen")
    with pytest.raises(Exception, match="not_here"):
        services.ask(
            actor=as_resident(other.help_request_id, now=NOW),
            help_request_id=thread, words=WORDS, once_key="x", now=NOW,
        )  # fmt: skip


def test_only_the_holder_answers(world: World, thread: UUID) -> None:
    question = put(thread)
    for account in (*others(world, thread), world.noor, world.ilse):
        with pytest.raises(Missing):
            services.answer_question(
                actor=world.speak_as(account, NOW), question_id=question, words="Ja.", now=NOW
            )
        theirs = browser(account).get(f"/vragen/{question}/")
        nobody = browser(account).get(f"/vragen/{uuid4()}/")
        assert theirs.status_code == nobody.status_code == 404
        assert comparable(theirs) == comparable(nobody)


def test_without_a_holder_the_planning_office_answers(world: World) -> None:
    sent = refer(world, now=NOW)
    question = put(sent.help_request_id)
    page = browser(world.ilse).get("/vragen/")
    assert "Fatma Yilmaz" in text_of(page)
    done = browser(world.ilse).post(f"/vragen/{question}/", {"words": "Wij bellen u morgen."})
    assert done.status_code == 302


def test_the_office_sees_that_it_waits_and_not_what_or_who(world: World, thread: UUID) -> None:
    put(thread)
    text = text_of(browser(world.ilse).get("/vragen/"))
    assert "Wacht op een collega" in text
    assert "Fatma" not in text
    assert "zus" not in text


def test_an_answer_is_given_once_and_what_was_typed_stays(world: World, thread: UUID) -> None:
    question = put(thread)
    client: Client = browser(holder_of(world, thread))
    assert client.post(f"/vragen/{question}/", {"words": "Ja, graag."}).status_code == 302
    second = client.post(f"/vragen/{question}/", {"words": "Nee, toch niet."})
    assert second.status_code == 409
    assert "Nee, toch niet." in second.content.decode()
    assert "Ja, graag." in second.content.decode()


def test_the_answer_stands_on_her_page_new_once_and_she_hears_of_it_neutrally(
    world: World, thread: UUID
) -> None:
    question = put(thread)
    with inline():
        services.answer_question(
            actor=world.speak_as(holder_of(world, thread), NOW),
            question_id=question,
            words="Ja, graag.",
            now=NOW,
        )
    message = Message.objects.get(key=f"answer:{question}")
    assert not any(word in message.subject + message.body for word in ("zus", "graag", "Fatma"))
    client = browser(account_of(thread))
    first, again = text_of(client.get("/mijn/vraag/")), text_of(client.get("/mijn/vraag/"))
    assert "Ja, graag." in first
    assert "Nieuw" in first
    assert "Nieuw" not in again


def test_the_holder_hears_by_a_mail_without_words(world: World, thread: UUID) -> None:
    with inline():
        question = put(thread)
    message = Message.objects.get(key=f"question:{question}")
    assert message.address == holder_of(world, thread).email
    assert not any(word in message.body for word in ("zus", "Fatma", "Yilmaz"))


def test_board_and_worklist_say_that_someone_waits(world: World, thread: UUID) -> None:
    assert "wacht op antwoord" not in text_of(browser(world.ilse).get("/planbord/"))
    put(thread)
    assert "wacht op antwoord" in text_of(browser(world.ilse).get("/planbord/"))
    assert "wacht op antwoord" in text_of(browser(holder_of(world, thread)).get("/gesprekken/"))
    for account in others(world, thread):
        assert "wacht op antwoord" not in text_of(browser(account).get("/gesprekken/"))


def test_the_oldest_stands_first(world: World, thread: UUID) -> None:
    older, newer = put(thread, "Eerst dit?"), put(thread, "En dit?")
    with gate.as_system("proef"):
        Question.objects.filter(pk=newer).update(asked_at=NOW + timedelta(hours=1))
    found = queries.waiting_questions(world.speak_as(holder_of(world, thread), NOW), now=NOW)
    assert [item.id for item in found] == [older, newer]


def test_her_own_page_keeps_what_she_typed(thread: UUID) -> None:
    client = browser(account_of(thread))
    wrong = client.post("/mijn/vraag/stellen/", {"words": "Mijn nummer is 111222333", "once_key": "a"})
    assert wrong.status_code == 422
    assert "111222333" in wrong.content.decode()
    assert client.post("/mijn/vraag/stellen/", {"words": WORDS, "once_key": "b"}).status_code == 302
    assert WORDS in text_of(client.get("/mijn/vraag/stellen/"))


def test_her_preferences_by_page(world: World, thread: UUID) -> None:
    client = browser(account_of(thread))
    wrong = client.post("/mijn/voorkeuren/bereiken/", {"may_mail": "on", "language": "nl"})
    assert wrong.status_code == 422
    assert "Vul uw e-mailadres in" in text_of(wrong)
    form = {"phone": "06 00 00 01 23", "may_ring": "on", "language": "nl"}
    assert client.post("/mijn/voorkeuren/bereiken/", form).status_code == 302
    meet = {"mode": "", "spoken": "nl", "gender": "woman", "person": "", "day_1": ["1m"]}
    assert client.post("/mijn/voorkeuren/gesprek/", meet).status_code == 302
    planner = text_of(browser(world.ilse).get(f"/planbord/{thread}/"))
    assert "Liefst met een vrouw" in planner
    assert "maandag: ochtend" in planner
    assert "Laat geen bericht achter" in planner


@pytest.mark.parametrize(
    ("phone", "mobile"),
    [
        ("0612345678", True),
        ("0546123456", False),
        ("+905321234567", True),
        ("+31201234567", False),
        ("", False),
    ],
)
def test_a_mobile_number_is_known_by_its_start(phone: str, mobile: bool) -> None:
    assert is_mobile(phone) is mobile


# --- the second lock ----------------------------------------------------------------------------


def _seen_by(actor: Any) -> tuple[int, int, int]:
    with transaction.atomic():
        gate.tell_database(actor)
        return Question.objects.count(), Preferences.objects.count(), Sending.objects.count()


def test_the_database_itself_hides_questions_wishes_and_sendings(world: World, thread: UUID) -> None:
    put(thread)
    her = as_resident(thread, now=NOW)
    assert her.resident_id is not None
    services.save_wishes(actor=her, wishes=Wishes(phone="0600000123", may_mail=False), now=NOW)
    services.reach(her.resident_id, key="k", subject="Afspraak", body="Er staat iets klaar.", now=NOW)
    assert _seen_by(her) == (1, 1, 1)
    holder = holder_of(world, thread)
    assert _seen_by(world.actor(holder, NOW)) == (1, 1, 0)
    other = refer(world, now=NOW, name="Mila Jansen")
    assert _seen_by(as_resident(other.help_request_id, now=NOW)) == (0, 0, 0)
    assert _seen_by(Actor()) == (0, 0, 0)
    elsewhere = make_world("groningen")
    for stranger in (elsewhere.sanne, elsewhere.ilse):
        assert _seen_by(elsewhere.actor(stranger, NOW)) == (0, 0, 0)


def test_an_ex_employee_finds_nothing(world: World, thread: UUID) -> None:
    question, holder = put(thread), holder_of(world, thread)
    assert browser(holder).get(f"/vragen/{question}/").status_code == 200
    with gate.as_system("proef: uit dienst"):
        ended = DateRange(date(2020, 1, 1), date(2027, 6, 30))
        Membership.objects.filter(account=holder).update(period=ended)
    theirs, nobody = browser(holder).get(f"/vragen/{question}/"), browser(holder).get(f"/vragen/{uuid4()}/")
    assert theirs.status_code == 404
    assert comparable(theirs) == comparable(nobody)
    assert _seen_by(world.actor(holder, NOW)) == (0, 0, 0)
