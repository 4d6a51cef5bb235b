"""Two regions, ten organisations, five residents in five situations, and everyone who might look.

Built through the real services, so that involvements, letters and log are as they would be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from tests.security import (
    canaries,
    sharing,
    world_around,
    world_care_programmes,
    world_forming,
    world_groups,
    world_keeping,
    world_neighbourhood,
    world_routes,
    world_self_help,
    world_sources,
    world_support_points,
    world_talks,
)
from tests.security.moments import BOOKED, HELD, NOTHING, NOW, OFFER, REASON, REFERRED, SOON, WRITTEN

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.clock import day_of
from noaber.hallway.outbox.services import inline
from noaber.knowledge.regions import read_region
from noaber.network.partners.factories import (
    make_account,
    make_member,
    make_municipality,
    make_organisation,
    make_professional,
    make_region,
    make_room,
)
from noaber.network.partners.models import Membership, Organisation, Professional, Region, Room
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.services import choose_meanwhile
from noaber.offer.directory.factories import make_service
from noaber.pathways.conversations import services as conversations
from noaber.pathways.conversations.factories import as_resident
from noaber.pathways.conversations.types import Booking, NewStep
from noaber.pathways.referrals import services as referrals
from noaber.pathways.referrals.models import Letter
from noaber.pathways.referrals.types import NewReferral
from noaber.steering.kpis.services import load_kpis


@dataclass(slots=True)
class Case:
    """One resident and the ids of everything that hangs on her."""

    name: str
    resident_id: UUID
    help_request_id: UUID
    referral_id: UUID
    account: Account
    code: str
    conversation_id: UUID | None = None
    letter_id: UUID | None = None
    web_id: UUID | None = None
    step_id: UUID | None = None
    look_id: UUID | None = None
    look_question_id: UUID | None = None
    relative_id: UUID | None = None
    question_id: UUID | None = None
    request_id: UUID | None = None
    statement_id: UUID | None = None

    def ids(self) -> list[UUID]:
        """Every id that leads to her."""
        every = (
            self.resident_id,
            self.help_request_id,
            self.referral_id,
            self.conversation_id,
            self.letter_id,
            self.web_id,
            self.step_id,
            self.account.pk,
        )
        return [pk for pk in every if pk is not None]

    def id_of(self, thing: str) -> UUID | None:
        """The id of her help request, conversation or referral."""
        found = getattr(self, f"{thing}_id")
        assert found is None or isinstance(found, UUID)
        return found


@dataclass(slots=True)
class World:
    """Everyone, by first name."""

    regions: dict[str, Region] = field(default_factory=dict)
    memberships: dict[str, Membership] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    professionals: dict[str, Professional] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    post_ids: dict[str, UUID] = field(default_factory=dict)
    preparation_id: UUID = NOTHING
    review_item_id: UUID = NOTHING
    consent_id: UUID = NOTHING
    objection_id: UUID = NOTHING
    correction_id: UUID = NOTHING
    paper_token: str = ""
    neighbourhood: dict[str, object] = field(default_factory=dict)
    routes: dict[str, object] = field(default_factory=dict)
    sources: dict[str, object] = field(default_factory=dict)
    keeping: dict[str, object] = field(default_factory=dict)
    self_help: dict[str, object] = field(default_factory=dict)
    support_points: dict[str, object] = field(default_factory=dict)
    forming: dict[str, object] = field(default_factory=dict)
    groups: dict[str, object] = field(default_factory=dict)
    care_programmes: dict[str, object] = field(default_factory=dict)

    def actor(self, name: str, on: date | None = None) -> Actor:
        """The actor of that name; residents too."""
        account = self.cases[name].account if name in self.cases else self.accounts[name]
        return gate.actor_for(account, on=on or day_of(NOW), second_factor=True)

    def speak_as(self, name: str, at: datetime) -> Actor:
        """The actor of that name on that day, and the database told so."""
        if name in self.cases:
            return as_resident(self.cases[name].help_request_id, now=at)
        actor = self.actor(name, day_of(at))
        gate.tell_database(actor)
        return actor


STAFF = (
    # first name, organisation, role
    ("noor", "linde", Role.REFERRER),
    ("piet", "eik", Role.REFERRER),
    ("ilse", "bureau", Role.PLANNER),
    ("gerda", "bureau_b", Role.PLANNER),
    ("sanne", "dimence", Role.GUIDE),
    ("tineke", "dimence", Role.GUIDE),
    ("karel", "dimence", Role.GUIDE),
    ("dirk", "dimence", Role.ORGANISATION_ADMIN),
    ("bram", "avedan", Role.GUIDE),
    ("henk", "ixta", Role.GUIDE),
    ("joris", "bureau", Role.PROGRAMME_MANAGER),
    ("petra", "bureau", Role.PRIVACY_OFFICER),
    ("olga", "bureau", Role.OPERATOR),
    ("anouk", "bureau", Role.EDITOR),
    ("roos", "avedan", Role.KWARTIERMAKER),
    ("wil", "ixta", Role.HOST),
    ("lotte", "avedan", Role.GROUP_LEADER),
    ("ruud", "bureau", Role.GROUP_ORGANISER),
    ("boris", "lentis", Role.GUIDE),
    ("bea", "wij", Role.GUIDE),
)
ORGANISATIONS = (
    ("twente", "linde", "Praktijk De Linde", "huisartsenzorg", ()),
    ("twente", "eik", "Praktijk De Eik", "huisartsenzorg", ()),
    ("twente", "bureau", "Netwerkbureau", "gemeente", ("planning_office",)),
    ("twente", "dimence", "Dimence Groep", "ggz", ()),
    ("twente", "avedan", "Avedan", "sociaal_werk_en_welzijn", ()),
    ("twente", "ixta", "Ixta Noa", "ervaringsdeskundigheid", ()),
    ("groningen", "maar", "Praktijk Het Maar", "huisartsenzorg", ()),
    ("groningen", "bureau_b", "Netwerkbureau Groningen", "gemeente", ("planning_office",)),
    ("groningen", "lentis", "Lentis", "ggz", ()),
    ("groningen", "wij", "WIJ Groningen", "sociaal_werk_en_welzijn", ()),
)
GUIDES = {
    "sanne": ("psychologist", "ggz"),
    "tineke": ("psychologist", "ggz"),
    "karel": ("psychologist", "ggz"),
    "bram": ("social_worker", "social"),
    "henk": ("peer_worker", "lived_experience"),
    "boris": ("psychologist", "ggz"),
    "bea": ("social_worker", "social"),
}


def build() -> World:
    """The whole world, inside the transaction of the caller."""
    world = World()
    with inline():
        _people(world)
        _fatma(world)
        _mila(world)
        _dora(world)
        refer(world, "els", by="noor")
        _cem(world)
        sharing.fill(world, written=WRITTEN, now=NOW)
        world_around.close_to(world, "fatma", holder="bram")
        world_around.close_to(world, "cem", holder="boris")
        world_around.her_file(world)
        world_around.by_hand(world)
        world_talks.webs_and_notes(world)
        _karel_leaves(world)
        _kpis(world)
        world_around.looked(world)
        world.neighbourhood = world_neighbourhood.fill(world)
        world.routes = world_routes.fill(world)
        world.sources = world_sources.fill(world, NOW)
        world.keeping = world_keeping.fill(world, NOW)
        world.self_help = world_self_help.fill(world, canaries.sentence("fatma", "alone"), NOW)
        world.support_points = world_support_points.fill(world)
        world.forming = world_forming.fill(world)
        world.groups = world_groups.fill(world)
        world.care_programmes = world_care_programmes.fill(world)
        make_service(world.regions["twente"], "Inloop van de wereld", pk=OFFER)
    return world


def _people(world: World) -> None:
    towns = {}
    for slug, town in (("twente", "Almelo"), ("groningen", "Winsum")):
        world.regions[slug] = make_region(slug, f"Netwerk {slug}")
        towns[slug] = make_municipality(world.regions[slug], town)
        world.rooms[slug] = make_room(towns[slug])
    for region, key, name, domain, roles in ORGANISATIONS:
        world.organisations[key] = make_organisation(
            world.regions[region], name, domain, roles=list(roles), municipality=towns[region]
        )
    for name, organisation, role in (*STAFF, ("gijs", "maar", Role.REFERRER)):
        account = make_account(f"{name.title()} Bekend", canaries.colleague_mail(name), password=None)
        world.memberships[name] = make_member(account, world.organisations[organisation], role)
        world.accounts[name] = account
        if name in GUIDES:
            profession, group = GUIDES[name]
            world.professionals[name] = make_professional(
                world.organisations[organisation],
                account.name,
                account,
                profession=profession,
                domain_group=group,
            )


def refer(world: World, person: str, *, by: str, at: datetime = REFERRED) -> Case:
    """A referral with every field planted."""
    actor = world.speak_as(by, at)
    region = next(g.region_id for g in actor.grants)
    home = next(r for r in world.regions.values() if r.pk == region).municipalities.get()
    sent = referrals.send_referral(
        actor=actor,
        referral=NewReferral(
            name=canaries.full_name(person),
            phone=canaries.phone(person),
            email=canaries.mail(person),
            question=canaries.sentence(person, "question"),
            wishes=canaries.sentence(person, "wishes"),
            consent=True,
            municipality_id=home.pk,
            once_key=f"once-{person}",
        ),
        now=at,
    )
    with gate.as_system(REASON):
        thread = HelpRequest.objects.select_related("resident__account").get(pk=sent.help_request_id)
        resident = thread.resident
    case = Case(
        person, resident.pk, sent.help_request_id, sent.referral_id, _account_of(resident), thread.code
    )
    world.cases[person] = case
    actor = world.speak_as(person, at)
    choose_meanwhile(
        actor=actor,
        help_request_id=case.help_request_id,
        service_id=UUID(int=canaries.PEOPLE.index(person) + 1),
        service_name=canaries.word(person, "choice"),
        now=at,
    )
    return case


def _account_of(resident: Any) -> Account:
    account = resident.account
    assert isinstance(account, Account)
    return account


def book(world: World, person: str, guides: Iterable[str], *, by: str, starts_at: datetime) -> UUID:
    """A conversation with these people at this time, online."""
    case = world.cases[person]
    case.conversation_id = conversations.book_conversation(
        actor=world.speak_as(by, BOOKED),
        help_request_id=case.help_request_id,
        booking=Booking(
            starts_at=starts_at,
            mode="online",
            room_id=None,
            professional_ids=tuple(world.professionals[name].pk for name in guides),
        ),
        now=BOOKED,
    )
    return case.conversation_id


def hold_and_write(world: World, person: str, guide: str) -> None:
    """The conversation was held, a step was agreed, the report is written and a letter lies ready."""
    case = world.cases[person]
    assert case.conversation_id is not None
    conversations.hold_conversation(
        actor=world.speak_as(guide, HELD + timedelta(hours=3)),
        conversation_id=case.conversation_id,
        steps=[NewStep(words=canaries.sentence(person, "step"), kind="social_basis")],
        outcome="social_basis",
        now=HELD + timedelta(hours=3),
    )
    conversations.write_report(
        actor=world.speak_as(guide, WRITTEN),
        conversation_id=case.conversation_id,
        body=canaries.sentence(person, "report"),
        now=WRITTEN,
    )
    with gate.as_system(REASON):
        letter = Letter.objects.get(conversation_id=case.conversation_id)
        letter.body = canaries.sentence(person, "letter")
        letter.save(update_fields=["body"])
    case.letter_id = letter.pk


def agree(world: World, person: str) -> None:
    """The resident finds the report right: the letter goes."""
    case = world.cases[person]
    assert case.conversation_id is not None
    conversations.agree_with_report(
        actor=world.speak_as(person, WRITTEN), conversation_id=case.conversation_id, now=WRITTEN
    )


def _fatma(world: World) -> None:
    """Held, reported, the letter has gone."""
    refer(world, "fatma", by="noor")
    book(world, "fatma", ["sanne", "bram", "karel"], by="ilse", starts_at=HELD)
    hold_and_write(world, "fatma", "sanne")
    agree(world, "fatma")


def _mila(world: World) -> None:
    """The same, but she objected after the letter had gone."""
    refer(world, "mila", by="noor")
    book(world, "mila", ["sanne", "henk"], by="ilse", starts_at=HELD + timedelta(hours=2))
    hold_and_write(world, "mila", "sanne")
    agree(world, "mila")
    letter_id = world.cases["mila"].letter_id
    assert letter_id is not None
    referrals.object_to_letter(actor=world.speak_as("mila", WRITTEN), letter_id=letter_id, now=WRITTEN)


def _dora(world: World) -> None:
    """Planned for next week, with others than those who spoke with Fatma."""
    refer(world, "dora", by="noor", at=NOW - timedelta(days=19))
    book(world, "dora", ["tineke", "bram"], by="ilse", starts_at=SOON)


def _cem(world: World) -> None:
    """In the other region, with everything."""
    refer(world, "cem", by="gijs")
    book(world, "cem", ["boris", "bea"], by="gerda", starts_at=HELD)
    hold_and_write(world, "cem", "boris")
    agree(world, "cem")


def _kpis(world: World) -> None:
    """The KPIs of Twente as its plan has them, with two conversations that count."""
    with gate.as_system(REASON):
        load_kpis(read_region(settings.REGIONS_DIR / "twente"))


def _karel_leaves(world: World) -> None:
    """Karel's membership ended yesterday; his part in the conversation still stands in the rows."""
    row = Membership.objects.get(account=world.accounts["karel"])
    row.period = DateRange(row.period.lower, day_of(NOW))
    row.save(update_fields=["period"])
