"""No page asks the database more than it may, and a longer list asks no more than a short one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.security import oracle
from tests.security.test_every_address import SIGNED_IN, Browsers, targets
from tests.security.world import World

CEILINGS: dict[str, int] = yaml.safe_load(Path(__file__).with_name("queries.yml").read_text("utf-8")) or {}
_WARM: set[str] = set()
READABLE = sorted(name for name, e in oracle.EXPECTED.items() if not e.post_only)


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:
    return Browsers(standing_world)


def asked(browsers: Browsers, who: str, path: str) -> int:
    """How many statements one visit takes, without those that open and close the transaction.

    What a process remembers between visits has been asked before, by a visit that is not counted.
    """
    captured = _queries_of(browsers, who, path)
    if path not in _WARM:
        _WARM.add(path)
        captured = _queries_of(browsers, who, path)
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def _queries_of(browsers: Browsers, who: str, path: str) -> list[dict[str, str]]:
    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            browsers.of(who).get(path)
        transaction.set_rollback(True)
    return captured.captured_queries


@pytest.mark.parametrize("name", READABLE)
def test_a_page_asks_no_more_than_it_may(world: World, browsers: Browsers, name: str) -> None:
    expected = oracle.EXPECTED[name]
    counts = [
        asked(browsers, who, path)
        for person, path in targets(world, name)
        for who in SIGNED_IN
        if expected.may_open(who, person)
    ]
    most = max(counts, default=0)
    assert most <= CEILINGS[name], f"{name}: {most}"


@pytest.mark.parametrize(
    ("path", "short", "long"),
    [
        ("/mijn-verwijzingen/", "gijs", "noor"),
        ("/gesprekken/", "tineke", "sanne"),
        ("/alarm/", "gerda", "ilse"),
    ],
)
def test_a_longer_list_asks_no_more(
    world: World, browsers: Browsers, path: str, short: str, long: str
) -> None:
    assert asked(browsers, long, path) <= asked(browsers, short, path) + 1


def test_the_ceilings_name_every_page_and_no_other() -> None:
    assert sorted(CEILINGS) == READABLE
