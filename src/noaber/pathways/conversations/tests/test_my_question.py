"""'Mijn vraag' in every state, for her and for nobody else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from noaber.hallway.access import gate
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.outbox.models import OutboxEvent
from noaber.hallway.outbox.services import deliver, inline
from noaber.network.partners.factories import make_region
from noaber.network.residents.models import HelpRequest, Postponement
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import Service
from noaber.pathways.conversations import services
from noaber.pathways.conversations.factories import World, book_first, hold, make_world, refer
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.tests.pages import NOW, account_of, browser, text_of, thread_of
from noaber.pathways.referrals.types import SentReferral

pytestmark = pytest.mark.django_db
PAGE = "/mijn/vraag/"
PAGES = [PAGE, "/mijn/vraag/uitstel/", "/mijn/vraag/stoppen/"]
POSTS = [
    "/mijn/vraag/verder/",
    "/mijn/vraag/deze-week/",
    "/mijn/vraag/deze-week/0b5f1c5e-6a64-4c11-9c52-6f2f0f3e9a10/weg/",
]


@pytest.fixture(autouse=True)
def fixed_clock(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def sent(world: World) -> SentReferral:
    with inline():
        return refer(world, now=NOW)


def seen(sent: SentReferral, page: str = PAGE) -> str:
    answer = browser(account_of(sent.help_request_id)).get(page)
    assert answer.status_code == 200
    return text_of(answer)


def booked(world: World, sent: SentReferral) -> Conversation:
    with inline():
        return Conversation.objects.get(pk=book_first(world, sent.help_request_id, now=NOW))


def held(world: World, sent: SentReferral) -> tuple[UUID, datetime]:
    conversation = booked(world, sent)
    later = conversation.period.upper
    with inline():
        hold(world, conversation.pk, now=later)
    return conversation.pk, later


# --- who may come in ----------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_comes_in(world: World, sent: SentReferral, page: str) -> None:
    assert browser().get(page)["Location"].startswith("/mijn/?")
    for somebody in (world.noor, world.ilse, world.sanne):
        assert browser(somebody).get(page).status_code == 404
        assert browser(somebody).post(page).status_code == 404
    assert thread_of(sent.help_request_id).phase == HelpRequest.Phase.RECEIVED


@pytest.mark.parametrize("page", [*PAGES[1:], *POSTS])
def test_a_forged_form_changes_nothing(sent: SentReferral, page: str) -> None:
    client = browser(account_of(sent.help_request_id), checks=True)
    assert client.post(page, {"until_on": "2027-07-20"}).status_code == 403
    assert thread_of(sent.help_request_id).phase == HelpRequest.Phase.RECEIVED


@pytest.mark.parametrize("page", POSTS)
def test_looking_does_not_act(sent: SentReferral, page: str) -> None:
    assert browser(account_of(sent.help_request_id)).get(page).status_code == 405


def test_one_resident_never_reads_of_another(world: World, sent: SentReferral) -> None:
    with inline():
        other = refer(world, now=NOW, name="KAN-naam Jansen")
        book_first(world, other.help_request_id, now=NOW)
    for page in PAGES:
        assert "KAN-naam" not in seen(sent, page)
    assert thread_of(other.help_request_id).code not in seen(sent)


def test_her_own_look_stands_in_the_log(sent: SentReferral) -> None:
    seen(sent)
    mine = AuditEntry.objects.filter(account_id=account_of(sent.help_request_id).pk)
    assert mine.filter(event_type="help_request.read", basis="eigen gegevens").count() == 1


def test_the_title_tells_a_bystander_nothing(sent: SentReferral) -> None:
    assert "<title>Mijn vraag –" in seen(sent)
    assert "<title>Stoppen –" in seen(sent, "/mijn/vraag/stoppen/")


# --- every state says what is next --------------------------------------------------------------


def test_a_fresh_question_has_a_number_to_ring_and_a_last_day(sent: SentReferral) -> None:
    page = seen(sent)
    assert "Fatma, zo staat het met uw vraag" in page
    assert "Uiterlijk donderdag 15 juli hebt u uw gesprek." in page
    assert "U hebt nog geen vaste persoon." in page
    assert 'href="tel:0880000200"' in page
    assert "Noor de Wit stuurde uw vraag." in page


def test_an_appointment_has_day_place_people_and_length(world: World, sent: SentReferral) -> None:
    booked(world, sent)
    page = seen(sent)
    for part in ["Vrijdag 2 juli om", "Huis van de buurt Almelo", "ongeveer een uur"]:
        assert part in page
    assert "U mag iemand meenemen." in page
    assert "Uw eerste gesprek is morgen." in page
    assert "Kunt u dan niet?" in page
    assert "blijft uw vaste persoon" in page


def test_a_question_that_lay_too_long_says_so(sent: SentReferral, settings: Settings) -> None:
    settings.FIXED_NOW = NOW + timedelta(days=20)
    page = seen(sent)
    assert "U wacht langer dan de 14 dagen die wij afspraken. Dat spijt ons." in page
    assert "Dit is blijven liggen" in page
    assert "Zo snel mogelijk" in page


def test_while_the_conversation_goes_on_she_cannot_move_it(
    world: World, sent: SentReferral, settings: Settings
) -> None:
    settings.FIXED_NOW = booked(world, sent).period.lower + timedelta(minutes=10)
    page = seen(sent)
    assert "Uw eerste gesprek is nu." in page
    assert "Kunt u dan niet?" not in page


def test_after_the_conversation_she_reads_that_it_is_being_recorded(
    world: World, sent: SentReferral, settings: Settings
) -> None:
    settings.FIXED_NOW = booked(world, sent).period.upper + timedelta(hours=1)
    page = seen(sent)
    assert "Wij leggen vast wat u afsprak" in page
    assert "Ging het gesprek niet door? Bel even." in page


def test_a_conversation_she_missed_is_no_reproach(
    world: World, sent: SentReferral, settings: Settings
) -> None:
    conversation = booked(world, sent)
    later = conversation.period.upper
    with inline():
        services.record_no_show(
            actor=world.speak_as(world.sanne, later), conversation_id=conversation.pk, now=later
        )
    settings.FIXED_NOW = later
    assert "Dat kan gebeuren. Wij zoeken een nieuwe dag." in seen(sent)


def test_a_conversation_that_is_cancelled_says_what_follows(world: World, sent: SentReferral) -> None:
    conversation = booked(world, sent)
    with inline():
        services.cancel_conversation(
            actor=world.speak_as(world.ilse, NOW), conversation_id=conversation.pk, because="ziek", now=NOW
        )
    page = seen(sent)
    assert "Uw gesprek gaat niet door. Wij zoeken een nieuwe dag." in page
    assert "Wij zoeken een dag voor uw gesprek" in page


def test_a_held_conversation_waits_for_its_report(
    world: World, sent: SentReferral, settings: Settings
) -> None:
    _, settings.FIXED_NOW = held(world, sent)
    page = seen(sent)
    assert "U had uw gesprek. Het verslag komt nog." in page
    assert "Ik kan dan niet" not in page


def test_a_report_that_is_ready_comes_first(world: World, sent: SentReferral, settings: Settings) -> None:
    conversation_id, later = held(world, sent)
    with inline():
        services.write_report(
            actor=world.speak_as(world.sanne, later), conversation_id=conversation_id, body="Goed.", now=later
        )
    settings.FIXED_NOW = later
    page = seen(sent)
    assert page.index("Uw verslag is klaar") < page.index("Waar uw vraag nu is")
    assert f"/mijn/verslag/{conversation_id}/" in page


@pytest.mark.parametrize("name", ["F. Yilmaz", "", "Mw. Yilmaz", "X"])
def test_a_name_without_a_first_name_is_left_out(world: World, name: str) -> None:
    sent = refer(world, now=NOW, name=name or "1", key=name)
    assert "<h1>Zo staat het met uw vraag</h1>" in seen(sent)


# --- what she may change ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Kies een dag."),
        ("morgen", "Vul een dag in"),
        ("2027-02-30", "Vul een dag in"),
        ("2027-07-01", "Kies een datum na vandaag."),
        ("2027-06-01", "Kies een datum na vandaag."),
        ("2027-12-24", "Kies een datum binnen 60 dagen."),
    ],
)
def test_a_day_that_cannot_be_is_explained(sent: SentReferral, day: str, words: str) -> None:
    answer = browser(account_of(sent.help_request_id)).post("/mijn/vraag/uitstel/", {"until_on": day})
    assert words in text_of(answer)
    assert Postponement.objects.count() == 0


def test_a_day_before_the_appointment_changes_nothing(world: World, sent: SentReferral) -> None:
    booked(world, sent)
    answer = browser(account_of(sent.help_request_id)).post(
        "/mijn/vraag/uitstel/", {"until_on": "2027-07-02"}
    )
    assert "Uw gesprek is op vrijdag 2 juli. Kies een dag daarna." in text_of(answer)
    assert Postponement.objects.count() == 0


def test_another_day_calls_the_appointment_off_at_once_on_her_page(world: World, sent: SentReferral) -> None:
    booked(world, sent)
    client = browser(account_of(sent.help_request_id))
    assert client.post("/mijn/vraag/uitstel/", {"until_on": "2027-07-12"}).status_code == 302
    page = seen(sent)
    assert "gaat niet door. U hoeft niets te doen." in page
    assert "Wij wachten tot maandag 12 juli" in page
    assert "Kunt u dan niet?" not in page


def test_there_is_nothing_to_postpone_after_the_conversation(
    world: World, sent: SentReferral, settings: Settings
) -> None:
    _, settings.FIXED_NOW = held(world, sent)
    client = browser(account_of(sent.help_request_id))
    answer = client.post("/mijn/vraag/uitstel/", {"until_on": "2027-07-20"}, follow=True)
    assert "Er is nu geen gesprek om te verzetten." in text_of(answer)
    assert Postponement.objects.count() == 0


def test_she_stops_and_thinks_again(world: World, sent: SentReferral) -> None:
    conversation = booked(world, sent)
    client = browser(account_of(sent.help_request_id))
    assert "gaat niet door. Wij zeggen het voor u af." in text_of(client.get("/mijn/vraag/stoppen/"))
    with inline():
        page = text_of(client.post("/mijn/vraag/stoppen/", follow=True))
    assert "U stopte met uw vraag op donderdag 1 juli." in page
    assert "Tot en met zaterdag 31 juli kunt u weer verder." in page
    conversation.refresh_from_db()
    assert conversation.state == Conversation.State.CANCELLED
    assert "Uw vraag staat weer open." in text_of(client.post("/mijn/vraag/verder/", follow=True))
    thread = thread_of(sent.help_request_id)
    assert (thread.phase, thread.closed_at, thread.next_on) == ("received", None, date(2027, 7, 2))
    assert book_first(world, sent.help_request_id, now=NOW)


def test_who_takes_it_up_at_once_sees_no_old_appointment_and_keeps_the_new_one(
    world: World, sent: SentReferral
) -> None:
    """Also while nobody heard yet that she stopped; and whoever hears it late cancels nothing new."""
    conversation = booked(world, sent)
    client = browser(account_of(sent.help_request_id))
    client.post("/mijn/vraag/stoppen/")
    page = text_of(client.post("/mijn/vraag/verder/", follow=True))
    assert "Kunt u dan niet?" not in page
    assert "Ik kan dan niet" not in page
    conversation.refresh_from_db()
    assert conversation.state == Conversation.State.CANCELLED
    fresh = book_first(world, sent.help_request_id, now=NOW)
    for event in OutboxEvent.objects.filter(name="HelpRequestStopped"):
        deliver(event.pk, now=NOW)
    with gate.as_system("test"):
        assert Conversation.objects.get(pk=fresh).state == Conversation.State.PLANNED


def test_after_thirty_days_stopping_is_final(sent: SentReferral, settings: Settings) -> None:
    account = account_of(sent.help_request_id)
    browser(account).post("/mijn/vraag/stoppen/")
    settings.FIXED_NOW = NOW + timedelta(days=31)
    assert "Ik wil toch verder" not in seen(sent)
    assert browser(account).post("/mijn/vraag/verder/").status_code == 409
    assert thread_of(sent.help_request_id).phase == HelpRequest.Phase.CLOSED


def test_stopping_twice_is_stopping_once(sent: SentReferral) -> None:
    client = browser(account_of(sent.help_request_id))
    client.post("/mijn/vraag/stoppen/")
    client.post("/mijn/vraag/stoppen/")
    assert seen(sent).count("U stopte met uw vraag</strong>") == 1


# --- this week ----------------------------------------------------------------------------------


def choose(sent: SentReferral, service_id: object, *, checks: bool = False) -> int:
    client = browser(account_of(sent.help_request_id), checks=checks)
    return client.post("/mijn/vraag/deze-week/", {"service_id": str(service_id)}).status_code


def test_she_sees_what_is_near_and_light_and_not_what_needs_a_referral(
    world: World, sent: SentReferral
) -> None:
    make_service(world.region, "Inloop hier", world.almelo)
    make_service(world.region, "Online praten", kind=Service.Kind.DIGITAL)
    make_service(world.region, "Alleen via huisarts", world.almelo, needs_referral=True)
    make_service(world.region, "Pas later", world.almelo, starts_this_week=False)
    make_service(world.region, "Bestaat niet meer", world.almelo, status="inactive")
    page = seen(sent)
    assert page.index("Inloop hier") < page.index("Online praten")
    for absent in ("Alleen via huisarts", "Pas later", "Bestaat niet meer"):
        assert absent not in page


def test_she_chooses_and_takes_it_back(world: World, sent: SentReferral) -> None:
    service = make_service(world.region, "Inloop hier", world.almelo)
    assert choose(sent, service.pk) == 302
    assert choose(sent, service.pk) == 302
    page = seen(sent)
    assert page.count("U koos dit") == 1
    assert "Dinsdag 10.00 – 12.00 uur" in page
    assert thread_of(sent.help_request_id).meanwhile == "Inloop hier"
    client = browser(account_of(sent.help_request_id))
    assert client.post(f"/mijn/vraag/deze-week/{service.pk}/weg/").status_code == 302
    assert "U koos dit" not in seen(sent)
    assert thread_of(sent.help_request_id).meanwhile == ""


def test_a_choice_that_ended_says_so(world: World, sent: SentReferral) -> None:
    service = make_service(world.region, "Inloop hier", world.almelo)
    choose(sent, service.pk)
    Service.objects.update(status="inactive")
    assert "Dit is er niet meer. Bel even" in seen(sent)


def test_what_is_not_for_her_cannot_be_chosen(world: World, sent: SentReferral) -> None:
    other_region = make_service(make_region("groningen", "Groningen"))
    by_referral = make_service(world.region, "Via huisarts", needs_referral=True)
    for service_id in (other_region.pk, by_referral.pk, uuid4(), "geen-nummer", ""):
        assert choose(sent, service_id) == 404
    assert thread_of(sent.help_request_id).meanwhile == ""


def test_without_anything_near_the_page_still_says_what_to_do(sent: SentReferral) -> None:
    page = seen(sent)
    assert "Wij weten hier nu niets dat deze week kan." in page
    assert 'href="/aanbod/"' in page


# --- cost ---------------------------------------------------------------------------------------


def test_the_page_costs_a_fixed_number_of_questions(
    world: World, sent: SentReferral, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        make_service(world.region, f"Inloop {number}", world.almelo)
        refer(world, now=NOW, key=f"other{number}")
    booked(world, sent)
    client = browser(account_of(sent.help_request_id))
    with django_assert_max_num_queries(30):
        client.get(PAGE)
