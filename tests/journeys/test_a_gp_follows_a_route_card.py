"""A GP follows a referral agreement, does it differently the next time, and the editor sees both counted."""

from __future__ import annotations

import re
import time

import pytest
from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT, House
from tests.journeys.visitor import DESK, PHONE, Visitor

KEY_MILLISECONDS = 300
LOOK_SECONDS = 1.0
MOST_SECONDS = 60.0
AGREEMENT = "Schulden en post die blijft liggen"
QUESTION = "Heeft schulden en schaamt zich. Post blijft liggen, slaapt er slecht van. Wil hulp."
COUNT = """
    SELECT u.followed, count(*) AS n FROM routes_routeuse u JOIN routes_routeversion v ON v.id = u.version_id
    WHERE v.question = %s AND extract(year FROM u.month) = 2027 GROUP BY u.followed
"""


def counted(house: House) -> dict[bool, int]:
    """How often the agreement was followed (True) and not (False) this year."""
    return {row["followed"]: row["n"] for row in house.rows(COUNT, AGREEMENT)}


def shown(editor: Visitor) -> tuple[int, int]:
    """The same as the editor reads it."""
    editor.go("/kaart/routes/afwijkingen/")
    card = editor.page.locator("section", has_text=AGREEMENT).first.inner_text()
    found = re.search(r"(\d+) keer gevolgd, (\d+) keer anders", card)
    assert found, card
    return int(found[1]), int(found[2])


def types(gp: Visitor, name: str, *, slowly: bool = False) -> None:
    """The four fields, at the pace of somebody who is in a hurry."""
    delay = KEY_MILLISECONDS if slowly else 0
    for label, words in (
        ("1. Hoe heet de inwoner?", name),
        ("2. Op welk nummer kunnen wij bellen?", "0600000456"),
        ("3. Wat is de vraag, in een of twee zinnen?", QUESTION),
    ):
        if slowly:
            time.sleep(LOOK_SECONDS)
        gp.field(label).click()
        gp.page.keyboard.type(words, delay=delay)
    if slowly:
        time.sleep(LOOK_SECONDS)
    gp.field("vindt het goed dat wij bellen").check()


def test_followed_then_done_differently_and_both_are_counted(visiting: Visit, house: House) -> None:
    """The agreement comes beside the form while the GP types, within the minute; then once otherwise."""
    with visiting(REFERRED_AT, viewport=DESK) as anouk:
        anouk.enters_as("Anouk Meijer")
        before, on_screen = counted(house), shown(anouk)
        assert on_screen == (before[True], before[False])
    with visiting(REFERRED_AT, viewport=DESK) as gp:
        gp.enters_as("Noor de Wit")
        begun = time.monotonic()
        gp.go("/verwijzen/")
        types(gp, "Gerrit Fikkert", slowly=True)
        gp.page.get_by_label("Ik volg deze afspraak: " + AGREEMENT).wait_for()
        gp.keep("afspraak-naast-de-verwijzing")
        time.sleep(LOOK_SECONDS)
        gp.page.get_by_label("Ik volg deze afspraak: " + AGREEMENT).check()
        time.sleep(LOOK_SECONDS)
        gp.click("Verstuur de verwijzing")
        gp.page.wait_for_url("**/verstuurd/")
        took = time.monotonic() - begun
        gp.sees(f"U volgde de afspraak ‘{AGREEMENT}’, versie 1")
        assert not looking.faults(gp)
        assert took < MOST_SECONDS, f"it took {took:.1f} seconds"
    print(f"typed, followed and sent in {took:.1f} seconds")
    assert counted(house) == {**before, True: before[True] + 1}

    with visiting(REFERRED_AT, viewport=PHONE) as gp:
        gp.enters_as("Noor de Wit")
        gp.go("/verwijzen/")
        types(gp, "Truida Wolterink")
        gp.page.get_by_label("Ik doe het anders: " + AGREEMENT).check()
        gp.click("Verstuur de verwijzing")
        gp.sees("Kies waarom u het anders doet.")
        gp.field("Waarom anders?").select_option(label="Ik kreeg daar geen gehoor")
        gp.field("In een paar woorden").fill("Mevrouw Wolterink belde zelf al")
        gp.click("Verstuur de verwijzing")
        gp.sees("Hier staat iets over een persoon")
        gp.field("In een paar woorden").fill("lijn was dicht")
        assert not looking.faults(gp)
        gp.click("Verstuur de verwijzing")
        gp.page.wait_for_url("**/verstuurd/")
        gp.sees(f"U deed het anders dan de afspraak ‘{AGREEMENT}’, versie 1")
        gp.keep("anders-gedaan")

    with visiting(REFERRED_AT, viewport=DESK) as anouk:
        anouk.enters_as("Anouk Meijer")
        assert shown(anouk) == (before[True] + 1, before[False] + 1)
        anouk.keep("gevolgd-en-anders")
        anouk.does_not_see("Noor de Wit", "De Linde", "Fikkert", "Truida Wolterink")
        assert not looking.faults(anouk)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without JavaScript"])
def test_what_was_not_said_in_the_form_is_asked_on_the_next_page(
    visiting: Visit, house: House, scripts: bool
) -> None:
    """It costs a click, it may be left, and it counts once."""
    before = counted(house)
    with visiting(REFERRED_AT, viewport=DESK, scripts=scripts) as gp:
        gp.enters_as("Noor de Wit")
        gp.go("/verwijzen/")
        gp.field("1. Hoe heet de inwoner?").fill("Berend Haarmolen")
        gp.field("2. Op welk nummer kunnen wij bellen?").fill("06 0000 0457")
        gp.field("3. Wat is de vraag, in een of twee zinnen?").fill(QUESTION)
        gp.field("vindt het goed dat wij bellen").check()
        gp.click("Verstuur de verwijzing")
        gp.sees("Uw verwijzing is binnen", AGREEMENT)
        assert counted(house) == before
        gp.expects(422)
        gp.click("Tel dit mee")
        gp.sees("Kies of u de afspraak volgde.")
        gp.page.get_by_label("Ik volg deze afspraak: " + AGREEMENT).check()
        gp.click("Tel dit mee")
        gp.sees("Geteld, zonder uw naam en zonder de inwoner.", f"U volgde de afspraak ‘{AGREEMENT}’")
        assert gp.page.get_by_role("button", name="Tel dit mee").count() == 0
    assert counted(house) == {**before, True: before[True] + 1}
