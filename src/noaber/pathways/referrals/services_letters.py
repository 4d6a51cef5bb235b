"""The letter back: laid ready, released, opened, or kept here because she objects."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.outbox.services import publish
from noaber.network.consents import queries as consents
from noaber.network.consents import services as consenting
from noaber.network.consents.queries_order import deciding, showing
from noaber.network.consents.types import LETTER
from noaber.pathways.referrals.errors import an_objection_stands
from noaber.pathways.referrals.events import LetterReleased
from noaber.pathways.referrals.models import Letter, Referral

PURPOSE = "inform"
"""What a letter back is for, as a code of the table of purposes."""


@transaction.atomic
def prepare_letter(
    *,
    help_request_id: UUID,
    conversation_id: UUID,
    body: str,
    release_on: date | None,
    now: datetime,
    version: int = 1,
    statement: str = "",
) -> UUID | None:
    """Make the letter back ready; it waits for the resident until `release_on`. None without a referral.

    Without `release_on` it waits for her consent, however long. A letter that went is never changed: a newer
    version becomes a letter of its own. Runs as the house itself: whoever wrote the report may not read the
    letter, and could not find it again.
    """
    with gate.as_system("de brief klaarleggen"):
        referral = Referral.objects.filter(help_request_id=help_request_id).first()
        if referral is None:
            return None
        newest = Letter.objects.select_for_update().filter(conversation_id=conversation_id)
        letter = newest.order_by("-version").first()
        if letter is None or letter.released_at is not None:
            letter = Letter(referral=referral, conversation_id=conversation_id, created_at=now)
        letter.body, letter.statement = body, statement
        letter.version, letter.release_on = version, release_on
        letter.save()
        return letter.pk


@transaction.atomic
def state_beside_letter(*, conversation_id: UUID, words: str) -> None:
    """What she herself says goes wherever the letter goes. The caller asked whether it is she."""
    with gate.as_system("haar eigen woorden bij de brief"):
        Letter.objects.filter(conversation_id=conversation_id).update(statement=words)


@transaction.atomic
def release_letter(*, letter_id: UUID, now: datetime) -> bool:
    """Let the letter go to the practice, unless she objected. True when it went now.

    Runs as the house itself or as the resident. No objection can pass it: one of the two comes first.
    """
    showing([_resident_of(letter_id)])
    letter = Letter.objects.select_for_update(of=("self",)).select_related("referral").get(pk=letter_id)
    if letter.released_at is not None or _is_refused(letter, now=now):
        return False
    letter.released_at = now
    letter.save(update_fields=["released_at"])
    publish(LetterReleased(letter_id=letter_id), now=now)
    return True


def _resident_of(letter_id: UUID) -> UUID:
    found: UUID = Letter.objects.values_list("referral__help_request__resident_id", flat=True).get(
        pk=letter_id
    )
    return found


def _is_refused(letter: Letter, *, now: datetime) -> bool:
    """She objected, or the region asks for her consent and there is none at this moment."""
    resident_id, organisation_id = _resident_of(letter.pk), letter.referral.organisation_id
    if letter.release_on is not None:
        return consents.refused(
            resident_id=resident_id,
            what=LETTER,
            object_id=letter.conversation_id,
            organisation_id=organisation_id,
        )
    return not consents.allows(
        resident_id=resident_id,
        what=LETTER,
        object_id=letter.conversation_id,
        organisation_id=organisation_id,
        version=letter.version,
        now=now,
    )


@transaction.atomic
def agree_to_letter(*, actor: Actor, letter_id: UUID, now: datetime) -> None:
    """The resident says the letter may go. An objection she made to more than this letter still stands."""
    if actor.resident_id is None:
        raise gate.not_here()
    deciding(actor.resident_id)
    letter = _hers(actor, letter_id)
    consenting.allow_letter(
        actor=actor,
        object_id=letter.conversation_id,
        organisation_id=letter.referral.organisation_id,
        version=letter.version,
        purpose=PURPOSE,
        now=now,
    )
    if _is_refused(letter, now=now):
        raise an_objection_stands()
    release_letter(letter_id=letter_id, now=now)


@transaction.atomic
def object_to_letter(*, actor: Actor, letter_id: UUID, now: datetime) -> None:
    """The resident objects: from this moment nobody else reads the letter, wherever it is on its way.

    When the practice has read it already she is told so; the objection stands all the same.
    """
    if actor.resident_id is None:
        raise gate.not_here()
    deciding(actor.resident_id)
    letter = _hers(actor, letter_id)
    consenting.object_to(
        actor=actor,
        what=LETTER,
        object_id=letter.conversation_id,
        organisation_id=letter.referral.organisation_id,
        now=now,
    )


def _hers(actor: Actor, letter_id: UUID) -> Letter:
    rows = Letter.objects.select_related("referral")
    return gate.get(actor, "steer", rows, resource="letter", pk=letter_id)


def letter_may_go(letter_id: str) -> bool:
    """The last question before a notice about a letter is sent. Nothing overtakes the answer."""
    letter = Letter.objects.select_related("referral").filter(pk=letter_id).first()
    if letter is None or letter.released_at is None:
        return False
    showing([_resident_of(letter.pk)])
    return not _is_refused(letter, now=clock.now())


@transaction.atomic
def open_letter(*, actor: Actor, letter_id: UUID, now: datetime) -> Letter:
    """Read the letter as the practice; the first time is noted and every time is logged.

    Asked twice: once to know whose it is, and again when no decision of hers can come between.
    """
    rows = Letter.objects.select_related("referral__help_request")
    found = gate.get(actor, "read", rows, resource="letter", pk=letter_id)
    showing([found.referral.help_request.resident_id])
    letter = gate.get(actor, "read", rows, resource="letter", pk=letter_id)
    if letter.opened_at is None and actor.resident_id is None:
        letter.opened_at = now
        letter.save(update_fields=["opened_at"])
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="letter.read",
        resident_id=letter.referral.help_request.resident_id,
        object_kind="letter",
        object_id=letter.pk,
        part="de brief over het gesprek",
        purpose="om te weten wat er is afgesproken",
        now=now,
    )
    return letter


def letters_about(*, actor: Actor, conversation_id: UUID) -> list[UUID]:
    """The letters about one conversation on which the actor may decide, the newest first."""
    rows = gate.visible(
        actor, "steer", Letter.objects.filter(conversation_id=conversation_id), resource="letter"
    )
    return list(rows.order_by("-version").values_list("pk", flat=True))
