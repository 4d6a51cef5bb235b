"""The pages of the look in a real browser: the style guide, the pages for anyone, the failures.

They need no database and no server: the browser's requests are answered from the views and the static files.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.test import RequestFactory
from playwright.sync_api import Browser, BrowserContext, Page, Route

from noaber.hallway.ui import views

pytestmark = pytest.mark.journey

HOUSE = "http://noaber.example"
PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/": views.start,
    "/hulp-nu/": views.help_now,
    "/over/": views.about,
    "/privacy/": views.privacy,
    "/toegankelijkheid/": views.accessibility,
    "/stijl/": views.style_guide,
}
FAILURES = tuple(f"/{code}/" for code in (400, 403, 404, 409, 413, 429, 500, 503))
GRAVE = ("serious", "critical")
LOOKS = [
    *(
        (path, width, theme)
        for path in (*PAGES, *FAILURES)
        for width, theme in ((320, "light"), (1280, "dark"))
    ),
    *(("/stijl/", width, theme) for width, theme in ((320, "dark"), (1280, "light"))),
    ("/stijl/?voor=inwoner", 320, "light"),
    ("/stijl/?voor=professional", 1280, "light"),
]


def answer(route: Route) -> None:
    """Answer a request of the browser from the house; anything else is refused and fails the test."""
    address = urlsplit(route.request.url)
    if f"{address.scheme}://{address.netloc}" != HOUSE:
        route.abort()
        return
    if address.path.startswith("/static/"):
        found = finders.find(address.path.removeprefix("/static/"))
        assert isinstance(found, str), address.path
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        return
    if address.path == "/weg/":
        route.fulfill(status=204)
        return
    if address.path in FAILURES:
        body = loader.render_to_string(f"{address.path.strip('/')}.html", {"reference": "ab12cd34"})
        route.fulfill(body=body, content_type="text/html; charset=utf-8")
        return
    response = PAGES[address.path](RequestFactory().get(f"{address.path}?{address.query}"))
    route.fulfill(body=response.content, content_type="text/html; charset=utf-8")


def context_of(browser: Browser, width: int, theme: str, **more: object) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
        bypass_csp=True,
        **more,  # type: ignore[arg-type]  # fields by name
    )
    context.route("**/*", answer)
    return context


def sideways(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize(("path", "width", "theme"), LOOKS)
def test_a_page_has_no_grave_fault_fits_its_window_and_asks_no_other_server(
    browser: Browser, path: str, width: int, theme: str
) -> None:
    context = context_of(browser, width, theme)
    page = context.new_page()
    refused: list[str] = []
    page.on("requestfailed", lambda request: refused.append(request.url))
    page.goto(HOUSE + path)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    found = Axe().run(page).response
    assert found["passes"], "axe looked at nothing"
    assert [v["id"] for v in found["violations"] if v["impact"] in GRAVE] == []
    assert sideways(page) <= 0
    assert refused == []
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_still_fits_when_its_text_is_twice_as_large(browser: Browser, path: str) -> None:
    context = context_of(browser, 1280, "light")
    page = context.new_page()
    page.goto(HOUSE + path)
    page.add_style_tag(content="html { font-size: 200%; }")
    assert sideways(page) <= 0
    context.close()


def test_the_font_is_ours_and_is_used(browser: Browser) -> None:
    context = context_of(browser, 1280, "light")
    page = context.new_page()
    page.goto(HOUSE + "/over/")
    page.wait_for_function("document.fonts.status === 'loaded'")
    loaded = page.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)")
    assert any("Source Sans 3" in family for family in loaded)
    context.close()


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(browser: Browser) -> None:
    context = context_of(browser, 1280, "light")
    page = context.new_page()
    page.goto(HOUSE + "/over/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    context.close()


def test_leaving_quickly_leaves_no_step_back(browser: Browser) -> None:
    context = context_of(browser, 375, "light")
    page = context.new_page()
    page.goto(HOUSE + "/over/")
    page.goto(HOUSE + "/hulp-nu/")
    page.evaluate(f"document.querySelector('[data-leave]').dataset.leave = '{HOUSE}/privacy/'")
    page.click("[data-leave]")
    page.wait_for_url("**/privacy/")
    page.go_back()
    assert page.url.endswith("/over/")
    context.close()


def test_a_visitor_may_choose_dark_and_it_stays(browser: Browser) -> None:
    context = context_of(browser, 1280, "light")
    page = context.new_page()
    page.goto(HOUSE + "/over/")
    page.click("[data-theme-switch]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.goto(HOUSE + "/privacy/")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    context.close()


def test_without_javascript_the_menu_of_doubt_opens_and_no_dead_button_shows(browser: Browser) -> None:
    context = context_of(browser, 375, "light", java_script_enabled=False)
    page = context.new_page()
    page.goto(HOUSE + "/stijl/")
    assert not page.locator("[data-theme-switch]").is_visible()
    doubt = page.locator("details.doubt").first
    doubt.locator("summary").click()
    assert doubt.locator("p").is_visible()
    context.close()
