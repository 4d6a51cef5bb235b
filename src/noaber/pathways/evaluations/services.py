"""Asking three questions, and keeping the answers apart from who gave them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_noop, override

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.clock import day_of
from noaber.hallway.post import services as post
from noaber.knowledge.codes import norm
from noaber.network.relatives import queries as relatives
from noaber.network.residents import services as residents
from noaber.pathways.conversations.models import Conversation, Participation
from noaber.pathways.evaluations import rules
from noaber.pathways.evaluations.models import EvaluationAnswer, EvaluationRequest
from noaber.pathways.evaluations.types import Asked, Audience
from noaber.pathways.referrals.models import Letter
from noaber.pathways.referrals.services import letter_may_go

SUBJECT = "Bericht van Noaber"
BY_LINK = gettext_noop("Wij willen graag weten hoe het ging. Drie korte vragen: %(link)s")
BY_HAND = gettext_noop(
    "Wij willen graag weten hoe het ging. Het zijn drie korte vragen. Uw vaste persoon leest ze graag voor."
)


def fingerprint(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def _days(key: str, on: date) -> timedelta:
    return timedelta(days=int(norm(key, on).value))


def questions_of(audience: Audience) -> tuple[str, ...]:
    """The codes of the three questions of this audience."""
    return tuple(rules.questions(audience))


def make_request(
    *, conversation: Conversation, audience: Audience, recipient_id: UUID, language: str, now: datetime
) -> tuple[EvaluationRequest, str]:
    """Note that someone is asked; gives the token for the link, empty when they were asked before."""
    token = secrets.token_urlsafe(24)
    row, fresh = EvaluationRequest.objects.get_or_create(
        conversation=conversation,
        audience=audience,
        recipient_id=recipient_id,
        defaults={
            "region_id": conversation.region_id,
            "token_hash": fingerprint(token),
            "language": language,
            "asked_at": now,
            "expires_at": now + _days("evaluation_link_valid", day_of(now)),
        },
    )
    return row, token if fresh else ""


def _words(token: str) -> str:
    return gettext(BY_LINK) % {"link": f"{settings.BASE_URL}/mening/{token}/"} + "\n"


@transaction.atomic
def ask_professionals(*, conversation_id: UUID, now: datetime) -> int:
    """Ask everyone who held this conversation, by work mail. Returns how many are newly asked."""
    conversation = Conversation.objects.get(pk=conversation_id)
    if conversation.state != Conversation.State.HELD:
        return 0
    asked = 0
    rows = Participation.objects.filter(conversation=conversation, active=True)
    for row in rows.select_related("professional__account"):
        account = row.professional.account
        if account is not None and account.email:
            asked += _ask_by_mail(conversation, Audience.PROFESSIONAL, account.pk, account.email, now)
    return asked


@transaction.atomic
def ask_referrer(*, letter_id: UUID, now: datetime) -> int:
    """Ask whoever referred, once the letter back has gone. Returns how many are newly asked."""
    letter = Letter.objects.select_related("referral__referrer").filter(pk=letter_id).first()
    if letter is None or not letter_may_go(str(letter_id)):
        return 0
    referrer = letter.referral.referrer
    if referrer is None or not referrer.email:
        return 0
    conversation = Conversation.objects.get(pk=letter.conversation_id)
    return _ask_by_mail(conversation, Audience.REFERRER, referrer.pk, str(referrer.email), now)


def _ask_by_mail(
    conversation: Conversation, audience: Audience, account_id: UUID, address: str, now: datetime
) -> int:
    row, token = make_request(
        conversation=conversation, audience=audience, recipient_id=account_id, language="nl", now=now
    )
    if not token:
        return 0
    with override("nl"):
        body = _words(token)
    post.queue(
        key=f"evaluation:{row.pk}",
        address=address,
        account_id=account_id,
        subject=SUBJECT,
        body=body,
        now=now,
    )
    return 1


def ask_those_at_home(*, now: datetime) -> int:
    """Ask residents and invited relatives about conversations of `evaluation_after` days ago and longer.

    Goes back no further than the life of a link, so that a worker that stood still asks late, and nobody is
    asked about something long forgotten. Returns how many are newly asked.
    """
    until = now - _days("evaluation_after", day_of(now))
    since = until - _days("evaluation_link_valid", day_of(now))
    held = Conversation.objects.filter(
        state=Conversation.State.HELD, held_at__gt=since, held_at__lte=until
    ).exclude(evaluation_requests__audience=Audience.RESIDENT)
    return sum(_ask_home(pk, now) for pk in held.values_list("pk", flat=True))


@transaction.atomic
def _ask_home(conversation_id: UUID, now: datetime) -> int:
    conversation = Conversation.objects.select_related("help_request__resident").get(pk=conversation_id)
    resident = conversation.help_request.resident
    row, token = make_request(
        conversation=conversation,
        audience=Audience.RESIDENT,
        recipient_id=resident.pk,
        language=resident.language,
        now=now,
    )
    if not token:
        return 0
    residents.reach(
        resident.pk,
        key=f"evaluation:{row.pk}",
        subject=SUBJECT,
        body=BY_LINK,
        by_hand=BY_HAND,
        values={"link": f"{settings.BASE_URL}/mening/{token}/"},
        now=now,
    )
    return 1 + _ask_relatives(conversation, now)


def _ask_relatives(conversation: Conversation, now: datetime) -> int:
    asked = 0
    for relative in relatives.to_ask_afterwards(conversation.help_request.resident_id):
        row, token = make_request(
            conversation=conversation,
            audience=Audience.RELATIVE,
            recipient_id=relative.id,
            language=conversation.help_request.resident.language,
            now=now,
        )
        if token:
            with override(conversation.help_request.resident.language):
                body = _words(token)
            post.queue(
                key=f"evaluation:{row.pk}",
                address=relative.address,
                channel=relative.channel,
                subject=SUBJECT,
                body=body,
                now=now,
            )
            asked += 1
    return asked


def behind(token: str, *, now: datetime) -> Asked | None:
    """What this link asks; None for a link that is used, old or invented. Opening it changes nothing."""
    with gate.as_system("drie vragen tonen"):
        row = _open(now).filter(token_hash=fingerprint(token)).first()
        return _as_asked(row) if row else None


def waiting_for(actor: Actor, *, now: datetime) -> Asked | None:
    """The questions that the resident has not answered yet, newest first; on her own page, without a link."""
    if actor.kind is not Kind.RESIDENT or actor.resident_id is None:
        return None
    row = _of_resident(actor, now).order_by("-asked_at").first()
    return _as_asked(row) if row else None


@transaction.atomic
def answer(*, token: str, replies: Mapping[str, str], now: datetime) -> bool:
    """Keep the answers of whoever holds the link; of two at once one counts. False: no such link."""
    with gate.as_system("drie antwoorden bewaren"):
        return _keep(_open(now).filter(token_hash=fingerprint(token)), replies, now)


@transaction.atomic
def answer_at_home(*, actor: Actor, replies: Mapping[str, str], now: datetime) -> bool:
    """Keep the answers of the resident from her own page. False: nothing was asked."""
    newest = _of_resident(actor, now).order_by("-asked_at").values_list("pk", flat=True)[:1]
    found = list(newest)
    with gate.as_system("drie antwoorden bewaren"):
        return _keep(_open(now).filter(pk__in=found), replies, now)


def _open(now: datetime) -> QuerySet[EvaluationRequest]:
    return EvaluationRequest.objects.filter(answered_at__isnull=True, expires_at__gt=now).select_related(
        "conversation"
    )


def _of_resident(actor: Actor, now: datetime) -> QuerySet[EvaluationRequest]:
    if actor.resident_id is None:
        return EvaluationRequest.objects.none()
    return _open(now).filter(
        audience=Audience.RESIDENT, conversation__help_request__resident_id=actor.resident_id
    )


def _as_asked(row: EvaluationRequest) -> Asked:
    return Asked(row.pk, Audience(row.audience), row.language, row.expires_at, row.conversation.held_at)


def _keep(rows: QuerySet[EvaluationRequest], replies: Mapping[str, str], now: datetime) -> bool:
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        return False
    given = rules.check_answer(Audience(row.audience), replies)
    EvaluationAnswer.objects.bulk_create(
        EvaluationAnswer(
            region_id=row.region_id,
            audience=row.audience,
            question=question,
            reply=reply,
            answered_on=day_of(now),
        )
        for question, reply in given.items()
    )
    row.answered_at = now
    row.save(update_fields=["answered_at"])
    return True
