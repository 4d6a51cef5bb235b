"""A region with two places and two providers of care."""

from __future__ import annotations

from dataclasses import dataclass

from noaber.network.partners.factories import make_municipality, make_organisation, make_region
from noaber.network.partners.models import Municipality, Organisation, Region


@dataclass(frozen=True)
class World:
    """Almelo and Enschede; Dimence is large, De Kade is a small practice."""

    region: Region
    almelo: Municipality
    enschede: Municipality
    dimence: Organisation
    kade: Organisation


def make_world() -> World:
    """The whole of it, without programmes."""
    region = make_region()
    return World(
        region=region,
        almelo=make_municipality(region, "Almelo", latitude=52.35, longitude=6.66),
        enschede=make_municipality(region, "Enschede", latitude=52.22, longitude=6.89),
        dimence=make_organisation(region, "Dimence Groep"),
        kade=make_organisation(region, "Praktijk De Kade"),
    )
