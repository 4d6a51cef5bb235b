"""A woman without mail and smartphone: every step with a host, on paper, nobody left in between."""

from __future__ import annotations

import re
import time

from tests.journeys import walk
from tests.journeys.conftest import Visit
from tests.journeys.house import HELD_AT, REFERRED_AT, House
from tests.journeys.visitor import PHONE, Visitor

NAME = "Aaltje Roelink"
HOST = "Wil Nijhuis"
HERS = ("Aaltje", "Roelink", walk.QUESTION)
PIN = "merel 52"
STREET = "Kerkstraat 12"
LETTER_SECONDS = 20


def test_without_mail_or_smartphone_she_does_every_step_with_a_host(visiting: Visit, house: House) -> None:
    """Ask, confirm, card, choose, paper, plan, letter, read aloud, agree; her log shows who helped."""
    with visiting(REFERRED_AT, label="wil") as wil:
        wil.enters_as(HOST)
        _ask_together(wil)
        number = _practice_confirms(visiting)
        code = _gets_her_card(wil)
        _begin(wil, code)
        wil.sees("Uw vraag")
        assert "helpt u." in wil.page.locator(".helper").inner_text()
        wil.keep("samen")
        walk.chooses_for_this_week(wil)
        form = _form_on_paper(wil)
        _close(wil)
        _enter_paper(wil, form)
        booked = _planned_by_letter(visiting, number)
        _held_and_written(visiting, house, booked)
        wil.moves_to(HELD_AT)
        wil.enters_as(HOST)
        _begin(wil, code)
        wil.go("/mijn/vraag/")
        walk.decides(wil, walk.MAY_READ)
        wil.go("/mijn/wie-keek-mee/")
        wil.sees(HOST, "Ixta Noa", "samen met u")
        wil.keep("wie-keek-mee")
        _close(wil)


def test_on_a_phone_the_time_together_and_a_new_card(visiting: Visit, house: House) -> None:
    """At 375 pixels: begin, a new card with her pin again, her choices on paper, close."""
    code, pin = _card_of_truus(house)
    with visiting(REFERRED_AT, viewport=PHONE, label="wil-375") as wil:
        wil.enters_as(HOST)
        wil.expects(422)
        wil.go("/samen/")
        wil.field("De code op haar kaart").fill(code)
        wil.field("Haar pincode").fill("9" * 4 if pin != "9999" else "8888")
        wil.click("Begin samen")
        wil.sees("horen niet bij elkaar")
        _begin(wil, code, pin)
        wil.click("Nieuwe kaart", role="link")
        wil.field("Uw nieuwe pincode").fill(PIN)
        wil.field("Nog een keer").fill(PIN)
        wil.click("Maak mijn kaart")
        wil.sees("Typ zelf uw pincode")
        wil.keep("haar-pincode")
        wil.field("Uw pincode").fill(pin)
        wil.click("Ja, ik wil dit")
        wil.sees("Druk uw kaart af")
        assert "Truus" not in wil.page.locator(".libcard").inner_text()
        wil.keep("kaart")
        wil.click("Keuzes op papier", role="link")
        wil.click("Maak het formulier")
        wil.keep("papier")
        assert wil.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        _close(wil, "Truus", "Holtkamp")
        wil.go("/samen/bellen/")
        wil.field("Het nummer van haar vraag").fill("V-999999")
        wil.field("Haar achternaam").fill("Niemand")
        wil.click("Stuur vier cijfers")
        wil.sees("Vraag haar de vier cijfers")
        wil.keep("cijfers")


def _card_of_truus(house: House) -> tuple[str, str]:
    """Her card as the demo hands it out: the last one, by name."""
    found = re.fullmatch(r"code (\S+), pincode (\S+)", house.keys["cards"][-1])
    assert found
    return found[1], found[2]


def _ask_together(wil: Visitor) -> None:
    wil.go("/samen/aanvraag/")
    wil.field("Hoe heet zij?").fill(NAME)
    wil.field("Wat is haar vraag?").fill(walk.QUESTION)
    wil.field("Zij heeft geen telefoon").check()
    wil.field("Adres voor brieven").fill(f"{STREET}\n7607 AA Almelo")
    wil.field("Haar huisartsenpraktijk").select_option(label="Huisartsenpraktijk De Linde")
    wil.field("Gemeente waar zij woont").select_option(label="Almelo")
    wil.field("wil dat dit wordt verstuurd").check()
    wil.keep("aanvraag")
    wil.click("Stuur naar haar huisarts")
    wil.sees("Het blad voor haar", HOST)
    wil.keep("blad")


def _practice_confirms(visiting: Visit) -> str:
    with visiting(REFERRED_AT, label="noor") as noor:
        noor.enters_as("Noor de Wit")
        noor.go("/verwijzen/bevestigen/")
        noor.sees(NAME, walk.QUESTION, HOST)
        noor.click(f"Bevestig {NAME}")
        found = re.search(r"V-\d+", noor.page.locator("body").inner_text())
        noor.does_not_see(NAME)
        assert found
        return found[0]


def _gets_her_card(wil: Visitor) -> str:
    wil.go("/samen/aanvragen/")
    wil.click(NAME, role="link")
    wil.field("Haar pincode").fill(PIN)
    wil.keep("kaart-maken")
    wil.click("Maak haar kaart")
    code = wil.page.locator(".libcard .big").inner_text()
    wil.does_not_see(*HERS)
    wil.click("Ga samen verder", role="link")
    return code


def _begin(wil: Visitor, code: str, pin: str = PIN) -> None:
    wil.go("/samen/")
    wil.field("De code op haar kaart").fill(code.lower())
    wil.field("Haar pincode").fill(pin)
    wil.click("Begin samen")
    assert wil.path == "/mijn/vraag/", wil.text()[:600]


def _form_on_paper(wil: Visitor) -> str:
    wil.click("Keuzes op papier", role="link")
    wil.click("Maak het formulier")
    wil.sees("Mijn keuzes", "Mijn verslag", "Handtekening")
    wil.keep("formulier")
    assert _sheets(wil) == 1
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]", wil.page.locator(".sheet").inner_text())
    assert found
    return found[0]


def _sheets(visitor: Visitor) -> int:
    """On how many pages of A4 this is printed."""
    printed = visitor.page.pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def _close(wil: Visitor, *words: str) -> None:
    """Nothing of her stays, also not behind the back button."""
    wil.expects(404)
    before = wil.path
    wil.click("Klaar? Sluit af")
    assert wil.path == "/samen/"
    wil.does_not_see(*(words or HERS))
    wil.page.go_back()
    wil.does_not_see(*(words or HERS))
    wil.go(before)
    wil.does_not_see(*(words or HERS))


def _enter_paper(wil: Visitor, number: str) -> None:
    wil.go("/samen/papier/")
    wil.field("Nummer van het formulier").fill(number)
    wil.field("Getekend op").fill("2027-07-01")
    wil.page.get_by_role("group", name="U mag een bericht achterlaten").get_by_label("Nee").check()
    wil.field("Hoe gaat het met uw gevoel?").select_option("4")
    wil.field("Ik zag het papier").check()
    wil.keep("papier-invoeren")
    wil.click("Voer in")
    assert wil.path == "/samen/", wil.text()[:800]
    wil.does_not_see(*HERS)


def _planned_by_letter(visiting: Visit, number: str) -> walk.Booked:
    """The planner books; the letter lies ready, is printed on one page and posted."""
    with visiting(REFERRED_AT, label="ilse") as ilse:
        ilse.enters_as("Ilse Kamp")
        booked = walk.books_first(ilse, number)
        until = time.monotonic() + LETTER_SECONDS
        while NAME not in ilse.go("/post/brieven/").locator("main").inner_text():
            assert time.monotonic() < until, ilse.text()
            time.sleep(0.5)
        ilse.click(f"Afdrukken {NAME}", role="link")
        ilse.sees(NAME, STREET, "7607 AA Almelo", number, "U hebt een afspraak")
        ilse.keep("brief")
        assert _sheets(ilse) == 1
        ilse.go("/post/brieven/")
        ilse.click(f"Op de post {NAME}")
        ilse.does_not_see(NAME)
        return booked


def _held_and_written(visiting: Visit, house: House, booked: walk.Booked) -> None:
    guide = booked.people[0]
    house.open_demo_door(guide)
    with visiting(REFERRED_AT, label="gesprek") as holder:
        holder.enters_as(guide)
        path = walk.prepares(holder, NAME)
        holder.moves_to(HELD_AT)
        walk.records(holder, path)
        walk.writes_report(holder)
