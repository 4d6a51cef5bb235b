"""Four thousand words, and then the session has ended, the form is too old, or the finger was too quick."""

from __future__ import annotations

import pytest
from tests.journeys import walk
from tests.journeys.conftest import Visit
from tests.journeys.house import HELD_AT, REFERRED_AT, House
from tests.journeys.visitor import PHONE, Visitor

WORDS = " ".join(f"woord{n % 97}" for n in range(4000))
REPORTS = "SELECT count(*) FROM conversations_report WHERE conversation_id::text = %s"
ASK, QUESTION = "/mijn/vraag/stellen/", "Mag mijn zus mee naar het gesprek? " * 20
DRAFTS = "SELECT count(*) FROM drafts_draft"


@pytest.fixture(scope="module")
def ready(browser, house: House) -> tuple[str, str]:  # type: ignore[no-untyped-def]
    """Who is to write a report, and the path of its page."""
    from tests.journeys.visitor import visit

    with visit(browser, house, REFERRED_AT) as noor:
        noor.enters_as("Noor de Wit")
        sent = walk.refers(noor, "Gerritdina Lammers")
    with visit(browser, house, REFERRED_AT) as ilse:
        ilse.enters_as("Ilse Kamp")
        booked = walk.books_first(ilse, sent.number)
    house.open_demo_door(booked.people[0])
    with visit(browser, house, HELD_AT) as guide:
        guide.enters_as(booked.people[0])
        guide.go("/gesprekken/")
        guide.page.locator(".board h3 a", has_text=sent.name).click()
        walk.records(guide, guide.path, outcome="Eigen netwerk")
        return booked.people[0], guide.path


def types(guide: Visitor, path: str, words: str = WORDS) -> None:
    guide.go(path)
    guide.field("Verslag", exact=True).fill(words)


def typed(guide: Visitor) -> str:
    return guide.field("Verslag", exact=True).input_value()


def session_ends(guide: Visitor, house: House) -> None:
    """The row of the session is gone; the cookie is not."""
    key = next(c["value"] for c in guide.context.cookies() if c["name"] == "sessionid")
    house.rows("DELETE FROM django_session WHERE session_key = %s RETURNING session_key", key)


def signs_in_again(guide: Visitor, name: str, path: str) -> None:
    guide.enters_as(name)
    guide.go(path)


def test_the_session_has_ended_and_the_words_come_back(
    visiting: Visit, house: House, ready: tuple[str, str]
) -> None:
    """To her, after signing in, in the form; and to nobody else who sits down at that computer."""
    name, path = ready
    with visiting(HELD_AT) as guide:
        guide.enters_as(name)
        types(guide, path)
        session_ends(guide, house)
        guide.click("Leg het verslag klaar")
        assert guide.path == "/inloggen/", guide.path
        assert f"next={path.replace('/', '%2F')}" in guide.page.url
        guide.expects(404)
        signs_in_again(guide, "Ilse Kamp", path)
        guide.does_not_see("woord42")
        assert house.number(DRAFTS) == 1
        signs_in_again(guide, name, path)
        guide.sees("Wij bewaarden wat u typte")
        assert typed(guide) == WORDS
        guide.keep("bewaard")
        walk.signs_out(guide)
        assert house.number(DRAFTS) == 0
        signs_in_again(guide, name, path)
        guide.does_not_see("Wij bewaarden wat u typte", "woord42")


def test_a_form_that_was_open_too_long_is_sent_again_with_one_button(
    visiting: Visit, ready: tuple[str, str]
) -> None:
    """She signed in anew in another tab; the key of the old form no longer fits."""
    name, path = ready
    with visiting(HELD_AT) as guide:
        guide.enters_as(name)
        types(guide, path)
        guide.page.evaluate(
            "document.querySelector('main form [name=csrfmiddlewaretoken]').value = 'x'.repeat(64)"
        )
        guide.expects(403)
        guide.click("Leg het verslag klaar")
        guide.sees("Dit formulier stond te lang open", "Dit typte u. Het is nog niet verstuurd")
        assert guide.page.locator("input[name=body]").input_value() == WORDS


def test_away_in_a_hurry_keeps_the_words_and_shows_nothing(visiting: Visit, house: House) -> None:
    """With a script: replaced by a page about the weather, signed out, and the words wait for her."""
    with visiting(REFERRED_AT, viewport=PHONE) as fatma:
        fatma.enters_as("Fatma Yilmaz")
        fatma.go(ASK)
        fatma.page.locator("main form textarea").first.fill(QUESTION)
        link = fatma.page.locator("a.leave")
        link.evaluate("(a, to) => { a.dataset.leave = to; }", fatma.address + "/over/")
        with fatma.page.expect_request(lambda asked: asked.url.endswith("/weg/")):
            link.click()
        fatma.page.wait_for_url("**/over/")
        fatma.page.wait_for_timeout(1500)
        fatma.page.go_back()
        fatma.does_not_see("Fatma, ")
        fatma.go(ASK)
        assert fatma.path == "/mijn/"
        assert house.number(DRAFTS) == 1
        fatma.enters_as("Fatma Yilmaz")
        fatma.go(ASK)
        assert fatma.page.locator("main form textarea").first.input_value() == QUESTION


def test_away_without_a_script_signs_out_and_leads_to_the_weather(visiting: Visit) -> None:
    """The link itself ends the session; going back shows nothing."""
    with visiting(REFERRED_AT, viewport=PHONE, scripts=False) as fatma:
        fatma.enters_as("Fatma Yilmaz")
        fatma.go("/mijn/vraag/")
        away = fatma.context.request.get(fatma.address + "/weg/", max_redirects=0)
        assert away.status == 302
        assert away.headers["location"].startswith("https://")
        assert away.headers["clear-site-data"] == '"cache", "storage"'
        fatma.go("/mijn/vraag/")
        assert fatma.path == "/mijn/"


def test_after_signing_out_the_back_button_shows_nothing(visiting: Visit) -> None:
    """Nor does the memory of the browser."""
    with visiting(REFERRED_AT, viewport=PHONE) as fatma:
        fatma.enters_as("Fatma Yilmaz")
        fatma.go("/mijn/vraag/")
        walk.signs_out(fatma)
        for _step in range(2):
            fatma.page.go_back()
            fatma.does_not_see("Fatma, ", "Sanne Bakker")
        assert fatma.path == "/mijn/", fatma.path
        kept = fatma.page.evaluate("[localStorage.length, sessionStorage.length]")
        assert kept == [0, 0]


def test_two_clicks_are_one_report(visiting: Visit, house: House, ready: tuple[str, str]) -> None:
    """The same form twice at once, four thousand words: one report."""
    name, path = ready
    with visiting(HELD_AT) as guide:
        guide.enters_as(name)
        types(guide, path)
        guide.expects(409)
        guide.page.get_by_role("button", name="Leg het verslag klaar").dblclick()
        guide.page.wait_for_load_state("networkidle")
        guide.page.wait_for_timeout(1500)
        guide.go(path)
        guide.sees("Het verslag is klaar")
    assert house.number(REPORTS, path.split("/")[2]) == 1
