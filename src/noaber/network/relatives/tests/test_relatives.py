"""Someone close to her: invited by her alone, item by item, and gone at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client

from noaber.ground.errors import Invalid, Missing
from noaber.ground.identifiers import new_reference
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.holdings.registry import holdings
from noaber.hallway.post.models import Message
from noaber.hallway.post.services import send
from noaber.network.relatives import queries, reminding, rules, services
from noaber.network.relatives.models import Relative, SharedItem
from noaber.network.relatives.types import NewRelative
from noaber.pathways.conversations import services as conversations
from noaber.pathways.conversations.factories import World, as_resident, book_first, make_world, refer
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.tests.pages import account_of, browser, comparable, text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 1, 8, tzinfo=UTC)
WORD = "Zonnebloem"
ALL = tuple(str(what) for what in SharedItem.What)


@pytest.fixture(autouse=True)
def _clock(settings: Any) -> None:
    settings.FIXED_NOW = NOW


@dataclass
class Home:
    """Fatma with an appointment, and a way to invite."""

    world: World
    thread: UUID
    conversation: UUID

    def herself(self) -> Actor:
        return as_resident(self.thread, now=NOW)

    def invite(self, *items: str, **more: Any) -> tuple[UUID, str]:
        """Her relative's id, and the code."""
        given = {"channel": "paper", "address": "", "word": WORD, "once_key": uuid4().hex, **more}
        new = NewRelative(name="Mijn zus Aylin", items=items, **given)
        done = services.invite(actor=self.herself(), new=new, now=NOW)
        return done.relative_id, done.code

    def row(self, relative_id: UUID) -> Relative:
        with gate.as_system("proef"):
            return Relative.objects.get(pk=relative_id)


@pytest.fixture
def home() -> Home:
    world = make_world()
    sent = refer(world, now=NOW)
    return Home(world, sent.help_request_id, book_first(world, sent.help_request_id, now=NOW))


def come_in(code: str, word: str = WORD) -> Client:
    client = browser()
    client.post("/naaste/", {"code": code, "pin": word})
    return client


def place_and_time(home: Home) -> list[str]:
    with gate.as_system("proef"):
        row = Conversation.objects.select_related("room__location").get(pk=home.conversation)
    assert row.room is not None
    return [
        row.room.location.name,
        row.room.location.address,
        "verkennend",
        "Fatma",
        "Yilmaz",
        "Slaapt slecht",
    ]


# --- what goes wrong first ----------------------------------------------------------------------


def test_with_nothing_shared_the_page_shows_and_logs_nothing_about_her(home: Home) -> None:
    _, code = home.invite()
    page = come_in(code).get("/naaste/kijken/")
    assert page.status_code == 200
    text = text_of(page)
    assert "deelt nu niets" in text
    assert not any(word in text for word in place_and_time(home))
    assert not AuditEntry.objects.filter(event_type="relative.look").exists()


def test_unknown_expired_revoked_resting_and_wrong_read_the_same(home: Home, settings: Any) -> None:
    _, wrong = home.invite()
    gone, revoked = home.invite()
    services.revoke(actor=home.herself(), relative_id=gone, now=NOW)
    late, expired = home.invite()
    with gate.as_system("proef"):
        Relative.objects.filter(pk=late).update(
            invited_at=NOW - timedelta(days=70), expires_at=NOW - timedelta(days=10)
        )
    resting, rests = home.invite()
    with gate.as_system("proef"):
        Relative.objects.filter(pk=resting).update(failures=rules.REST_AFTER)
    tries = [(new_reference(), WORD), (wrong, "iets anders"), (revoked, WORD), (expired, WORD), (rests, WORD)]
    bodies = set()
    for code, word in tries:
        page = browser().post("/naaste/", {"code": code, "pin": word})
        assert page.status_code == 200
        bodies.add(comparable(page).replace(code.encode(), b"CODE"))
        assert word.encode() not in page.content
    assert len(bodies) == 1


def test_ten_wrong_words_and_the_link_rests_also_for_the_right_one(home: Home) -> None:
    relative_id, code = home.invite("appointment")
    for _ in range(rules.REST_AFTER):
        assert services.open_with_link(code=code, word="fout woord", now=NOW) is None
    assert services.open_with_link(code=code, word=WORD, now=NOW) is None
    assert queries.own_relative(home.herself(), relative_id, now=NOW).rests
    fresh = services.invite_again(actor=home.herself(), relative_id=relative_id, word="Tulpenveld", now=NOW)
    assert services.open_with_link(code=fresh.code, word="tulpen veld", now=NOW) is not None


def test_wrong_tries_by_page_are_counted(home: Home) -> None:
    relative_id, code = home.invite()
    for _ in range(3):
        come_in(code, "fout woord")
    assert home.row(relative_id).failures == 3


def test_guessing_from_one_address_ends_in_a_pause(home: Home) -> None:
    _, code = home.invite()
    for number in range(31):
        come_in("7K3F-9Q2M-4", f"woord {number}")
    assert come_in(code).get("/naaste/kijken/").status_code == 404


@pytest.mark.parametrize("word", ["", "abc", "1234", "Mijn zus Aylin"])
def test_a_word_that_is_easily_guessed_is_refused(home: Home, word: str) -> None:
    with pytest.raises(Invalid) as refusal:
        home.invite(word=word)
    assert "word" in refusal.value.fields


@pytest.mark.parametrize(
    ("channel", "address"), [("mail", "geen adres"), ("text", "0546 123456"), ("mail", "")]
)
def test_a_link_needs_an_address_that_fits(home: Home, channel: str, address: str) -> None:
    with pytest.raises(Invalid) as refusal:
        home.invite(channel=channel, address=address)
    assert "address" in refusal.value.fields


def test_revoked_is_the_page_that_is_not_there_to_the_byte(home: Home) -> None:
    relative_id, code = home.invite(*ALL)
    client = come_in(code)
    assert client.get("/naaste/kijken/").status_code == 200
    services.revoke(actor=home.herself(), relative_id=relative_id, now=NOW)
    after, nothing = client.get("/naaste/kijken/"), browser().get("/naaste/kijken/")
    assert (after.status_code, comparable(after)) == (404, comparable(nothing))
    assert come_in(code).get("/naaste/kijken/").status_code == 404
    row = home.row(relative_id)
    assert (row.account_id, row.address) == (None, "")


def test_an_item_she_takes_back_is_gone_at_the_next_click(home: Home) -> None:
    relative_id, code = home.invite("appointment", "expect")
    client = come_in(code)
    assert place_and_time(home)[1] in text_of(client.get("/naaste/kijken/"))
    services.choose_items(
        actor=home.herself(), relative_id=relative_id, items=frozenset(), comes_along=False,
        name_may_be_told=False, now=NOW,
    )  # fmt: skip
    assert not any(word in text_of(client.get("/naaste/kijken/")) for word in place_and_time(home))


# --- whose is it --------------------------------------------------------------------------------


def test_the_relatives_of_another_are_not_there(home: Home) -> None:
    relative_id, _ = home.invite("appointment")
    other = refer(home.world, now=NOW, name="Mila Jansen")
    client, unknown = browser(account_of(other.help_request_id)), uuid4()
    for path in ("", "opnieuw/", "stoppen/"):
        theirs = client.get(f"/mijn/naasten/{relative_id}/{path}")
        nobody = client.get(f"/mijn/naasten/{unknown}/{path}")
        assert theirs.status_code == nobody.status_code == 404
        assert comparable(theirs) == comparable(nobody)
        assert client.post(f"/mijn/naasten/{relative_id}/{path}", {"word": WORD}).status_code == 404
    assert home.row(relative_id).revoked_at is None


@pytest.mark.parametrize("who", ["noor", "ilse", "sanne", "henk"])
def test_no_colleague_opens_the_page_of_a_relative(home: Home, who: str) -> None:
    relative_id, _ = home.invite(*ALL)
    client = browser(getattr(home.world, who))
    assert client.get("/naaste/kijken/").status_code == 404
    assert client.get(f"/mijn/naasten/{relative_id}/").status_code == 404


def test_a_relative_opens_nothing_else_of_hers(home: Home) -> None:
    _, code = home.invite(*ALL)
    client = come_in(code)
    for path in ("/mijn/vraag/", "/mijn/naasten/", "/mijn/wie-keek-mee/", "/planbord/", "/gesprekken/"):
        assert client.get(path).status_code == 404, path


def test_the_database_itself_hides_relatives_from_everyone_else(home: Home) -> None:
    relative_id, _ = home.invite(*ALL)
    with transaction.atomic():
        gate.tell_database(home.world.actor(home.world.sanne, NOW))
        assert not Relative.objects.exists()
        assert not SharedItem.objects.exists()
    with transaction.atomic():
        gate.tell_database(Actor(account_id=home.row(relative_id).account_id))
        assert Relative.objects.count() == 1


# --- what is shown ------------------------------------------------------------------------------


def test_each_item_shows_its_own_thing_and_the_look_is_logged(home: Home) -> None:
    _, code = home.invite("appointment")
    text = text_of(come_in(code).get("/naaste/kijken/"))
    assert "Dan is de afspraak" in text
    assert place_and_time(home)[1] not in text
    line = AuditEntry.objects.get(event_type="relative.look")
    assert (line.role, line.actor_name) == ("relative", "Naaste")


def test_a_moved_appointment_shows_its_new_time_and_a_cancelled_one_says_so(home: Home) -> None:
    _, code = home.invite("appointment", "expect")
    client = come_in(code)
    before = text_of(client.get("/naaste/kijken/"))
    with gate.as_system("proef: verplaatst"):
        row = Conversation.objects.get(pk=home.conversation)
        later = type(row.period)(row.period.lower + timedelta(days=7), row.period.upper + timedelta(days=7))
        Conversation.objects.filter(pk=row.pk).update(period=later)
    after = text_of(client.get("/naaste/kijken/"))
    assert before != after
    assert "Dan is de afspraak" in after
    planner = home.world.speak_as(home.world.ilse, NOW)
    conversations.cancel_conversation(
        actor=planner, conversation_id=home.conversation, because="op uw verzoek", now=NOW
    )
    called_off = text_of(client.get("/naaste/kijken/"))
    assert "gaat niet door" in called_off
    assert place_and_time(home)[1] not in called_off


def test_an_invitation_by_mail_is_neutral_and_stops_when_she_stops(home: Home) -> None:
    relative_id, code = home.invite(channel="mail", address="aylin@voorbeeld.example")
    message = Message.objects.get(address__isnull=False, key__startswith="relative:")
    assert code in message.body
    assert not any(word in message.subject + message.body for word in (*place_and_time(home), WORD, "Aylin"))
    services.revoke(actor=home.herself(), relative_id=relative_id, now=NOW)
    send(str(message.pk), now=NOW)
    message.refresh_from_db()
    assert message.state == Message.State.WITHHELD


def test_the_same_click_twice_is_one_invitation(home: Home) -> None:
    first, _ = home.invite(once_key="dubbel")
    second, code = home.invite(once_key="dubbel")
    assert (first, code) == (second, "")


# --- a reminder ---------------------------------------------------------------------------------


def _evening_before(home: Home) -> datetime:
    with gate.as_system("proef"):
        starts: datetime = Conversation.objects.get(pk=home.conversation).period.lower
    return starts - timedelta(hours=20)


def test_a_reminder_goes_once_and_only_while_she_allows_it(home: Home) -> None:
    relative_id, code = home.invite("appointment", "reminders")
    client = come_in(code)
    client.post("/naaste/herinneren/", {"channel": "mail", "address": "aylin@voorbeeld.example"})
    before = _evening_before(home)
    assert reminding.remind_all(now=before) == 1
    reminding.remind_all(now=before)
    message = Message.objects.get(key__startswith="relative-reminder:")
    assert not any(word in message.body for word in place_and_time(home))
    services.choose_items(
        actor=home.herself(), relative_id=relative_id, items=frozenset({"appointment"}), comes_along=False,
        name_may_be_told=False, now=NOW,
    )  # fmt: skip
    assert reminding.remind_all(now=before) == 0
    send(str(message.pk), now=before)
    message.refresh_from_db()
    assert message.state == Message.State.WITHHELD


def test_without_her_yes_there_is_no_reminder_to_ask_for(home: Home) -> None:
    _, code = home.invite("appointment")
    client = come_in(code)
    assert "herinnering" not in text_of(client.get("/naaste/kijken/"))
    page = client.post("/naaste/herinneren/", {"channel": "mail", "address": "aylin@voorbeeld.example"})
    assert page.status_code == 404


# --- along to the conversation, and what is kept ------------------------------------------------


def test_who_comes_along_has_no_name_unless_she_allows_it(home: Home) -> None:
    resident_id = home.herself().resident_id
    assert resident_id is not None
    assert queries.company_of(resident_id) is None
    relative_id, _ = home.invite(comes_along=True)
    assert queries.company_of(resident_id) == ("",)
    services.choose_items(
        actor=home.herself(), relative_id=relative_id, items=frozenset(), comes_along=True,
        name_may_be_told=True, now=NOW,
    )  # fmt: skip
    assert queries.company_of(resident_id) == ("Mijn zus Aylin",)


def test_all_that_is_held_can_be_copied_and_erased(home: Home) -> None:
    relative_id, code = home.invite(*ALL)
    resident_id = home.herself().resident_id
    assert resident_id is not None
    held = next(h for h in holdings() if h.key == "relatives")
    with gate.as_system("proef"):
        assert held.collect(resident_id)[0]["name"] == "Mijn zus Aylin"
        assert held.erase(resident_id, NOW) == 1
        assert held.erase(resident_id, NOW) == 0
        assert not Relative.objects.filter(pk=relative_id).exists()
    assert come_in(code).get("/naaste/kijken/").status_code == 404


def test_nobody_without_a_resident_invites(home: Home) -> None:
    invite: Callable[..., Any] = services.invite
    new = NewRelative(name="Iemand", channel="paper", address="", word=WORD, once_key="x")
    with pytest.raises(Missing):
        invite(actor=home.world.speak_as(home.world.sanne, NOW), new=new, now=NOW)


def test_her_own_pages_work_from_the_first_click_to_the_code_on_paper(home: Home) -> None:
    client = browser(account_of(home.thread))
    assert "U nodigde nog niemand uit" in text_of(client.get("/mijn/naasten/"))
    form = {"name": "Mijn broer", "channel": "paper", "word": WORD, "once_key": "een"}
    wrong = client.post("/mijn/naasten/uitnodigen/", {**form, "word": "ab", "items": ["appointment"]})
    assert wrong.status_code == 422
    assert "Mijn broer" in wrong.content.decode()
    page = client.post("/mijn/naasten/uitnodigen/", {**form, "items": ["appointment"]})
    assert "Geef deze code" in text_of(page)
    relative_id = queries.own_relatives(home.herself(), now=NOW)[0].id
    assert client.get(f"/mijn/naasten/{relative_id}/").status_code == 200
    assert client.post(f"/mijn/naasten/{relative_id}/", {"items": []}).status_code == 302
    assert client.post(f"/mijn/naasten/{relative_id}/stoppen/").status_code == 302
    assert "U nodigde nog niemand uit" in text_of(client.get("/mijn/naasten/"))
