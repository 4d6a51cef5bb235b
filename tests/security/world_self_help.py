"""One module for self-help, in which Fatma wrote something that nobody else may read."""

from __future__ import annotations

from datetime import datetime
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
    fatma = gate.actor_for(world.accounts["fatma"], on=day_of(now), second_factor=True)
    shown = queries.one(region.pk, module.slug)
    step = shown.text.steps[0]
    gate.tell_database(fatma)
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
    return {"slug": module.slug, "step_key": step.key, "module_id": module.pk}
