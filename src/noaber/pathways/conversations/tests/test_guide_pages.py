"""What a guide sees and does, through the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.outbox.services import inline
from noaber.network.partners.factories import make_staff
from noaber.network.partners.models import Membership, Professional
from noaber.network.residents.models import HelpRequest
from noaber.offer.directory.models import Service
from noaber.pathways.conversations import services
from noaber.pathways.conversations.factories import World, as_resident, hold, make_world, refer
from noaber.pathways.conversations.models import AgreedStep, Conversation, Outcome, Report
from noaber.pathways.conversations.tests.pages import NOW, browser, comparable, text_of, thread_of
from noaber.pathways.conversations.types import Booking

pytestmark = pytest.mark.django_db
SOON = datetime.fromisoformat("2027-07-05T09:00:00+00:00")


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


def planned(world: World, name: str = "Fatma Yilmaz", *, at: datetime = SOON) -> UUID:
    """A conversation of Sanne and Bram at that moment."""
    with inline():
        pk = refer(world, now=NOW, name=name).help_request_id
        people = tuple(Professional.objects.get(account=a).pk for a in (world.sanne, world.bram))
        return services.book_conversation(
            actor=world.speak_as(world.ilse, NOW),
            help_request_id=pk,
            booking=Booking(at, "live", world.room.pk, people),
            now=NOW,
        )


def held(world: World, outcome: str = "social_basis", *, at: datetime = SOON) -> UUID:
    """The same, and recorded an hour after it began."""
    pk = planned(world, at=at)
    with inline():
        hold(world, pk, now=at + timedelta(hours=1), outcome=outcome)
    return pk


def form(steps: Iterable[dict[str, str]] = (), **more: str) -> dict[str, str]:
    """What the page posts: six rows, most of them empty."""
    body = {"stap-TOTAL_FORMS": "6", "stap-INITIAL_FORMS": "0"}
    for n in range(6):
        for name in ("words", "service", "kind", "try_on", "return_on"):
            body[f"stap-{n}-{name}"] = ""
    for n, step in enumerate(steps):
        body |= {f"stap-{n}-{name}": value for name, value in step.items()}
    return body | more


WALK = {"words": "Meelopen met de wandelgroep", "kind": "group"}


# --- the worklist -------------------------------------------------------------------------------


def test_the_worklist_puts_the_oldest_promise_first(world: World, settings: Settings) -> None:
    planned(world, "Straks", at=SOON + timedelta(days=9))
    held(world, at=SOON + timedelta(hours=3))
    planned(world, "Vandaag", at=SOON + timedelta(days=8))
    planned(world, "Gisteren", at=SOON + timedelta(days=7))
    settings.FIXED_NOW = SOON + timedelta(days=8) - timedelta(hours=1)
    page = text_of(browser(world.sanne).get("/gesprekken/"))
    assert "3 dingen vragen vandaag om u" in page
    order = ["Beloofd voor ma 12 jul", "Leg vast wat jullie afspraken", "Vandaag", "Binnenkort", "Straks"]
    places = [page.index(words, page.index("Nu te doen")) for words in order]
    assert places == sorted(places)


def test_an_empty_worklist_says_what_happens_next(world: World) -> None:
    assert "Er staan geen gesprekken voor u klaar" in text_of(browser(world.sanne).get("/gesprekken/"))


def test_what_is_done_goes_below_the_fold_and_leaves_after_two_weeks(
    world: World, settings: Settings
) -> None:
    pk = held(world)
    settings.FIXED_NOW = SOON + timedelta(hours=3)
    browser(world.sanne).post(f"/gesprekken/{pk}/verslag/", {"body": "Fijn gesprek."})
    assert "Eén gesprek is klaar" in text_of(browser(world.sanne).get("/gesprekken/"))
    settings.FIXED_NOW = SOON + timedelta(days=20)
    assert "Eén gesprek is klaar" not in text_of(browser(world.sanne).get("/gesprekken/"))


def test_the_number_of_queries_of_a_guide_does_not_grow(world: World) -> None:
    client = browser(world.sanne)

    def ask(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    pk = planned(world)
    ask("/gesprekken/")
    few = ask("/gesprekken/")
    for n in range(6):
        planned(world, f"Inwoner {n}", at=SOON + timedelta(days=1, hours=n))
    assert ask("/gesprekken/") == few
    assert few <= 20
    ask(f"/gesprekken/{pk}/")
    assert ask(f"/gesprekken/{pk}/") <= 36


def test_only_who_is_at_the_table_has_it_in_the_worklist(world: World) -> None:
    planned(world)
    assert "Fatma Yilmaz" in text_of(browser(world.bram).get("/gesprekken/"))
    assert "Fatma Yilmaz" not in text_of(browser(world.henk).get("/gesprekken/"))


# --- prepare and record -------------------------------------------------------------------------


def test_to_prepare_a_guide_reads_the_question_and_the_order_of_the_conversation(world: World) -> None:
    pk = planned(world)
    page = text_of(browser(world.sanne).get(f"/gesprekken/{pk}/"))
    assert "Slaapt slecht en komt de deur niet meer uit." in page
    words = ["Normaliseren", "Online hulp", "Familie en netwerk", "Sociale basis", "Professionele hulp"]
    assert [page.index(w) for w in words] == sorted(page.index(w) for w in words)
    assert "Vastleggen kan vanaf maandag 5 juli om 11.00 uur" in page
    assert 'name="outcome"' not in page
    entry = AuditEntry.objects.filter(event_type="conversation.read").latest("occurred_at")
    assert entry.purpose == "om uw gesprek voor te bereiden"


def test_no_page_of_a_guide_asks_for_a_diagnosis(world: World, settings: Settings) -> None:
    pk = planned(world)
    settings.FIXED_NOW = SOON + timedelta(hours=1)
    for address in (f"/gesprekken/{pk}/", f"/gesprekken/{pk}/verslag/"):
        names = re.findall(r'name="([^"]+)"', browser(world.sanne).get(address).content.decode())
        assert not [name for name in names if re.search("diagnos|klacht|dsm|icd", name)]


def test_recording_keeps_steps_outcome_and_what_can_start_now(world: World, settings: Settings) -> None:
    inloop = Service.objects.create(
        region=world.region, municipality=world.almelo, name="Inloop De Schakel", kind="social_basis"
    )
    pk = planned(world)
    settings.FIXED_NOW = SOON + timedelta(hours=1)
    steps = [
        {**WALK, "try_on": "2027-07-06", "return_on": "2027-07-20"},
        {"service": str(inloop.pk)},
    ]
    answer = browser(world.sanne).post(f"/gesprekken/{pk}/", form(steps, outcome="social_basis"))
    assert answer.status_code == 302
    assert answer["Location"] == f"/gesprekken/{pk}/verslag/"
    world.speak_as(world.sanne, NOW)
    kept = {s.words: s for s in AgreedStep.objects.filter(conversation_id=pk)}
    assert kept[WALK["words"]].main
    assert kept[WALK["words"]].return_on == date(2027, 7, 20)
    assert (kept["Inloop De Schakel"].kind, kept["Inloop De Schakel"].service_id) == (
        "social_basis",
        inloop.pk,
    )
    assert Outcome.objects.get(conversation_id=pk).main == "social_basis"
    assert thread_of(Conversation.objects.get(pk=pk).help_request_id).meanwhile == "wat u samen afsprak"


def test_a_form_with_mistakes_comes_back_whole_and_says_where(world: World, settings: Settings) -> None:
    pk = planned(world)
    settings.FIXED_NOW = SOON + timedelta(hours=1)
    client = browser(world.sanne)
    wrong = [
        (form([WALK]), "Kies één hoofduitkomst."),
        (form([], outcome="social_basis"), "Schrijf ten minste één afspraak op."),
        (form([{"words": "Bellen"}], outcome="other"), "Kies wat voor hulp dit is."),
        (form([{"kind": "group"}], outcome="other"), "Schrijf op wat jullie afspraken."),
        (form([{**WALK, "try_on": "2027-07-01"}], outcome="other"), "Deze dag ligt vóór het gesprek."),
        (form([{**WALK, "return_on": "2027-07-02"}], outcome="other"), "Kijk terug op een latere dag."),
        (form([WALK], outcome="depressie"), "Selecteer een geldige keuze"),
    ]
    for body, words in wrong:
        answer = client.post(f"/gesprekken/{pk}/", body)
        assert answer.status_code == 422, words
        assert words in text_of(answer)
        for value in filter(None, (body["stap-0-words"],)):
            assert value in text_of(answer)
    assert Conversation.objects.get(pk=pk).state == Conversation.State.PLANNED


def test_a_seventh_step_does_not_slip_in(world: World, settings: Settings) -> None:
    pk = planned(world)
    settings.FIXED_NOW = SOON + timedelta(hours=1)
    body = form([WALK], outcome="other") | {
        "stap-TOTAL_FORMS": "900",
        "stap-6-words": "x",
        "stap-6-kind": "group",
    }
    browser(world.sanne).post(f"/gesprekken/{pk}/", body)
    world.speak_as(world.sanne, NOW)
    assert AgreedStep.objects.filter(conversation_id=pk).count() == 1


def test_no_help_needed_may_go_without_steps(world: World, settings: Settings) -> None:
    pk = planned(world)
    settings.FIXED_NOW = SOON + timedelta(hours=1)
    assert browser(world.sanne).post(f"/gesprekken/{pk}/", form(outcome="none")).status_code == 302


def test_who_records_second_keeps_what_was_typed(world: World, settings: Settings) -> None:
    pk = held(world)
    settings.FIXED_NOW = SOON + timedelta(hours=2)
    answer = browser(world.bram).post(f"/gesprekken/{pk}/", form([WALK], outcome="other"))
    assert answer.status_code == 409
    assert "Dit kan niet meer." in text_of(answer)
    assert Outcome.objects.get(conversation_id=pk).main == "social_basis"


def test_before_it_began_nothing_can_be_recorded(world: World) -> None:
    pk = planned(world)
    answer = browser(world.sanne).post(f"/gesprekken/{pk}/", form([WALK], outcome="other"))
    assert answer.status_code == 409
    assert "nog niet begonnen" in text_of(answer)
    assert browser(world.sanne).post(f"/gesprekken/{pk}/niet-gekomen/").status_code == 409


def test_nobody_came_frees_the_time_and_keeps_the_request_open(world: World, settings: Settings) -> None:
    pk = planned(world)
    settings.FIXED_NOW = SOON + timedelta(hours=1)
    assert browser(world.sanne).post(f"/gesprekken/{pk}/niet-gekomen/").status_code == 302
    row = Conversation.objects.get(pk=pk)
    holder_id = thread_of(row.help_request_id).holder_id
    holds = next(a for a in (world.sanne, world.bram) if a.pk == holder_id)
    assert "De inwoner kwam niet" in text_of(browser(holds).get(f"/gesprekken/{pk}/"))
    assert row.state == Conversation.State.NO_SHOW
    assert thread_of(row.help_request_id).phase == HelpRequest.Phase.RECEIVED
    assert not Outcome.objects.exists()


def test_not_yet_known_can_become_known(world: World, settings: Settings) -> None:
    pk = held(world, "unknown")
    settings.FIXED_NOW = SOON + timedelta(days=3)
    client = browser(world.sanne)
    page = text_of(client.get(f"/gesprekken/{pk}/"))
    assert "Is het nu wel bekend?" in page
    client.post(f"/gesprekken/{pk}/uitkomst/", {"outcome": "verzonnen"})
    assert Outcome.objects.get(conversation_id=pk).main == "unknown"
    assert client.post(f"/gesprekken/{pk}/uitkomst/", {"outcome": "social_domain"}).status_code == 302
    assert Outcome.objects.get(conversation_id=pk).main == "social_domain"
    assert "Is het nu wel bekend?" not in text_of(client.get(f"/gesprekken/{pk}/"))


# --- the report ---------------------------------------------------------------------------------


def test_the_report_waits_for_the_resident_and_says_when_the_letter_goes(
    world: World, settings: Settings
) -> None:
    pk = held(world)
    settings.FIXED_NOW = SOON + timedelta(hours=2)
    client = browser(world.sanne)
    empty = client.post(f"/gesprekken/{pk}/verslag/", {"body": "   "})
    assert empty.status_code == 422
    assert "Schrijf een paar zinnen." in text_of(empty)
    assert client.post(f"/gesprekken/{pk}/verslag/", {"body": "Fijn gesprek."}).status_code == 302
    page = text_of(client.get(f"/gesprekken/{pk}/verslag/"))
    assert "nog niet gelezen" in page
    assert "Gaat op donderdag 8 juli, behalve als de inwoner bezwaar maakt." in page


def test_too_long_a_report_stays_in_the_field(world: World, settings: Settings) -> None:
    pk = held(world)
    settings.FIXED_NOW = SOON + timedelta(hours=2)
    answer = browser(world.sanne).post(f"/gesprekken/{pk}/verslag/", {"body": "Lang verhaal. " * 3000})
    assert answer.status_code == 422
    assert text_of(answer).count("Lang verhaal.") >= 3000


def test_a_report_she_agreed_with_cannot_change_and_nothing_typed_is_lost(
    world: World, settings: Settings
) -> None:
    pk = held(world)
    settings.FIXED_NOW = SOON + timedelta(hours=2)
    client = browser(world.sanne)
    client.post(f"/gesprekken/{pk}/verslag/", {"body": "Fijn gesprek."})
    with inline():
        fatma = as_resident(Conversation.objects.get(pk=pk).help_request_id, now=SOON)
        services.agree_with_report(actor=fatma, conversation_id=pk, now=settings.FIXED_NOW)
    answer = client.post(f"/gesprekken/{pk}/verslag/", {"body": "Andere woorden."})
    assert answer.status_code == 409
    assert "Dit verslag staat vast." in text_of(answer)
    assert "Andere woorden." in text_of(answer)
    world.speak_as(world.sanne, NOW)
    assert Report.objects.get(conversation_id=pk).body == "Fijn gesprek."


def test_no_report_before_the_conversation_was_recorded(world: World, settings: Settings) -> None:
    pk = planned(world)
    settings.FIXED_NOW = SOON + timedelta(hours=2)
    client = browser(world.sanne)
    assert "Leg eerst het gesprek vast" in text_of(client.get(f"/gesprekken/{pk}/verslag/"))
    assert client.post(f"/gesprekken/{pk}/verslag/", {"body": "Tekst."}).status_code == 409


# --- who finds nothing --------------------------------------------------------------------------


def addresses(pk: UUID) -> list[tuple[str, str]]:
    """Every address of a guide, with its method."""
    names = ["conversation", "report"]
    asks = [("get", name) for name in (*names, "guide_ics")]
    tells = [("post", name) for name in (*names, "no_show", "outcome")]
    return [(method, reverse(f"conversations:{name}", args=[pk])) for method, name in (*asks, *tells)]


def test_who_is_not_at_this_table_gets_the_bytes_of_a_guessed_id(world: World) -> None:
    pk = planned(world)
    stranger = make_world("groningen")
    colleague = make_staff(Professional.objects.get(account=world.sanne).organisation, "Els Visser", "guide")
    Membership.objects.filter(account=world.bram).update(period=(date(2027, 1, 4), date(2027, 6, 30)))
    for account in (world.henk, colleague, world.noor, stranger.sanne, world.bram):
        client = browser(account)
        for (method, address), (_, other) in zip(addresses(pk), addresses(uuid4()), strict=True):
            body = {"body": "Tekst.", "outcome": "other"} if method == "post" else {}
            mine, nothing = getattr(client, method)(address, body), getattr(client, method)(other, body)
            assert mine.status_code == nothing.status_code == 404, (account.name, method, address)
            assert comparable(mine) == comparable(nothing)
    assert browser(world.bram).get("/gesprekken/").status_code == 404
    assert browser(world.noor).get("/gesprekken/").status_code == 404


def test_a_planner_downloads_the_appointment_and_reads_no_conversation(world: World) -> None:
    pk = planned(world)
    client = browser(world.ilse)
    assert client.get(f"/gesprekken/{pk}/").status_code == 404
    assert client.get(f"/gesprekken/{pk}/verslag/").status_code == 404
    content = browser(world.sanne).get(f"/gesprekken/{pk}/afspraak.ics").content
    assert b"Fatma" not in content
    assert b"ggz" not in content.lower()


def test_a_resident_does_not_come_in_through_the_door_of_work(world: World) -> None:
    pk = planned(world)
    row = Conversation.objects.get(pk=pk)
    account = thread_of(row.help_request_id).resident.account
    assert account is not None
    client = browser(account)
    for address in ("/gesprekken/", f"/gesprekken/{pk}/", "/planbord/", "/alarm/"):
        assert client.get(address).status_code == 404
