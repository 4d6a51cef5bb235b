"""Somebody with a browser. Notes everything that a page should never do."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, Response
from tests.journeys.house import House

PHONE = {"width": 375, "height": 812}
DESK = {"width": 1280, "height": 900}
SMALLEST = {"width": 320, "height": 640}


@dataclass
class Visitor:
    """One browser window of its own, with its own cookies, and a clock through the house."""

    house: House
    context: BrowserContext
    page: Page
    now: datetime
    expected: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    label: str = ""
    kept: int = 0

    @property
    def address(self) -> str:
        """The address of the house at this moment."""
        return self.house.at(self.now)

    @property
    def path(self) -> str:
        """Where the visitor is now."""
        return urlsplit(self.page.url).path

    def go(self, path: str) -> Page:
        """Open a page of the house."""
        self.page.goto(self.address + path)
        return self.page

    def click(self, name: str, *, role: str = "button", exact: bool = True) -> None:
        """Press the button or link with this name."""
        self.find(name, role=role, exact=exact).click()

    def find(self, name: str, *, role: str = "button", exact: bool = True) -> Locator:
        """The first button or link with this name."""
        return self.page.get_by_role(role, name=name, exact=exact).first  # type: ignore[arg-type]

    def field(self, label: str | re.Pattern[str], *, exact: bool = False) -> Locator:
        """The first field that carries this label."""
        fields = self.page.locator("input:not([type=hidden]), textarea, select")
        return fields.and_(self.page.get_by_label(label, exact=exact)).first

    def text(self) -> str:
        """All that stands in the main part of the page."""
        return self.page.locator("main").inner_text()

    def sees(self, *words: str) -> None:
        """Every one of these words stands on the page."""
        there = _flat(self.text())
        for each in words:
            assert _flat(each).casefold() in there.casefold(), (
                f"{each!r} is not on {self.page.url}:\n{there[:3000]}"
            )

    def does_not_see(self, *words: str) -> None:
        """None of these words stands anywhere on the page, also not in what is hidden."""
        there = _flat(self.page.content())
        for each in words:
            assert _flat(each) not in there, f"{each!r} is on {self.page.url}"

    def keep(self, what: str) -> None:
        """A picture of this page in the folder NOABER_SCREENSHOTS, when that is asked for."""
        folder = os.environ.get("NOABER_SCREENSHOTS")
        if folder:
            self.kept += 1
            name = f"{self.label}-{self.kept:02d}-{what}.png"
            self.page.screenshot(path=Path(folder) / name, full_page=True)

    def expects(self, status: int) -> None:
        """An answer with this status is part of the story from here on."""
        self.expected.add(status)

    def moves_to(self, now: datetime) -> None:
        """Time goes on; the cookies stay."""
        self.now = now

    def enters_as(self, name: str) -> None:
        """Sign in with one click, as the demo allows."""
        self.go("/demo/")
        self.page.locator(f"form:has-text({name!r}) button, li:has-text({name!r}) button").first.click()
        self.page.wait_for_load_state()
        assert self.path != "/demo/", f"{name} did not come in:\n{self.text()[:500]}"

    def _note_console(self, message: ConsoleMessage) -> None:
        expected = any(f"status of {status}" in message.text for status in self.expected)
        if message.type in {"error", "warning"} and not expected:
            self.wrong.append(f"console {message.type} on {self.page.url}: {message.text}")

    def _note_error(self, error: Any) -> None:
        self.wrong.append(f"script error on {self.page.url}: {error}")

    def _note_request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in {"127.0.0.1", "localhost", None}:
            self.wrong.append(f"{self.page.url} asked outside the house: {request.url}")

    def _note_answer(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.wrong.append(f"{response.status} for {response.url}")
        if response.status == 500:
            self.wrong.append(self.house.log("web"))


@contextmanager
def visit(
    browser: Browser,
    house: House,
    now: datetime,
    *,
    viewport: dict[str, int] | None = None,
    scripts: bool = True,
    label: str = "",
) -> Iterator[Visitor]:
    """A visitor who stays for this block; leaving it, nothing may have gone wrong."""
    context = browser.new_context(
        viewport=viewport or DESK,  # type: ignore[arg-type]
        java_script_enabled=scripts,
        bypass_csp=False,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    context.set_default_timeout(8_000)
    visitor = Visitor(
        house, context, context.new_page(), now, label=label or f"{(viewport or DESK)['width']}"
    )
    visitor.page.on("console", visitor._note_console)
    visitor.page.on("pageerror", visitor._note_error)
    visitor.page.on("request", visitor._note_request)
    visitor.page.on("response", visitor._note_answer)
    try:
        yield visitor
        assert not visitor.wrong, "\n".join(visitor.wrong)
    finally:
        context.close()


def _flat(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)
