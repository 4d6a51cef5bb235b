"""A kwartiermaker on a phone: an inventory that names nobody; a key person by her yes, gone at her no."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT, House
from tests.journeys.visitor import PHONE, Visitor

ROOS = "Roos Temmink"
AREA = "Nieuwstraatkwartier, Almelo"
PLACE = "Kultuurhus De Wever"
NAME = "Hanneke Slotboom"
NUMBER = "06 0000 0888"
EMPTIED = (
    "SELECT name, knows, reach FROM neighbourhood_keyperson "
    "WHERE ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT 1"
)


def test_a_kwartiermaker_records_and_a_key_person_comes_and_goes(visiting: Visit, house: House) -> None:
    with visiting(REFERRED_AT, viewport=PHONE, label="roos-375") as roos:
        roos.expects(422)
        roos.enters_as(ROOS)
        roos.click(AREA, role="link")
        area = roos.path
        roos.keep("mijn-wijk")
        assert not looking.faults(roos)
        _records_an_inventory(roos)
        _adds_a_key_person(roos, area)
        acute = f"{area}nood/"
        _a_colleague_of_the_region(visiting, acute, sees=True)
        _she_stops(roos, area)
        for where in (area, acute, "/wijk/", "/wijk/activiteiten/"):
            roos.go(where)
            roos.does_not_see(NAME, NUMBER)
        _a_colleague_of_the_region(visiting, acute, sees=False)
    row = house.rows(EMPTIED)[0]
    assert set(row.values()) == {""}


def _records_an_inventory(roos: Visitor) -> None:
    roos.click("Bekijk een plek", role="link")
    roos.field("Welke plek").fill(PLACE)
    roos.field("Met wie sprak u?").fill("Vier bezoekers en de beheerder")
    group = roos.page.get_by_role("group", name="Er is een toilet dat iedereen mag gebruiken")
    group.get_by_label("ja", exact=True).check()
    roos.field("Wat zag of hoorde u?").fill("Volgens Hassan is het er koud.")
    roos.field("Wat gaat er gebeuren?").fill("Vragen of de kachel eerder aan kan")
    roos.field("Wie pakt dit op?").fill("De beheerder")
    roos.field("Voor welke dag?").fill((REFERRED_AT + timedelta(days=9)).date().isoformat())
    roos.click("Bewaar de inventarisatie")
    roos.sees("Is dit de naam van iemand: Hassan?")
    assert roos.field("Wat zag of hoorde u?").input_value() == "Volgens Hassan is het er koud."
    assert group.get_by_label("ja", exact=True).is_checked()
    roos.keep("inventarisatie-fout")
    assert not looking.faults(roos)
    roos.field("Wat zag of hoorde u?").fill("Volgens bezoekers is het er koud.")
    roos.click("Bewaar de inventarisatie")
    roos.sees(
        PLACE, "Volgens bezoekers is het er koud.", "Vragen of de kachel eerder aan kan", "De beheerder"
    )
    roos.keep("inventarisatie")
    assert not looking.faults(roos)


def _adds_a_key_person(roos: Visitor, area: str) -> None:
    roos.go(area)
    roos.click("Zet iemand op de lijst", role="link")
    roos.field("Naam").fill(NAME)
    roos.field("Wat weet of doet deze persoon").fill("Kent de mensen van de volkstuin.")
    roos.field("Hoe te bereiken").fill(NUMBER)
    roos.click("Zet op de lijst")
    roos.sees("Zonder ja bewaren wij niemand")
    assert roos.field("Naam").input_value() == NAME
    roos.keep("sleutelpersoon-fout")
    assert not looking.faults(roos)
    for words in ("Het team van de wijk mag weten", "Mijn nummer of mailadres mag", "Andere professionals"):
        roos.field(words).check()
    roos.click("Zet op de lijst")
    roos.sees(NAME, NUMBER, "Kent de mensen van de volkstuin.")
    roos.keep("sleutelpersoon")


def _a_colleague_of_the_region(visiting: Visit, acute: str, *, sees: bool) -> None:
    with visiting(REFERRED_AT, viewport=PHONE, label="sanne-375") as sanne:
        sanne.enters_as("Sanne Bakker")
        sanne.go(acute)
        sanne.sees("Bij nood: wie bellen", "Huisartsenpost")
        if sees:
            sanne.sees(NAME, NUMBER)
            sanne.keep("bij-nood")
            assert not looking.faults(sanne)
        else:
            sanne.does_not_see(NAME, NUMBER)


def _she_stops(roos: Visitor, area: str) -> None:
    roos.go(area)
    roos.page.get_by_role("link", name=re.compile(f"Wil stoppen.*{NAME}")).click()
    roos.sees(f"Haal {NAME} van de lijst", "Het komt niet terug")
    roos.keep("wil-stoppen")
    roos.click("Haal nu van de lijst")
    roos.sees("nergens meer bewaard")
    roos.keep("weg")
