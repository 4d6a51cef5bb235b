"""What became of the referrals of a practice."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.pathways.referrals.models import Letter, Referral
from noaber.pathways.referrals.types import LetterView, ReferralRow


def own_referrals(actor: Actor, *, now: datetime, limit: int = 50, offset: int = 0) -> list[ReferralRow]:
    """The referrals of the actor's practice, newest first; each person shown is logged."""
    gate.require_act(actor, "referral.send")
    rows = gate.visible(
        actor,
        "read",
        Referral.objects.select_related("help_request__resident", "help_request__holder").prefetch_related(
            "letters"
        ),
        resource="referral",
    )
    found = list(rows.order_by("-sent_at")[offset : offset + limit])
    audit.record_reads(
        actor=actor,
        residents=[row.help_request.resident_id for row in found],
        event_type="referral.list",
        object_kind="referral",
        part="uw naam en hoe het staat",
        purpose="om uw verwijzing te volgen",
        now=now,
    )
    return [_row(row) for row in found]


def _row(row: Referral) -> ReferralRow:
    thread = row.help_request
    return ReferralRow(
        referral_id=row.pk,
        help_request_id=thread.pk,
        code=thread.code,
        resident_name=thread.resident.name,
        sent_at=row.sent_at,
        phase=thread.phase,
        next_on=thread.next_on,
        next_step=thread.next_step,
        holder=thread.holder.name if thread.holder else "",
        letter_ready=any(letter.released_at and not letter.objected_at for letter in row.letters.all()),
    )


def referral_for(actor: Actor, referral_id: UUID) -> Referral:
    """One referral of the actor's practice."""
    return gate.get(
        actor, "read", Referral.objects.select_related("help_request"), resource="referral", pk=referral_id
    )


def letters_of(actor: Actor, *, conversation_ids: list[UUID]) -> dict[UUID, LetterView]:
    """The letters about these conversations that the actor may read."""
    rows = gate.visible(
        actor, "read", Letter.objects.filter(conversation_id__in=conversation_ids), resource="letter"
    )
    return {row.conversation_id: _letter(row) for row in rows}


def letters_of_referral(actor: Actor, referral_id: UUID) -> list[UUID]:
    """The letters to this referral that the actor may open, newest first."""
    rows = gate.visible(actor, "read", Letter.objects.filter(referral_id=referral_id), resource="letter")
    return list(rows.order_by("-created_at").values_list("pk", flat=True))


def _letter(row: Letter) -> LetterView:
    return LetterView(
        id=row.pk,
        body=row.body,
        released_at=row.released_at,
        release_on=row.release_on,
        objected=row.objected_at is not None,
    )


def due_letters(on: date) -> list[UUID]:
    """Letters whose day has come and to which nobody objected."""
    rows = Letter.objects.filter(released_at__isnull=True, objected_at__isnull=True, release_on__lte=on)
    return list(rows.values_list("pk", flat=True))
