"""Four organisations with people on their lists, two leaders, an organiser, and who has no business there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

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
from noaber.offer.groups.forming import queries, rules, services, services_proposals
from noaber.offer.groups.forming.types import NewProposal, NewWait
from noaber.offer.groups.models_forming import FormingQuestion, GroupProposal, WaitingFor

NUMBERS = count()
HOMES = ("dimence", "tactus", "avedan", "ixta")
OUTSIDERS = ("left_work", "elsewhere", "planner", "joris")


@dataclass(slots=True)
class World:
    """Dirk keeps the list of Dimence, Tara of Tactus, Lotte leads at Avedan, Henk at Ixta Noa; Ruud forms."""

    region: Region
    almelo: Municipality
    homes: dict[str, Organisation]
    people: dict[str, Account]

    def actor(self, who: str) -> Actor:
        """This colleague with the second step done, and the database told so."""
        found = gate.actor_for(self.people[who], on=clock.today(), second_factor=True)
        gate.tell_database(found)
        return found

    def browser(self, who: str) -> Client:
        """A browser in which this colleague has signed in."""
        return browser_of(self.people[who])

    def waits(self, home: str, number: int = 1, weeks: int = 10, **more: Any) -> list[WaitingFor]:
        """People of an organisation on the pool: training, low mood, Tuesday and Thursday evening."""
        with gate.as_system("mensen op de lijst voor een proef"):
            return [
                services.take_in(
                    self.homes[home],
                    new_wait(self.almelo, since=clock.today() - timedelta(weeks=weeks + n), **more),
                    by_name="Dirk",
                    now=clock.now(),
                )
                for n in range(number)
            ]

    def enough(self) -> None:
        """Six people at four organisations who wait for the same."""
        for home, number in zip(HOMES, (2, 2, 1, 1), strict=True):
            self.waits(home, number)

    def propose(self, who: str = "ruud", **more: Any) -> UUID:
        """The best group of now, proposed."""
        actor = self.actor(who)
        chance = queries.chances(actor, now=clock.now())[0]
        return services_proposals.propose(
            actor=actor,
            region_id=self.region.pk,
            new=new_proposal(chance, self.homes["dimence"].pk, **more),
            now=clock.now(),
        )

    def say(self, proposal_id: UUID, answers: Sequence[str]) -> None:
        """Everybody answers in the order of the list, through her own organisation."""
        with gate.as_system("antwoorden voor een proef"):
            rows = list(
                FormingQuestion.objects.filter(proposal_id=proposal_id).order_by("waiting__since", "pk")
            )
        keepers = dict(zip((self.homes[h].pk for h in HOMES), ("dirk", "tara", "lotte", "henk"), strict=True))
        for row, said in zip(rows, answers, strict=False):
            services_proposals.answer(
                actor=self.actor(keepers[row.organisation_id]), question_id=row.pk, said=said, now=clock.now()
            )

    def state(self, proposal_id: UUID) -> str:
        """Where the proposal is."""
        return GroupProposal.objects.get(pk=proposal_id).state


def new_wait(place: Municipality, **more: Any) -> NewWait:
    """What an organisation writes down of somebody."""
    number = next(NUMBERS)
    given: dict[str, Any] = {
        "reference": f"D-{number:05}",
        "kind": "training",
        "theme": "mood",
        "municipality_id": place.pk,
        "postcode": "",
        "day_parts": ("tue_evening", "thu_evening"),
        "language": "nl",
        "age_band": "26_40",
        "since": clock.today() - timedelta(weeks=10),
        "travel_km": 15,
        "consented_on": clock.today() - timedelta(days=20),
        "once_key": f"wait:{number}",
        **more,
    }
    return NewWait(**given)


def next_day(day_part: str, after: date) -> date:
    """The first such day after a day."""
    wanted = rules.DAYS.index(day_part.split("_", maxsplit=1)[0])
    return after + timedelta(days=1 + (wanted - after.weekday() - 1) % 7)


def new_proposal(chance: Any, carried_by: UUID, **more: Any) -> NewProposal:
    """What an organiser fills in for this chance."""
    today = clock.today()
    given: dict[str, Any] = {
        "key": chance.key,
        "seen": chance.seen,
        "title": "Uit de put",
        "venue": "Het Trefpunt",
        "room_id": None,
        "starts_on": next_day(chance.day_part, today + timedelta(days=14)),
        "from_time": time(19),
        "minutes": 120,
        "sessions": 8,
        "deadline": today + timedelta(days=10),
        "leader_ids": chance.leader_ids,
        "carried_by_id": carried_by,
        "cost_by": "participants",
        "cents_per_hour": 7500,
        "leader_hours": Decimal(3),
        "other_cents": 3500,
        "once_key": f"proposal:{next(NUMBERS)}",
        **more,
    }
    return NewProposal(**given)


def make_world() -> World:
    """The others are as their names say."""
    region = make_region()
    almelo = make_municipality(region)
    almelo.latitude, almelo.longitude = 52.357, 6.662
    almelo.save()
    homes = {
        "dimence": make_organisation(region, "Dimence Groep", "ggz"),
        "tactus": make_organisation(region, "Tactus", "addiction_care"),
        "avedan": make_organisation(region, "Avedan", "social_work"),
        "ixta": make_organisation(region, "Ixta Noa", "lived_experience"),
        "bureau": make_organisation(region, "Netwerkbureau", "network"),
    }
    far = make_region("centraal-gelderland", "Centraal Gelderland")
    far_home = make_organisation(far, "Rijnstad", "social_work")
    names = ("dirk", "tara", "sanne", "lotte", "henk", "ruud", "rosa", *OUTSIDERS)
    people = {name: make_account(name) for name in names}
    yesterday = clock.today() - timedelta(days=1)
    make_member(people["dirk"], homes["dimence"], Role.ORGANISATION_ADMIN)
    make_member(people["sanne"], homes["dimence"], Role.GUIDE)
    make_member(people["tara"], homes["tactus"], Role.ORGANISATION_ADMIN)
    make_member(people["lotte"], homes["avedan"], Role.GROUP_LEADER)
    make_member(people["henk"], homes["ixta"], Role.GROUP_LEADER)
    make_member(people["ruud"], homes["bureau"], Role.GROUP_ORGANISER)
    make_member(people["rosa"], homes["bureau"], Role.GROUP_ORGANISER)
    make_member(people["planner"], homes["bureau"], Role.PLANNER)
    make_member(people["joris"], homes["bureau"], Role.PROGRAMME_MANAGER)
    make_member(people["left_work"], homes["dimence"], Role.ORGANISATION_ADMIN, date(2025, 7, 1), yesterday)
    make_member(people["elsewhere"], far_home, Role.GROUP_ORGANISER)
    make_member(people["elsewhere"], far_home, Role.ORGANISATION_ADMIN)
    return World(region, almelo, homes, people)


@pytest.fixture
def world(db: None) -> World:
    return make_world()
