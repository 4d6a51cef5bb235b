"""What became of a referral: for the practice that sent it, and for nobody else."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django import DjangoAssertNumQueries, Settings

from noaber.ground.errors import Invalid
from noaber.hallway.access import gate
from noaber.hallway.accounts.models import Account
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.outbox.services import inline
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.network.residents.services import open_with_card
from noaber.pathways.conversations import services as conversations
from noaber.pathways.conversations.factories import World, as_resident, book_first, hold, make_world, refer
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.tests.pages import NOW, account_of, browser, comparable, text_of
from noaber.pathways.referrals import queries
from noaber.pathways.referrals import services as referrals
from noaber.pathways.referrals.models import Letter
from noaber.pathways.referrals.types import SentReferral

pytestmark = pytest.mark.django_db
LETTER = "KAN-brief: zij koos de wandelgroep."


@pytest.fixture(autouse=True)
def fixed_clock(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


def other_practice(world: World) -> Account:
    practice = make_organisation(world.region, "Praktijk Elders", "huisartsenzorg", municipality=world.almelo)
    return make_staff(practice, "Dokter Elders", "referrer")


def with_report(world: World, name: str = "Fatma Yilmaz") -> tuple[SentReferral, UUID]:
    with inline():
        sent = refer(world, now=NOW, name=name)
        conversation_id = book_first(world, sent.help_request_id, now=NOW)
        later = Conversation.objects.get(pk=conversation_id).period.upper
        hold(world, conversation_id, now=later)
        conversations.write_report(
            actor=world.speak_as(world.sanne, later), conversation_id=conversation_id, body=LETTER, now=later
        )
    return sent, conversation_id


def agree(sent: SentReferral, conversation_id: UUID) -> None:
    fatma = as_resident(sent.help_request_id, now=NOW)
    conversations.agree_with_report(actor=fatma, conversation_id=conversation_id, now=NOW)


def object_to(sent: SentReferral, conversation_id: UUID) -> None:
    fatma = as_resident(sent.help_request_id, now=NOW)
    for letter_id in referrals.letters_about(actor=fatma, conversation_id=conversation_id):
        referrals.object_to_letter(actor=fatma, letter_id=letter_id, now=NOW)


def pages_of(sent: SentReferral) -> list[str]:
    return [f"/verwijzen/{sent.referral_id}/verstuurd/", f"/mijn-verwijzingen/{sent.referral_id}/"]


def test_a_guessed_number_and_another_practice_get_the_same_bytes(world: World) -> None:
    sent = refer(world, now=NOW, name="KAN-naam Yilmaz")
    client = browser(other_practice(world))
    nobody = SentReferral(uuid4(), uuid4(), "", "", "")
    for mine, guessed in zip(pages_of(sent), pages_of(nobody), strict=True):
        theirs, nothing = client.get(mine), client.get(guessed)
        assert (theirs.status_code, nothing.status_code) == (404, 404)
        assert comparable(theirs) == comparable(nothing)
        assert "KAN-naam" not in text_of(theirs)
    assert client.post(f"/verwijzen/{sent.referral_id}/kaart/").status_code == 404
    assert open_with_card(code=sent.card_code, pin=sent.card_pin, now=NOW)


@pytest.mark.parametrize("page", ["/verwijzen/", "/mijn-verwijzingen/"])
def test_only_who_refers_comes_in(world: World, page: str) -> None:
    sent = refer(world, now=NOW, name="KAN-naam Yilmaz")
    assert browser().get(page)["Location"].startswith("/inloggen/")
    assert browser(world.noor, second_factor=False).get(page)["Location"].startswith("/tweede-stap/")
    for somebody in (world.ilse, world.sanne, account_of(sent.help_request_id)):
        answer = browser(somebody).get(page)
        assert answer.status_code == 404
        assert "KAN-naam" not in text_of(answer)


def test_someone_who_left_the_practice_sees_nothing_any_more(world: World) -> None:
    sent = refer(world, now=NOW, name="KAN-naam Yilmaz")
    client = browser(world.noor)
    assert client.get("/mijn-verwijzingen/").status_code == 200
    world.noor.memberships.update(period=DateRange(date(2027, 1, 4), date(2027, 7, 1)))
    for page in ["/verwijzen/", "/mijn-verwijzingen/", *pages_of(sent)]:
        answer = client.get(page)
        assert answer.status_code == 404
        assert "KAN-naam" not in text_of(answer)


def test_the_list_holds_the_own_practice_only(world: World) -> None:
    refer(world, now=NOW, name="KAN-naam Yilmaz")
    assert "KAN-naam" in text_of(browser(world.noor).get("/mijn-verwijzingen/"))
    page = text_of(browser(other_practice(world)).get("/mijn-verwijzingen/"))
    assert "KAN-naam" not in page
    assert "Uw praktijk verwees nog niemand" in page


def test_the_list_turns_its_pages_and_logs_only_who_was_shown(world: World) -> None:
    for number in range(27):
        refer(world, now=NOW, name=f"Inwoner {number:02}", key=f"k{number}")
    before = AuditEntry.objects.filter(event_type="referral.list").count()
    page = text_of(browser(world.noor).get("/mijn-verwijzingen/?pagina=2"))
    assert page.count('<th scope="row">') == 2
    assert AuditEntry.objects.filter(event_type="referral.list").count() == before + 2
    for strange in ("-1", "1000000000", "abc", "9" * 400):
        assert browser(world.noor).get(f"/mijn-verwijzingen/?pagina={strange}").status_code == 200


def test_a_letter_is_there_once_she_lets_it_go(world: World) -> None:
    sent, conversation_id = with_report(world)
    where = f"/mijn-verwijzingen/{sent.referral_id}/"
    assert LETTER not in text_of(browser(world.noor).get(where))
    agree(sent, conversation_id)
    assert "Nieuw voor u" in text_of(browser(world.noor).get("/mijn-verwijzingen/"))
    assert LETTER in text_of(browser(world.noor).get(where))
    assert AuditEntry.objects.filter(event_type="letter.read").count() == 1
    assert "Nieuw voor u" not in text_of(browser(world.noor).get("/mijn-verwijzingen/"))


def test_the_confirmation_opens_no_letter(world: World) -> None:
    sent, conversation_id = with_report(world)
    agree(sent, conversation_id)
    assert LETTER not in text_of(browser(world.noor).get(f"/verwijzen/{sent.referral_id}/verstuurd/"))
    assert "Nieuw voor u" in text_of(browser(world.noor).get("/mijn-verwijzingen/"))


def test_an_objection_reads_like_a_letter_that_never_was(world: World) -> None:
    quiet, _ = with_report(world, "Mila Jansen")
    kept, conversation_id = with_report(world, "Mila Jansen")
    agree(kept, conversation_id)
    object_to(kept, conversation_id)
    client = browser(world.noor)
    pages = [text_of(client.get(f"/mijn-verwijzingen/{sent.referral_id}/")) for sent in (quiet, kept)]
    parts = [page.split("Brief over het gesprek")[1].split("Wat u vroeg")[0] for page in pages]
    assert parts[0] == parts[1]
    assert "Er is geen brief voor u." in parts[0]
    assert "KAN-brief" not in pages[1]
    assert "Nieuw voor u" not in text_of(client.get("/mijn-verwijzingen/"))


def test_where_silence_is_no_consent_a_letter_never_goes_by_itself(world: World) -> None:
    with_report(world)
    with gate.as_system("test"):
        letter = Letter.objects.get()
        assert letter.release_on is not None
        assert queries.due_letters(letter.release_on) == [letter.pk]
        world.region.settings["report"]["to_gp"] = "with_consent"
        world.region.save()
        assert queries.due_letters(letter.release_on) == []


def test_a_new_card_ends_the_old_one_and_she_reads_that_it_happened(world: World) -> None:
    sent = refer(world, now=NOW)
    client = browser(world.noor)
    answer = client.post(f"/verwijzen/{sent.referral_id}/kaart/", follow=True)
    page = text_of(answer)
    code = page.split('Uw code</dt><dd class="card-code">')[1][:11]
    pin = page.split('Pincode</dt><dd class="card-code">')[1][:4]
    with pytest.raises(Invalid):
        open_with_card(code=sent.card_code, pin=sent.card_pin, now=NOW)
    resident = account_of(sent.help_request_id)
    assert open_with_card(code=code, pin=pin, now=NOW) == resident.pk
    assert "U kreeg een nieuwe kaart" in text_of(browser(resident).get("/mijn/vraag/"))
    assert AuditEntry.objects.filter(event_type="card.renew", account_id=world.noor.pk).count() == 1


def test_a_card_is_not_made_by_looking_or_by_a_forged_form(world: World) -> None:
    sent = refer(world, now=NOW)
    where = f"/verwijzen/{sent.referral_id}/kaart/"
    assert browser(world.noor).get(where).status_code == 405
    assert browser(world.noor, checks=True).post(where).status_code == 403
    assert open_with_card(code=sent.card_code, pin=sent.card_pin, now=NOW)


def test_the_names_in_a_page_are_never_markup(world: World) -> None:
    sent = refer(world, now=NOW, name="<img src=x onerror=alert(1)>")
    for page in ["/mijn-verwijzingen/", *pages_of(sent)]:
        assert "<img" not in browser(world.noor).get(page).content.decode()


def test_more_referrals_do_not_cost_more_questions(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    refer(world, now=NOW)
    client = browser(world.noor)
    client.get("/mijn-verwijzingen/")
    for number in range(5):
        refer(world, now=NOW, key=f"n{number}")
    with django_assert_max_num_queries(16):
        client.get("/mijn-verwijzingen/")
    with django_assert_max_num_queries(18):
        client.get("/verwijzen/")
