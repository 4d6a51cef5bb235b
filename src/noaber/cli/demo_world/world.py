"""Fills a region with its invented past, in one transaction: all of it is there, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
from django.db import connection, transaction

from noaber.cli.demo_world import (
    close_by,
    experiences,
    forming,
    groups,
    groups_cast,
    looks,
    neighbourhood,
    offering,
    routes,
    self_help,
    sharing,
    sources,
    support_points,
    talks,
    upkeep,
    waits,
)
from noaber.cli.demo_world.cast import keep_free, play_cast
from noaber.cli.demo_world.history import Historian
from noaber.cli.demo_world.plan import Case, make_plan
from noaber.cli.demo_world.staff import add_cast, demo_account, join, make_staff
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.outbox.services import inline
from noaber.network.partners.models import Professional, Region
from noaber.pathways.referrals.models import Letter
from noaber.pathways.referrals.queries import due_letters
from noaber.pathways.referrals.services import release_letter

SEED = 20250701
START = date(2025, 7, 1)
MAIN_REGION = "twente"
Progress = Callable[[str], None]


def is_seeded(region: str) -> bool:
    """Whether the invented past of this region is there."""
    return Professional.objects.filter(organisation__region__slug=region).exists()


def seed(region: str, progress: Progress, *, scale: float | None = None) -> None:
    """Two years of operation for the main region, a small world for the others.

    `scale` shrinks the volumes. The same seed and the same day give the same world. A second start finds the
    work done; one that was broken off left nothing behind.
    """
    size = (1.0 if region == MAIN_REGION else 0.02) if scale is None else scale
    today = clock.today()
    with transaction.atomic(), _all_or_nothing(), gate.as_system("demo: het verleden vullen"), inline():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('noaber demo'))")
        if is_seeded(region):
            progress("De demo staat er al.")
            return
        _fill(region, today, size, progress)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """Leave out the savepoints of each act, a third of all statements: the first failure ends everything."""
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        connection.features.uses_savepoints = True


def _fill(slug: str, today: date, scale: float, progress: Progress) -> None:
    region = Region.objects.get(slug=slug)
    rng = np.random.default_rng(SEED + sum(map(ord, slug)))
    began = clock.at(START, 8)
    staff = make_staff(region, rng, start=START, now=began, size=max(12, round(84 * min(1.0, scale * 4))))
    (offering.fill if slug == MAIN_REGION else offering.fill_small)(region, today=today)
    if slug == MAIN_REGION:
        add_cast(staff, rng, start=START, today=today, now=began)
    else:
        planner = demo_account(f"Planner {region.name}"[:60], began)
        join(planner, staff.office, Role.PLANNER, START)
    past = Historian(staff, rng, today)
    cases = make_plan(rng, start=START, today=today, scale=scale)
    if slug == MAIN_REGION:
        keep_free(past, today)
    _play(past, cases, progress)
    if slug == MAIN_REGION:
        play_cast(past, today)
    _release_letters(today)
    if slug == MAIN_REGION:
        close_by.fill(past, today=today)
    talks.fill(past, today=today)
    experiences.fill(region, today=today)
    for each in Region.objects.order_by("slug") if slug == MAIN_REGION else [region]:
        neighbourhood.fill(each, today)
        support_points.fill(each, today, scale=scale)
        self_help.fill(each, today)
        groups.fill(each, today, scale=scale)
    if slug == MAIN_REGION:
        sharing.fill(past, today)
        looks.fill(past, today=today)
        self_help.someone_sleeps_better(past, looks.thread_of(past, "Fatma Yilmaz"), today)
        cast = {name: looks.thread_of(past, name) for name in ("Fatma Yilmaz", "Mila Jansen")}
        groups_cast.somebody_takes_part(region, cast, today)
        routes.fill(past, today)
        routes.fill_elsewhere(today)
        sources.fill(past, today)
        upkeep.fill(region, today=today)
        forming.fill(region, today)
        waits.fill(region, today=today, scale=scale)


def _play(past: Historian, cases: list[Case], progress: Progress) -> None:
    told = -1
    for number, case in enumerate(cases):
        past.play(_possible(case))
        share = (number + 1) * 100 // len(cases)
        if share // 10 != told:
            told = share // 10
            progress(f"{share}% van {len(cases)} vragen om hulp")


def _possible(case: Case) -> Case:
    """A case whose detour leaves room for the conversation."""
    if case.held_on is not None and (case.held_on - case.received_on).days < 6:
        return replace(case, detour="")
    return case


def _release_letters(today: date) -> None:
    due = Letter.objects.filter(pk__in=due_letters(today - timedelta(days=1)))
    for letter_id, day in list(due.values_list("pk", "release_on")):
        if day is not None:
            release_letter(letter_id=letter_id, now=_morning(day))


def _morning(day: date) -> datetime:
    return clock.at(day, 8)
