"""What went wrong at the edges: strange figures, words that changed while she typed, reminders in summer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.network.partners.factories import make_region
from noaber.offer.self_help import rules, services, tasks
from noaber.offer.self_help.factories import TEXT, make_module
from noaber.offer.self_help.models import Reminder
from noaber.offer.self_help.tests.test_pages import (
    OPEN,
    SCALE,
    SECRET,
    STEP,
    World,
    browser,
    rewritten,
    world,
)

__all__ = ["world"]
pytestmark = pytest.mark.django_db
REMIND = "/mijn/zelfhulp/rustig-worden/herinnering/"


@pytest.mark.parametrize("figure", ["²", "9" * 5000, "-1", "11", "٧٧"])
def test_a_figure_that_cannot_be_is_left_out(world: World, figure: str) -> None:
    client = browser(world.fatma)
    assert client.post(STEP, {SCALE: figure, OPEN: SECRET, "gezien": ""}).status_code == 302
    assert SECRET in client.get(STEP).content.decode()


def test_what_she_was_typing_is_kept_when_the_question_changed_meanwhile(world: World) -> None:
    client = browser(world.fatma)
    client.get(STEP)
    text = TEXT.format(title="Rustig worden")
    rewritten(world, text.replace("? Wat merkt u?", "? Wat merkt u aan uw lijf?"))
    assert client.post(STEP, {OPEN: SECRET, "gezien": ""}).status_code == 302
    assert SECRET in client.get(STEP).content.decode()


def test_a_reminder_of_a_module_that_is_gone_can_be_stopped(world: World) -> None:
    client, today = browser(world.fatma), clock.today()
    wanted = {"weekdays": [str(today.isoweekday())], "hour": "10", "until": str(today)}
    assert client.post(REMIND, wanted).status_code == 302
    browser(world.editor).post(f"/kaart/zelfhulp/{world.module.pk}/verbergen/")
    assert client.get(REMIND).status_code == 200


def test_one_reminder_that_fails_does_not_keep_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.today()
    for person in (world.fatma, world.cem):
        with gate.as_system("een herinnering voor een proef"):
            Reminder.objects.create(
                resident=person,
                module=world.module,
                weekdays=[today.isoweekday()],
                hour=10,
                until=today,
                set_at=clock.now(),
            )
    tried: list[Any] = []

    def broken(pk: Any, now: datetime) -> bool:
        tried.append(pk)
        raise RuntimeError("een rij die niet kan")

    monkeypatch.setattr(services, "_remind_one", broken)
    with pytest.raises(RuntimeError):
        tasks.remind(0)
    assert len(tried) == 2


@pytest.mark.parametrize("month", [1, 7])
def test_each_hour_that_can_be_chosen_is_served_within_that_hour(month: int) -> None:
    """The worker counts in UTC; people do not."""
    (ticks,) = (
        one.croniter
        for (name, _id), one in app.periodic_registry.periodic_tasks.items()
        if name == tasks.remind.name
    )
    begin = datetime(2027, month, 12, tzinfo=UTC)
    moment, hours = begin.timestamp(), set()
    while (moment := ticks.get_next(ret_type=float, start_time=moment)) < (
        begin + timedelta(days=1)
    ).timestamp():
        hours.add(datetime.fromtimestamp(moment, clock.AMSTERDAM).hour)
    assert set(rules.HOURS) <= hours


def test_what_she_was_typing_is_kept_when_the_step_got_another_name_meanwhile(world: World) -> None:
    client = browser(world.fatma)
    client.get(STEP)
    rewritten(world, TEXT.format(title="Rustig worden").replace("== Kijken", "== Rondkijken"))
    answer = client.post(STEP, {OPEN: SECRET, "gezien": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/mijn/zelfhulp/rustig-worden/")
    assert SECRET in client.get(answer["Location"]).content.decode()
    assert client.post("/mijn/zelfhulp/rustig-worden/stap/nergens/", {"gezien": ""}).status_code == 404
    long = f"/mijn/zelfhulp/rustig-worden/stap/{'x' * 70}/"
    assert client.post(long, {OPEN: SECRET, "gezien": ""}).status_code == 404


@pytest.mark.parametrize("where", ["/zelfhulp/van-elders/", "/zelfhulp/van-elders/stap/kijken/"])
def test_a_module_of_another_region_leads_to_no_page_of_hers(world: World, where: str) -> None:
    make_module(make_region("groningen", "Noord"), "Van elders")
    page = browser(world.fatma).get(where).content.decode()
    assert "Van elders" in page
    assert "/mijn/zelfhulp/van-elders/" not in page
    assert (
        "/mijn/zelfhulp/rustig-worden/"
        in browser(world.fatma).get("/zelfhulp/rustig-worden/").content.decode()
    )
