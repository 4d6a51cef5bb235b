"""An owner answers by mail; two editors on one entry; the region reads what it misses."""

from __future__ import annotations

import re

from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT, House
from tests.journeys.visitor import PHONE, Visitor

ENOUGH = 6


def mailed_links(visitor: Visitor) -> list[str]:
    """The links of the mails to owners, as they lie in the letterbox of the demo."""
    links: dict[str, None] = {}
    for number in range(1, 26):
        visitor.go(f"/demo/post/?pagina={number}")
        links |= dict.fromkeys(re.findall(r"/klopt/[0-9a-f]{40}/", visitor.page.content()))
        if len(links) >= ENOUGH:
            break
    return list(links)


def test_an_owner_answers_with_one_click_from_the_mail(visiting: Visit, house: House) -> None:
    """On a phone, without an account. Opening the link changes nothing; the button does."""
    with visiting(REFERRED_AT, viewport=PHONE) as owner:
        links = mailed_links(owner)
        assert len(links) >= 3
        asked = "SELECT count(*) FROM directory_confirmation WHERE reference LIKE 'mail:%%'"
        before = house.number(asked)
        for path in links:
            owner.expects(404)
            owner.go(path)
            if owner.page.get_by_role("button", name="Ja, het klopt").count():
                break
        owner.sees("Klopt dit nog?", "U hoeft niet in te loggen")
        assert not looking.faults(owner)
        owner.keep("klopt-dit-nog")
        owner.page.reload()
        assert house.number(asked) == before
        owner.click("Ja, het klopt")
        owner.sees("Dank u wel", "vandaag hebt nagekeken")
        assert not looking.faults(owner)
        assert house.number(asked) == before + 1
        owner.go(path)
        owner.sees("U hebt al geantwoord")
        owner.go("/klopt/" + "0" * 40 + "/")
        owner.sees("Deze link werkt niet", "Open de mail en klik nog eens")
        assert not looking.faults(owner)


def test_an_owner_tells_what_changed_and_an_editor_mends_it(visiting: Visit) -> None:
    """The answer waits at the desk; the editor works it into the entry."""
    with visiting(REFERRED_AT) as anouk:
        anouk.enters_as("Anouk Meijer")
        anouk.sees("De sociale kaart bijhouden", "Antwoord van de aanbieder", "donderdagochtend")
        anouk.keep("bureau")
        anouk.click("Bekijk en verwerk", role="link")
        anouk.sees("voortaan op donderdagochtend")
        anouk.field("Wanneer, in woorden").fill("Donderdag 9.30 – 11.30 uur")
        anouk.click("Bewaar")
        anouk.sees("Bewaard. Nieuw: wanneer, in woorden.")
        anouk.click("Verwerkt")
        anouk.sees("Het antwoord is verwerkt")
        anouk.does_not_see("voortaan op donderdagochtend")


def test_two_editors_on_one_entry_lose_nothing(visiting: Visit) -> None:
    """The second sees both texts side by side, chooses, and saves."""
    with visiting(REFERRED_AT) as first, visiting(REFERRED_AT) as second:
        for editor in (first, second):
            editor.enters_as("Anouk Meijer")
            editor.go("/kaart/?zoek=inloop")
            editor.page.locator("#gevonden ~ ul a").first.click()
        assert first.path == second.path
        first.field("Tekst voor inwoners").fill("Wij koken elke week samen. U eet mee.")
        first.field("Telefoon").fill("053 000 11 22")
        first.click("Bewaar")
        first.sees("Bewaard. Nieuw:")
        second.field("Tekst voor inwoners").fill("Wij koken elke week samen en eten daarna met elkaar.")
        second.expects(409)
        second.click("Bewaar")
        second.sees("Iemand anders heeft dit net veranderd", "U eet mee.", "eten daarna met elkaar")
        second.keep("allebei")
        assert not looking.faults(second)
        assert second.field("Telefoon").input_value() == "053 000 11 22"
        second.page.get_by_label("Neem wat er nu staat").check()
        second.click("Bewaar")
        second.sees("Bewaard.")
        assert second.field("Tekst voor inwoners").input_value() == "Wij koken elke week samen. U eet mee."


def test_the_level_follows_what_one_types(visiting: Visit) -> None:
    """A hard sentence says so within a moment, with easier words."""
    with visiting(REFERRED_AT) as anouk:
        anouk.enters_as("Anouk Meijer")
        anouk.go("/kaart/nieuw/")
        anouk.field("Tekst voor inwoners").press_sequentially(
            "Indien u wilt participeren, dient u zich middels een formulier kenbaar te maken."
        )
        anouk.page.wait_for_selector("#niveau-text li")
        anouk.sees("Moeilijk: niveau", "schrijf liever ‘als’")
        anouk.keep("leesniveau")


def test_the_region_reads_what_it_misses(visiting: Visit) -> None:
    """The editor takes it up and teaches search a word; who steers reads it and can only read."""
    with visiting(REFERRED_AT) as anouk:
        anouk.enters_as("Anouk Meijer")
        anouk.go("/kaart/gaten/")
        anouk.sees("inloop in het weekend", "Hengelo")
        anouk.page.locator("summary", has_text="Wat doen wij ermee?").first.click()
        anouk.page.locator("select[name=state]:visible").select_option("taken")
        anouk.page.locator("button:visible", has_text="Noteer").click()
        anouk.sees("Genoteerd", "opgepakt")
        anouk.keep("gaten")
        anouk.go("/kaart/woorden/")
        anouk.field("Wat mensen zeggen").fill("flierefluiten")
        anouk.field("Hoe het hier heet").fill("wandelen")
        anouk.click("Voeg toe")
        anouk.sees("De zoeker kent het vanaf nu", "flierefluiten")
        anouk.go("/aanbod/?zoek=flierefluiten&afstand=0")
        anouk.does_not_see("Niets gevonden")
    with visiting(REFERRED_AT) as joris:
        joris.enters_as("Joris Veen")
        joris.go("/kaart/gaten/")
        joris.sees("inloop in het weekend", "opgepakt")
        joris.does_not_see("Wat doen wij ermee?")
        assert not looking.faults(joris)
