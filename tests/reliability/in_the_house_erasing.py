"""What the restore test asks of the installation itself; run as one of its programs.

`seed` makes two residents who were helped, one of whom shared her report; `decide` erases the first and takes
back what the second shared; `look` prints what is in the database, as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any
from uuid import UUID

import django
from django.db import connection, transaction

django.setup()

from django.apps import apps  # noqa: E402

from noaber.hallway import clock  # noqa: E402
from noaber.hallway.access import gate  # noqa: E402
from noaber.hallway.access.types import Role  # noqa: E402
from noaber.hallway.holdings import erasing, ledger  # noqa: E402
from noaber.hallway.holdings.models import ErasureRequest  # noqa: E402
from noaber.knowledge.codes import load_codes  # noqa: E402
from noaber.network.consents import queries_sights as sights  # noqa: E402
from noaber.network.consents import services as consents  # noqa: E402
from noaber.network.consents.models import Consent  # noqa: E402
from noaber.network.consents.types import NewConsent  # noqa: E402
from noaber.network.partners.factories import make_organisation, make_staff  # noqa: E402
from noaber.network.partners.models import Membership, Region  # noqa: E402
from noaber.network.residents.models import HelpRequest, Resident  # noqa: E402
from noaber.network.residents.services import move_on  # noqa: E402
from noaber.pathways.conversations.factories import (  # noqa: E402
    as_resident,
    book_first,
    hold,
    make_world,
    refer,
)
from noaber.pathways.conversations.metrics import METRICS  # noqa: E402
from noaber.pathways.conversations.services import read_report, write_report  # noqa: E402
from noaber.pathways.referrals.models import Letter  # noqa: E402

WORDS = ("Zjierrefatma", "Zjierremila")
THEN = timedelta(days=40)


def seed() -> dict[str, Any]:
    """Two threads, each with a conversation and a report; Mila lets a second organisation read hers."""
    now = clock.now() - THEN
    with transaction.atomic(), gate.as_system("proef: opbouwen"):
        world = make_world()
        office = make_organisation(world.region, "Regiobureau", "gemeente")
        make_staff(office, "Petra Smit", Role.PRIVACY_OFFICER)
        for row in Membership.objects.all():
            row.period = type(row.period)(clock.today().replace(year=2020), None)
            row.save(update_fields=["period"])
    threads = []
    for word in WORDS:
        with transaction.atomic():
            thread = refer(world, now=now, name=f"{word} Voorbeeld", key=word).help_request_id
            conversation = book_first(world, thread, now=now)
            later = now + timedelta(days=25)
            hold(world, conversation, now=later)
            actor = world.speak_as(world.sanne, later)
            write_report(actor=actor, conversation_id=conversation, body=f"{word} vertelde veel.", now=later)
        threads.append(str(thread))
    with transaction.atomic():
        now = clock.now()
        mila = as_resident(UUID(threads[1]), now=now)
        read_report(actor=mila, conversation_id=conversation, now=now)
        thing, (organisation, _name) = sights.things_of(mila)[0], sights.organisations_near(mila)[0]
        purpose = next(iter(load_codes().consent_purposes))
        consents.give(
            actor=mila,
            consent=NewConsent(thing.what, thing.object_id, thing.version, organisation, purpose),
            now=now,
        )
    return {"threads": threads}


def decide() -> dict[str, Any]:
    """After the backup: Fatma is erased, Mila takes back what she shared."""
    now = clock.now()
    with transaction.atomic(), gate.as_system("proef: afronden"):
        fatma, mila = (
            HelpRequest.objects.get(pk=t.help_request_id)
            for t in sorted(_referrals(), key=lambda row: row.once_key)
        )
        move_on(
            help_request_id=fatma.pk,
            phase="closed",
            next_on=None,
            next_step="",
            now=now,
            closed_because="klaar",
        )
        Letter.objects.filter(released_at__isnull=True).update(released_at=now)
    with transaction.atomic():
        asked = erasing.ask(as_resident(fatma.pk, now=now), parts=erasing.erasable(), now=now)
    with transaction.atomic(), gate.as_system("proef: beslissen"):
        row = ErasureRequest.objects.get(pk=asked)
        erasing.decide(gate.system("proef"), row, granted=row.parts, reason="", now=now)
    done = erasing.carry_out(asked, now=now + timedelta(days=8))
    with transaction.atomic():
        actor = as_resident(mila.pk, now=now)
        consent = Consent.objects.get(ended_at__isnull=True)
        consents.end(actor=actor, consent_id=consent.pk, now=now)
    return {"erased": done}


def _referrals() -> list[Any]:
    from noaber.pathways.referrals.models import Referral

    return list(Referral.objects.all())


def look() -> dict[str, Any]:
    """How often each word stands in any table with every sealed field opened, and how the decisions stand."""
    tables = connection.introspection.table_names()
    with gate.as_system("proef: kijken"):
        text = "\n".join(
            str(list(model._default_manager.values_list()))
            for model in apps.get_models(include_auto_created=True)
            if model._meta.db_table in tables
        )
        region = Region.objects.get(slug="twente").pk
        until = clock.today()
        figures = [m.count(region, until - timedelta(days=300), until, clock.now()).value for m in METRICS]
        living = Consent.objects.filter(ended_at__isnull=True).count()
        people = Resident.objects.count()
    return {
        "words": [text.count(word) for word in WORDS],
        "living_consents": living,
        "figures": figures,
        "residents": people,
        "ledger": len(ledger.read()),
    }


if __name__ == "__main__":
    print(json.dumps({"seed": seed, "decide": decide, "look": look}[sys.argv[1]]()))
