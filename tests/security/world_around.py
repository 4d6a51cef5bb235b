"""What stands around the requests: questions, people close by, files, looks, letters and calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.security import (
    canaries,
)
from tests.security.moments import NOW, REASON, WRITTEN

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.audit import questions
from noaber.hallway.audit.models import AuditEntry, ReviewItem
from noaber.hallway.holdings import erasing, handling, statements
from noaber.hallway.post.models import Message
from noaber.network.relatives.services import invite
from noaber.network.relatives.types import NewRelative
from noaber.network.residents import services as residents
from noaber.network.residents.models import Preferences
from noaber.network.residents.queries import own_wishes
from noaber.network.residents.services import ask, save_wishes
from noaber.pathways.preparations.services import prepare
from noaber.pathways.preparations.types import NewPreparation

if TYPE_CHECKING:
    from tests.security.world import World


def close_to(world: World, person: str, *, holder: str) -> None:
    """She asked whoever holds her request something, invited someone, and gave an address for letters."""
    case, account = world.cases[person], world.accounts[holder]
    with gate.as_system(REASON):
        residents.take_hold(
            help_request_id=case.help_request_id,
            account_id=account.pk,
            name=account.name,
            organisation_id=world.professionals[holder].organisation_id,
            now=WRITTEN,
        )
    case.question_id = ask(
        actor=world.speak_as(person, WRITTEN),
        help_request_id=case.help_request_id,
        words=canaries.sentence(person, "query"),
        once_key=f"once-query-{person}",
        now=WRITTEN,
    )
    case.relative_id = invite(
        actor=world.speak_as(person, WRITTEN),
        new=NewRelative(
            name=canaries.sentence(person, "kin"),
            channel="paper",
            address="",
            word="Zonnebloem",
            items=("appointment", "expect", "next_step"),
            once_key=f"once-kin-{person}",
        ),
        now=WRITTEN,
    ).relative_id
    her = world.speak_as(person, WRITTEN)
    save_wishes(
        actor=her,
        wishes=replace(
            own_wishes(her, now=WRITTEN), post_address=canaries.sentence(person, "home"), may_post=True
        ),
        now=WRITTEN,
    )


def her_file(world: World) -> None:
    """Fatma and Cem ask to erase something and add words to their file; Petra holds Fatma's pass on paper."""
    for person in ("fatma", "cem"):
        case, her = world.cases[person], world.speak_as(person, WRITTEN)
        case.request_id = erasing.ask(her, parts=["residents.preferences"], now=WRITTEN)
        case.statement_id = statements.write(
            her, body=canaries.sentence(person, "own"), once_key=f"once-own-{person}", now=WRITTEN
        )
    world.paper_token = handling.paper_token(world.cases["fatma"].resident_id, world.actor("petra"))


def looked(world: World) -> None:
    """Someone looked at each of them; Fatma and Cem ask why, and a week of Tineke waits in the queue."""
    for case in world.cases.values():
        looks = AuditEntry.objects.filter(resident_id=case.resident_id, result=AuditEntry.Result.SUCCESS)
        case.look_id = looks.exclude(account_id=case.account.pk).latest("pk").event_id
    for person in ("fatma", "cem"):
        case = world.cases[person]
        assert case.look_id is not None
        case.look_question_id = questions.ask(
            actor=world.speak_as(person, NOW),
            about=case.look_id,
            words=canaries.sentence(person, "asked"),
            once_key=f"once-look-{person}",
            now=NOW - timedelta(days=1),
        )
    fatma = world.cases["fatma"]
    tineke = world.accounts["tineke"]
    with gate.as_system(REASON):
        world.review_item_id = ReviewItem.objects.create(
            region_id=world.regions["twente"].pk,
            week_on=date(2027, 6, 21),
            account_id=tineke.pk,
            actor_name=tineke.name,
            role=str(Role.GUIDE),
            score=6,
            signals=[
                {"code": "no_task", "weight": 6, "count": 2, "more": "none", "lines": [str(fatma.look_id)]}
            ],
            lines=[str(fatma.look_id)],
            found_at=NOW - timedelta(days=2),
            asked_at=NOW - timedelta(days=1),
            asked_words="Waarom was dit?",
        ).pk


def by_hand(world: World) -> None:
    """Els gets a letter and Dora a call; Wil and someone new prepared a request for De Linde."""
    with gate.as_system(REASON):
        for person, wish in (
            ("els", {"may_mail": False, "may_post": True, "post_address": "Kerkstraat 1, Almelo"}),
            ("dora", {"may_mail": False, "may_ring": True}),
        ):
            resident_id = world.cases[person].resident_id
            Preferences.objects.update_or_create(resident_id=resident_id, defaults=wish)
            channel = residents.reach(
                resident_id, key=f"by-hand-{person}", subject="Bericht", body="U hoort van ons.", now=NOW
            )
            message = Message.objects.get(key=f"by-hand-{person}")
            message.state, message.sent_at = Message.State.QUEUED, None
            message.save(update_fields=["state", "sent_at"])
            world.post_ids[channel] = message.pk
    world.preparation_id = prepare(
        actor=world.speak_as("wil", NOW),
        new=NewPreparation(
            name="Riet Nieuwenhuis",
            question="Durft de post niet open te maken.",
            consent=True,
            municipality_id=world.regions["twente"].municipalities.get().pk,
            practice_id=world.organisations["linde"].pk,
            through_us=True,
            once_key="once-riet",
        ),
        now=NOW,
    )
