"""One care programme of Dimence with a wait, a key, and six starts. No resident in it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from noaber.hallway import clock
from noaber.offer.care_programmes.factories import make_programme, make_report, make_start
from noaber.offer.care_programmes.models import ProviderKey

if TYPE_CHECKING:
    from tests.security.world import World


def fill(world: World) -> dict[str, object]:
    """The ids of the programme and of the key of its provider, by the name that stands in addresses."""
    home = world.organisations["dimence"]
    town = world.regions["twente"].municipalities.get()
    programme = make_programme(home, "Angst in de wereld", town)
    make_report(programme, reference_date=clock.today() - timedelta(days=40))
    for days in (200, 180, 160, 140, 120, 100):
        make_start(programme, days)
    key = ProviderKey.objects.create(
        organisation=home, name="Systeem", key_hash="0" * 64, made_at=clock.now()
    )
    return {"programme_id": programme.pk, "key_id": key.pk}


def values(world: World, name: str) -> dict[str, object]:
    """What goes in the addresses of this room."""
    return dict(world.care_programmes) if name.startswith("care_programmes:") else {}
