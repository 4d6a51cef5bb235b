"""Who steers reads the white spots, moves a point by a click on the sketch, and saves the fit-gap report."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT
from tests.journeys.visitor import PHONE, Visitor

JORIS = "Joris Veen"
PAGE = "/steunpunten/dekking/"
SOONEST_MS = 2000


def first_white_place(joris: Visitor) -> str:
    return joris.page.locator("section[aria-labelledby=vlekken] tbody th a").first.inner_text()


def test_the_region_moves_a_point_and_saves_the_report(visiting: Visit) -> None:
    with visiting(REFERRED_AT, label="joris-dekking") as joris:
        joris.enters_as(JORIS)
        joris.go(PAGE)
        joris.sees("Dekking en witte vlekken", "Witte vlekken", "Per gemeente")
        assert not looking.faults(joris)
        place = first_white_place(joris)
        dot = joris.page.locator(".cover-map a", has_text=re.compile(rf"^{re.escape(place)}: "))
        dot.first.click()
        result = joris.page.locator("#wat-als [role=status]", has_text=f"Een nieuw steunpunt in {place}")
        result.wait_for(timeout=SOONEST_MS)
        assert joris.page.url.endswith(PAGE), "the click changed a part of the page, not the page"
        joris.page.locator("#punt").select_option(index=1)
        joris.page.locator("#naar").select_option("close")
        joris.click("Laat zien wat dat doet")
        joris.page.locator("#wat-als [role=status]", has_text="sluit").wait_for(timeout=SOONEST_MS)
        assert not looking.faults(joris)
        joris.keep("wat-als")
        joris.click("Open de fit-gap-analyse", role="link")
        joris.page.wait_for_load_state()
        joris.sees("Fit-gap-analyse steunpunten", "Wat er is en wat gewenst is")
        assert not looking.faults(joris)
        with joris.page.expect_download() as coming:
            joris.click("Bewaar als bestand (CSV)", role="link")
        saved = Path(coming.value.path()).read_text("utf-8-sig")
        rows = list(csv.reader(saved.splitlines(), delimiter=";"))
        assert rows[0][0] == "Gemeente"
        assert "Almelo" in {row[0] for row in rows[1:]}


def test_the_same_without_a_script_on_a_phone(visiting: Visit) -> None:
    with visiting(REFERRED_AT, viewport=PHONE, scripts=False, label="joris-zonder-script") as joris:
        joris.enters_as(JORIS)
        joris.go(PAGE)
        joris.page.locator("#naar").select_option(index=3)
        joris.click("Laat zien wat dat doet")
        joris.page.wait_for_load_state()
        joris.sees("Een nieuw steunpunt in")
