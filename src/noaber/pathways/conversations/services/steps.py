"""Agreed steps: on the day of looking back she and her holder hear of it; she says in one tap how it went."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop

from noaber.ground.errors import Invalid
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.accounts.models import Account
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.post import services as post
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest
from noaber.offer.directory import services as directory
from noaber.pathways.conversations.models import AgreedStep

Answer = AgreedStep.Answer
TITLE = gettext_noop("Bericht van Noaber")
LOOK_BACK = gettext_noop("Er staat een korte vraag voor u klaar. Meld u aan op %(url)s")
LOOK_BACK_BY_HAND = gettext_noop(
    "Er staat een korte vraag voor u klaar. Bel uw vaste persoon, of antwoord online."
)
FOR_HOLDER = gettext_noop("Er is iets om samen op terug te kijken. Meld u aan op %(url)s")
ANSWERED = gettext_noop("U vertelde hoe het ging")


@transaction.atomic
def answer_step(*, actor: Actor, step_id: UUID, answer: str, now: datetime) -> None:
    """She says how a step went. She may change her mind; the same answer twice is once."""
    step = (
        gate.visible(actor, "answer", AgreedStep.objects.all(), resource="agreed_step")
        .select_for_update(of=("self",))
        .select_related("conversation__help_request")
        .filter(pk=step_id)
        .first()
    )
    if step is None:
        raise gate.not_here()
    if answer not in Answer.values:
        raise Invalid(
            "unknown_answer", happened="Dit antwoord kennen wij niet.", now_what="Kies een van de vier."
        )
    if step.answer == answer:
        return
    first = not step.answer
    step.answer, step.answered_at = answer, now
    step.save(update_fields=["answer", "answered_at"])
    thread = step.conversation.help_request
    if first:
        residents.tell(thread.pk, at=now, words=ANSWERED, kind="step", by=actor.name)
    _confirm_offer(step, now)
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type="step.answer",
        resident_id=thread.resident_id,
        object_kind="agreed_step",
        object_id=step.pk,
        part="hoe het ging",
        purpose="om te zeggen hoe het ging",
        now=now,
    )


def _confirm_offer(step: AgreedStep, now: datetime) -> None:
    """She could begin there: that entry of the directory is still true. Nothing of her goes along."""
    if step.service_id is None or step.answer not in {Answer.GOOD, Answer.A_BIT}:
        return
    directory.confirm(
        service_id=step.service_id,
        on=day_of(now),
        now=now,
        kind="started",
        reference=salted_hmac("noaber.directory.started", str(step.pk), algorithm="sha256").hexdigest()[:40],
    )


def steps_to_remind_of(on: date) -> list[UUID]:
    """The steps whose day of looking back has come, of open requests, without an answer or a reminder."""
    return list(
        AgreedStep.objects.filter(
            answer="",
            reminded_at__isnull=True,
            return_on__lte=on,
            conversation__help_request__phase__in=HelpRequest.OPEN,
        )
        .order_by("return_on", "pk")
        .values_list("pk", flat=True)[:500]
    )


@transaction.atomic
def remind_of_step(*, step_id: UUID, now: datetime) -> bool:
    """Tell her and her holder, neutrally, that there is something to look back on. Once for each step."""
    step = (
        AgreedStep.objects.select_for_update(of=("self",))
        .select_related("conversation__help_request__holder")
        .filter(pk=step_id, reminded_at__isnull=True, answer="")
        .first()
    )
    if step is None:
        return False
    step.reminded_at = now
    step.save(update_fields=["reminded_at"])
    thread = step.conversation.help_request
    day = day_of(now).isoformat()
    residents.reach(
        thread.resident_id,
        key=f"look-back:{thread.pk}:{day}:resident",
        subject=TITLE,
        body=LOOK_BACK,
        by_hand=LOOK_BACK_BY_HAND,
        values={"url": f"{settings.BASE_URL}/mijn/"},
        now=now,
    )
    _tell_holder(thread.holder, f"look-back:{thread.pk}:{day}:holder", now)
    return True


def _tell_holder(holder: Account | None, key: str, now: datetime) -> None:
    if holder is None or not holder.email:
        return
    post.queue(
        key=key,
        address=holder.email,
        account_id=holder.pk,
        subject=residents.told(TITLE),
        body=residents.told(FOR_HOLDER, {"url": f"{settings.BASE_URL}/gesprekken/"}) + "\n",
        now=now,
    )
