"""The house of the decisions, with its cast in it, and what stands in it at a moment."""

from __future__ import annotations

from datetime import date, timedelta
from math import inf
from typing import Any
from uuid import UUID

import psycopg
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from tests.reliability.decisions import BEGIN, BEGUN, House, Span

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.outbox.services import inline
from noaber.network.consents.models import Objection
from noaber.network.partners.factories import make_organisation, make_staff
from noaber.network.partners.models import Membership, Organisation, Professional
from noaber.pathways.conversations import services
from noaber.pathways.conversations.factories import hold, make_world, refer
from noaber.pathways.conversations.types import Booking


def make_house(settings: Any, owner: psycopg.Connection) -> House:
    """Noor referred Fatma; Sanne and Bram spoke with her; Sanne wrote the report and a letter waits."""
    settings.FIXED_NOW = BEGIN  # pytest takes this layer away again, with all that `wait` wrote on it
    with inline(), transaction.atomic():
        world = make_world()
        house = House(world=world, owner=owner)
        names = {
            "Praktijk De Linde": "linde",
            "Dimence Groep": "dimence",
            "Avedan": "avedan",
            "Ixta Noa": "ixta",
        }
        for row in Organisation.objects.filter(name__in=names):
            house.organisations[names[row.name]] = row
        house.organisations["mediant"] = make_organisation(world.region, "Mediant", "ggz")
        mia = make_staff(house.organisations["mediant"], "Mia Guide", Role.GUIDE)
        house.people = {
            "noor": world.noor,
            "sanne": world.sanne,
            "bram": world.bram,
            "henk": world.henk,
            "mia": mia,
        }
        Membership.objects.update(period=DateRange(date(2026, 1, 5), None))
        sent = refer(world, now=BEGIN - timedelta(days=10))
        house.thread, house.referral = sent.help_request_id, sent.referral_id
        at = BEGIN - timedelta(days=3)
        people = Professional.objects.filter(name__in=["Sanne Bakker", "Bram Kamphuis"])
        house.conversation = services.book_conversation(
            actor=world.speak_as(world.ilse, at - timedelta(days=4)),
            help_request_id=house.thread,
            booking=Booking(at, "online", None, tuple(p.pk for p in people)),
            now=at - timedelta(days=4),
        )
        hold(world, house.conversation, now=at + timedelta(hours=2))
        services.write_report(
            actor=world.speak_as(world.sanne, at + timedelta(hours=3)),
            conversation_id=house.conversation,
            body="KAN-verslag-1- u wilt weer onder de mensen.",
            now=at + timedelta(hours=3),
        )
    for account in (mia, world.henk, world.noor):
        Account.objects.filter(pk=account.pk).update(email=f"{account.pk}@voorbeeld.example")
    owner.execute("SELECT set_config('app.scope', 'system', false)")
    for table in BEGUN:
        owner.execute(f"DROP TABLE IF EXISTS begun_{table}")
        owner.execute(f"CREATE TABLE begun_{table} AS TABLE {table}")
    return house


def living(rows: dict[UUID, Span]) -> list[UUID]:
    """The ones that were not ended, in the order in which they came."""
    return [pk for pk, span in rows.items() if span.over == inf]


def objections_in_the_house() -> set[UUID]:
    """The living objections as they are stored."""
    with gate.as_system("proef: bezwaren"):
        return set(Objection.objects.filter(withdrawn_at__isnull=True).values_list("pk", flat=True))
