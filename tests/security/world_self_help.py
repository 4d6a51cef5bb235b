"""One module for self-help, in which Fatma wrote something that nobody else may read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from noaber.hallway.access import gate
from noaber.hallway.clock import day_of
from noaber.offer.self_help import queries, services
from noaber.offer.self_help.factories import make_module

if TYPE_CHECKING:
    from tests.security.world import World


def fill(world: World, written: str, now: datetime) -> dict[str, object]:
    """The names of a module and of a step, as they stand in addresses."""
    region = world.regions["twente"]
    module = make_module(region, now=now)
    fatma = world.speak_as("fatma", now)
    text = queries.one(region.pk, module.slug).text
    step = text.steps[0]
    with gate.as_system("wereld van de beveiligingstests"):
        services.keep_step(
            actor=fatma,
            module_id=module.pk,
            step_key=step.key,
            blocks=step.asked,
            sent={block.key: [written] for block in step.asked},
            done=True,
            seen="",
            now=now,
        )
        services.keep_day(
            actor=fatma,
            module_id=module.pk,
            on=day_of(now),
            blocks=text.diary,
            sent={block.key: [written] for block in text.diary},
            seen="",
            now=now,
        )
        services.set_reminder(
            actor=fatma,
            module_id=module.pk,
            weekdays=(1,),
            hour=10,
            until=day_of(now) + timedelta(weeks=6),
            now=now,
        )
    return {"slug": module.slug, "step_key": step.key, "module_id": module.pk}
