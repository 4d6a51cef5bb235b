"""She looks for a walk-in near home, misspelt, on her phone; opens it, sees when it is open, reports a fault.

Once as one types, once without a script. Nobody needs a name for any of it.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import AMSTERDAM, House
from tests.journeys.visitor import DESK, PHONE, Visitor

TUESDAY_AT_HALF_PAST_TEN = datetime(2027, 6, 29, 10, 30, tzinfo=AMSTERDAM)
WALK_IN = "Inloop De Brug Almelo"
"""Open on Tuesday from 10.00 to 12.00 and on Friday from 13.30 to 16.00."""


def opens_it(visitor: Visitor) -> None:
    """The first card is what she looked for; its page says that it is open now."""
    visitor.page.locator(".offers h3 a", has_text=WALK_IN).first.click()
    visitor.page.wait_for_load_state()
    visitor.sees(WALK_IN, "Nu open, tot 12.00 uur", "vandaag", "Almelo", "Klopt er iets niet?")
    assert visitor.find("Bel", role="link", exact=False).get_attribute("href", timeout=2000)


def reports_it(visitor: Visitor, house: House, words: str) -> None:
    """What is not right, in her own words without a person in it; then the page says what happens next."""
    visitor.click("Klopt er iets niet?", role="link")
    visitor.field("De tijden kloppen niet").check()
    visitor.field("Hoe is het dan wel?").fill("Bel mij op 06 12345678")
    visitor.expects(422)
    visitor.click("Verstuur de melding")
    visitor.sees("iets van een persoon")
    assert visitor.field("Hoe is het dan wel?").input_value() == "Bel mij op 06 12345678"
    assert visitor.field("De tijden kloppen niet").is_checked()
    visitor.field("Hoe is het dan wel?").fill(words)
    visitor.click("Verstuur de melding")
    visitor.sees("Dank u.", "kijkt het na", WALK_IN)
    (report,) = house.rows(
        "SELECT about, state, service_id FROM directory_errorreport WHERE words = %s", words
    )
    assert (report["about"], report["state"]) == ("hours", "new")
    assert str(report["service_id"]) in visitor.page.url


def test_as_one_types(visiting: Visit, house: House) -> None:
    """The list follows the letters; the address can be shared; no cookie was needed to look."""
    with visiting(TUESDAY_AT_HALF_PAST_TEN, viewport=PHONE, label="inloop") as she:
        page = she.go("/aanbod/")
        assert not she.context.cookies()
        she.field("Plaats of postcode").press_sequentially("Almelo", delay=15)
        with page.expect_response(lambda answer: "zoek=inlop" in answer.url and "Almelo" in answer.url):
            she.field("Waar zoekt u naar?").press_sequentially("inlop de brug", delay=25)
        page.locator(".offers h3 a", has_text=WALK_IN).first.wait_for()
        page.get_by_text("tot 15 km van Almelo").first.wait_for()
        she.sees("tot 15 km van Almelo", "Kaart", "km")
        asked = parse_qs(urlsplit(page.url).query)
        assert asked["waar"] == ["Almelo"]
        assert asked["zoek"] == ["inlop de brug"]
        assert "plek" in page.locator("#telling").inner_text()
        she.keep("gevonden")
        assert not looking.faults(she)
        page.locator(".facets > summary").click()
        with page.expect_response(lambda answer: "wanneer=week" in answer.url):
            she.field("Kan deze week").check()
        she.field("Kan deze week").wait_for()
        assert she.field("Kan deze week").is_checked()
        she.sees("Filters, 1 gekozen")
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        page.reload()
        she.sees("Filters, 1 gekozen", WALK_IN)
        opens_it(she)
        she.keep("open")
        assert not looking.faults(she)
        reports_it(she, house, "Op dinsdag is het tot half twaalf.")
        she.keep("gemeld")
        she.click("Ja, dit klopt")
        she.sees("Zo weten anderen dat dit nog klopt")


def test_without_a_script(visiting: Visit, house: House) -> None:
    """The same with buttons alone."""
    with visiting(TUESDAY_AT_HALF_PAST_TEN, viewport=PHONE, scripts=False, label="inloop-zonder") as she:
        she.go("/aanbod/")
        she.field("Waar zoekt u naar?").fill("inlop de brug")
        she.field("Plaats of postcode").fill("7607")
        she.click("Zoek")
        she.sees(WALK_IN, "Wij zochten op")
        opens_it(she)
        reports_it(she, house, "Vrijdag begint het om 14.00 uur.")


def test_nothing_found_is_no_dead_end(visiting: Visit) -> None:
    """Further away, everything, or somebody to ring; and a number on the map leads to its card."""
    with visiting(TUESDAY_AT_HALF_PAST_TEN, viewport=DESK) as she:
        page = she.go("/aanbod/?zoek=parasailing&waar=Enschede&afstand=5")
        she.sees("Zo komt u verder", "Bel iemand", "Laat alles zien")
        assert not looking.faults(she)
        she.click("Laat alles zien", role="link", exact=False)
        page.wait_for_load_state()
        number = page.locator("svg.spots a").first
        number.click()
        assert urlsplit(page.url).fragment == (number.get_attribute("href") or "").lstrip("#")
        assert page.locator("li:target .offer").count() == 1
        assert not looking.faults(she)


@pytest.mark.parametrize("query", ["", "?voor=jong", "?voor=professional&zoek=slapen&waar=Hengelo"])
def test_every_view_can_be_read(visiting: Visit, query: str) -> None:
    """For anyone, for the young, for professionals; in Dutch and from right to left."""
    with visiting(TUESDAY_AT_HALF_PAST_TEN, viewport=PHONE) as she:
        she.go("/aanbod/" + query)
        assert not looking.faults(she)
        she.go("/aanbod/?taal=ar")
        she.go("/aanbod/" + query)
        assert she.page.locator("html").get_attribute("dir") == "rtl"
        assert not looking.grave(she, query)
