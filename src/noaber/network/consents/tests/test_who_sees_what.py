"""Her pages about who sees what: first what must not happen, then what she does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from noaber.ground.errors import Invalid
from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.holdings import ledger
from noaber.hallway.outbox.models import OutboxEvent
from noaber.hallway.outbox.services import deliver, inline
from noaber.hallway.post import services as post
from noaber.hallway.post.models import Message
from noaber.network.consents import queries, services
from noaber.network.consents.handlers import end_again, object_again
from noaber.network.consents.models import Consent, Objection
from noaber.network.consents.types import NewConsent
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.network.partners.models import Organisation
from noaber.pathways.conversations import services as conversations
from noaber.pathways.conversations.factories import World, as_resident, book_first, hold, make_world, refer
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.tests.pages import NOW, account_of, browser, comparable, text_of

pytestmark = pytest.mark.django_db
BODY = "KAN-verslag: u wilt weer onder de mensen."
HUB = "/mijn/wie-ziet-wat/"


class Told:
    """Someone whose report is written, and an organisation that was not at her table."""

    def __init__(self, world: World, settings: Settings) -> None:
        self.world = world
        with inline():
            sent = refer(world, now=NOW)
            self.thread = sent.help_request_id
            self.conversation = book_first(world, self.thread, now=NOW)
            self.now = Conversation.objects.get(pk=self.conversation).period.upper
            hold(world, self.conversation, now=self.now)
            conversations.write_report(
                actor=world.speak_as(world.sanne, self.now),
                conversation_id=self.conversation,
                body=BODY,
                now=self.now,
            )
        settings.FIXED_NOW = self.now
        self.mediant: Organisation = make_organisation(world.region, "Mediant", "ggz")
        self.mia = make_staff(self.mediant, "Mia Guide", Role.GUIDE)
        Account.objects.filter(pk=self.mia.pk).update(email="mia@voorbeeld.example")
        self.her = browser(account_of(self.thread))
        self.her.get(f"/mijn/verslag/{self.conversation}/")

    def share(self, *, until: datetime | None = None, version: int = 1) -> UUID:
        """She shares the report with Mediant."""
        return services.give(
            actor=as_resident(self.thread, now=self.now),
            consent=NewConsent("report", self.conversation, version, self.mediant.pk, "help", until),
            now=self.now,
        )

    def seen(self, who: Account | None = None) -> int:
        """What Mia gets when she opens it."""
        return int(browser(who or self.mia).get(f"/gedeeld/{self.conversation}/").status_code)


@pytest.fixture
def told(settings: Settings) -> Told:
    return Told(make_world(), settings)


def lines() -> list[dict[str, object]]:
    """What stands in the ledger."""
    file = Path(django_settings.LEDGER_DIR) / "decisions.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


# --- what must not happen ------------------------------------------------------------------------------


def test_what_is_not_shared_is_not_there_to_the_byte(told: Told) -> None:
    client = browser(told.mia)
    theirs, nothing = client.get(f"/gedeeld/{told.conversation}/"), client.get(f"/gedeeld/{uuid4()}/")
    assert (theirs.status_code, nothing.status_code) == (404, 404)
    assert comparable(theirs) == comparable(nothing)


def test_taken_back_reads_as_never_shared(told: Told) -> None:
    before = comparable(browser(told.mia).get("/gedeeld/"))
    pk = told.share()
    assert told.seen() == 200
    assert told.her.post(f"{HUB}{pk}/stop/").status_code == 302
    assert told.seen() == 404
    assert comparable(browser(told.mia).get("/gedeeld/")) == before


def test_a_consent_ends_at_its_second(told: Told, settings: Settings) -> None:
    last = told.now + timedelta(days=1)
    told.share(until=last)
    settings.FIXED_NOW = last - timedelta(seconds=1)
    assert told.seen() == 200
    settings.FIXED_NOW = last
    assert told.seen() == 404
    assert "Voorbij sinds" in text_of(told.her.get(HUB))


def test_an_objection_goes_before_a_consent(told: Told) -> None:
    told.share()
    told.her.post(f"{HUB}bezwaar/", {"what": "report", "organisation": ""})
    assert told.seen() == 404
    assert "Kan het niet lezen: u maakte bezwaar" in text_of(told.her.get(HUB))


@pytest.mark.parametrize(
    "role", [Role.PLANNER, Role.ORGANISATION_ADMIN, Role.PROGRAMME_MANAGER, Role.OPERATOR]
)
def test_another_role_of_that_organisation_reads_nothing(told: Told, role: Role) -> None:
    told.share()
    assert told.seen(make_staff(told.mediant, "Iemand Anders", role)) == 404


def test_another_resident_neither_sees_nor_steers_it(told: Told) -> None:
    pk = told.share()
    other = browser(account_of(refer(told.world, now=NOW, name="Mila Jansen", key="m").help_request_id))
    for path in (f"{HUB}{pk}/", f"{HUB}{pk}/stop/", f"{HUB}{pk}/terug/"):
        assert other.post(path).status_code == 404
    assert told.seen() == 200


def test_a_stranger_cannot_refuse_or_give_for_her(told: Told) -> None:
    for who in (told.mia, told.world.noor, told.world.sanne):
        client = browser(who)
        for path in (HUB, f"{HUB}geven/", f"{HUB}bezwaar/"):
            assert client.get(path).status_code == 404
    assert Client().get(HUB).status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "nieuwsgierig"},
        {"organisation_id": UUID(int=5)},
        {"version": 2},
        {"object_id": UUID(int=6)},
        {"what": "web"},
        {"until": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
)
def test_what_is_not_on_the_list_is_not_given(told: Told, change: dict[str, object]) -> None:
    whole = NewConsent("report", told.conversation, 1, told.mediant.pk, "help")
    with pytest.raises(Invalid):
        services.give(
            actor=as_resident(told.thread, now=told.now),
            consent=replace(whole, **change),  # type: ignore[arg-type]
            now=told.now,
        )
    assert not Consent.objects.exists()


def test_limiting_never_makes_it_longer(told: Told) -> None:
    pk = told.share(until=told.now + timedelta(days=3))
    day = (told.now + timedelta(days=30)).date()
    answer = told.her.post(f"{HUB}{pk}/", {"purpose": "help", "until": day.isoformat()})
    assert answer.status_code == 422
    assert "Kies een eerdere dag." in text_of(answer)
    assert told.her.post(f"{HUB}{pk}/", {"purpose": "help", "until": ""}).status_code == 422


def test_a_new_version_asks_again(told: Told) -> None:
    told.share()
    conversations.write_report(
        actor=told.world.speak_as(told.world.sanne, told.now),
        conversation_id=told.conversation,
        body="KAN-twee",
        now=told.now,
    )
    page = text_of(browser(told.mia).get(f"/gedeeld/{told.conversation}/"))
    assert BODY in page
    assert "KAN-twee" not in page


def test_a_notice_that_waits_does_not_go_after_she_stopped(
    told: Told, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Message] = []
    monkeypatch.setattr(post, "_hand_over", lambda message, now: sent.append(message))
    pk = told.share()
    for event in OutboxEvent.objects.filter(name="ConsentGiven"):
        deliver(event.pk, now=told.now)
    waiting = Message.objects.get(guard="consent")
    services.end(actor=as_resident(told.thread, now=told.now), consent_id=pk, now=told.now)
    post.send(str(waiting.pk), now=told.now)
    assert sent == []
    assert Message.objects.get(guard="consent").state == Message.State.WITHHELD


def test_the_decision_outlives_an_older_backup(told: Told) -> None:
    pk = told.share()
    her = as_resident(told.thread, now=told.now)
    services.end(actor=her, consent_id=pk, now=told.now)
    objection = services.object_to(actor=her, what="report", now=told.now)
    written = {line["kind"]: line["payload"] for line in lines()}
    assert set(written) == {"consent.end", "objection.make"}
    with gate.as_system("proef: een oudere reservekopie"):
        Consent.objects.update(ended_at=None)
        Objection.objects.all().delete()
        end_again(written["consent.end"], told.now)  # type: ignore[arg-type]
        object_again(written["objection.make"], told.now)  # type: ignore[arg-type]
        object_again(written["objection.make"], told.now)  # type: ignore[arg-type]
        assert Objection.objects.get().pk == objection
        assert Consent.objects.get().ended_at == told.now
    assert told.seen() == 404


def test_a_broken_ledger_never_keeps_her_from_stopping(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    pk = told.share()

    def full(*_: object, **__: object) -> int:
        raise OSError("no space left")

    monkeypatch.setattr(ledger, "append", full)
    assert told.her.post(f"{HUB}{pk}/stop/").status_code == 302
    assert told.seen() == 404


# --- what she does -------------------------------------------------------------------------------------


def test_she_gives_limits_stops_and_takes_that_back(told: Told) -> None:
    answer = told.her.post(
        f"{HUB}geven/",
        {"thing": f"report:{told.conversation}", "organisation": str(told.mediant.pk), "purpose": "help"},
        follow=True,
    )
    page = text_of(answer)
    assert "Goed. Zij kunnen het nu lezen." in page
    assert "Mediant" in page
    assert "om u te helpen" in page
    assert "KAN-verslag" in text_of(browser(told.mia).get(f"/gedeeld/{told.conversation}/"))
    pk = Consent.objects.get().pk
    day = (told.now + timedelta(days=7)).date()
    told.her.post(f"{HUB}{pk}/", {"purpose": "consult", "until": day.isoformat()})
    narrower = Consent.objects.get(ended_at__isnull=True)
    assert narrower.purpose == "consult"
    assert told.seen() == 200
    page = text_of(told.her.post(f"{HUB}{narrower.pk}/stop/", follow=True))
    assert "Gestopt." in page
    assert told.seen() == 404
    told.her.post(f"{HUB}{narrower.pk}/terug/")
    assert told.seen() == 200


def test_a_double_click_is_one_consent(told: Told) -> None:
    told.share()
    told.share()
    assert Consent.objects.filter(ended_at__isnull=True).count() == 1


def test_she_says_no_and_takes_that_back(told: Told) -> None:
    told.share()
    told.her.post(f"{HUB}bezwaar/", {"what": "all", "organisation": str(told.mediant.pk)})
    told.her.post(f"{HUB}bezwaar/", {"what": "all", "organisation": str(told.mediant.pk)})
    objection = Objection.objects.get()
    assert "Verslagen en brieven worden niet gedeeld." in text_of(told.her.get(HUB))
    told.her.post(f"{HUB}bezwaar/{objection.pk}/intrekken/")
    assert told.seen() == 200


def test_the_page_says_who_sees_what_and_why(told: Told) -> None:
    page = text_of(told.her.get(HUB))
    for words in ("Praktijk De Linde", "Zij stuurden uw vraag.", "Netwerkbureau", "Zij plannen uw gesprek"):
        assert words in page
    assert "Iemand van hier is bij uw gesprek." in page or "Hier werkt uw vaste persoon." in page


def test_every_reading_is_in_her_log_with_the_purpose_she_chose(told: Told) -> None:
    told.share()
    told.seen()
    line = AuditEntry.objects.get(event_type="report.read_shared")
    assert (line.purpose, line.basis) == ("om u te helpen", "uw toestemming")


def test_with_a_helper_the_consent_says_so(told: Told) -> None:
    her = replace(
        as_resident(told.thread, now=told.now), assisted_by="Henk", assisted_organisation="Ixta Noa"
    )
    consent = NewConsent("report", told.conversation, 1, told.mediant.pk, "help", how="paper")
    services.give(actor=her, consent=consent, now=told.now)
    row = Consent.objects.get()
    assert (row.given_how, row.given_with) == ("paper", "Henk, Ixta Noa")


def test_asking_whether_something_is_allowed(told: Told) -> None:
    told.share(until=told.now + timedelta(hours=1))
    with gate.as_system("proef"):
        resident_id = Consent.objects.get().resident_id
        asked = {
            "resident_id": resident_id,
            "what": "report",
            "object_id": told.conversation,
            "organisation_id": told.mediant.pk,
        }
        assert queries.allows(**asked, now=told.now, version=1, purpose="help")  # type: ignore[arg-type]
        assert not queries.allows(**asked, now=told.now, version=2)  # type: ignore[arg-type]
        assert not queries.allows(**asked, now=told.now, purpose="inform")  # type: ignore[arg-type]
        assert not queries.allows(**asked, now=told.now + timedelta(hours=1))  # type: ignore[arg-type]
