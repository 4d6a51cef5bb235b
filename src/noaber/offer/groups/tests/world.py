"""A group with two leaders of two organisations, three residents, who steers, and who has no part in it."""

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
from noaber.network.partners.models import Municipality, Organisation, Region
from noaber.network.residents.factories import make_help_request, make_resident
from noaber.network.residents.models import HelpRequest, Resident
from noaber.offer.groups.factories import lead, make_group, with_sessions
from noaber.offer.groups.models import Enrolment, Group

RESIDENTS = ("fatma", "mila", "sem")
OUTSIDERS = ("left_group", "left_work", "other_group", "elsewhere", "planner")
"""Leaders who stopped, who left work, of another group, of another region; and a planner."""


@dataclass(slots=True)
class World:
    """Two regions; in the first one open group of six places."""

    region: Region
    almelo: Municipality
    avedan: Organisation
    ixta: Organisation
    practice: Organisation
    group: Group
    people: dict[str, Account]
    residents: dict[str, Resident]
    request: HelpRequest

    def actor(self, who: str) -> Actor:
        """This person with the second step done, and the database told so."""
        account = self.people[who]
        gate.tell_database(Actor(account_id=account.pk))
        found = gate.actor_for(account, on=clock.today(), second_factor=who not in RESIDENTS)
        gate.tell_database(found)
        return found

    def statuses(self, group: Group | None = None) -> list[str]:
        """Where everybody is, in the order in which they came."""
        with gate.as_system("kijken in een proef"):
            rows = Enrolment.objects.filter(group=group or self.group).order_by("waits_since", "pk")
            return [row.status for row in rows]

    def browser(self, who: str) -> Client:
        """A browser in which this person has signed in."""
        return browser_of(self.people[who], second_factor=who not in RESIDENTS)


def make_world() -> World:
    """Lotte (Avedan) and Henk (Ixta Noa) lead; the others are as their names say."""
    region = make_region()
    almelo = make_municipality(region)
    avedan = make_organisation(region, "Avedan", "social_work")
    ixta = make_organisation(region, "Ixta Noa", "lived_experience")
    practice = make_organisation(region, "De Linde", "gp")
    bureau = make_organisation(region, "Netwerkbureau", "network")
    far = make_region("centraal-gelderland", "Centraal Gelderland")
    far_home = make_organisation(far, "Rijnstad", "social_work")
    staff = ("lotte", "henk", "ruud", "joris", "noor", "joke", *OUTSIDERS)
    people = {name: make_account(name) for name in staff}
    yesterday = clock.today() - timedelta(days=1)
    for name in ("lotte", "left_group", "other_group"):
        make_member(people[name], avedan, Role.GROUP_LEADER)
    make_member(people["henk"], ixta, Role.GROUP_LEADER)
    make_member(people["left_work"], avedan, Role.GROUP_LEADER, date(2025, 7, 1), yesterday)
    make_member(people["elsewhere"], far_home, Role.GROUP_LEADER)
    make_member(people["planner"], bureau, Role.PLANNER)
    make_member(people["ruud"], bureau, Role.GROUP_ORGANISER)
    make_member(people["joris"], bureau, Role.PROGRAMME_MANAGER)
    make_member(people["joke"], far_home, Role.PROGRAMME_MANAGER)
    make_member(people["noor"], practice, Role.REFERRER)
    residents = {name: make_resident(almelo, name.title()) for name in RESIDENTS}
    for name, row in residents.items():
        assert row.account is not None
        people[name] = row.account
    request = make_help_request(residents["fatma"], referrer=people["noor"], practice=practice)
    group = make_group(almelo, avedan)
    lead(group, people["lotte"], avedan)
    lead(group, people["henk"], ixta)
    lead(group, people["left_work"], avedan)
    lead(group, people["left_group"], avedan, date(2025, 7, 1), clock.today())
    with_sessions(group)
    other = make_group(almelo, avedan, "Wandelen", from_time="10:00", until_time="11:00")
    lead(other, people["other_group"], avedan)
    return World(region, almelo, avedan, ixta, practice, group, people, residents, request)


@pytest.fixture
def world(db: None) -> World:
    return make_world()
