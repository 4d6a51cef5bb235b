"""A support point of Ixta Noa where Wil is host, and one of Dimence that Dirk administers. No visitor."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from noaber.hallway import clock
from noaber.offer.support_points.factories import count_visits, make_point
from noaber.offer.support_points.models import ProgrammeItem

if TYPE_CHECKING:
    from tests.security.world import World

DAY = date(2027, 6, 1)


def fill(world: World) -> dict[str, object]:
    """The ids of a point and of what is on there, by their names in addresses; `managed` is Dirk's."""
    town = world.regions["twente"].municipalities.get()
    point = make_point(world.organisations["ixta"], town, "Steunpunt van de wereld")
    managed = make_point(world.organisations["dimence"], town, "Herstelplek van de wereld", kind="recovery")
    count_visits(point, DAY)
    item = ProgrammeItem.objects.create(
        point=point,
        title="Samen koken",
        weekday=2,
        starts_at=time(12),
        ends_at=time(13),
        valid_from=DAY,
        by_name="Wil Bekend",
        recorded_at=clock.at(DAY, 9),
        once_key="world",
    )
    return {"point_id": point.pk, "item_id": item.pk, "managed": managed.pk}


def values(world: World, name: str) -> dict[str, object]:
    """What goes in the addresses of this room."""
    if not name.startswith("support_points:"):
        return {}
    found = dict(world.support_points)
    managed = found.pop("managed")
    return {**found, "point_id": managed} if name == "support_points:manage" else found
