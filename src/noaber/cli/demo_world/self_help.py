"""The starter set of self-help in the demo, and what one resident did with it."""

from __future__ import annotations

from datetime import date, timedelta

from noaber.cli.demo_world.history import Historian
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.network.partners.models import Region
from noaber.network.residents.models import HelpRequest
from noaber.offer.self_help import queries, services

ON_SHOW = timedelta(days=200)
WROTE = ("Ik lig te malen over de huur.", "Na elf uur kijk ik nog op mijn telefoon.", "Om half acht opstaan.")
NIGHTS = (3, 4, 3, 5, 4, 6, 5, 5, 7, 6)


def fill(region: Region, today: date) -> None:
    """Put the starter set on the sociale kaart of this region."""
    services.take_starter(
        region_id=region.pk,
        texts=services.starter_texts(),
        by=_office(region),
        now=clock.at(today - ON_SHOW, 9),
    )


def _office(region: Region) -> str:
    found = region.organisations.filter(roles__contains=["planning_office"]).first()
    return found.name if found else region.name


def someone_sleeps_better(past: Historian, thread: HelpRequest, today: date) -> None:
    """A resident did two steps of 'Beter slapen' and kept a diary of ten nights."""
    account = thread.resident.account
    if account is None:
        return
    actor = gate.actor_for(account, on=today, second_factor=True)
    shown = queries.one(thread.region_id, "beter-slapen")
    for number, step in enumerate(shown.text.steps[:2]):
        services.keep_step(
            actor=actor,
            module_id=shown.module_id,
            step_key=step.key,
            blocks=step.asked,
            sent={block.key: [_said(str(block.kind), number)] for block in step.asked},
            done=True,
            seen="",
            now=clock.at(today - timedelta(days=12 - number * 3), 20),
        )
    points, rose = (block.key for block in shown.text.diary[:2])
    for ago, night in enumerate(reversed(NIGHTS), start=1):
        day = today - timedelta(days=ago)
        services.keep_day(
            actor=actor,
            module_id=shown.module_id,
            on=day,
            blocks=shown.text.diary,
            sent={points: [str(night)], rose: ["half acht"]},
            seen="",
            now=clock.at(day, 9),
        )


def _said(kind: str, number: int) -> str:
    return "4" if kind == "scale" else WROTE[number % len(WROTE)]
