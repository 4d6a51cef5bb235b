"""Acts on the one thread. Every act leaves a line in the history that the resident can read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_noop

from noaber.ground.errors import Conflict
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.accounts.services import open_account
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.outbox.services import publish
from noaber.network.partners.queries import works_at
from noaber.network.residents import rules
from noaber.network.residents.asking import answer_question as answer_question
from noaber.network.residents.asking import ask as ask
from noaber.network.residents.events import HelpRequestPostponed, HelpRequestStopped
from noaber.network.residents.models import (
    HelpRequest,
    Involvement,
    MeanwhileChoice,
    Postponement,
    Preferences,
    Resident,
)
from noaber.network.residents.preferring import save_wishes as save_wishes
from noaber.network.residents.reaching import ENCLOSED as ENCLOSED
from noaber.network.residents.reaching import can_be_reached as can_be_reached
from noaber.network.residents.reaching import reach as reach
from noaber.network.residents.reaching import register_guard as register_guard
from noaber.network.residents.reaching import register_other_way as register_other_way
from noaber.network.residents.services_card import NO_ENTRY as NO_ENTRY
from noaber.network.residents.services_card import give_card as give_card
from noaber.network.residents.services_card import is_own_pin as is_own_pin
from noaber.network.residents.services_card import open_with_card as open_with_card
from noaber.network.residents.telling import tell as tell
from noaber.network.residents.telling import told as told
from noaber.network.residents.types import Card, NewHelpRequest, NewResident

Part = Involvement.Part
Phase = HelpRequest.Phase


@transaction.atomic
def open_help_request(
    *,
    actor: Actor,
    resident: NewResident,
    request: NewHelpRequest,
    region_id: UUID,
    municipality_id: UUID,
    referrer_account_id: UUID | None,
    referrer_organisation_id: UUID,
    planner_organisation_id: UUID | None,
    next_on: date,
    now: datetime,
) -> tuple[UUID, Card]:
    """Open the thread for a new resident and give her a card to sign in with.

    Two residents with the same name stay two: nobody is merged silently. Returns the id of the help
    request and the card, which can be shown only now.
    """
    account_id = open_account(name="Inwoner", now=now)
    person = Resident.objects.create(
        account_id=account_id,
        name=resident.name,
        phone=resident.phone,
        email=resident.email,
        language=resident.language,
        municipality_id=municipality_id,
        created_at=now,
    )
    if resident.has_wishes:
        Preferences.objects.create(
            resident=person,
            mode=request.mode,
            gender=resident.gender,
            may_text=resident.may_text,
            may_leave_message=resident.may_leave_message,
            may_post=bool(resident.post_address),
            post_address=resident.post_address,
        )
    thread = HelpRequest.objects.create(
        code=_next_code(),
        resident=person,
        region_id=region_id,
        municipality_id=municipality_id,
        question=request.question,
        wishes=request.wishes,
        mode=request.mode,
        language=request.language,
        received_at=now,
        next_on=next_on,
        next_step=gettext_noop("Uw vaste persoon belt u"),
    )
    involve(
        thread.pk,
        part=Part.REFERRER,
        account_id=referrer_account_id,
        organisation_id=referrer_organisation_id,
        now=now,
    )
    if planner_organisation_id is not None:
        involve(
            thread.pk, part=Part.PLANNER, account_id=None, organisation_id=planner_organisation_id, now=now
        )
    tell(thread.pk, at=now, words=gettext_noop("Uw vraag is binnen"), by=actor.name, kind="received")
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        event_type="help_request.open",
        resident_id=person.pk,
        object_kind="help_request",
        object_id=thread.pk,
        part="uw vraag",
        purpose="om uw vraag te sturen",
        now=now,
    )
    return thread.pk, give_card(person.pk, now=now)


def _next_code() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('help_request_code')")
        return f"V-{cursor.fetchone()[0]}"


def involve(
    help_request_id: UUID, *, part: str, account_id: UUID | None, organisation_id: UUID, now: datetime
) -> None:
    """Give an account or an organisation a living part in this thread; twice is once."""
    Involvement.objects.get_or_create(  # type: ignore[misc]  # no account: the whole organisation
        help_request_id=help_request_id,
        part=part,
        account_id=account_id,
        organisation_id=organisation_id,
        until=None,
        defaults={"since": now},
    )


def release(help_request_id: UUID, *, part: str, account_id: UUID | None = None, now: datetime) -> None:
    """End a part in this thread: from now on it opens nothing."""
    living = Involvement.objects.filter(help_request_id=help_request_id, part=part, until__isnull=True)
    if account_id is not None:
        living = living.filter(account_id=account_id)
    living.update(until=now)


@transaction.atomic
def take_hold(
    *, help_request_id: UUID, account_id: UUID, name: str, organisation_id: UUID, now: datetime
) -> None:
    """Let someone hold this request: the one fixed person with a number. A former holder lets go."""
    thread = HelpRequest.objects.select_for_update().get(pk=help_request_id)
    if thread.holder_id == account_id:
        return
    release(help_request_id, part=Part.HOLDER, now=now)
    involve(
        help_request_id, part=Part.HOLDER, account_id=account_id, organisation_id=organisation_id, now=now
    )
    thread.holder_id = account_id
    thread.holder_organisation_id = organisation_id
    thread.save(update_fields=["holder", "holder_organisation"])
    tell(
        help_request_id,
        at=now,
        words=gettext_noop("%(name)s is vanaf nu uw vaste persoon"),
        values={"name": name},
        kind="holder",
        by=name,
    )


def let_go_of_held(*, account_id: UUID, organisation_id: UUID, now: datetime) -> int:
    """Let go of all open requests that someone held at this organisation. Returns how many.

    Unless another role there still lets this person hold them.
    """
    if works_at(account_id, organisation_id, on=day_of(now)):
        return 0
    held = HelpRequest.objects.select_for_update().filter(
        holder_id=account_id, holder_organisation_id=organisation_id, phase__in=HelpRequest.OPEN
    )
    count = 0
    for thread in held:
        thread.holder_id = None
        thread.holder_organisation_id = None
        thread.save(update_fields=["holder", "holder_organisation"])
        release(thread.pk, part=Part.HOLDER, account_id=account_id, now=now)
        words = gettext_noop("Wij zoeken een nieuwe vaste persoon voor u")
        tell(thread.pk, at=now, words=words, kind="holder_left")
        count += 1
    return count


@transaction.atomic
def move_on(
    *,
    help_request_id: UUID,
    phase: str,
    next_on: date | None,
    next_step: str,
    now: datetime,
    closed_because: str = "",
) -> None:
    """Set where the thread is and what comes next. A closed thread stays closed.

    `next_step` is a msgid: it is translated when it is shown.
    """
    thread = HelpRequest.objects.select_for_update().get(pk=help_request_id)
    if thread.phase == Phase.CLOSED and phase != Phase.CLOSED:
        raise Conflict(
            "help_request_closed",
            happened="Deze vraag is al afgerond.",
            why="Iemand heeft hem gesloten terwijl u bezig was.",
            now_what="Kijk in de geschiedenis wie dat deed, en bel die persoon.",
        )
    thread.phase, thread.next_on, thread.next_step = phase, next_on, next_step
    thread.closed_at = now if phase == Phase.CLOSED else None
    thread.closed_because = closed_because
    thread.save(update_fields=["phase", "next_on", "next_step", "closed_at", "closed_because"])
    if phase == Phase.CLOSED:
        for part in (Part.GUIDE, Part.PLANNER):
            release(help_request_id, part=part, now=now)


@transaction.atomic
def choose_meanwhile(
    *, actor: Actor, help_request_id: UUID, service_id: UUID, service_name: str, now: datetime
) -> None:
    """The resident starts something while she waits; choosing it twice is choosing it once."""
    thread = HelpRequest.objects.select_for_update().filter(pk=help_request_id).first()
    thread = gate.require(actor, "steer", thread, resource="help_request")
    _, fresh = MeanwhileChoice.objects.get_or_create(
        help_request=thread, service_id=service_id, defaults={"service_name": service_name, "chosen_at": now}
    )
    if fresh:
        offer_meanwhile(help_request_id=help_request_id, words=service_name)
        words = gettext_noop("U koos: %(what)s")
        tell(help_request_id, at=now, words=words, values={"what": service_name}, kind="meanwhile")


@transaction.atomic
def let_go_of_meanwhile(*, actor: Actor, help_request_id: UUID, service_id: UUID, now: datetime) -> None:
    """The resident takes a choice back; the one before it, if any, counts again."""
    thread = HelpRequest.objects.select_for_update().filter(pk=help_request_id).first()
    thread = gate.require(actor, "steer", thread, resource="help_request")
    choice = MeanwhileChoice.objects.filter(help_request=thread, service_id=service_id).first()
    if choice is None:
        return
    choice.delete()
    if thread.meanwhile == choice.service_name:
        left = MeanwhileChoice.objects.filter(help_request=thread).order_by("-chosen_at").first()
        offer_meanwhile(help_request_id=help_request_id, words=left.service_name if left else "")
    words = gettext_noop("U koos toch niet: %(what)s")
    tell(help_request_id, at=now, words=words, values={"what": choice.service_name}, kind="meanwhile")


def offer_meanwhile(*, help_request_id: UUID, words: str) -> None:
    """Note what can start for her in the meantime."""
    HelpRequest.objects.filter(pk=help_request_id).update(meanwhile=words[:200])


@transaction.atomic
def postpone(*, actor: Actor, help_request_id: UUID, until_on: date, now: datetime) -> None:
    """The resident wants to wait until `until_on`. Those days are counted apart, never hidden."""
    thread = HelpRequest.objects.select_for_update().filter(pk=help_request_id).first()
    thread = gate.require(actor, "steer", thread, resource="help_request")
    today = day_of(now)
    if thread.phase not in (Phase.RECEIVED, Phase.PLANNED):
        raise rules.nothing_to_postpone()
    rules.check_postponement(from_on=today, until_on=until_on, today=today)
    Postponement.objects.create(help_request=thread, from_on=today, until_on=until_on, asked_at=now)
    tell(help_request_id, at=now, words=gettext_noop("U wilde even wachten"), kind="postponed")
    if thread.phase == Phase.RECEIVED:
        move_on(
            help_request_id=help_request_id,
            phase=Phase.RECEIVED,
            next_on=until_on,
            next_step=gettext_noop("Wij plannen uw gesprek weer"),
            now=now,
        )
    publish(HelpRequestPostponed(help_request_id=help_request_id, until_on=until_on), now=now)


@transaction.atomic
def stop(*, actor: Actor, help_request_id: UUID, now: datetime) -> None:
    """The resident stops. Her appointments are cancelled by those who listen."""
    thread = HelpRequest.objects.select_for_update().filter(pk=help_request_id).first()
    thread = gate.require(actor, "steer", thread, resource="help_request")
    if thread.phase == Phase.CLOSED:
        return
    tell(help_request_id, at=now, words=gettext_noop("U stopte met uw vraag"), kind="stopped")
    move_on(
        help_request_id=help_request_id,
        phase=Phase.CLOSED,
        next_on=None,
        next_step="",
        now=now,
        closed_because=rules.STOPPED_BY_RESIDENT,
    )
    publish(HelpRequestStopped(help_request_id=help_request_id), now=now)


@transaction.atomic
def take_up_again(*, actor: Actor, help_request_id: UUID, now: datetime) -> None:
    """The resident changes her mind after she stopped, within `TAKE_UP_DAYS`.

    The planning office that had it gets it back. The days in between count as days she postponed herself.
    """
    thread = HelpRequest.objects.select_for_update().filter(pk=help_request_id).first()
    thread = gate.require(actor, "steer", thread, resource="help_request")
    today = day_of(now)
    rules.check_taking_up(closed_at=thread.closed_at, because=thread.closed_because, now=now)
    stopped_on = day_of(thread.closed_at) if thread.closed_at else today
    office = thread.involvements.filter(part=Part.PLANNER).order_by("-since").first()
    if office is not None:
        involve(
            help_request_id,
            part=Part.PLANNER,
            account_id=None,
            organisation_id=office.organisation_id,
            now=now,
        )
    if today > stopped_on:
        Postponement.objects.create(help_request=thread, from_on=stopped_on, until_on=today, asked_at=now)
    thread.phase, thread.closed_at, thread.closed_because = Phase.RECEIVED, None, ""
    thread.next_on = today + timedelta(days=1)
    thread.next_step = gettext_noop("Wij plannen een nieuwe dag")
    thread.save(update_fields=["phase", "closed_at", "closed_because", "next_on", "next_step"])
    tell(help_request_id, at=now, words=gettext_noop("U ging toch verder met uw vraag"), kind="taken_up")
