"""Acts on the way in and on the letter back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.outbox.services import publish
from noaber.network.partners import queries as partners
from noaber.network.residents import services as residents
from noaber.network.residents.queries import read_thread
from noaber.network.residents.types import Card, NewHelpRequest, NewResident
from noaber.pathways.referrals import queries, rules
from noaber.pathways.referrals.errors import nobody_plans_here
from noaber.pathways.referrals.events import LetterReleased, ReferralSent
from noaber.pathways.referrals.models import Letter, Referral
from noaber.pathways.referrals.types import LetterText, NewReferral, OwnReferral, Sender, SentReferral

CARD_RENEWED = gettext_noop("U kreeg een nieuwe kaart")


def send_referral(*, actor: Actor, referral: NewReferral, now: datetime) -> SentReferral:
    """Refer someone to an exploratory conversation. Opens the thread and gives her a card.

    The same `once_key` twice (a double click, a second try after a lost answer) is one referral, also when
    both come at the same moment; the second answer has no card, since that can be shown only once.
    """
    gate.require_act(actor, "referral.send")
    rules.check_referral(referral)
    practice = next(g for g in actor.grants if g.role is Role.REFERRER)
    sender = Sender(practice.organisation_id, practice.region_id, actor.signed_in_id)
    return send_once(actor, referral, sender, now=now)


def send_once(actor: Actor, referral: NewReferral, sender: Sender, *, now: datetime) -> SentReferral:
    """Send what was checked, once for each `once_key`; for this room's own ways in."""
    earlier = _sent_before(referral.once_key, sender)
    if earlier is not None:
        return earlier
    try:
        return _send(actor, referral, sender, now)
    except IntegrityError:
        # The other click was a moment sooner; its referral shows once it was saved.
        earlier = _sent_before(referral.once_key, sender)
        if earlier is None:
            raise
        return earlier


def _sent_before(once_key: str, practice: Sender) -> SentReferral | None:
    if not once_key:
        return None
    row = (
        Referral.objects.select_related("help_request")
        .filter(once_key=once_key, organisation_id=practice.organisation_id)
        .first()
    )
    return SentReferral(row.pk, row.help_request_id, row.help_request.code, "", "") if row else None


@transaction.atomic
def _send(actor: Actor, referral: NewReferral, practice: Sender, now: datetime) -> SentReferral:
    place = partners.municipality_in(practice.region_id, referral.municipality_id)
    office = partners.planning_office(practice.region_id)
    if office is None:
        raise nobody_plans_here()
    thread_id, card = residents.open_help_request(
        actor=actor,
        resident=NewResident(
            name=referral.name.strip(),
            phone=rules.clean_phone(referral.phone),
            email=referral.email.strip(),
            language=referral.language,
        ),
        request=NewHelpRequest(
            question=referral.question.strip(),
            wishes=referral.wishes.strip(),
            mode=referral.mode,
            language=referral.language,
        ),
        region_id=practice.region_id,
        municipality_id=place.pk,
        referrer_account_id=practice.account_id,
        referrer_organisation_id=practice.organisation_id,
        planner_organisation_id=office.pk,
        next_on=rules.call_by(day_of(now)),
        now=now,
    )
    row = Referral.objects.create(
        help_request_id=thread_id,
        referrer_id=practice.account_id,
        via=practice.via,
        typed_name=practice.typed_name,
        organisation_id=practice.organisation_id,
        consent_given=True,
        sent_at=now,
        once_key=referral.once_key or str(thread_id),
    )
    publish(ReferralSent(referral_id=row.pk, help_request_id=thread_id), now=now)
    return SentReferral(row.pk, thread_id, row.help_request.code, card.code, card.pin)


@transaction.atomic
def renew_card(*, actor: Actor, referral_id: UUID, now: datetime) -> Card:
    """A new card for the resident, when hers was lost. The old one stops; she reads that it happened."""
    referral = gate.get(
        actor,
        "renew_card",
        Referral.objects.select_related("help_request"),
        resource="referral",
        pk=referral_id,
    )
    thread = referral.help_request
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        event_type="card.renew",
        resident_id=thread.resident_id,
        object_kind="access_card",
        object_id=thread.pk,
        part="uw kaart",
        purpose="om u een nieuwe kaart te geven",
        now=now,
    )
    residents.tell(thread.pk, at=now, words=CARD_RENEWED, by=actor.name, kind="card")
    return residents.give_card(thread.resident_id, now=now)


@transaction.atomic
def follow_referral(
    *, actor: Actor, referral_id: UUID, now: datetime, with_letters: bool = True
) -> OwnReferral:
    """How it stands with one referral, with the letters that may be read; all of it is logged.

    Without letters nothing of a letter is read, and none counts as opened.
    """
    referral = gate.get(
        actor, "read", Referral.objects.select_related("referrer"), resource="referral", pk=referral_id
    )
    thread = read_thread(
        actor, referral.help_request_id, action="read", purpose="om uw verwijzing te volgen", now=now
    )
    letters = []
    for letter_id in queries.letters_of_referral(actor, referral_id) if with_letters else []:
        seen = queries.was_opened(letter_id)
        letter = open_letter(actor=actor, letter_id=letter_id, now=now)
        letters.append(LetterText(letter.pk, letter.body, letter.created_at, first_time=not seen))
    return OwnReferral(
        referral_id=referral.pk,
        sent_at=referral.sent_at,
        sent_by=referral.referrer.name if referral.referrer else referral.typed_name,
        thread=thread,
        letters=tuple(letters),
    )


@transaction.atomic
def prepare_letter(
    *, help_request_id: UUID, conversation_id: UUID, body: str, release_on: date, now: datetime
) -> UUID | None:
    """Make the letter back ready; it waits for the resident until `release_on`. None without a referral.

    Runs as the house itself: whoever wrote the report may not read the letter, and could not find it again.
    """
    with gate.as_system("de brief klaarleggen"):
        referral = Referral.objects.filter(help_request_id=help_request_id).first()
        if referral is None:
            return None
        letter = Letter.objects.filter(conversation_id=conversation_id).first()
        if letter is None:
            letter = Letter(
                referral=referral, conversation_id=conversation_id, created_at=now, release_on=release_on
            )
        letter.body = body
        letter.save()
        return letter.pk


@transaction.atomic
def release_letter(*, letter_id: UUID, now: datetime) -> bool:
    """Let the letter go to the practice, unless she objected. True when it went now.

    Runs as the house itself or as the resident; the objection is read under lock.
    """
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    if letter.objected_at is not None or letter.released_at is not None:
        return False
    letter.released_at = now
    letter.save(update_fields=["released_at"])
    publish(LetterReleased(letter_id=letter_id), now=now)
    return True


@transaction.atomic
def agree_to_letter(*, actor: Actor, letter_id: UUID, now: datetime) -> None:
    """The resident says the letter may go now."""
    letter = Letter.objects.select_for_update().filter(pk=letter_id).first()
    letter = gate.require(actor, "steer", letter, resource="letter")
    letter.objected_at = None
    letter.save(update_fields=["objected_at"])
    release_letter(letter_id=letter_id, now=now)


@transaction.atomic
def object_to_letter(*, actor: Actor, letter_id: UUID, now: datetime) -> None:
    """The resident objects: from this moment nobody else reads the letter, wherever it is on its way.

    When the practice has read it already she is told so; the objection stands all the same.
    """
    letter = Letter.objects.select_for_update().filter(pk=letter_id).first()
    letter = gate.require(actor, "steer", letter, resource="letter")
    letter.objected_at = now
    letter.save(update_fields=["objected_at"])
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type="letter.object",
        resident_id=actor.resident_id,
        object_kind="letter",
        object_id=letter.pk,
        part="de brief aan uw huisarts",
        purpose="om bezwaar te maken",
        now=now,
    )


def letter_may_go(letter_id: str) -> bool:
    """The last question before a notice about a letter is sent."""
    return Letter.objects.filter(pk=letter_id, objected_at__isnull=True, released_at__isnull=False).exists()


def open_letter(*, actor: Actor, letter_id: UUID, now: datetime) -> Letter:
    """Read the letter as the practice; the first time is noted and every time is logged."""
    letter = gate.get(
        actor,
        "read",
        Letter.objects.select_related("referral__help_request"),
        resource="letter",
        pk=letter_id,
    )
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
    """The letters about one conversation on which the actor may decide."""
    rows = gate.visible(
        actor, "steer", Letter.objects.filter(conversation_id=conversation_id), resource="letter"
    )
    return list(rows.values_list("pk", flat=True))
