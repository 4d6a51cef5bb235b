"""A GP refers by the practice's link in under a minute, typing 200 characters a minute."""

from __future__ import annotations

import re
import time

from tests.journeys import looking, walk
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT, House
from tests.journeys.visitor import DESK, PHONE

KEY_MILLISECONDS = 300
LOOK_SECONDS = 1.0
"""What a GP needs before each click: to see where it goes."""

MOST_SECONDS = 60.0
QUESTION = "Slaapt slecht sinds haar ontslag, piekert over geld en komt weinig buiten. Wil weer meedoen."


def make_link(visiting: Visit) -> str:
    """The path of the practice's link, as a referrer makes it."""
    with visiting(REFERRED_AT) as noor:
        noor.enters_as("Noor de Wit")
        noor.click("Praktijk", role="link")
        noor.click("Maak een nieuwe link")
        noor.sees("Dit is de link van uw praktijk")
        noor.keep("link")
        assert not looking.faults(noor)
        found = re.search(r"/praktijk/[\w-]{40,}/", noor.text())
        assert found
        return found[0]


def test_a_referral_is_typed_and_sent_within_a_minute(visiting: Visit, house: House) -> None:
    """From opening the link to the confirmation; every key takes its time, and so does every look."""
    link = make_link(visiting)
    with visiting(REFERRED_AT, viewport=DESK) as gp:
        begun = time.monotonic()
        gp.go(link)
        for label, words in (
            ("Hoe heet de inwoner", "Aaltje Brinks"),
            ("welk nummer", "0600000145"),
            ("Wat is de vraag", QUESTION),
        ):
            _look_and_click(gp.field(label))
            gp.page.keyboard.type(words, delay=KEY_MILLISECONDS)
        _look_and_click(gp.page.get_by_label("vindt het goed dat wij bellen"))
        _look_and_click(gp.field("eigen naam"))
        gp.page.keyboard.type("Noor de Wit", delay=KEY_MILLISECONDS)
        _look_and_click(gp.find("Verstuur de verwijzing"))
        gp.page.wait_for_url("**/praktijk/verstuurd/")
        took = time.monotonic() - begun
        gp.sees("Verstuurd, nummer", "Kaart voor de inwoner")
        gp.keep("verstuurd")
        assert not looking.faults(gp)
        gp.go("/praktijk/verstuurd/")
        gp.does_not_see("Aaltje", "Brinks", "Slaapt slecht")
    print(f"typed and sent in {took:.1f} seconds")
    assert took < MOST_SECONDS, f"it took {took:.1f} seconds"


def _look_and_click(thing: object) -> None:
    time.sleep(LOOK_SECONDS)
    thing.click()  # type: ignore[attr-defined]


def test_the_pages_of_the_practice_can_be_read_by_anyone(visiting: Visit, house: House) -> None:
    """The form behind the link, with what is wrong beside it, on a phone; and the practice's own computer."""
    link = make_link(visiting)
    with visiting(REFERRED_AT, viewport=PHONE) as gp:
        gp.go(link)
        gp.keep("link-formulier")
        assert not looking.faults(gp)
        gp.click("Verstuur de verwijzing")
        gp.sees("Er kloppen nog 5 dingen niet")
        assert not looking.faults(gp)
    with visiting(REFERRED_AT) as noor:
        noor.enters_as("Noor de Wit")
        noor.go("/praktijk/beheer/")
        noor.field("Naam van deze computer").fill("balie")
        noor.click("Maak dit een praktijkcomputer")
        noor.field("korte pincode").fill("4826")
        noor.click("Bewaar mijn korte pincode")
        noor.sees("Uw korte pincode is bewaard")
        assert not looking.faults(noor)
        walk.signs_out(noor)
        noor.go("/verwijzen/")
        assert noor.path == "/praktijk/"
        noor.sees("Wie bent u", "Hier ziet u niets van eerdere verwijzingen")
        noor.keep("praktijkcomputer")
        assert not looking.faults(noor)
