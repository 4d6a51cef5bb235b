"""Saying what became of a letter or a call."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.post.services_by_hand import carry_out
from noaber.network.companions import queries_post, rules
from noaber.network.companions.models import CarriedOut
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest

Outcome = CarriedOut.Outcome
OF_A_LETTER = frozenset({Outcome.POSTED, Outcome.HANDED})
OF_A_CALL = frozenset({Outcome.REACHED, Outcome.NO_MESSAGE, Outcome.AGAIN})
WORDS = {
    Outcome.POSTED: gettext_noop("Wij stuurden u een brief"),
    Outcome.HANDED: gettext_noop("U kreeg een brief van ons"),
    Outcome.REACHED: gettext_noop("Wij belden u"),
    Outcome.NO_MESSAGE: gettext_noop("Wij belden u, en bereikten u niet"),
    Outcome.AGAIN: gettext_noop("Wij belden u, en bereikten u niet"),
}


@transaction.atomic
def say_what_became(
    *, actor: Actor, message_id: UUID, outcome: str, now: datetime, again_on: date | None = None
) -> bool:
    """Note what became of a letter or a call. False when a colleague was a moment sooner.

    A call that did not reach her stays, for the day on which someone tries again.
    """
    found = queries_post.in_hand(actor, message_id)
    if found is None:
        return False
    message, resident_id = found
    chosen = Outcome(outcome)
    if chosen not in (OF_A_LETTER if message.channel == queries_post.LETTER else OF_A_CALL):
        raise gate.not_here()
    tries_again = chosen in {Outcome.NO_MESSAGE, Outcome.AGAIN}
    if tries_again:
        rules.check_again_on(again_on=again_on, today=day_of(now))
    elif not carry_out(message_id, now=now):
        return False
    CarriedOut.objects.create(
        message_id=message_id,
        resident_id=resident_id,
        outcome=chosen,
        at=now,
        by_id=actor.signed_in_id,
        by_name=actor.name,
        organisation_id=_organisation(actor),
        again_on=again_on if tries_again else None,
    )
    audit.record(
        actor=actor,
        action=audit.Action.EXECUTE,
        event_type="post.carried_out",
        resident_id=resident_id,
        object_kind="message",
        object_id=message_id,
        part="uw brief" if message.channel == queries_post.LETTER else "een telefoontje",
        purpose=queries_post.PURPOSE,
        now=now,
    )
    _tell(resident_id, WORDS[chosen], actor.name, now)
    return True


def _organisation(actor: Actor) -> UUID:
    held = [g for role in (Role.PLANNER, Role.HOST) for g in actor.grants if g.role is role]
    return held[0].organisation_id


def _tell(resident_id: UUID, words: str, by: str, now: datetime) -> None:
    with gate.as_system("de geschiedenis noemt de brief"):
        rows = HelpRequest.objects.filter(resident_id=resident_id, phase__in=HelpRequest.OPEN)
        thread_id = rows.order_by("-received_at").values_list("pk", flat=True).first()
        if thread_id is not None:
            residents.tell(thread_id, at=now, words=words, by=by, kind="post")


def next_working_day(day: date) -> date:
    """The first Monday to Friday after `day`, for the form."""
    following = day + timedelta(days=1)
    while following.weekday() >= 5:
        following += timedelta(days=1)
    return following
