"""A provider says how long one waits: from the mail in two minutes, and on its own page by a file."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload
from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT, House
from tests.journeys.visitor import PHONE, Visitor


def mailed_link(visitor: Visitor) -> str:
    """The first link to a provider in the letterbox of the demo."""
    for number in range(1, 26):
        visitor.go(f"/demo/post/?pagina={number}")
        found = re.search(r"/wachttijden/bijwerken/[0-9a-f]{40}/", visitor.page.content())
        if found:
            return found[0]
    raise AssertionError("no provider was asked")


def test_a_provider_confirms_from_the_mail_with_one_press(visiting: Visit, house: House) -> None:
    """On a phone, without an account. Opening the link changes nothing; the button does, once."""
    count = "SELECT count(*) FROM care_programmes_waitreport WHERE how = 'mail'"
    with visiting(REFERRED_AT, viewport=PHONE) as provider:
        link = mailed_link(provider)
        before = house.number(count)
        provider.go(link)
        provider.sees("Klopt uw wachttijd nog?", "U hoeft niet in te loggen", "Alles klopt nog")
        assert not looking.faults(provider)
        provider.keep("wachttijd-bijwerken")
        provider.page.reload()
        assert house.number(count) == before
        provider.click("Alles klopt nog")
        provider.sees("Dank u wel")
        assert house.number(count) > before
        provider.go(link)
        provider.sees("U hebt dit al nagekeken")
        assert not looking.faults(provider)
        provider.expects(404)
        provider.go("/wachttijden/bijwerken/" + "0" * 40 + "/")
        provider.sees("Deze link werkt niet")
        assert not looking.faults(provider)


def test_an_administrator_corrects_a_figure_and_what_was_typed_stays(visiting: Visit) -> None:
    """Four hundred weeks are asked again; a formula in a file keeps the whole file out."""
    with visiting(REFERRED_AT) as dirk:
        dirk.enters_as("Dirk Roelofs")
        dirk.go("/wachttijden/ons/")
        dirk.sees("Onze wachttijden", "Is er niets veranderd?")
        dirk.page.get_by_label("Weken tot de intake").first.fill("400")
        dirk.expects(422)
        dirk.click("Bewaar de wachttijden")
        dirk.sees("Er is nog niets bewaard", "Klopt dat? Zet dan dit vinkje.")
        assert not looking.faults(dirk)
        dirk.page.get_by_label("Weken tot de intake").first.fill("4,5")
        dirk.click("Bewaar de wachttijden")
        dirk.sees("zijn bewaard", "Alles is bij de tijd")
        dirk.go("/wachttijden/ons/bestand/")
        head = "programma;aanmeldwachttijd_weken;methode;peildatum\n"
        wrong = head + 'dimence-1;=HYPERLINK("x");actueel;2027-06-30\n'
        file: FilePayload = {"name": "wachttijden.csv", "mimeType": "text/csv", "buffer": wrong.encode()}
        dirk.page.locator("input[type=file]").set_input_files(file)
        dirk.expects(422)
        dirk.click("Stuur het bestand")
        dirk.sees("Er is niets overgenomen", "Hier staat een formule")
        assert not looking.faults(dirk)
