"""She corrects it, puts her own words beside it, and her no reaches a letter that already waits to go."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from noaber.ground.errors import Conflict, Missing
from noaber.hallway.access import gate
from noaber.hallway.clock import day_of
from noaber.hallway.outbox.models import OutboxEvent
from noaber.hallway.outbox.services import deliver, inline
from noaber.hallway.post import services as post
from noaber.hallway.post.models import Message
from noaber.network.consents import services as consents
from noaber.network.residents.services import take_hold
from noaber.pathways.conversations import services
from noaber.pathways.conversations.factories import World, as_resident, book_first, hold, make_world, refer
from noaber.pathways.conversations.models import Conversation, Correction, OwnStatement, Report, ReportVersion
from noaber.pathways.conversations.tests.pages import NOW, account_of, browser, text_of
from noaber.pathways.referrals import tasks
from noaber.pathways.referrals.models import Letter
from noaber.pathways.referrals.queries import due_letters
from noaber.pathways.referrals.services import release_letter

pytestmark = pytest.mark.django_db
BODY = "KAN-een: u wilt weer onder de mensen."


class Written:
    """A report that is written, and a letter that waits for her."""

    def __init__(self, settings: Settings, to_gp: str = "unless_objection") -> None:
        self.settings = settings
        self.world: World = make_world()
        self.world.region.settings["report"]["to_gp"] = to_gp
        self.world.region.save()
        self.thread, self.referral, self.conversation = self.another("Fatma Yilmaz")
        settings.FIXED_NOW = self.now
        self.page = f"/mijn/verslag/{self.conversation}/"
        self.her = browser(account_of(self.thread))

    def another(self, name: str) -> tuple[UUID, UUID, UUID]:
        """One more resident with a report: her thread, referral and conversation."""
        with inline():
            sent = refer(self.world, now=NOW, name=name, key=name)
            conversation = book_first(self.world, sent.help_request_id, now=NOW)
            self.now = Conversation.objects.get(pk=conversation).period.upper
            hold(self.world, conversation, now=self.now)
            self.write(BODY, conversation)
        return sent.help_request_id, sent.referral_id, conversation

    def write(self, body: str, conversation: UUID | None = None) -> None:
        """Sanne writes it, or writes it anew."""
        services.write_report(
            actor=self.world.speak_as(self.world.sanne, self.now),
            conversation_id=conversation or self.conversation,
            body=body,
            now=self.now,
        )

    def at_the_practice(self) -> str:
        """What Noor reads at her referral."""
        return text_of(browser(self.world.noor).get(f"/mijn-verwijzingen/{self.referral}/"))

    def letters(self) -> list[Letter]:
        """The letters about her, whoever asks."""
        with gate.as_system("proef"):
            return list(Letter.objects.filter(conversation_id=self.conversation).order_by("version"))


@pytest.fixture
def written(settings: Settings) -> Written:
    return Written(settings)


# --- what must not happen ------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["verbeteren", "eigen-tekst"])
def test_nobody_writes_in_her_name(written: Written, part: str) -> None:
    mila = account_of(refer(written.world, now=NOW, name="Mila Jansen", key="m").help_request_id)
    for who in (mila, written.world.noor, written.world.sanne, written.world.ilse):
        for path in (f"{written.page}{part}/", f"/mijn/verslag/{uuid4()}/{part}/"):
            assert browser(who).get(path).status_code == 404
            assert browser(who).post(path, {"words": "KAN-vreemd"}).status_code == 404
    with gate.as_system("proef"):
        assert not OwnStatement.objects.exists()
        assert not Correction.objects.exists()


def test_the_author_cannot_touch_her_own_words(written: Written) -> None:
    written.her.post(f"{written.page}eigen-tekst/", {"words": "Ik zie het anders."})
    written.world.speak_as(written.world.sanne, written.now)
    assert OwnStatement.objects.get().words == "Ik zie het anders."
    assert OwnStatement.objects.update(words="x") == 0
    assert OwnStatement.objects.all().delete()[0] == 0


def test_a_settled_report_changes_only_to_mend_what_she_said(written: Written) -> None:
    written.her.post(written.page, {"besluit": "ja"})
    with pytest.raises(Conflict):
        written.write("KAN-twee")
    written.her.post(f"{written.page}verbeteren/", {"words": "Mijn zus heet Ayla."})
    written.write("KAN-twee")
    with gate.as_system("proef"):
        assert Report.objects.get(conversation_id=written.conversation).resident_agreed_at is None
        assert Correction.objects.get().mended_in == 2
        bodies = ReportVersion.objects.order_by("version").values_list("version", flat=True)
        assert list(bodies) == [1, 2]


def test_a_letter_that_went_never_changes_and_the_next_version_asks_again(written: Written) -> None:
    written.her.post(written.page, {"besluit": "ja"})
    written.her.post(f"{written.page}verbeteren/", {"words": "Mijn zus heet Ayla."})
    written.write("KAN-twee")
    assert [bool(letter.released_at) for letter in written.letters()] == [True, False]
    assert "KAN-een" in written.at_the_practice()
    assert "KAN-twee" not in written.at_the_practice()
    written.her.get(written.page)
    written.her.post(written.page, {"besluit": "ja"})
    assert "KAN-twee" in written.at_the_practice()


@pytest.mark.parametrize("to_gp", ["unless_objection", "with_consent"])
def test_her_no_reaches_a_letter_that_waits(settings: Settings, to_gp: str) -> None:
    written = Written(settings, to_gp)
    assert (written.letters()[0].release_on is None) == (to_gp == "with_consent")
    written.her.post(written.page, {"besluit": "nee"})
    settings.FIXED_NOW = written.now + timedelta(days=60)
    tasks.release_due_letters(0)
    assert written.letters()[0].released_at is None
    assert "KAN-een" not in written.at_the_practice()


@pytest.mark.parametrize("to_gp", ["unless_objection", "with_consent"])
def test_her_no_stops_the_notice_that_is_queued(
    settings: Settings, to_gp: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, sent = Written(settings, to_gp), list[Message]()
    monkeypatch.setattr(post, "_hand_over", lambda message, now: sent.append(message))
    written.her.post(written.page, {"besluit": "ja"})
    for event in OutboxEvent.objects.filter(name="LetterReleased"):
        deliver(event.pk, now=written.now)
    waiting = Message.objects.get(guard="letter", state="queued")
    written.her.post(written.page, {"besluit": "nee"})
    post.send(str(waiting.pk), now=written.now)
    assert sent == []
    assert "KAN-een" not in written.at_the_practice()


def test_an_objection_to_every_letter_covers_the_one_that_comes_later(written: Written) -> None:
    thread, referral, conversation = written.another("Mila Jansen")
    consents.object_to(actor=as_resident(thread, now=written.now), what="letter", now=written.now)
    written.settings.FIXED_NOW = written.now + timedelta(days=60)
    tasks.release_due_letters(0)
    with gate.as_system("proef"):
        assert Letter.objects.get(conversation_id=conversation).released_at is None
        assert Letter.objects.get(conversation_id=written.conversation).released_at is not None
    her = browser(account_of(thread))
    answer = her.post(f"/mijn/verslag/{conversation}/", {"besluit": "ja"})
    assert answer.status_code == 409
    assert "Trek uw bezwaar in" in text_of(answer)
    assert "KAN-een" not in text_of(browser(written.world.noor).get(f"/mijn-verwijzingen/{referral}/"))


def test_one_bad_letter_does_not_keep_the_others_here(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    written.another("Mila Jansen")
    written.settings.FIXED_NOW = written.now + timedelta(days=60)
    with gate.as_system("proef"):
        due = due_letters(day_of(written.settings.FIXED_NOW))
    assert len(due) == 2
    release = release_letter

    def fails_on_the_first(*, letter_id: UUID, now: object) -> bool:
        if letter_id == due[0]:
            raise ArithmeticError
        return release(letter_id=letter_id, now=now)  # type: ignore[arg-type]

    monkeypatch.setattr(tasks, "release_letter", fails_on_the_first)
    with pytest.raises(tasks.LettersStayed):
        tasks.release_due_letters(0)
    with gate.as_system("proef"):
        assert [bool(Letter.objects.get(pk=pk).released_at) for pk in due] == [False, True]


def test_a_new_holder_reads_nothing_where_she_objected(written: Written) -> None:
    henk = written.world.henk
    with gate.as_system("proef"):
        here = henk.memberships.get().organisation_id
        take_hold(
            help_request_id=written.thread, account_id=henk.pk, name="Henk", organisation_id=here, now=NOW
        )

    def read() -> Report:
        return services.read_report(
            actor=written.world.speak_as(henk, written.now),
            conversation_id=written.conversation,
            now=written.now,
        )

    assert read().body == BODY
    her = as_resident(written.thread, now=written.now)
    consents.object_to(actor=her, what="report", organisation_id=here, now=written.now)
    with pytest.raises(Missing):
        read()


def test_who_wrote_it_keeps_the_text_and_the_others_do_not_write_over_it(written: Written) -> None:
    her = as_resident(written.thread, now=written.now)
    consents.object_to(actor=her, what="report", now=written.now)
    page = f"/gesprekken/{written.conversation}/verslag/"
    assert "KAN-een" in text_of(browser(written.world.sanne).get(page))
    with gate.as_system("proef"):
        others = written.world
        seated = list(
            Conversation.objects.get(pk=written.conversation).participations.values_list(
                "professional__account_id", flat=True
            )
        )
    colleague = others.bram if others.bram.pk in seated else others.henk
    seen = text_of(browser(colleague).get(page))
    assert "KAN-een" not in seen
    assert "Dit verslag is er niet voor u" in seen
    assert browser(colleague).post(page, {"body": "KAN-over"}).status_code == 404


def test_she_agrees_only_with_the_version_she_saw(written: Written) -> None:
    assert 'name="versie" value="1"' in written.her.get(written.page).content.decode()
    written.write("KAN-twee")
    answer = written.her.post(written.page, {"besluit": "ja", "versie": "1"})
    assert answer.status_code == 409
    assert "Er is een nieuwer verslag." in text_of(answer)
    assert written.letters()[0].released_at is None
    with gate.as_system("proef"):
        assert Report.objects.get(conversation_id=written.conversation).resident_read_at is None
    for strange in ("-1", "9" * 40, "٣", "x"):
        assert written.her.post(written.page, {"besluit": "nee", "versie": strange}).status_code == 302
    written.her.post(written.page, {"besluit": "ja", "versie": "2"})
    assert "KAN-twee" in written.at_the_practice()


# --- what she does -------------------------------------------------------------------------------------


def test_she_says_what_is_wrong_and_the_author_mends_it(written: Written) -> None:
    form = f"{written.page}verbeteren/"
    assert written.her.post(form, {"words": "  "}).status_code == 422
    answer = written.her.post(form, {"words": "Het burgerservicenummer is 123456782"})
    assert answer.status_code == 422
    assert "123456782" in text_of(answer)
    for _ in range(2):
        page = text_of(written.her.post(form, {"words": "Mijn zus heet Ayla."}, follow=True))
    assert "Wacht op antwoord" in page
    with gate.as_system("proef"):
        assert Correction.objects.count() == 1
    guide = f"/gesprekken/{written.conversation}/verslag/"
    assert "Mijn zus heet Ayla." in text_of(browser(written.world.sanne).get(guide))
    browser(written.world.sanne).post(guide, {"body": "KAN-twee: uw zus heet Ayla."})
    page = text_of(written.her.get(written.page))
    assert "KAN-twee" in page
    assert "Verbeterd" in page


def test_the_author_answers_and_leaves_it(written: Written) -> None:
    written.her.post(f"{written.page}verbeteren/", {"words": "Dat heb ik nooit gezegd."})
    with gate.as_system("proef"):
        pk = Correction.objects.get().pk
    path = f"/gesprekken/verbetering/{pk}/"
    for who in (written.world.noor, written.world.ilse):
        assert browser(who).post(path, {"answer": "x"}).status_code == 404
    guide = browser(written.world.sanne)
    assert "Het antwoord is leeg." in text_of(guide.post(path, {"answer": " "}, follow=True))
    guide.post(path, {"answer": "Wij schreven op wat er is gezegd."})
    assert "al behandeld" in text_of(guide.post(path, {"answer": "Nog eens."}, follow=True))
    page = text_of(written.her.get(written.page))
    assert "Wij schreven op wat er is gezegd." in page
    assert "Nog eens." not in page


def test_her_own_words_go_wherever_the_report_goes(written: Written) -> None:
    written.her.post(f"{written.page}eigen-tekst/", {"words": "KAN-eigen: ik zie het anders."})
    written.her.post(written.page, {"besluit": "ja"})
    assert "KAN-eigen" in written.at_the_practice()
    assert "KAN-eigen" in text_of(
        browser(written.world.sanne).get(f"/gesprekken/{written.conversation}/verslag/")
    )
    written.her.post(f"{written.page}eigen-tekst/", {"words": ""})
    assert "KAN-eigen" not in written.at_the_practice()


def test_where_consent_is_asked_it_ends_when_she_ends_it(settings: Settings) -> None:
    written = Written(settings, "with_consent")
    written.her.post(written.page, {"besluit": "ja"})
    assert "KAN-een" in written.at_the_practice()
    hub = text_of(written.her.get("/mijn/wie-ziet-wat/"))
    assert "U zei dat de brief mag gaan." in hub
    ids = {"wat": "letter", "ding": str(written.conversation)}
    with gate.as_system("proef"):
        practice = str(Letter.objects.get().referral.organisation_id)
    stranger = {**ids, "wie": str(uuid4())}
    assert written.her.post("/mijn/wie-ziet-wat/nee/", stranger).status_code == 404
    written.her.post("/mijn/wie-ziet-wat/nee/", {**ids, "wie": practice})
    assert "KAN-een" not in written.at_the_practice()
