"""Fifty thousand lines of a busy week: whoever snooped stands on top, and hardly anybody else is troubled."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker
from tests.security import busy_week
from tests.security.busy_week import MONDAY, BusyWeek

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.audit import rules, weighing
from noaber.hallway.audit.models import AuditEntry, ReviewItem

WEIGHED_AT = clock.at(MONDAY + timedelta(days=7), 5)
MAY_TAKE_SECONDS = 20.0
"""It takes about three; this only says that it never becomes a night's work."""


@pytest.fixture(scope="module")
def week(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[BusyWeek]:
    """The week, lived and weighed once."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield busy_week.live()
            transaction.set_rollback(True)
        connection.close()


@pytest.fixture(scope="module")
def queue(week: BusyWeek) -> list[ReviewItem]:
    """What the privacy officer finds on Monday, heaviest first."""
    weighing.weigh_week(week.region.pk, MONDAY, now=WEIGHED_AT)
    with gate.as_system("de rij nalezen"):
        return list(ReviewItem.objects.filter(region_id=week.region.pk).order_by("-score", "actor_name"))


def test_the_week_is_as_busy_as_it_says(week: BusyWeek) -> None:
    lines = AuditEntry.objects.filter(region_id=week.region.pk, occurred_at__gte=clock.at(MONDAY, 0))
    assert lines.count() >= 50_000


def test_every_snooper_stands_above_everyone_who_was_at_work(week: BusyWeek, queue: list[ReviewItem]) -> None:
    first = queue[: len(week.snoopers)]
    assert {item.account_id for item in first} == set(week.snoopers.values())
    assert first[-1].score > queue[len(week.snoopers)].score, "no legitimate colleague weighs as much"


@pytest.mark.parametrize("kind", ["surname", "street", "no_task", "night", "many_above", "denied"])
def test_each_is_found_for_what_was_done(week: BusyWeek, queue: list[ReviewItem], kind: str) -> None:
    item = next(item for item in queue if item.account_id == week.snoopers[kind])
    signal = next((signal for signal in item.signals if signal["code"] == kind), None)
    assert signal is not None, item.signals
    found = AuditEntry.objects.filter(event_id__in=signal["lines"])
    assert found.count() == len(signal["lines"]) > 0
    assert {line.account_id for line in found} == {item.account_id}


def test_a_planner_who_opens_eighty_files_a_day_is_left_in_peace(
    week: BusyWeek, queue: list[ReviewItem]
) -> None:
    planners = {worker.account for worker in week.workers if worker.role == "planner"}
    assert not [signal for item in queue if item.account_id in planners for signal in item.signals
                if signal["code"].startswith("many")]  # fmt: skip
    assert not planners & {item.account_id for item in queue[: len(week.snoopers)]}


def test_hardly_anybody_is_troubled_for_nothing(
    week: BusyWeek, queue: list[ReviewItem], record_property: Callable[[str, object], None]
) -> None:
    false = [item for item in queue if item.account_id not in week.snoopers.values()]
    at_work = len(week.workers) - len(week.snoopers)
    record_property("false_alarms", f"{len(false)} of {at_work} colleagues")
    assert len(false) <= at_work * 0.08, [(item.actor_name, item.score, item.signals) for item in false]


def test_a_week_is_weighed_in_seconds(week: BusyWeek, queue: list[ReviewItem]) -> None:
    began = time.monotonic()
    weighing.weigh_week(week.region.pk, MONDAY, now=WEIGHED_AT)
    assert time.monotonic() - began < MAY_TAKE_SECONDS


def test_weighing_again_gives_the_same_queue(week: BusyWeek, queue: list[ReviewItem]) -> None:
    weighing.weigh_week(week.region.pk, MONDAY, now=WEIGHED_AT + timedelta(hours=1))
    with gate.as_system("de rij nalezen"):
        again = ReviewItem.objects.filter(region_id=week.region.pk)
        assert {(item.pk, item.score, item.found_at) for item in again} == {
            (item.pk, item.score, item.found_at) for item in queue
        }


def test_the_rules_have_a_weight_for_every_kind(queue: list[ReviewItem]) -> None:
    assert all(item.score >= rules.THRESHOLD for item in queue)
    assert all(item.score == sum(signal["weight"] for signal in item.signals) for item in queue)
