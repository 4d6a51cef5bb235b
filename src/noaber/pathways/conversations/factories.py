"""A small region with everyone a journey needs, for tests. Works as the house itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.clock import day_of
from noaber.network.partners.factories import (
    make_municipality,
    make_organisation,
    make_professional,
    make_region,
    make_room,
    make_staff,
)
from noaber.network.partners.models import Municipality, Region, Room
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations import queries, services
from noaber.pathways.conversations.types import Booking, NewStep
from noaber.pathways.referrals.services import send_referral
from noaber.pathways.referrals.types import NewReferral, SentReferral


@dataclass(slots=True)
class World:
    """The invented cast at work in one municipality."""

    region: Region
    almelo: Municipality
    room: Room
    noor: Account
    ilse: Account
    sanne: Account
    bram: Account
    henk: Account

    def actor(self, account: Account, now: datetime) -> Actor:
        """The account as an actor with its second factor."""
        return gate.actor_for(account, on=day_of(now), second_factor=True)

    def speak_as(self, account: Account, now: datetime) -> Actor:
        """The actor, and the database told so; inside a transaction."""
        actor = self.actor(account, now)
        gate.tell_database(actor)
        return actor


def make_world(slug: str = "twente") -> World:
    """Noor refers, Ilse plans, Sanne, Bram and Henk hold conversations."""
    region = make_region(slug, f"Netwerk {slug}")
    almelo = make_municipality(region, "Almelo")
    practice = make_organisation(region, "Praktijk De Linde", "huisartsenzorg", municipality=almelo)
    office = make_organisation(region, "Netwerkbureau", "gemeente", roles=["planning_office"])
    ggz = make_organisation(region, "Dimence Groep", "ggz")
    social = make_organisation(region, "Avedan", "sociaal_werk_en_welzijn")
    peers = make_organisation(region, "Ixta Noa", "ervaringsdeskundigheid")
    sanne = make_staff(ggz, "Sanne Bakker", Role.GUIDE)
    bram = make_staff(social, "Bram Kamphuis", Role.GUIDE)
    henk = make_staff(peers, "Henk Oude Vrielink", Role.GUIDE)
    make_professional(ggz, "Sanne Bakker", sanne, profession="psychologist")
    make_professional(social, "Bram Kamphuis", bram, profession="social_worker", domain_group="social")
    make_professional(
        peers, "Henk Oude Vrielink", henk, profession="peer_worker", domain_group="lived_experience"
    )
    return World(
        region=region,
        almelo=almelo,
        room=make_room(almelo),
        noor=make_staff(practice, "Noor de Wit", Role.REFERRER),
        ilse=make_staff(office, "Ilse Kamp", Role.PLANNER),
        sanne=sanne,
        bram=bram,
        henk=henk,
    )


def refer(world: World, *, now: datetime, name: str = "Fatma Yilmaz", key: str = "") -> SentReferral:
    """Noor refers someone."""
    actor = world.speak_as(world.noor, now)
    return send_referral(
        actor=actor,
        referral=NewReferral(
            name=name,
            phone="06 00 00 01 23",
            email="fatma@voorbeeld.example",
            question="Slaapt slecht en komt de deur niet meer uit.",
            consent=True,
            municipality_id=world.almelo.pk,
            once_key=key,
        ),
        now=now,
    )


def book_first(world: World, help_request_id: UUID, *, now: datetime) -> UUID:
    """Ilse takes the first proposal."""
    actor = world.speak_as(world.ilse, now)
    first = queries.proposals(actor, help_request_id, now=now).options[0]
    booking = Booking(
        starts_at=first.starts_at,
        mode=first.mode,
        room_id=first.room_id,
        professional_ids=tuple(p.professional_id for p in first.people),
    )
    return services.book_conversation(actor=actor, help_request_id=help_request_id, booking=booking, now=now)


def hold(world: World, conversation_id: UUID, *, now: datetime, outcome: str = "social_basis") -> None:
    """Sanne records that it was held."""
    step = NewStep(words="Meedoen bij de wandelgroep", kind="social_basis")
    services.hold_conversation(
        actor=world.speak_as(world.sanne, now),
        conversation_id=conversation_id,
        steps=[step],
        outcome=outcome,
        now=now,
    )


def as_resident(help_request_id: UUID, *, now: datetime) -> Actor:
    """The resident of a thread, and the database told so."""
    with gate.as_system("test"):
        account = (
            HelpRequest.objects.select_related("resident__account").get(pk=help_request_id).resident.account
        )
    if account is not None:
        gate.tell_database(Actor(account_id=account.pk))
    actor = gate.actor_for(account, on=day_of(now), second_factor=True)
    gate.tell_database(actor)
    return actor
