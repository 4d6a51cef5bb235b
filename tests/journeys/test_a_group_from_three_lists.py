"""Eight people of three organisations wait for the same: an organiser proposes, they say yes, it starts."""

from __future__ import annotations

import re

from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT, House
from tests.journeys.visitor import PHONE, Visitor

RUUD = "Ruud Scholten"
KEEPERS = ("Dirk Roelofs", "Bram Kamphuis", "Henk Oude Vrielink")
"""Dimence Groep, Avedan and Ixta Noa: each keeps its own list and sees that alone."""
CHANCE = "Open groep: werk, school en dagritme"
TITLE = "Weer op gang"
LEADERS = (
    "SELECT DISTINCT l.organisation_id FROM groups_leader l JOIN groups_group g ON g.id = l.group_id "
    "WHERE g.title = 'Weer op gang'"
)
PLACED = (
    "SELECT DISTINCT e.placed_by_id FROM groups_enrolment e JOIN groups_group g ON g.id = e.group_id "
    "WHERE g.title = 'Weer op gang' AND e.status = 'placed'"
)
SHARES = (
    "SELECT sum(c.percent) AS whole FROM groups_costshare c JOIN groups_group g ON g.id = c.group_id "
    "WHERE g.title = 'Weer op gang'"
)


def test_an_organiser_starts_a_group_from_three_lists_with_two_leaders(visiting: Visit, house: House) -> None:
    with visiting(REFERRED_AT, label="ruud") as ruud:
        ruud.expects(422)
        ruud.enters_as(RUUD)
        ruud.go("/groepen/vormen/")
        ruud.sees(CHANCE, "mensen bij 3 organisaties wachten op dit")
        assert not looking.faults(ruud)
        ruud.keep("groepen-vormen")
        proposal = _proposes(ruud)
        for keeper in KEEPERS:
            _asks_their_people(visiting, keeper)
        ruud.go(proposal)
        ruud.sees("Er zeggen genoeg mensen ja")
        ruud.keep("genoeg-ja")
        ruud.click("Start de groep")
        ruud.sees("De groep is gestart", "Gestart met 8 mensen van 3 organisaties.")
        assert not looking.faults(ruud)
        ruud.keep("gestart")
        ruud.click("Open de groep", role="link")
        ruud.sees(TITLE)
    assert len(house.rows(LEADERS)) == 2
    assert len(house.rows(PLACED)) == 3
    assert house.rows(SHARES)[0]["whole"] == 100


def _proposes(ruud: Visitor) -> str:
    card = ruud.page.get_by_role("listitem").filter(has_text=CHANCE)
    card.get_by_role("link", name=re.compile("Stel deze groep voor")).click()
    ruud.sees("Waarom deze groep", "van 3 organisaties wachten op hetzelfde")
    ruud.field("Naam van de groep").fill(TITLE)
    ruud.click("Vraag het de organisaties")
    ruud.sees("Vul dit in.")
    assert ruud.field("Naam van de groep").input_value() == TITLE
    ruud.field("Plek").fill("Wijkcentrum De Schelf")
    ruud.click("Vraag het de organisaties")
    ruud.sees("De vraag ligt nu bij de organisaties", "Nog niet genoeg ja", "Kosten")
    assert not looking.faults(ruud)
    ruud.keep("voorstel")
    return ruud.path


def _asks_their_people(visiting: Visit, keeper: str) -> None:
    with visiting(REFERRED_AT, viewport=PHONE, label=keeper.split()[0].lower()) as who:
        who.enters_as(keeper)
        who.go("/groepen/wachtend/")
        who.sees("Vraag het deze mensen", TITLE)
        assert not looking.faults(who)
        who.keep("wachtend")
        while True:
            asked = who.page.get_by_role("listitem").filter(has_text=TITLE)
            buttons = asked.get_by_role("button", name=re.compile("^Ja"))
            if not buttons.count():
                return
            buttons.first.click()
            who.sees("Het antwoord is bewaard")
