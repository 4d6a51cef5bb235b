"""Acts on the way in and on the letter back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.outbox.services import publish
from noaber.network.consents.queries_order import showing
from noaber.network.partners import queries as partners
from noaber.network.residents import services as residents
from noaber.network.residents.queries import read_thread
from noaber.network.residents.types import Card, NewHelpRequest, NewResident
from noaber.offer.routes import queries_cards
from noaber.offer.routes import services_cards as routes
from noaber.offer.routes.types import RouteCardView, RouteChoice
from noaber.pathways.referrals import queries, rules
from noaber.pathways.referrals.errors import nobody_plans_here
from noaber.pathways.referrals.events import ReferralSent
from noaber.pathways.referrals.models import Referral
from noaber.pathways.referrals.rules import call_by as call_by
from noaber.pathways.referrals.rules import check_referral as check_referral
from noaber.pathways.referrals.rules import clean_phone as clean_phone
from noaber.pathways.referrals.services_letters import agree_to_letter as agree_to_letter
from noaber.pathways.referrals.services_letters import letter_may_go as letter_may_go
from noaber.pathways.referrals.services_letters import letters_about as letters_about
from noaber.pathways.referrals.services_letters import object_to_letter as object_to_letter
from noaber.pathways.referrals.services_letters import open_letter as open_letter
from noaber.pathways.referrals.services_letters import prepare_letter as prepare_letter
from noaber.pathways.referrals.services_letters import release_letter as release_letter
from noaber.pathways.referrals.services_letters import state_beside_letter as state_beside_letter
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
            phone=rules.clean_phone(referral.phone) if referral.phone else "",
            email=referral.email.strip(),
            language=referral.language,
            gender=referral.gender,
            may_text=referral.may_text,
            may_leave_message=referral.may_leave_message,
            post_address=referral.post_address.strip(),
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
    counted = referral.route is not None and routes.tell_use(
        region_id=practice.region_id, choice=referral.route, now=now
    )
    row = Referral.objects.create(
        route_version_id=referral.route.version_id if counted and referral.route else None,
        route_followed=referral.route.followed if counted and referral.route else None,
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
    if with_letters:
        showing([thread.resident_id])
        for letter_id in queries.letters_of_referral(actor, referral_id):
            seen = queries.was_opened(letter_id)
            letter = open_letter(actor=actor, letter_id=letter_id, now=now)
            letters.append(LetterText(letter.pk, letter.body, letter.created_at, not seen, letter.statement))
    return OwnReferral(
        referral_id=referral.pk,
        sent_at=referral.sent_at,
        sent_by=referral.referrer.name if referral.referrer else referral.typed_name,
        thread=thread,
        letters=tuple(letters),
        route=_route(thread.region_id, referral),
        route_followed=referral.route_followed,
    )


def _route(region_id: UUID, referral: Referral) -> RouteCardView | None:
    version_id = referral.route_version_id
    return queries_cards.version_in(region_id, version_id) if version_id is not None else None


@transaction.atomic
def tell_route(*, actor: Actor, referral_id: UUID, choice: RouteChoice, now: datetime) -> bool:
    """Say afterwards whether an agreement was followed with this referral; once, what was said stays."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related("help_request")
    row = gate.get(actor, "read", rows, resource="referral", pk=referral_id)
    if row.route_version_id is not None:
        return False
    if not routes.tell_use(region_id=row.help_request.region_id, choice=choice, now=now):
        raise gate.not_here()
    row.route_version_id, row.route_followed = choice.version_id, choice.followed
    row.save(update_fields=["route_version_id", "route_followed"])
    return True
