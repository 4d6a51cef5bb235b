"""Two regions, two ways to sit at the table: Twente's ggz and another domain, Groningen's peer worker."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings as installation
from pytest_django import Settings

from noaber.ground.plain import as_json
from noaber.knowledge.regions import read_region
from noaber.network.partners.factories import make_professional
from noaber.network.partners.models import Absence, Certificate, Professional
from noaber.pathways.conversations import queries
from noaber.pathways.conversations.factories import World, make_world
from noaber.pathways.conversations.models import Conversation, Outcome
from noaber.pathways.conversations.tests.pages import NOW, browser, text_of
from noaber.pathways.conversations.tests.planning import asked, book, the_conversation
from noaber.pathways.referrals.queries import due_letters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


def world_of(slug: str) -> World:
    """The invented cast at work under the rules of a real region."""
    world = make_world(slug)
    world.region.settings = as_json(read_region(installation.REGIONS_DIR / slug).settings)
    world.region.save()
    return world


def person(world: World, name: str) -> Professional:
    """One of the cast as a professional."""
    return Professional.objects.get(name=name, organisation__region=world.region)


def trained(someone: Professional) -> None:
    """Finished Groningen's training for guides."""
    Certificate.objects.create(
        professional=someone, kind="conversation_guide_training", obtained_on=date(2027, 2, 1)
    )


def choice(world: World, *names: str) -> str:
    """A booking on Monday of these people."""
    people = ",".join(str(person(world, name).pk) for name in names)
    return f"2027-07-05T09:00:00+00:00|live|{world.room.pk}|{people}"


SANNE, BRAM, HENK = "Sanne Bakker", "Bram Kamphuis", "Henk Oude Vrielink"


def test_twente_wants_ggz_and_another_domain_and_takes_two_or_three() -> None:
    world = world_of("twente")
    for names, words in (
        ((SANNE,), "Deze regio werkt met 2 tot 3 mensen"),
        ((BRAM, HENK), "Er mist iemand uit de ggz"),
    ):
        pk = asked(world)
        answer = browser(world.ilse).post(f"/planbord/{pk}/", {"choice": choice(world, *names)})
        assert answer.status_code == 422
        assert words in text_of(answer)
    book(world, asked(world), choice(world, SANNE, BRAM, HENK))


def test_twente_asks_exactly_one_outcome(settings: Settings) -> None:
    world = world_of("twente")
    pk = asked(world)
    book(world, pk, choice(world, SANNE, BRAM))
    settings.FIXED_NOW = the_conversation(pk).period.upper
    page = text_of(browser(world.sanne).get(f"/gesprekken/{the_conversation(pk).pk}/"))
    assert page.count('type="radio"') == 8
    assert "Dit is de specialistische ggz in de KPI's." in page


def test_groningen_proposes_a_trained_guide_with_lived_experience() -> None:
    world = world_of("groningen")
    trained(person(world, BRAM))
    pk = asked(world)
    book(world, pk)
    names = the_conversation(pk).participations.values_list("professional__name", flat=True)
    assert set(names) == {BRAM, HENK}


def test_groningen_refuses_a_table_where_nobody_was_trained_for_it() -> None:
    world = world_of("groningen")
    pk = asked(world)
    answer = browser(world.ilse).post(f"/planbord/{pk}/", {"choice": choice(world, SANNE, HENK)})
    assert answer.status_code == 422
    assert "Er mist iemand met de training voor dit gesprek." in text_of(answer)
    assert queries.proposals(world.speak_as(world.ilse, NOW), pk, now=NOW).options == ()


def test_a_training_that_expired_does_not_count() -> None:
    world = world_of("groningen")
    trained(person(world, SANNE))
    Certificate.objects.filter(kind="conversation_guide_training").update(expires_on=date(2027, 6, 30))
    pk = asked(world)
    answer = browser(world.ilse).post(f"/planbord/{pk}/", {"choice": choice(world, SANNE, HENK)})
    assert "Er mist iemand met de training" in text_of(answer)


def test_groningen_goes_without_a_peer_worker_only_with_a_written_reason() -> None:
    world = world_of("groningen")
    trained(person(world, SANNE))
    pk = asked(world)
    without = {"choice": choice(world, SANNE, BRAM), "reason": " "}
    answer = browser(world.ilse).post(f"/planbord/{pk}/", without)
    assert answer.status_code == 422
    assert "Er mist een ervaringsdeskundige. Kan het echt niet anders?" in text_of(answer)
    book(world, pk, without["choice"], reason="De inwoner wil niet wachten.")
    assert the_conversation(pk).lived_experience_reason == "De inwoner wil niet wachten."


def test_groningen_offers_the_earlier_time_that_a_reason_would_bring() -> None:
    world = world_of("groningen")
    trained(person(world, SANNE))
    Absence.objects.create(professional=person(world, HENK), starts_at=NOW, ends_at=NOW + timedelta(days=10))
    page = text_of(browser(world.ilse).get(f"/planbord/{asked(world)}/"))
    assert page.index("maandag 12 juli om 9.00 uur") < page.index("Eerder, zonder ervaringsdeskundige")
    assert "vrijdag 2 juli om 9.00 uur" in page
    assert "Waarom zonder ervaringsdeskundige?" in page


def test_groningen_asks_no_outcome_and_derives_it_from_what_was_chosen(settings: Settings) -> None:
    world = world_of("groningen")
    trained(person(world, SANNE))
    make_professional(
        person(world, HENK).organisation,
        "Gerda Wolters",
        profession="peer_worker",
        domain_group="lived_experience",
    )
    pk = asked(world)
    book(world, pk, choice(world, SANNE, HENK))
    row = the_conversation(pk)
    settings.FIXED_NOW = row.period.upper
    client = browser(world.sanne)
    page = text_of(client.get(f"/gesprekken/{row.pk}/"))
    assert 'name="outcome"' not in page
    assert "De uitkomst volgt uit wat de inwoner koos." in page
    body = {"stap-TOTAL_FORMS": "6", "stap-INITIAL_FORMS": "0", "outcome": "multidisciplinary_ggz"}
    assert client.post(f"/gesprekken/{row.pk}/", body).status_code == 422
    steps = {
        "stap-0-words": "Naar de groep",
        "stap-0-kind": "group",
        "stap-1-words": "Zus",
        "stap-1-kind": "own_network",
    }
    assert client.post(f"/gesprekken/{row.pk}/", body | steps).status_code == 302
    outcome = Outcome.objects.get(conversation=row)
    assert (outcome.main, outcome.derived) == ("social_basis", True)
    page = text_of(client.get(f"/gesprekken/{row.pk}/"))
    assert "afgeleid uit wat de inwoner koos" in page
    assert client.post(f"/gesprekken/{row.pk}/uitkomst/", {"outcome": "none"}).status_code == 409


def test_groningen_may_say_that_nothing_was_agreed(settings: Settings) -> None:
    world = world_of("groningen")
    trained(person(world, SANNE))
    pk = asked(world)
    book(world, pk, choice(world, SANNE, HENK))
    row = the_conversation(pk)
    settings.FIXED_NOW = row.period.upper
    body = {"stap-TOTAL_FORMS": "6", "stap-INITIAL_FORMS": "0", "nothing": "on"}
    assert browser(world.sanne).post(f"/gesprekken/{row.pk}/", body).status_code == 302
    assert Outcome.objects.get(conversation=row).main == "none"


def test_in_groningen_the_letter_goes_only_with_her_consent(settings: Settings) -> None:
    world = world_of("groningen")
    trained(person(world, SANNE))
    pk = asked(world)
    book(world, pk, choice(world, SANNE, HENK))
    row = the_conversation(pk)
    settings.FIXED_NOW = row.period.upper
    client = browser(world.sanne)
    client.post(
        f"/gesprekken/{row.pk}/",
        {"stap-TOTAL_FORMS": "6", "stap-INITIAL_FORMS": "0", "nothing": "on"},
    )
    client.post(f"/gesprekken/{row.pk}/verslag/", {"body": "Fijn gesprek."})
    page = text_of(client.get(f"/gesprekken/{row.pk}/verslag/"))
    assert "Gaat alleen als de inwoner dat goed vindt." in page
    world.speak_as(world.noor, NOW)
    assert due_letters(date(2030, 1, 1)) == []


def test_groningen_knows_no_last_conversation(settings: Settings) -> None:
    world = world_of("groningen")
    trained(person(world, SANNE))
    pk = asked(world)
    for week in range(3):
        book(world, pk, choice(world, SANNE, HENK).replace("07-05", f"07-{5 + 7 * week:02}"))
        row = the_conversation(pk)
        settings.FIXED_NOW = row.period.upper
        body = {"stap-TOTAL_FORMS": "6", "stap-INITIAL_FORMS": "0", "nothing": "on"}
        assert browser(world.sanne).post(f"/gesprekken/{row.pk}/", body).status_code == 302
    assert Conversation.objects.filter(help_request_id=pk, state="held").count() == 3
