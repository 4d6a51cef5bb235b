"""Two points, their hosts, who steers the region, and everybody who has no business there."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.accounts.tests.signing import browser_of
from noaber.network.partners.factories import (
    make_account,
    make_member,
    make_municipality,
    make_organisation,
    make_region,
)
from noaber.network.partners.models import Municipality, Organisation, Region
from noaber.offer.support_points.factories import make_point
from noaber.offer.support_points.models import SupportPoint


@dataclass(slots=True)
class World:
    """A region with a point of Ixta Noa and one of Avedan; Groningen beside it."""

    region: Region
    almelo: Municipality
    ixta: Organisation
    point: SupportPoint
    other: SupportPoint
    people: dict[str, Account]

    def actor(self, who: str) -> Actor:
        """This colleague with the second step done, and the database told so."""
        found = gate.actor_for(self.people[who], on=clock.today(), second_factor=True)
        gate.tell_database(found)
        return found

    def browser(self, who: str) -> Client:
        """A browser in which this colleague has signed in."""
        return browser_of(self.people[who])


def make_world() -> World:
    """The world of these tests."""
    region, elsewhere = make_region(), make_region("groningen", "Groningen")
    almelo = make_municipality(region, "Almelo", latitude=52.3567, longitude=6.6625)
    ixta = make_organisation(region, "Ixta Noa", "ervaringsdeskundigheid")
    avedan = make_organisation(region, "Avedan", "sociaal_werk_en_welzijn")
    office = make_organisation(region, "Netwerkbureau", "gemeente")
    lentis = make_organisation(elsewhere, "Lentis", "ggz")
    people = {}
    for name, home, role in (
        ("wil", ixta, Role.HOST),
        ("ank", ixta, Role.ORGANISATION_ADMIN),
        ("hugo", avedan, Role.HOST),
        ("joris", office, Role.PROGRAMME_MANAGER),
        ("ilse", office, Role.PLANNER),
        ("boris", lentis, Role.PROGRAMME_MANAGER),
    ):
        people[name] = make_account(f"{name.title()} Bekend", f"{name}@voorbeeld.example", password=None)
        make_member(people[name], home, role)
    return World(
        region=region,
        almelo=almelo,
        ixta=ixta,
        point=make_point(ixta, almelo),
        other=make_point(avedan, almelo, "Steunpunt De Wal", latitude=52.4, longitude=6.7),
        people=people,
    )


@pytest.fixture
def world(db: None) -> World:
    """Two points and everyone around them."""
    return make_world()
