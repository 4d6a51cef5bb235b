"""Mijn web: hers alone until she shows it at one conversation, and never counted."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from noaber.ground.errors import Invalid, Missing, NoaberError
from noaber.hallway.access import gate, scope
from noaber.hallway.accounts.models import Account
from noaber.hallway.audit.models import AuditEntry
from noaber.knowledge import questionnaires
from noaber.knowledge.questionnaires import questionnaire
from noaber.network.partners.models import Membership, Professional
from noaber.pathways.conversations import web_words
from noaber.pathways.conversations.factories import World, as_resident, make_world, refer
from noaber.pathways.conversations.models import Conversation, Web, WebShare
from noaber.pathways.conversations.queries.web import my_web, web_at
from noaber.pathways.conversations.services import book_conversation
from noaber.pathways.conversations.services.web import fill_in_web, hide_web, show_web, throw_away_web
from noaber.pathways.conversations.tests.pages import NOW, account_of, browser, comparable, text_of
from noaber.pathways.conversations.types import Booking
from noaber.pathways.conversations.web_types import WebAnswers

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(days=4)
WORDS = "Sinds ik niet werk zie ik bijna niemand."
ANSWERS = WebAnswers({"body": 5, "feeling": None, "together": 2}, frozenset({"together"}), WORDS)


@pytest.fixture(autouse=True)
def fixed_clock(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def thread(world: World) -> UUID:
    return refer(world, now=NOW - timedelta(days=2)).help_request_id


def book(world: World, thread: UUID, *accounts: Account, at: datetime = SOON) -> UUID:
    people = Professional.objects.filter(account__in=accounts or (world.sanne, world.bram))
    return book_conversation(
        actor=world.speak_as(world.ilse, NOW),
        help_request_id=thread,
        booking=Booking(at, "online", None, tuple(p.pk for p in people)),
        now=NOW,
    )


def fill(thread: UUID, *, now: datetime = NOW, answers: WebAnswers = ANSWERS) -> UUID:
    return fill_in_web(actor=as_resident(thread, now=now), asked=questionnaire(), answers=answers, now=now)


def show(thread: UUID, web: UUID, conversation: UUID, *, now: datetime = NOW) -> None:
    show_web(actor=as_resident(thread, now=now), web_id=web, conversation_id=conversation, now=now)


def seen_by(world: World, account: Account, conversation: UUID) -> bool:
    with gate.as_system("test"):
        row = Conversation.objects.select_related("help_request").get(pk=conversation)
    return web_at(world.speak_as(account, NOW), row, now=NOW) is not None


# --- filling in ---------------------------------------------------------------------------------


def test_an_empty_web_is_not_kept(thread: UUID) -> None:
    with pytest.raises(Invalid):
        fill(thread, answers=WebAnswers({}, frozenset()))
    with pytest.raises(Invalid):
        fill(thread, answers=WebAnswers({"body": None}, frozenset({"no such area"}) & frozenset(), "  "))


@pytest.mark.parametrize("value", [-1, 11, 100])
def test_a_number_beside_the_scale_is_refused(thread: UUID, value: int) -> None:
    with pytest.raises(Invalid):
        fill(thread, answers=WebAnswers({"body": value}, frozenset()))


def test_a_citizen_service_number_in_the_note_is_refused(thread: UUID) -> None:
    with pytest.raises(Invalid):
        fill(thread, answers=WebAnswers({"body": 5}, frozenset(), "Mijn nummer is 111222333"))


def test_what_is_not_asked_is_not_kept(thread: UUID) -> None:
    fill(thread, answers=WebAnswers({"body": 5, "invented": 9}, frozenset({"together", "invented"})))
    mine = my_web(as_resident(thread, now=NOW), now=NOW).newest
    assert mine is not None
    assert "invented" not in mine.values
    assert mine.talk == {"together"}


def test_twice_on_one_day_is_one_web_and_another_day_another(thread: UUID) -> None:
    first = fill(thread)
    assert fill(thread, now=NOW + timedelta(hours=3)) == first
    later = NOW + timedelta(days=7)
    assert fill(thread, now=later) != first
    mine = my_web(as_resident(thread, now=later), beside=first, now=later)
    assert mine.beside is not None
    assert [web.id for web in mine.earlier] == [first]


def test_the_database_holds_no_readable_number_or_word(thread: UUID) -> None:
    fill(thread)
    with gate.as_system("test"), connection.cursor() as cursor:
        cursor.execute("SELECT answers, note FROM conversations_web")
        answers, note = cursor.fetchone()
    assert "together" not in answers
    assert WORDS not in note
    with pytest.raises(ValueError, match="Expecting"):
        json.loads(answers)


def test_our_words_can_all_be_translated() -> None:
    ours = questionnaire()
    asked = {ours.title, ours.scale.least_words, ours.scale.most_words}
    for area in ours.areas:
        asked |= {area.title, area.line, area.prompt, *(q.words for q in area.questions)}
    assert asked == web_words.OURS


# --- who sees it --------------------------------------------------------------------------------


def test_nobody_sees_it_unless_she_shows_it(world: World, thread: UUID) -> None:
    conversation = book(world, thread)
    fill(thread)
    for account in (world.sanne, world.bram, world.ilse, world.noor, world.henk):
        assert not seen_by(world, account, conversation)


def test_only_who_sits_there_sees_it_and_only_until_she_takes_it_back(world: World, thread: UUID) -> None:
    conversation = book(world, thread)
    show(thread, fill(thread), conversation)
    assert seen_by(world, world.sanne, conversation)
    assert seen_by(world, world.bram, conversation)
    for account in (world.ilse, world.noor, world.henk):
        assert not seen_by(world, account, conversation)
    her = as_resident(thread, now=NOW)
    hide_web(actor=her, conversation_id=conversation, now=NOW)
    hide_web(actor=her, conversation_id=conversation, now=NOW)
    assert not seen_by(world, world.sanne, conversation)


def test_a_web_of_another_day_is_not_shown_by_itself(world: World, thread: UUID) -> None:
    conversation = book(world, thread)
    show(thread, fill(thread), conversation)
    later = NOW + timedelta(days=1)
    newer = fill(thread, now=later, answers=WebAnswers({"body": 9}, frozenset()))
    with gate.as_system("test"):
        row = Conversation.objects.select_related("help_request").get(pk=conversation)
    actor = world.speak_as(world.sanne, NOW)
    there = web_at(actor, row, now=NOW)
    assert there is not None
    assert there.values["body"] == 5
    show(thread, newer, conversation, now=later)
    world.speak_as(world.sanne, NOW)
    there = web_at(actor, row, now=NOW)
    assert there is not None
    assert there.values["body"] == 9


def test_who_works_there_no_more_sees_nothing(world: World, thread: UUID) -> None:
    conversation = book(world, thread)
    show(thread, fill(thread), conversation)
    Membership.objects.filter(account=world.sanne).delete()
    assert not seen_by(world, world.sanne, conversation)
    assert browser(world.sanne).get(f"/gesprekken/{conversation}/").status_code == 404


def test_another_resident_can_neither_show_nor_throw_it_away(world: World, thread: UUID) -> None:
    web = fill(thread)
    conversation = book(world, thread)
    other = refer(world, now=NOW, name="Mila Jansen").help_request_id
    acts: tuple[Callable[[], None], ...] = (
        lambda: show_web(
            actor=as_resident(other, now=NOW), web_id=web, conversation_id=conversation, now=NOW
        ),
        lambda: throw_away_web(actor=as_resident(other, now=NOW), web_id=web, now=NOW),
        lambda: hide_web(actor=as_resident(other, now=NOW), conversation_id=conversation, now=NOW),
    )
    for act in acts:
        with pytest.raises(NoaberError), transaction.atomic():
            act()
    mine = fill(other)
    with pytest.raises(Missing), transaction.atomic():
        show_web(actor=as_resident(other, now=NOW), web_id=mine, conversation_id=conversation, now=NOW)
    with gate.as_system("test"):
        assert Web.objects.filter(pk=web).exists()


def test_the_database_alone_hides_it_and_lets_no_guide_write(world: World, thread: UUID) -> None:
    conversation = book(world, thread)
    web = fill(thread)
    for account in (world.sanne, world.ilse, world.henk, world.noor):
        world.speak_as(account, NOW)
        assert not Web.objects.exists()
        assert not WebShare.objects.exists()
    show(thread, web, conversation)
    world.speak_as(world.sanne, NOW)
    assert Web.objects.get().pk == web
    assert Web.objects.update(note="x") == 0
    assert WebShare.objects.update(ended_at=None) == 0
    assert Web.objects.all().delete()[0] == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        WebShare.objects.create(web_id=web, conversation_id=conversation, shared_at=NOW)
    scope._set("", "", "", "")
    assert not Web.objects.exists()


def test_thrown_away_is_gone_also_for_the_table(world: World, thread: UUID) -> None:
    conversation = book(world, thread)
    web = fill(thread)
    show(thread, web, conversation)
    throw_away_web(actor=as_resident(thread, now=NOW), web_id=web, now=NOW)
    assert not seen_by(world, world.sanne, conversation)


def test_each_look_of_a_guide_is_in_the_log(world: World, thread: UUID) -> None:
    conversation = book(world, thread)
    show(thread, fill(thread), conversation)
    page = text_of(browser(world.sanne).get(f"/gesprekken/{conversation}/"))
    assert WORDS in page
    entry = AuditEntry.objects.filter(event_type="web.read").latest("occurred_at")
    assert (entry.actor_name, entry.part) == (world.sanne.name, "uw web")


# --- the pages ----------------------------------------------------------------------------------


def test_she_fills_it_in_sees_it_drawn_and_shows_it(world: World, thread: UUID) -> None:
    conversation = book(world, thread)
    client = browser(account_of(thread))
    assert "U hebt nog geen web" in text_of(client.get("/mijn/web/"))
    given = {"v_body": "5", "v_together": "2", "t_together": "on", "note": WORDS}
    assert client.post("/mijn/web/invullen/", given).status_code == 302
    page = client.get("/mijn/web/")
    text = text_of(page)
    assert "Uw web van donderdag 1 juli" in text
    assert 'class="plot web"' in page.content.decode()
    assert WORDS in text
    assert "Alleen u ziet het" in text
    with gate.as_system("test"):
        web = Web.objects.get()
    client.post("/mijn/web/delen/", {"gesprek": conversation, "web": web.pk, "laat_zien": "ja"})
    assert "Zij zien dit web" in text_of(client.get("/mijn/web/"))
    client.post("/mijn/web/delen/", {"gesprek": conversation, "laat_zien": "nee"})
    assert "Zij zien dit web" not in text_of(client.get("/mijn/web/"))


def test_what_she_typed_stays_when_something_is_wrong(thread: UUID) -> None:
    client = browser(account_of(thread))
    answer = client.post("/mijn/web/invullen/", {"v_body": "12", "note": WORDS})
    assert answer.status_code == 422
    assert WORDS in text_of(answer)
    assert "Kies een cijfer van de lijst." in text_of(answer)
    empty = client.post("/mijn/web/invullen/", {})
    assert empty.status_code == 422
    assert "U vulde nog niets in." in text_of(empty)


@pytest.mark.parametrize(
    "given", [{}, {"gesprek": "x"}, {"gesprek": str(uuid4()), "laat_zien": "ja", "web": "y"}]
)
def test_a_made_up_form_gets_the_page_for_what_is_not_there(thread: UUID, given: dict[str, str]) -> None:
    assert browser(account_of(thread)).post("/mijn/web/delen/", given).status_code == 404


def test_a_guessed_id_and_no_id_get_the_same_page(world: World, thread: UUID) -> None:
    web = fill(thread)
    other = browser(account_of(refer(world, now=NOW, name="Mila Jansen").help_request_id))
    hers = other.post(f"/mijn/web/{web}/weg/")
    nobodys = other.post(f"/mijn/web/{uuid4()}/weg/")
    assert hers.status_code == nobodys.status_code == 404
    assert comparable(hers) == comparable(nobodys)


def test_staff_have_no_web_and_anyone_can_print_it(world: World) -> None:
    assert browser(world.sanne).get("/mijn/web/").status_code == 404
    page = text_of(browser().get("/web-op-papier/"))
    assert "Mijn lichaam" in page
    assert "Niemand telt er punten van." in page


def test_a_region_may_ask_something_else(
    world: World, thread: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from noaber.knowledge.questionnaires.tests.test_questionnaires import OTHER

    (tmp_path / "drie-vragen.yaml").write_text(OTHER, encoding="utf-8")
    ours = questionnaires.questionnaire

    def chosen(key: str = "noaber-web") -> questionnaires.Questionnaire:
        return ours(key, tmp_path) if key == "drie-vragen" else ours(key)

    monkeypatch.setattr("noaber.pathways.conversations.queries.web.questionnaire", chosen)
    world.region.settings["conversation"] = {"order": ["normalise"], "questionnaire": "drie-vragen"}
    world.region.save()
    client = browser(account_of(thread))
    assert "Slaapt u genoeg?" in text_of(client.get("/mijn/web/invullen/"))
    assert client.post("/mijn/web/invullen/", {"v_sleep": "4", "v_people": "1"}).status_code == 302
    assert client.post("/mijn/web/invullen/", {"v_sleep": "9"}).status_code == 422
    page = text_of(client.get("/mijn/web/"))
    assert "U gaf zelf een cijfer van 1 (helemaal niet) tot 5 (heel erg)." in page


# --- never a score ------------------------------------------------------------------------------


def test_no_metric_export_or_kpi_reads_the_web() -> None:
    source = Path(web_words.__file__).parents[2]
    counting = [
        source / "pathways/conversations/metrics.py",
        source / "pathways/conversations/queries/funding.py",
        source / "pathways/conversations/waits.py",
        *(source / "steering").rglob("*.py"),
        *(source / "engines").rglob("*.py"),
    ]
    assert len(counting) > 20
    for file in counting:
        names = {
            name
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            for name in (
                getattr(node, "id", None),
                getattr(node, "attr", None),
                getattr(node, "module", None),
                getattr(node, "name", None),
            )
            if isinstance(name, str)
        }
        assert not {n for n in names if n in {"Web", "WebShare", "webs", "web_shares"} or "web_types" in n}, (
            file
        )
