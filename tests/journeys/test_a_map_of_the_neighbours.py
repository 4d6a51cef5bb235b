"""An editor adds the map of somebody else, takes it over and makes one of two; then that map goes down."""

from __future__ import annotations

from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import HELD_AT, House
from tests.journeys.visitor import DESK, PHONE, Visitor

from noaber.offer.sources.tests.server import Neighbours, neighbours
from noaber.offer.sources.tests.world import line, table

OURS = "Huiskamer Nieuwstraatkwartier"
THEIRS = "Huiskamer in het Nieuwstraatkwartier"
TEXT = "De koffie staat klaar, ook voor wie alleen komt."
NAME = "Kaart van Salland"


def their_list() -> bytes:
    """Twelve entries, of which one is ours under another spelling."""
    same = line(1, THEIRS, text=TEXT, phone="088-000 2007", site="https://www.avedan.example")
    return table(same, *(line(number, f"Klaverjassen {number}") for number in range(2, 13)))


def test_an_editor_takes_over_a_map_and_it_goes_down(visiting: Visit, house: House) -> None:
    """A trial, a pull, a merge field by field; then nothing comes any more and nothing is lost."""
    with (
        neighbours(house.neighbours_port) as there,
        visiting(HELD_AT, viewport=DESK, label="bronnen") as anouk,
    ):
        there.content = their_list()
        anouk.enters_as("Anouk Meijer")
        adds_it(anouk, there)
        tries_it(anouk)
        anouk.go(source_page(house))
        anouk.click("Haal nu op")
        waits_for(anouk, "klaar")
        anouk.sees("Nieuw", "12")
        makes_one_of_two(anouk, house)
        goes_down(anouk, house, there)


def adds_it(anouk: Visitor, there: Neighbours) -> None:
    anouk.go("/kaart/bronnen/")
    anouk.sees("Bronnen van de sociale kaart", "Kaart van de buren", "niet bereikbaar")
    assert not looking.faults(anouk)
    anouk.click("Nieuwe bron", role="link")
    anouk.field("Naam van de bron").fill(NAME)
    anouk.field("Hoe komt de lijst?").select_option("csv")
    anouk.expects(422)
    anouk.click("Bewaar de bron")
    anouk.sees("Vul het adres in waar de lijst staat.")
    assert anouk.field("Naam van de bron").input_value() == NAME
    anouk.page.locator("#id_address").fill(there.address)
    anouk.page.locator("#id_link").fill("https://salland.example/aanbod/{key}")
    anouk.click("Bewaar de bron")
    anouk.sees("De bron staat erbij", "nog niet opgehaald")
    anouk.keep("nieuwe-bron")
    assert not looking.faults(anouk)


def tries_it(anouk: Visitor) -> None:
    anouk.click("Doe een proef")
    waits_for(anouk, "Zo komen de eerste")
    anouk.sees("Dit was een proef. Er is niets veranderd.", THEIRS, TEXT)
    anouk.keep("proef")
    assert not looking.faults(anouk)


def waits_for(anouk: Visitor, words: str) -> None:
    """The page looks again by itself."""
    anouk.page.get_by_text(words, exact=False).first.wait_for(timeout=20_000)


def source_page(house: House) -> str:
    (row,) = house.rows("SELECT id FROM sources_source WHERE name = %s", NAME)
    return f"/kaart/bronnen/{row['id']}/"


def makes_one_of_two(anouk: Visitor, house: House) -> None:
    anouk.go("/kaart/bronnen/dubbel/")
    anouk.sees(OURS, THEIRS, "zelfde telefoon")
    anouk.page.locator("section", has_text=THEIRS).get_by_role("link", name="Vergelijk").click()
    anouk.keep("vergelijken")
    assert not looking.faults(anouk)
    group = anouk.page.locator("fieldset", has=anouk.page.locator("input[name='veld-text']"))
    group.get_by_label(TEXT, exact=False).check()
    anouk.click("Maak er één van")
    anouk.sees("Het is nu één vermelding")
    (kept,) = house.rows("SELECT description, source FROM directory_service WHERE name = %s", OURS)
    assert (kept["description"], kept["source"]) == (TEXT, "")
    (gone,) = house.rows("SELECT status, merged_into_id FROM directory_service WHERE name = %s", THEIRS)
    assert gone["status"] == "defunct"
    assert gone["merged_into_id"]


def goes_down(anouk: Visitor, house: House, there: Neighbours) -> None:
    before = house.rows("SELECT id, version, status FROM directory_service ORDER BY id")
    there.down = True
    anouk.page.set_viewport_size(PHONE)
    anouk.go(source_page(house))
    anouk.click("Haal nu op")
    waits_for(anouk, "niet overgenomen")
    anouk.go(source_page(house))
    anouk.sees("niet bereikbaar", "De bron antwoordt met fout 503.")
    anouk.keep("niet-bereikbaar")
    assert not looking.faults(anouk)
    assert house.rows("SELECT id, version, status FROM directory_service ORDER BY id") == before
    house.eventually(
        "the mail to the editor",
        "SELECT id FROM post_message WHERE subject = %s AND state = 'sent'",
        "Een bron van de sociale kaart vraagt uw aandacht",
    )
