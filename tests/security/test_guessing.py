"""Whoever tries addresses until one fits leaves lines, and learns nothing from the answers."""

from __future__ import annotations

import re
import statistics
import time
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.security import canaries
from tests.security.moments import NOW
from tests.security.test_every_address import Browsers
from tests.security.visits import ANONYMOUS, visit
from tests.security.world import World

from noaber.hallway.access import gate
from noaber.hallway.audit import weighing
from noaber.hallway.audit.models import AuditEntry, ReviewItem
from noaber.hallway.clock import day_of

TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[0-9A-Za-z]{64}')
DIFFERENCE_SECONDS = 0.005
TRIES = 100


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:
    return Browsers(standing_world)


def case(pk: UUID) -> str:
    return f"/planbord/{pk}/"


@pytest.mark.parametrize(
    ("who", "path"), [("piet", "/planbord/{}/"), ("gerda", "/planbord/{}/"), ("fatma", "/mijn/verslag/{}/")]
)
def test_a_guessed_address_leaves_one_line_that_names_nobody(
    world: World, browsers: Browsers, who: str, path: str
) -> None:
    hers = world.cases["mila"]
    pk = hers.conversation_id if "verslag" in path else hers.help_request_id
    lines = []
    for guess in (pk, uuid4()):
        seen = visit(browsers.of(who), "GET", path.format(guess))
        assert seen.status == 404
        (line,) = seen.lines
        assert (line.result, line.resident_id, line.account_id) == ("8", None, browsers.account(who).pk)
        assert str(guess) not in line.object_id + line.part
        assert canaries.found_in(line.part, line.object_id) == frozenset()
        assert line.region_id is not None, "the officer of a region can see it"
        lines.append(line)
    assert lines[0].object_id == lines[1].object_id
    assert lines[0].event_type == lines[1].event_type, "the log itself does not say which id exists"
    if lines[0].event_type == "access.guessed":
        assert lines[0].part != lines[1].part, "two addresses can be told apart"


def test_someone_who_left_leaves_lines_too(world: World, browsers: Browsers) -> None:
    seen = visit(browsers.of("karel"), "GET", f"/gesprekken/{world.cases['fatma'].conversation_id}/")
    (line,) = seen.lines
    assert line.region_id == world.regions["twente"].pk


@pytest.mark.parametrize(
    "path", ["/planbord/00000000-0000-0000-0000-000000000001/", "/static/nergens.css", "/nergens/"]
)
def test_a_visitor_who_is_nobody_leaves_no_line(world: World, browsers: Browsers, path: str) -> None:
    assert visit(browsers.of(ANONYMOUS), "GET", path).lines == []


def test_a_page_that_opens_leaves_no_refused_line(world: World, browsers: Browsers) -> None:
    seen = visit(browsers.of("ilse"), "GET", case(world.cases["dora"].help_request_id))
    assert seen.status == 200
    assert {line.result for line in seen.lines} == {"0"}


def test_yours_not_and_nobody_s_take_equally_long(world: World, browsers: Browsers) -> None:
    client = browsers.of("gerda")
    took: dict[str, list[float]] = {"forbidden": [], "absent": []}
    bodies = set()
    client.get(case(uuid4()))
    for _ in range(TRIES):
        for kind, pk in (("forbidden", world.cases["fatma"].help_request_id), ("absent", uuid4())):
            began = time.perf_counter()
            answer = client.get(case(pk))
            took[kind].append(time.perf_counter() - began)
            bodies.add(TOKEN.sub(rb"\1", answer.content).replace(str(pk).encode(), b"ID"))
    assert len(bodies) == 1
    difference = abs(statistics.median(took["forbidden"]) - statistics.median(took["absent"]))
    assert difference < DIFFERENCE_SECONDS


def test_twenty_guesses_stand_in_the_queue_of_the_officer(world: World, browsers: Browsers) -> None:
    client: Client = browsers.of("piet")
    for _ in range(20):
        client.get(case(uuid4()))
    assert AuditEntry.objects.filter(event_type__in=("access.guessed", "access.denied")).count() >= 20
    weighing.weigh_week(world.regions["twente"].pk, weighing.monday_of(day_of(NOW)), now=NOW)
    with gate.as_system("een proef"):
        item = ReviewItem.objects.get(account_id=world.accounts["piet"].pk)
    assert [signal["code"] for signal in item.signals] == ["denied"]
    assert item.score == 8
