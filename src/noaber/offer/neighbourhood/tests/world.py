"""A neighbourhood with its team, someone who steers, and everybody who has no business there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

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
from noaber.network.partners.models import Municipality, Region
from noaber.offer.neighbourhood.factories import make_area, seat
from noaber.offer.neighbourhood.models import Area


@dataclass(slots=True)
class World:
    """Two regions; in the first one area with Roos in its team."""

    region: Region
    almelo: Municipality
    area: Area
    people: dict[str, Account]

    def actor(self, who: str) -> Actor:
        """This colleague with the second step done, and the database told so."""
        found = gate.actor_for(self.people[who], on=clock.today(), second_factor=True)
        gate.tell_database(found)
        return found

    def browser(self, who: str) -> Client:
        """A browser in which this colleague has signed in."""
        return browser_of(self.people[who])


OUTSIDERS = ("other_team", "other_home", "left_team", "left_work", "elsewhere", "guide")
"""Kwartiermakers of another team, of another organisation, who left, of another region; and a guide."""


def make_world() -> World:
    """Roos is in the team; Joris steers; the others are as their names say."""
    region = make_region()
    almelo = make_municipality(region)
    home = make_organisation(region, "Avedan", "social_work")
    other_home = make_organisation(region, "Ixta Noa", "lived_experience")
    far = make_region("centraal-gelderland", "Centraal Gelderland")
    far_home = make_organisation(far, "Rijnstad", "social_work")
    people = {
        name: make_account(name)
        for name in (
            "roos",
            "joris",
            "joke",
            "guide",
            "other_team",
            "other_home",
            "left_team",
            "left_work",
            "elsewhere",
        )
    }
    yesterday = clock.today() - timedelta(days=1)
    long_ago = date(2025, 7, 1)
    for name in ("roos", "other_team", "left_team"):
        make_member(people[name], home, Role.KWARTIERMAKER)
    make_member(people["left_work"], home, Role.KWARTIERMAKER, long_ago, yesterday)
    make_member(people["other_home"], other_home, Role.KWARTIERMAKER)
    make_member(people["elsewhere"], far_home, Role.KWARTIERMAKER)
    make_member(people["guide"], home, Role.GUIDE)
    make_member(people["joris"], home, Role.PROGRAMME_MANAGER)
    make_member(people["joke"], far_home, Role.PROGRAMME_MANAGER)
    area = make_area(almelo)
    seat(area, people["roos"], home)
    seat(area, people["left_work"], home)
    seat(area, people["other_home"], home)
    seat(area, people["left_team"], home, long_ago, clock.today())
    second = make_area(make_municipality(region, "Borne"), "")
    seat(second, people["other_team"], home)
    return World(region, almelo, area, people)


@pytest.fixture
def world(db: None) -> World:
    return make_world()
