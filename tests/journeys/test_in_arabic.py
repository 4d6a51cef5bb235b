"""From right to left: the page is the mirror image, nothing scrolls sideways, nothing grave."""

from __future__ import annotations

import pytest
from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT
from tests.journeys.visitor import DESK, PHONE, SMALLEST, Visitor

MIDDLE = (
    "part => { const box = part.getBoundingClientRect(); return (box.left + box.right) / 2 / innerWidth; }"
)
HERS = (
    "/mijn/vraag/",
    "/mijn/web/",
    "/mijn/wie-ziet-wat/",
    "/mijn/voorkeuren/",
    "/mijn/wie-keek-mee/",
    "/mijn/gegevens/",
)
ANYONES = ("/", "/hulp-nu/", "/aanbod/", "/mijn/", "/over/", "/privacy/", "/toegankelijkheid/")


def chooses(visitor: Visitor, name: str) -> None:
    """With the globe on any page, as a link."""
    visitor.page.locator(".tongues summary").click()
    visitor.page.locator(".tongues a", has_text=name).click()
    visitor.page.wait_for_load_state()


@pytest.mark.parametrize("size", [SMALLEST, PHONE, DESK], ids=["320", "375", "1280"])
def test_every_page_is_the_mirror_image(visiting: Visit, size: dict[str, int]) -> None:
    """Her name on the right, the way out on the left, the line of her question on the right."""
    with visiting(REFERRED_AT, viewport=size) as fatma:
        fatma.enters_as("Fatma Yilmaz")
        fatma.go("/mijn/vraag/")
        chooses(fatma, "العربية")
        assert fatma.path == "/mijn/vraag/"
        assert "taal" not in fatma.page.url
        for path in (*HERS, *ANYONES):
            fatma.go(path)
            page = fatma.page
            assert page.locator("html").get_attribute("dir") == "rtl", path
            wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert wide <= window, f"{path} is {wide} px wide"
            assert page.locator(".brand").evaluate(MIDDLE) > 0.5, path
            assert page.locator("a.leave").evaluate(MIDDLE) < 0.5, path
            assert not looking.grave(fatma, path), path
        fatma.go("/mijn/vraag/")
        for dot in fatma.page.locator(".line .dot").all():
            assert dot.evaluate(MIDDLE) > 0.5
        phone = fatma.page.locator(".person a[href^='tel:']").first.inner_text()
        assert "\u2066" in phone
        fatma.go("/mijn/vraag/?taal=nl")


def test_a_choice_without_a_script_stays_on_the_next_page(visiting: Visit) -> None:
    """A link in its own name; then every page speaks it, also the next time she signs in."""
    with visiting(REFERRED_AT, viewport=PHONE, scripts=False) as fatma:
        fatma.enters_as("Fatma Yilmaz")
        fatma.go("/mijn/vraag/")
        chooses(fatma, "Polski")
        assert fatma.go("/mijn/wie-ziet-wat/").locator("html").get_attribute("lang") == "pl"
        fatma.context.clear_cookies()
        fatma.enters_as("Fatma Yilmaz")
        assert fatma.go("/mijn/vraag/").locator("html").get_attribute("lang") == "pl"
        fatma.go("/mijn/vraag/?taal=nl")
