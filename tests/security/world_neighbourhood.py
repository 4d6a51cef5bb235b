"""One neighbourhood with Roos in its team, and one of everything in it. Nothing here is about a resident."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from noaber.hallway.access import gate
from noaber.offer.neighbourhood.factories import make_activity, make_area, make_key_person, seat
from noaber.offer.neighbourhood.models import Area, FollowUp, Inventory, Signal

if TYPE_CHECKING:
    from tests.security.world import World

DAY = date(2027, 6, 1)


def fill(world: World) -> dict[str, object]:
    """The ids of one area and of one of each thing in it, by the name that stands in addresses."""
    town = world.regions["twente"].municipalities.get()
    area = make_area(town)
    roos = world.accounts["roos"]
    member = seat(area, roos, world.organisations["avedan"])
    person = make_key_person(
        area,
        consent_items=["reach", "region", "team"],
        consent_on=DAY,
        consent_until=date(2028, 6, 1),
    )
    with gate.as_system("wereld van de beveiligingstests"):
        inventory, signal, follow_up = _heard(area)
    return {
        "area_id": area.pk,
        "member_id": member.pk,
        "key_person_id": person.pk,
        "inventory_id": inventory,
        "signal_id": signal,
        "follow_up_id": follow_up,
        "activity_id": make_activity(town).pk,
    }


def _heard(area: Area) -> tuple[UUID, UUID, UUID]:
    by = {"by_name": "Roos Bekend", "recorded_at": "2027-06-01T10:00:00Z"}
    inventory = Inventory.objects.create(
        area=area,
        kind="needs",
        held_on=DAY,
        list_dated=DAY,
        narrative="Er mist een bank.",
        once_key="i",
        **by,
    )
    signal = Signal.objects.create(area=area, words="Er mist een bank.", heard_on=DAY, once_key="s", **by)
    follow_up = FollowUp.objects.create(
        area=area,
        signal=signal,
        words="Een bank vragen",
        owner="De gemeente",
        due_on=DAY,
        made_at=by["recorded_at"],
        once_key="f",
    )
    return inventory.pk, signal.pk, follow_up.pk
