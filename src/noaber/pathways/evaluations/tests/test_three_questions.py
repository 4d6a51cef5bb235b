"""Three questions afterwards: once, by whoever was asked, and never traced back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from noaber.ground.errors import Invalid
from noaber.hallway.access import gate
from noaber.hallway.accounts.tests.signing import enter
from noaber.hallway.outbox.models import OutboxEvent
from noaber.hallway.outbox.services import deliver
from noaber.hallway.post.models import Message
from noaber.network.relatives.models import Relative
from noaber.pathways.conversations import services as conversations
from noaber.pathways.conversations.factories import as_resident, book_first, hold, make_world, refer
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.evaluations import rules, services
from noaber.pathways.evaluations.metrics import first_time_right, first_time_right_items, not_judged_yet
from noaber.pathways.evaluations.models import EvaluationAnswer, EvaluationRequest
from noaber.pathways.evaluations.types import Audience, Reply

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 1, 8, tzinfo=UTC)
YES = {"resident_heard": "yes", "resident_fits": "partly", "resident_right": "unknown"}


def held_conversation(name: str = "Fatma Yilmaz") -> tuple[object, Conversation]:
    world = make_world()
    sent = refer(world, now=NOW, name=name)
    conversation_id = book_first(world, sent.help_request_id, now=NOW)
    with gate.as_system("test"):
        conversation = Conversation.objects.get(pk=conversation_id)
    hold(world, conversation_id, now=conversation.period.upper)
    with gate.as_system("test"):
        conversation.refresh_from_db()
    return world, conversation


def week_later(conversation: Conversation) -> datetime:
    assert conversation.held_at is not None
    return conversation.held_at + timedelta(days=7)


def token_of(message: Message) -> str:
    found = re.search(r"/mening/([^/]+)/", message.body)
    assert found
    return found.group(1)


def asked_at_home(conversation: Conversation) -> str:
    with gate.as_system("test"):
        services.ask_those_at_home(now=week_later(conversation))
        return token_of(Message.objects.get(key__startswith="evaluation:"))


def test_a_resident_is_asked_after_a_week_and_only_once() -> None:
    _, conversation = held_conversation()
    with gate.as_system("test"):
        assert services.ask_those_at_home(now=week_later(conversation) - timedelta(seconds=1)) == 0
        assert services.ask_those_at_home(now=week_later(conversation)) == 1
        assert services.ask_those_at_home(now=week_later(conversation)) == 0
        message = Message.objects.get(key__startswith="evaluation:")
    assert "Fatma" not in message.body + message.subject
    assert "ggz" not in (message.body + message.subject).lower()


def test_nobody_is_asked_about_something_long_ago() -> None:
    _, conversation = held_conversation()
    with gate.as_system("test"):
        assert services.ask_those_at_home(now=week_later(conversation) + timedelta(days=31)) == 0


def test_opening_the_link_changes_nothing_and_answering_works_once() -> None:
    _, conversation = held_conversation()
    token = asked_at_home(conversation)
    now = week_later(conversation)
    for _ in range(3):
        asked = services.behind(token, now=now)
        assert asked is not None
        assert asked.audience is Audience.RESIDENT
    assert services.answer(token=token, replies=YES, now=now) is True
    assert services.answer(token=token, replies=YES, now=now) is False
    assert services.behind(token, now=now) is None
    assert EvaluationAnswer.objects.count() == 3


def test_a_link_ends_at_its_last_second() -> None:
    _, conversation = held_conversation()
    token = asked_at_home(conversation)
    end = week_later(conversation) + timedelta(days=30)
    assert services.behind(token, now=end - timedelta(seconds=1)) is not None
    assert services.behind(token, now=end) is None
    assert services.answer(token=token, replies=YES, now=end) is False


@pytest.mark.parametrize(
    "replies",
    [
        {},
        {"resident_heard": "yes"},
        YES | {"resident_heard": "maybe"},
        YES | {"professional_team": "yes"},
        {"professional_prepared": "yes", "professional_team": "yes", "professional_fits": "yes"},
    ],
)
def test_an_answer_that_is_not_to_these_questions_is_refused_and_the_link_still_works(
    replies: dict[str, str],
) -> None:
    _, conversation = held_conversation()
    token = asked_at_home(conversation)
    now = week_later(conversation)
    with pytest.raises(Invalid):
        services.answer(token=token, replies=replies, now=now)
    assert EvaluationAnswer.objects.count() == 0
    assert services.behind(token, now=now) is not None


def test_an_answer_does_not_say_whose_it_is() -> None:
    _, conversation = held_conversation()
    token = asked_at_home(conversation)
    services.answer(token=token, replies=YES, now=week_later(conversation))
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM evaluations_evaluationanswer a")
        rows = " ".join(row[0] for row in cursor.fetchall())
    for secret in (conversation.pk, conversation.help_request_id, conversation.municipality_id):
        assert str(secret) not in rows


def test_professionals_and_referrer_are_asked_by_work_mail() -> None:
    world, conversation = held_conversation()
    assert conversation.held_at is not None
    now = conversation.held_at
    with transaction.atomic():
        conversations.write_report(
            actor=world.speak_as(world.sanne, now),  # type: ignore[attr-defined]
            conversation_id=conversation.pk,
            body="Fijn gesprek.",
            now=now,
        )
        mine = as_resident(conversation.help_request_id, now=now)
        conversations.agree_with_report(actor=mine, conversation_id=conversation.pk, now=now)
    with gate.as_system("test"):
        for event in OutboxEvent.objects.filter(name__in=["ConversationHeld", "LetterReleased"]):
            deliver(str(event.pk), now=now)
            deliver(str(event.pk), now=now)
        found = list(EvaluationRequest.objects.order_by("audience").values_list("audience", flat=True))
        mails = list(Message.objects.filter(key__startswith="evaluation:").values_list("address", flat=True))
    assert found.count("referrer") == 1
    assert found.count("professional") == len(found) - 1 >= 2
    assert len(set(mails)) == len(found)


def test_another_resident_finds_no_questions() -> None:
    world, conversation = held_conversation()
    asked_at_home(conversation)
    other = refer(world, now=NOW, name="Mila Jansen", key="other")  # type: ignore[arg-type]
    now = week_later(conversation)
    with transaction.atomic():
        mila = as_resident(other.help_request_id, now=now)
        assert services.waiting_for(mila, now=now) is None
        assert services.answer_at_home(actor=mila, replies=YES, now=now) is False
        assert EvaluationRequest.objects.count() == 0
        fatma = as_resident(conversation.help_request_id, now=now)
        assert services.waiting_for(fatma, now=now) is not None
        assert services.answer_at_home(actor=fatma, replies=YES, now=now) is True


def test_a_guessed_link_and_a_used_link_look_the_same() -> None:
    _, conversation = held_conversation()
    token = asked_at_home(conversation)
    services.answer(token=token, replies=YES, now=week_later(conversation))
    client = Client()
    used, guessed = client.get(f"/mening/{token}/"), client.get("/mening/niet-bestaand/")
    assert (used.status_code, guessed.status_code) == (404, 404)
    assert used.content == guessed.content


def test_after_the_last_question_she_goes_on_with_her_own_page_and_others_to_the_beginning() -> None:
    _, conversation = held_conversation()
    her = Client()
    with gate.as_system("test"):
        account = conversation.help_request.resident.account
    assert account is not None
    enter(her, account)
    page = her.get("/mening/bedankt/").content.decode()
    assert 'href="/mijn/vraag/">Naar mijn vraag</a>' in page
    assert "Naar het begin" not in page
    assert "Naar het begin" in Client().get("/mening/bedankt/").content.decode()


def test_before_the_questions_come_nobody_says_that_she_is_done() -> None:
    _, conversation = held_conversation()
    her = Client()
    with gate.as_system("test"):
        account = conversation.help_request.resident.account
    assert account is not None
    enter(her, account)
    page = her.get("/mijn/mening/").content.decode()
    assert "Er staan nu geen vragen voor u klaar" in page
    assert "U bent klaar" not in page


def test_four_answers_are_hidden_and_five_are_shown() -> None:
    four = [("resident_heard", "yes")] * 4
    assert rules.shares(Audience.RESIDENT, four)[0].replies is None
    shown = rules.shares(Audience.RESIDENT, [*four, ("resident_heard", "no")])[0]
    assert shown.n == 5
    assert shown.replies is not None
    assert (shown.replies[Reply.YES], shown.replies[Reply.NO]) == (4, 1)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2027, 1, 1), date(2027, 1, 1), date(2027, 3, 31)),
        (date(2027, 12, 31), date(2027, 10, 1), date(2027, 12, 31)),
        (date(2028, 2, 29), date(2028, 1, 1), date(2028, 3, 31)),
        (date(2027, 6, 30), date(2027, 4, 1), date(2027, 6, 30)),
    ],
)
def test_a_quarter_has_three_whole_months(day: date, first: date, last: date) -> None:
    assert rules.quarter_of(day) == (first, last)


def test_the_running_quarter_is_never_among_those_that_can_be_chosen() -> None:
    assert rules.last_quarters(date(2027, 7, 1), 2) == [
        (date(2027, 4, 1), date(2027, 6, 30)),
        (date(2027, 1, 1), date(2027, 3, 31)),
    ]


def test_first_time_right_waits_for_its_window_and_falls_with_a_new_question() -> None:
    world, conversation = held_conversation()
    assert conversation.held_at is not None
    day = conversation.held_at.date()
    early = conversation.held_at + timedelta(days=89)
    due = conversation.held_at + timedelta(days=90)
    region = conversation.region_id
    assert first_time_right(region, day, day, early).n == 0
    assert not_judged_yet(region, day, day, early) == 1
    assert first_time_right(region, day, day, due).value == 1.0
    again = refer(world, now=conversation.held_at + timedelta(days=3), name="Iemand", key="again")  # type: ignore[arg-type]
    assert first_time_right(region, day, day, due).value == 1.0, "a question of somebody else"
    with gate.as_system("test"):
        other = type(conversation.help_request).objects.get(pk=again.help_request_id)
        other.resident_id = conversation.help_request.resident_id
        other.save(update_fields=["resident"])
    assert first_time_right(region, day, day, due).value == 0.0
    assert [item.outcome_class for item in first_time_right_items(region, day, day, due)] == ["again"]


@pytest.mark.parametrize(
    ("along", "entered", "channel", "asked"),
    [(True, True, "mail", 2), (False, True, "mail", 1), (True, False, "mail", 1), (True, True, "paper", 1)],
)
def test_only_a_relative_who_came_along_and_can_be_reached_is_asked(
    along: bool, entered: bool, channel: str, asked: int
) -> None:
    _, conversation = held_conversation()
    with gate.as_system("test"):
        Relative.objects.create(
            resident=conversation.help_request.resident,
            name="Zus",
            channel=channel,
            address="zus@voorbeeld.example",
            code_hash="c",
            word_hash="w",
            invited_at=NOW,
            expires_at=NOW + timedelta(days=90),
            entered_at=NOW if entered else None,
            comes_along=along,
            once_key="k",
        )
        assert services.ask_those_at_home(now=week_later(conversation)) == asked
        words = " ".join(Message.objects.filter(key__startswith="evaluation:").values_list("body", flat=True))
    assert "Fatma" not in words
