"""What every journey may count on: a house that runs, and a real browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.journeys.house import House, open_house
from tests.journeys.visitor import Visitor, visit

from noaber.cli.chromium import INSTALL, find_chromium

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--metrics-recording-only",
    "--lang=nl-NL",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
Visit = Callable[..., AbstractContextManager[Visitor]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """One house for all journeys of this test process."""
    missing = [name for name in ("DATABASE_URL", "DATABASE_OWNER_URL") if not os.environ.get(name)]
    if missing:
        pytest.exit(f"The journeys need {' and '.join(missing)}. Start with ./noaber test.", returncode=2)
    label = str(getattr(request.config, "workerinput", {}).get("workerid", "main"))
    with open_house(label) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of this machine. Without it the journeys fail: what was not walked is not known to work."""
    program = find_chromium()
    assert program, f"The journeys need Chromium and it is not here. Install it with: {INSTALL}"
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=[*QUIET, *sandbox])
        yield chromium
        chromium.close()


@pytest.fixture
def visiting(browser: Browser, house: House) -> Visit:
    """Let somebody in: `with visiting(REFERRED_AT, viewport=PHONE) as fatma:`."""
    return partial(visit, browser, house)
