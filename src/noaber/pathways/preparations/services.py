"""Acts on a prepared request."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from noaber.ground.errors import Conflict
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Grant, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.network.companions import services as companions
from noaber.network.partners import queries as partners
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.services_card import choose_own_pin
from noaber.pathways.preparations import queries, rules
from noaber.pathways.preparations.models import Preparation
from noaber.pathways.preparations.types import NewPreparation
from noaber.pathways.referrals import services as referrals
from noaber.pathways.referrals.types import NewReferral, Sender, SentReferral

State = Preparation.State
TOGETHER = gettext_noop("U vroeg dit samen met %(helper)s aan")


def _grant(actor: Actor) -> Grant:
    gate.require_act(actor, "preparation.make")
    return next(g for g in actor.grants if g.role is Role.HOST)


def prepare(*, actor: Actor, new: NewPreparation, now: datetime) -> UUID:
    """Keep what they filled in, for the practice; or send it at once where the region lets her ask.

    The same `once_key` twice is one.
    """
    grant = _grant(actor)
    settings = partners.settings_of(grant.region_id)
    herself = rules.may_ask_herself(settings["referral"]["who_may_refer"]) and new.practice_id is None
    rules.check(new, needs_practice=not herself)
    referrals.check_referral(_referral(new, through=actor.name))
    earlier = Preparation.objects.filter(once_key=new.once_key, organisation_id=grant.organisation_id).first()
    if earlier is not None:
        return earlier.pk
    try:
        return _keep(actor, grant, new, herself, now)
    except IntegrityError:
        return Preparation.objects.get(once_key=new.once_key, organisation_id=grant.organisation_id).pk


@transaction.atomic
def _keep(actor: Actor, grant: Grant, new: NewPreparation, herself: bool, now: datetime) -> UUID:
    place = partners.municipality_in(grant.region_id, new.municipality_id)
    practices = dict(queries.choices_for(actor).practices)
    if new.practice_id is not None and str(new.practice_id) not in practices:
        raise gate.not_here()
    row = Preparation(
        region_id=grant.region_id,
        municipality_id=place.pk,
        practice_id=new.practice_id,
        organisation_id=grant.organisation_id,
        host_id=actor.signed_in_id,
        host_name=actor.name,
        name=new.name.strip(),
        phone=referrals.clean_phone(new.phone) if new.phone else "",
        reached_through=f"{actor.name}, {grant.organisation_name}" if new.through_us else "",
        post_address=new.post_address.strip(),
        question=new.question.strip(),
        wishes=new.wishes.strip(),
        language=new.language,
        consent_given=True,
        prepared_at=now,
        next_on=rules.answer_by(day_of(now)),
        once_key=new.once_key,
    )
    row.save(force_insert=True)
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        event_type="preparation.make",
        resident_id=None,
        object_kind="preparation",
        object_id=row.pk,
        part="uw aanvraag",
        purpose="om samen met u hulp te vragen",
        now=now,
    )
    if herself:
        sender = Sender(grant.organisation_id, grant.region_id, actor.signed_in_id)
        sent = referrals.send_once(actor, _from_row(row), sender, now=now)
        _settle(actor, row, sent, now)
    return row.pk


def _referral(new: NewPreparation, *, through: str) -> NewReferral:
    return NewReferral(
        name=new.name,
        phone=new.phone,
        question=new.question,
        consent=new.consent,
        municipality_id=new.municipality_id,
        wishes=new.wishes,
        language=new.language,
        reached_through=through if new.through_us else "",
    )


def _from_row(row: Preparation) -> NewReferral:
    return NewReferral(
        name=row.name,
        phone=row.phone,
        question=row.question,
        consent=True,
        municipality_id=row.municipality_id,
        wishes=row.wishes,
        language=row.language,
        once_key=f"prepared:{row.pk}",
        reached_through=row.reached_through,
    )


def _locked(actor: Actor, preparation_id: UUID, action: str) -> Preparation:
    """The row, for whoever may. Who lost the race to a colleague reads that."""
    row = (
        Preparation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk=preparation_id)
        .first()
    )
    return gate.require(actor, action, row, resource="preparation")


@transaction.atomic
def confirm(*, actor: Actor, preparation_id: UUID, now: datetime) -> SentReferral:
    """The practice says yes: it becomes a referral of the practice, and the thread begins."""
    gate.require_act(actor, "preparation.decide")
    row = _locked(actor, preparation_id, "decide")
    sent = referrals.send_referral(actor=actor, referral=_from_row(row), now=now)
    _settle(actor, row, sent, now)
    return sent


def _settle(actor: Actor, row: Preparation, sent: SentReferral, now: datetime) -> None:
    """Note that it became a request; who helped is told in its history, and stays the way to reach her."""
    helper = f"{row.host_name}, {row.organisation.name}"
    with gate.as_system("een aanvraag wordt een vraag"):
        resident_id = HelpRequest.objects.values_list("resident_id", flat=True).get(pk=sent.help_request_id)
        row.state, row.decided_at, row.decided_by_name = State.CONFIRMED, now, actor.name
        row.resident_id, row.help_request_id = resident_id, sent.help_request_id
        row.code = sent.help_request_code
        row.next_on = referrals.call_by(day_of(now))
        row.save()
        if row.reached_through or row.post_address:
            companions.name_other_way(
                resident_id=resident_id,
                who=row.reached_through or helper,
                phone=row.organisation.phone if row.reached_through else "",
                address=row.post_address,
                organisation_id=row.organisation_id,
                now=now,
            )
        residents.tell(
            sent.help_request_id, at=now, words=TOGETHER, values={"helper": helper}, kind="together"
        )


@transaction.atomic
def decline(*, actor: Actor, preparation_id: UUID, reason: str, now: datetime) -> None:
    """The practice says no, and why. The host goes on holding her, with a new next date."""
    gate.require_act(actor, "preparation.decide")
    rules.check_reason(reason)
    row = _locked(actor, preparation_id, "decide")
    with gate.as_system("een aanvraag gaat terug naar het steunpunt"):
        row.state, row.decided_at, row.decided_by_name = State.DECLINED, now, actor.name
        row.reason = reason.strip()[:600]
        row.next_on = rules.answer_by(day_of(now), days=1)
        row.save()
    _note(actor, row, "preparation.decline", "om een aanvraag te beoordelen", now)


@transaction.atomic
def withdraw(*, actor: Actor, preparation_id: UUID, now: datetime) -> None:
    """She does not want it any more, or she was helped otherwise. Twice is once."""
    row = _locked(actor, preparation_id, "follow")
    if row.state == State.WITHDRAWN:
        return
    if row.state == State.CONFIRMED:
        raise Conflict(
            "preparation_confirmed",
            happened="De praktijk heeft dit al bevestigd.",
            why="Het is nu haar eigen vraag.",
            now_what="Wil zij stoppen? Dat kan zij zelf, of samen met u, op haar eigen pagina.",
        )
    row.state, row.decided_at, row.decided_by_name = State.WITHDRAWN, now, actor.name
    row.save(update_fields=["state", "decided_at", "decided_by_name"])
    _note(actor, row, "preparation.withdraw", "omdat u dit niet meer wilde", now)


@transaction.atomic
def hand_over_card(*, actor: Actor, preparation_id: UUID, pin: str, now: datetime) -> str:
    """Her card's code, once, by the host who has her at the table; she typed the pin herself just now."""
    row = _locked(actor, preparation_id, "follow")
    late = row.decided_at is None or now > row.decided_at + timedelta(days=rules.CARD_DAYS)
    if row.state != State.CONFIRMED or row.resident_id is None or row.card_given_at is not None or late:
        raise gate.not_here()
    row.card_given_at = now
    row.save(update_fields=["card_given_at"])
    _note(actor, row, "card.renew", "om u een kaart te geven", now)
    with gate.as_system("de kaart geven bij het steunpunt"):
        choose_own_pin(row.resident_id, pin, now=now)
        return residents.give_card(row.resident_id, now=now).code


def _note(actor: Actor, row: Preparation, event_type: str, purpose: str, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type=event_type,
        resident_id=row.resident_id,
        object_kind="preparation",
        object_id=row.pk,
        part="uw aanvraag",
        purpose=purpose,
        now=now,
    )


def forget_words(*, now: datetime) -> int:
    """Empty what was decided more than thirty days ago. Returns how many."""
    before = now - timedelta(days=rules.WORDS_KEPT_DAYS)
    with gate.as_system("woorden van oude aanvragen wissen"):
        old = Preparation.objects.filter(decided_at__lt=before).exclude(name="")
        return old.update(
            name="", phone="", reached_through="", post_address="", question="", wishes="", reason=""
        )
