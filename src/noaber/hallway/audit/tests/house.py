"""A region with a resident, a colleague, a privacy officer, and one look between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.audit import services
from noaber.hallway.audit.models import AuditEntry, ReviewItem
from noaber.network.partners.factories import (
    make_member,
    make_municipality,
    make_organisation,
    make_region,
    make_staff,
)
from noaber.network.partners.models import Organisation, Region
from noaber.network.residents.factories import make_help_request, make_resident
from noaber.network.residents.models import HelpRequest, Resident

WHY = "Waarom keek zij bij mij?"


@dataclass(slots=True)
class Place:
    """Who is there."""

    region: Region
    office: Organisation
    fatma: Resident
    thread: HelpRequest
    sanne: Account
    petra: Account

    def look(self, at: datetime | None = None, *, account: Account | None = None, **more: Any) -> UUID:
        """Somebody reads Fatma's question; gives the id of the line."""
        actor = gate.actor_for(
            account or self.sanne, on=clock.today(), second_factor=True, address="10.0.0.7"
        )
        services.record(
            actor=actor,
            action=more.pop("action", services.Action.READ),
            event_type="help_request.read",
            resident_id=more.pop("resident_id", self.fatma.pk),
            object_kind="help_request",
            part="uw vraag",
            purpose="om uw gesprek voor te bereiden",
            now=at or clock.now(),
            **more,
        )
        return AuditEntry.objects.latest("pk").event_id

    def item(self, account: Account | None = None, **more: Any) -> ReviewItem:
        """A week of a colleague in the queue."""
        whose = account or self.sanne
        lines = [str(self.look(account=whose))]
        with gate.as_system("een proef"):
            return ReviewItem.objects.create(
                **{
                    "region_id": self.region.pk,
                    "week_on": date(2026, 11, 16),
                    "account_id": whose.pk,
                    "actor_name": whose.name,
                    "role": "guide",
                    "organisation_name": "Dimence Groep",
                    "score": 9,
                    "signals": [
                        {"code": "surname", "weight": 5, "count": 1, "more": "", "lines": lines},
                        {"code": "no_task", "weight": 4, "count": 1, "more": "past", "lines": lines},
                    ],
                    "lines": lines,
                    "found_at": clock.now() - timedelta(days=1),
                    **more,
                }
            )


def a_place() -> Place:
    """The region of these tests."""
    region = make_region()
    office = make_organisation(region)
    fatma = make_resident(make_municipality(region), email="fatma@voorbeeld.example")
    sanne = make_staff(office, "Sanne Bakker", Role.GUIDE)
    petra = make_staff(make_organisation(region, "Netwerkbureau"), "Petra Smit", Role.PRIVACY_OFFICER)
    return Place(region, office, fatma, make_help_request(fatma), sanne, petra)


def another_officer() -> Account:
    """A privacy officer of another region."""
    elsewhere = make_region("groningen", "Groningen")
    return make_staff(make_organisation(elsewhere, "Elders"), "Gerda Groen", Role.PRIVACY_OFFICER)


def strangers(place: Place) -> list[Account]:
    """A colleague of another organisation, one who left, and the officer of another region."""
    left = make_staff(make_organisation(place.region, "Avedan"), "Karel Post", Role.GUIDE)
    left.memberships.update(period=(date(2025, 7, 1), date(2026, 1, 1)))
    return [
        make_staff(make_organisation(place.region, "Ixta Noa"), "Henk Oude Vrielink", Role.GUIDE),
        left,
        another_officer(),
    ]


def once() -> str:
    """A fresh key for a form."""
    return uuid4().hex


def as_actor(account: Account) -> Actor:
    """This account as an actor, and the database told so."""
    actor = gate.actor_for(account, on=clock.today(), second_factor=True)
    gate.tell_database(actor)
    return actor


def give_role(account: Account, organisation: Organisation, role: Role) -> None:
    """One more hat."""
    make_member(account, organisation, role)
