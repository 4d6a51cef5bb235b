"""What there is nearby: found by anyone, also with a typing error, and nothing of a person in it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st
from pytest_django import Settings

from noaber.ground.errors import Missing
from noaber.network.partners.factories import make_municipality, make_organisation, make_region
from noaber.network.partners.models import Municipality, Region
from noaber.offer.directory import queries, rules, services
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import Service
from noaber.offer.directory.types import NewService, Search
from noaber.pathways.conversations.tests.pages import NOW, browser, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fixed_clock(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def almelo(region: Region) -> Municipality:
    return make_municipality(region, "Almelo")


def shown(address: str = "/aanbod/") -> str:
    answer = browser().get(address)
    assert answer.status_code == 200
    return text_of(answer)


@pytest.mark.parametrize(
    "strange",
    [
        "?zoek=" + "a" * 5000,
        "?zoek=%00",
        "?zoek='; DROP TABLE x; --",
        "?gemeente=bestaat-niet",
        "?wanneer=ooit",
        "?pagina=-1",
        "?pagina=1000000000",
        "?zoek={{7*7}}%25s",
        "?zoek=((((((((((",
    ],
)
def test_a_strange_question_gets_a_page(almelo: Municipality, region: Region, strange: str) -> None:
    make_service(region, municipality=almelo)
    assert "Zoek iets in de buurt" in shown("/aanbod/" + strange)


def test_what_is_typed_is_never_markup(region: Region) -> None:
    assert b"<img" not in browser().get("/aanbod/?zoek=<img src=x>").content


def test_without_a_region_there_is_no_list_but_there_is_a_start() -> None:
    assert browser().get("/aanbod/").status_code == 404
    assert "Waar zoekt u hulp bij?" in shown("/")


def test_an_empty_list_offers_a_way_on(region: Region, almelo: Municipality) -> None:
    enschede = make_municipality(region, "Enschede", latitude=52.22, longitude=6.89)
    Municipality.objects.filter(pk=almelo.pk).update(latitude=52.36, longitude=6.66)
    make_service(region, "Wandelen met Noabers", enschede)
    page = shown("/aanbod/?zoek=wandelen&waar=Almelo&afstand=5")
    assert "Wij vonden niets" in page
    assert "In de hele regio is er wel 1 plek" in page
    assert "Bel iemand" in page


def test_a_typing_error_is_understood(region: Region) -> None:
    make_service(region, "Wandelen met Noabers")
    page = shown("/aanbod/?zoek=wandlen")
    assert "Wandelen met Noabers" in page
    assert "Wij zochten op ‘wandelen’" in page


def test_what_can_start_this_week_comes_first_and_light_before_heavy(region: Region) -> None:
    make_service(region, "A behandeling", kind=Service.Kind.GGZ_MULTI, needs_referral=True)
    make_service(region, "B cursus", kind=Service.Kind.GROUP)
    make_service(region, "C inloop", kind=Service.Kind.SOCIAL_BASIS)
    found = [card.name for card in queries.search(region.pk, Search())]
    assert found == ["C inloop", "B cursus", "A behandeling"]


def test_a_referral_is_never_hidden(region: Region) -> None:
    make_service(region, "Behandeling", needs_referral=True, starts_this_week=True)
    page = shown()
    assert "Via uw huisarts" in page
    assert "Kan deze week</span>" not in page
    assert queries.this_week(region.pk, None) == []


def test_an_offer_for_the_whole_region_is_in_each_municipality(region: Region, almelo: Municipality) -> None:
    enschede = make_municipality(region, "Enschede")
    make_service(region, "Overal")
    make_service(region, "Hier", almelo)
    make_service(region, "Daar", enschede)
    assert [c.name for c in queries.search(region.pk, Search(municipality="almelo"))] == ["Hier", "Overal"]


def test_each_region_has_its_own_list(region: Region) -> None:
    other = make_region("groningen", "Groningen")
    make_service(region, "Van Twente")
    theirs = make_service(other, "Van Groningen")
    assert "Van Groningen" not in shown("/regio/twente/aanbod/")
    assert "Van Groningen" in shown("/regio/groningen/aanbod/")
    assert browser().get("/regio/nergens/aanbod/").status_code == 404
    with pytest.raises(Missing):
        queries.one(region.pk, theirs.pk)


def test_what_nobody_checked_for_long_says_so(region: Region) -> None:
    make_service(region, "Oud", assured_on=date(2026, 6, 1))
    assert "Lang niet nagekeken. Bel eerst even." in shown()


def test_twice_the_same_offer_is_one_and_the_newest_words_stay(region: Region, almelo: Municipality) -> None:
    first = services.keep_service(
        region_id=region.pk, service=NewService("Inloop", "social_basis", municipality=almelo.slug)
    )
    second = services.keep_service(
        region_id=region.pk,
        service=NewService("Inloop ", "social_basis", text="Nieuw.", municipality=almelo.slug),
    )
    assert first == second
    assert Service.objects.get().description == "Nieuw."


def test_an_older_look_never_replaces_a_newer_one(region: Region) -> None:
    service = make_service(region, assured_on=date(2027, 6, 14))
    services.confirm_service(service_id=service.pk, on=date(2027, 1, 1))
    service.refresh_from_db()
    assert service.assured_on == date(2027, 6, 14)


def test_what_ended_is_not_found(region: Region) -> None:
    service = make_service(region, "Weg")
    services.end_service(service_id=service.pk)
    assert "Weg</h3>" not in shown()


def test_the_start_page_shows_three_of_this_week(region: Region) -> None:
    for number in range(5):
        make_service(region, f"Inloop {number}")
    page = shown("/")
    assert page.count("Kan deze week") == 3


def test_more_offers_do_not_cost_more_questions(region: Region) -> None:
    def questions(number_of_offers: int) -> int:
        for number in range(number_of_offers):
            name = f"{number_of_offers} {number}"
            make_service(region, f"Inloop {name}", organisation=make_organisation(region, f"Huis {name}"))
        shown()  # the first look builds the index of this process
        with CaptureQueriesContext(connection) as captured:
            shown()
        return len(captured)

    assert questions(3) == questions(30)


@example("𝕊")
@given(st.text(max_size=200))
def test_any_text_gives_a_few_plain_words(text: str) -> None:
    words = rules.words_in(text)
    assert len(words) <= rules.MOST_WORDS
    assert rules.matches(words, rules.plain(text))


@pytest.mark.parametrize("typed", ["cafe", "CAFÉ", "café"])
def test_accents_and_capitals_do_not_matter(typed: str) -> None:
    assert rules.matches(rules.words_in(typed), "Alzheimer Café")
