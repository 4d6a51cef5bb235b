"""One wayfinder who agreed to professionals alone, and one agreement that applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from noaber.hallway.access import gate
from noaber.offer.routes.factories import make_route, make_wayfinder

if TYPE_CHECKING:
    from tests.security.world import World


def fill(world: World) -> dict[str, object]:
    """Their ids, by the name that stands in addresses."""
    owner = world.organisations["dimence"]
    town = world.regions["twente"].municipalities.get()
    with gate.as_system("wereld van de beveiligingstests"):
        wayfinder = make_wayfinder(owner, town, degree="professionals")
        return {"wayfinder_id": wayfinder.pk, "card_id": make_route(owner).card_id}
