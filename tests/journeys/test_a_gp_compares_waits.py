"""A GP compares waits for someone of thirty with anxiety, and picks what also starts something this week."""

from __future__ import annotations

from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT, House
from tests.journeys.visitor import DESK, PHONE

QUESTION = "Is bang om de straat op te gaan sinds de verhuizing. Wil weer naar het werk durven."


def test_she_compares_picks_and_refers(visiting: Visit, house: House) -> None:
    """From the list of waits to a request for help that says what she thought of, and what can start."""
    with visiting(REFERRED_AT, viewport=DESK) as gp:
        gp.enters_as("Noor de Wit")
        gp.click("Wachttijden", role="link")
        gp.field("Waarvoor?").select_option(label="angst")
        gp.field("Plaats of postcode").fill("Almelo")
        gp.page.get_by_text("Meer keuzes").click()
        gp.field("Leeftijd").fill("30")
        gp.click("Toon")
        gp.sees("Afstand gerekend vanaf Almelo", "Kan deze week al", "geteld: de helft binnen")
        gp.keep("vergelijken")
        assert not looking.faults(gp)
        rows = gp.page.locator("#waits tbody tr")
        assert rows.count() >= 2
        weeks = [row.locator("td").nth(0).inner_text() for row in rows.all()]
        assert all("week" in text or "weken" in text or "geen cijfer" in text for text in weeks)
        row = rows.filter(has=gp.page.locator("td:last-child li a")).first
        meanwhile = row.locator("td:last-child li a").first.inner_text()
        row.locator("th a").first.click()
        gp.sees("Hoe lang duurt het?", "Voor wie verwijst", meanwhile)
        programme = gp.page.locator("h1").inner_text()
        gp.keep("een-programma")
        assert not looking.faults(gp)
        gp.click("Alle cijfers die de aanbieder opgaf", role="link")
        gp.sees("Alle cijfers die zijn opgegeven")
        gp.page.go_back()
        gp.click("Verwijs, met dit programma als gedachte", role="link")
        wishes = gp.page.locator("[name=wishes]").input_value()
        assert f"Wij denken aan {programme}" in wishes
        assert meanwhile in wishes
        gp.field("1. Hoe heet de inwoner?").fill("Wubbo Oonk")
        gp.field("2. Op welk nummer kunnen wij bellen?").fill("0600000457")
        gp.field("3. Wat is de vraag, in een of twee zinnen?").fill(QUESTION)
        gp.field("vindt het goed dat wij bellen").check()
        gp.click("Verstuur de verwijzing")
        gp.page.wait_for_url("**/verstuurd/")
    assert house.number(
        "SELECT count(*) FROM residents_helprequest WHERE received_at::date = %s", REFERRED_AT.date()
    )


def test_a_resident_reads_it_on_her_phone_without_a_name(visiting: Visit, house: House) -> None:
    """The same page for anyone: no cookie, no jargon, nothing found says what now."""
    with visiting(REFERRED_AT, viewport=PHONE) as she:
        page = she.go("/wachttijden/")
        she.sees("Zie hoe lang het wachten is", "Zo", "de norm")
        assert not she.context.cookies()
        assert "Niet voor" not in page.locator("#waits").inner_text()
        she.keep("op-de-telefoon")
        assert not looking.faults(she)
        she.go("/wachttijden/?klacht=9&leeftijd=3&waar=Losser&afstand=10")
        she.sees("Wis keuzes")
        she.go("/wachttijden/regio/")
        she.sees("met dubbelingen", "wie bij twee aanbieders wacht, telt hier twee keer")
        she.keep("de-regio")
        assert not looking.faults(she)
