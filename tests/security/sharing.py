"""The part of the world in which reports are shared, taken back, past their last instant, and refused.

Fatma shares with Ixta Noa (Henk, who was not at her table); with Dimence too, and objects to that afterwards
(Sanne wrote it and keeps it; Tineke must not read it). Mila shared with Avedan and took it back (Bram); she
shared with Dimence until this very second (Tineke). Fatma says beside her report what she thinks, and what is
wrong in it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from tests.security import canaries

from noaber.network.consents import services as consents
from noaber.network.consents.types import NewConsent
from noaber.pathways.conversations import services as conversations

if TYPE_CHECKING:
    from tests.security.world import World


def fill(world: World, *, written: datetime, now: datetime) -> None:
    """Everything above, through the services, some days ago; `now` is when the pages are asked."""
    at = written + timedelta(days=1)
    _read(world, "fatma", at)
    _read(world, "mila", at)
    world.consent_id = _share(world, "fatma", "ixta", at)
    _share(world, "fatma", "dimence", at)
    world.objection_id = consents.object_to(
        actor=world.speak_as("fatma", at),
        what="report",
        object_id=world.cases["fatma"].conversation_id,
        organisation_id=world.organisations["dimence"].pk,
        now=at + timedelta(hours=1),
    )
    taken_back = _share(world, "mila", "avedan", at)
    consents.end(actor=world.speak_as("mila", at), consent_id=taken_back, now=at + timedelta(hours=1))
    _share(world, "mila", "dimence", at, until=now)
    conversations.state(
        actor=world.speak_as("fatma", at),
        conversation_id=_conversation(world, "fatma"),
        words=canaries.sentence("fatma", "statement"),
        now=at,
    )
    world.correction_id = conversations.propose_correction(
        actor=world.speak_as("fatma", at),
        conversation_id=_conversation(world, "fatma"),
        words=canaries.sentence("fatma", "correction"),
        now=at,
    )


def _conversation(world: World, person: str) -> UUID:
    found = world.cases[person].conversation_id
    assert found is not None
    return found


def _read(world: World, person: str, at: datetime) -> None:
    conversations.read_report(
        actor=world.speak_as(person, at), conversation_id=_conversation(world, person), now=at
    )


def _share(
    world: World, person: str, organisation: str, at: datetime, *, until: datetime | None = None
) -> UUID:
    consent = NewConsent(
        what="report",
        object_id=_conversation(world, person),
        version=1,
        organisation_id=world.organisations[organisation].pk,
        purpose="help",
        until=until,
    )
    return consents.give(actor=world.speak_as(person, at), consent=consent, now=at)
