"""A host counts on a weak connection and refers warmly; a resident finds on her phone what is open today."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route
from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT, House
from tests.journeys.visitor import PHONE, Visitor

WIL = "Wil Nijhuis"
POINT = "Inloop De Brug Almelo"
COUNTED = (
    "SELECT coalesce(sum(change), 0) FROM support_points_visitcount v "
    "JOIN support_points_supportpoint p ON p.id = v.point_id "
    "JOIN directory_service s ON s.id = p.service_id WHERE s.name = %s AND v.on = %s"
)
REFERRED = "SELECT to_name, how FROM support_points_warmreferral ORDER BY recorded_at DESC, id LIMIT 1"
PLUS, MINUS = "+1 iemand kwam binnen", "Vergissing: één eraf"
OFFLINE = "ERR_INTERNET_DISCONNECTED"
LOST = "ERR_FAILED"


def counted(house: House) -> int:
    return house.number(COUNTED, POINT, REFERRED_AT.date())


def goes_to_her_point(wil: Visitor) -> None:
    wil.enters_as(WIL)
    wil.go("/steunpunten/ons/")
    wil.click(POINT, role="link")
    wil.page.wait_for_load_state()
    wil.sees(POINT, "Wie komt er binnen?")


def waits_until_sent(wil: Visitor) -> None:
    wil.page.locator("#wacht", has_text="Alles is verstuurd.").wait_for()


def test_a_host_counts_also_without_a_connection_and_refers_warmly(visiting: Visit, house: House) -> None:
    with visiting(REFERRED_AT, viewport=PHONE, label="wil-375") as wil:
        goes_to_her_point(wil)
        before = counted(house)
        assert not looking.faults(wil)
        wil.click(PLUS)
        waits_until_sent(wil)
        assert counted(house) == before + 1
        wil.context.set_offline(True)
        wil.click(PLUS)
        wil.click(PLUS)
        wil.page.locator("#wacht", has_text="2 bezoeken zijn nog niet verstuurd").wait_for()
        assert wil.page.locator("#stand").inner_text() == str(before + 3)
        assert counted(house) == before + 1
        wil.keep("zonder-verbinding")
        wil.context.set_offline(False)
        waits_until_sent(wil)
        assert counted(house) == before + 3
        _an_answer_is_lost(wil, house, before)
        wil.click(MINUS)
        waits_until_sent(wil)
        assert counted(house) == before + 3
        wil.page.reload()
        assert wil.page.locator("#stand").inner_text() == str(before + 3)
        _refers_warmly(wil, house)
        wil.wrong = [line for line in wil.wrong if OFFLINE not in line and LOST not in line]


def _an_answer_is_lost(wil: Visitor, house: House, before: int) -> None:
    """The house counted, the page never heard: it asks again with the same key, and that is one visit."""
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        route.fetch()
        lost.append(route.request.post_data or "")
        route.abort()

    wil.page.route("**/tellen/", lose_the_first)
    wil.click(PLUS)
    waits_until_sent(wil)
    wil.page.unroute("**/tellen/")
    assert lost
    assert counted(house) == before + 4


def _refers_warmly(wil: Visitor, house: House) -> None:
    choice = wil.page.get_by_role("group", name="Waarheen?").get_by_role("radio").nth(1)
    name = wil.page.locator(f"label[for='{choice.get_attribute('id')}']").inner_text()
    choice.check()
    wil.click("Samen gebeld")
    wil.sees("Genoteerd. Er staat niet bij wie het was.")
    (row,) = house.rows(REFERRED)
    assert row["how"] == "called"
    assert name.startswith(row["to_name"])
    wil.keep("warm-verwezen")


def test_a_host_counts_without_a_script(visiting: Visit, house: House) -> None:
    with visiting(REFERRED_AT, scripts=False, label="wil-zonder") as wil:
        goes_to_her_point(wil)
        before = counted(house)
        wil.click(PLUS)
        wil.sees("Geteld.")
        wil.click(MINUS)
        wil.sees("Eén bezoek eraf.")
        assert counted(house) == before


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without script"])
def test_a_resident_finds_on_her_phone_what_is_open_today(visiting: Visit, scripts: bool) -> None:
    with visiting(REFERRED_AT, viewport=PHONE, scripts=scripts, label="steunpunt") as she:
        she.go("/steunpunten/")
        she.field("Plaats of postcode").fill("Almelo")
        she.field("Wanneer open?").select_option(label="Vandaag open")
        she.click("Laat zien")
        she.page.wait_for_load_state()
        she.sees("steunpunten gevonden", POINT, "Nu open, tot 21.00 uur", "km")
        assert not she.context.cookies()
        she.keep("vandaag-open")
        if scripts:
            assert not looking.faults(she)
        she.click(POINT, role="link")
        she.page.wait_for_load_state()
        she.sees(
            "U heeft geen verwijzing nodig",
            "in welke gemeente u woont",
            "Vandaag is het zomerterras extra open.",
            "De komende zeven dagen",
            "Route naar dit steunpunt",
        )
        she.keep("steunpunt")
        if scripts:
            assert not looking.faults(she)
