"""A resident joins a group on her phone, somebody leaves a number, and a leader takes attendance."""

from __future__ import annotations

from datetime import datetime

from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import AMSTERDAM, REFERRED_AT
from tests.journeys.visitor import PHONE, Visitor

TABLET = {"width": 768, "height": 1024}
IN_THE_EVENING = datetime(2027, 7, 1, 19, 5, tzinfo=AMSTERDAM)
"""The first group of the demo meets on the evening of the demo's own day."""


def test_a_resident_enrols_herself_on_a_phone_and_stops_again(visiting: Visit) -> None:
    """From the list to a place in three presses; the words are hers, and she can go back."""
    with visiting(REFERRED_AT, viewport=PHONE, label="meedoen") as fatma:
        fatma.enters_as("Fatma Yilmaz")
        fatma.go("/groepen/")
        fatma.sees("Een groep die bij u past", "zonder verwijzing")
        fatma.keep("groepen")
        assert not looking.faults(fatma)
        fatma.field("Met een vrije plek").check()
        fatma.field("Zonder verwijzing").check()
        fatma.click("Laat zien")
        title = fatma.page.locator("h2.h3 a").filter(has_not_text="Beter slapen").first
        name = title.inner_text()
        title.click()
        fatma.click("Ik wil meedoen", role="link")
        assert not looking.faults(fatma)
        fatma.click("Ik doe mee")
        fatma.sees("U doet mee. Tot dan!", name)
        fatma.keep("doet-mee")
        fatma.page.locator("section", has_text=name).get_by_role("link", name="Ik wil stoppen").first.click()
        fatma.click("Ja, ik stop")
        fatma.sees("U bent afgemeld. U kunt zich altijd weer aanmelden.")


def test_somebody_without_a_page_leaves_a_number_and_a_leader_rings_her(visiting: Visit) -> None:
    """A wrong number keeps what was typed; the leader finds her under 'Nog bellen'."""
    with visiting(REFERRED_AT, viewport=PHONE, label="zonder-pagina") as she:
        she.go("/groepen/")
        title = she.page.locator("h2.h3 a", has_text="Türkçe konuşan kadınlar").first
        title.click()
        she.page.get_by_role("link", name="Ik wil meedoen").or_(
            she.page.get_by_role("link", name="Zet mij op de wachtlijst")
        ).first.click()
        she.expects(422)
        she.field("Hoe heet u?").fill("Greet")
        she.field("Uw telefoonnummer").fill("12")
        she.page.locator("main form button[type=submit]").last.click()
        she.sees("Dit is geen telefoonnummer.")
        assert she.field("Hoe heet u?").input_value() == "Greet"
        she.field("Uw telefoonnummer").fill("06 0000 0044")
        she.page.locator("main form button[type=submit]").last.click()
        she.sees("Dank u. Wij bellen u.")
        assert not looking.faults(she)
    with visiting(REFERRED_AT, viewport=TABLET, label="begeleider") as anke:
        anke.enters_as("Anke Hesselink")
        anke.click("Türkçe konuşan kadınlar", role="link")
        anke.sees("Nog bellen", "Greet")
        anke.page.locator("li", has_text="Greet").get_by_role("button", name="Gesproken: past").click()
        anke.sees("Bevestigd")


def _tap(anke: Visitor, row: int, word: str) -> None:
    anke.page.locator("fieldset.here").nth(row).get_by_text(word, exact=True).click()


def test_a_leader_takes_attendance_on_a_tablet_also_without_a_connection(visiting: Visit) -> None:
    """Each tap is kept at once; offline they stay and go later; without a script the button keeps them."""
    with visiting(IN_THE_EVENING, viewport=TABLET, label="tablet") as anke:
        anke.enters_as("Anke Hesselink")
        assert anke.path == "/groepen/mijn/"
        anke.click("Wie is er?", role="link")
        assert not looking.faults(anke)
        _tap(anke, 0, "Er")
        _tap(anke, 1, "Afgemeld")
        anke.page.get_by_role("status").filter(has_text="Bewaard").wait_for()
        anke.keep("wie-is-er")
        anke.page.reload()
        checked = anke.page.locator("input:checked")
        assert [box.get_attribute("value") for box in checked.all()] == ["present", "called"]
        anke.context.set_offline(True)
        _tap(anke, 2, "Er")
        anke.page.get_by_text("Geen verbinding.", exact=False).wait_for()
        assert anke.page.locator("fieldset.here").nth(2).locator("input:checked").count() == 1
        anke.context.set_offline(False)
        anke.page.get_by_role("status").filter(has_text="Bewaard").wait_for(timeout=15_000)
        anke.wrong[:] = [line for line in anke.wrong if "ERR_INTERNET_DISCONNECTED" not in line]
        where = anke.path
    with visiting(IN_THE_EVENING, viewport=TABLET, scripts=False, label="zonder-script") as anke:
        anke.enters_as("Anke Hesselink")
        anke.go(where)
        assert anke.page.locator("input:checked").count() == 3
        _tap(anke, 3, "Niet er")
        anke.click("Bewaar")
        anke.go(where)
        assert anke.page.locator("input:checked").count() == 4
