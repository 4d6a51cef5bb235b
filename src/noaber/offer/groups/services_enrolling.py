"""Signing up, being placed, an offered place and its answer, and leaving; with the row of the group held."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from noaber.ground.phones import read_phone
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts import throttle
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.knowledge.groups import rules_on
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest
from noaber.offer.groups import errors, seats, telling
from noaber.offer.groups.models import Enrolment, Group
from noaber.offer.groups.types import Newcomer

log = logging.getLogger(__name__)
Status = Enrolment.Status
PURPOSE = "om u een plek in een groep te geven"
PART = "uw plek in een groep"
DAY = timedelta(days=1)


# --- coming in --------------------------------------------------------------------------------------------


@transaction.atomic
def enrol_herself(
    *, actor: Actor, group_id: UUID, shares_phone: bool, once_key: str, now: datetime
) -> Enrolment:
    """A resident signs up by one press: a place when one is free, else the end of the list. Twice is once."""
    if actor.resident_id is None:
        raise gate.not_here()
    group = seats.lock(group_id)
    if group.state == Group.State.PROPOSED:
        raise gate.not_here()
    row = _living(group, resident_id=actor.resident_id)
    if row is not None:
        return row
    if group.needs_referral:
        raise errors.needs_referral()
    seats.check_takes_people(group, seats.places_of([group])[group.pk], now=now)
    row = Enrolment(
        group=group,
        resident_id=actor.resident_id,
        way=Enrolment.Way.OWN,
        waits_since=now,
        shares_phone=shares_phone,
        agreed_at=now,
        once_key=_fresh(once_key),
    )
    with gate.as_system(seats.GIVING):
        seats.put_in(group, row, now=now)
    note(actor, row, audit.Action.CREATE, "groups.enrolled", now)
    return row


@transaction.atomic
def sign_up_without_page(
    *,
    group_id: UUID,
    newcomer: Newcomer,
    shares_phone: bool,
    address: str,
    once_key: str,
    now: datetime,
) -> Enrolment | None:
    """Someone without a page asks for a place; the leaders ring her. Name and numbers are sealed.

    She keeps her turn from now on, and has no place before the leaders confirmed. The same number twice in a
    group is once. None when this address or this group had too many today: nothing was kept, and the page
    answers instead of raising, so that the count stays.
    """
    group = seats.lock(group_id)
    if group.state == Group.State.PROPOSED:
        raise gate.not_here()
    if group.needs_referral:
        raise errors.needs_referral()
    phone = read_phone(newcomer.phone)
    if phone is None:
        raise errors.wrong(
            "phone", "Dit is geen telefoonnummer.", "Kijk het nummer na. De rest staat er nog."
        )
    if not newcomer.name.strip():
        raise errors.wrong("name", "Vul in hoe u heet.")
    key = throttle.fingerprint(f"groups:{group.pk}", phone)
    with gate.as_system("een aanmelding bewaren"):
        found = Enrolment.objects.filter(group=group, person_key=key, status__in=Enrolment.LIVING).first()
        if found is not None:
            return found
        seats.check_takes_people(group, seats.places_of([group])[group.pk], now=now)
        limits = rules_on(day_of(now))
        calm = throttle.allows(
            "groups.address", address, limit=limits.sign_ups_from_one_address, window=DAY, now=now
        ) and throttle.allows(
            "groups.group", str(group.pk), limit=limits.sign_ups_for_one_group, window=DAY, now=now
        )
        if not calm:
            return None
        return Enrolment.objects.create(
            group=group,
            name=newcomer.name.strip()[:120],
            phone=phone,
            email=newcomer.email.strip()[:200],
            person_key=key,
            way=Enrolment.Way.WITHOUT_PAGE,
            status=Status.ASKED,
            waits_since=now,
            shares_phone=True if newcomer.phone else shares_phone,
            agreed_at=now,
            once_key=_fresh(once_key),
        )


@transaction.atomic
def place_by_referral(
    *,
    actor: Actor,
    group_id: UUID,
    help_request_id: UUID,
    agreed: bool,
    shares_phone: bool,
    once_key: str,
    now: datetime,
) -> Enrolment:
    """A referrer or guide signs up the resident of a request that is hers, when the resident wants that."""
    gate.require_act(actor, "groups.place")
    request = gate.get(actor, "read", HelpRequest.objects.all(), resource="help_request", pk=help_request_id)
    mine = [g.organisation_id for g in actor.grants if g.role in {Role.REFERRER, Role.GUIDE}]
    holder = request.holder_organisation_id
    group = seats.lock(group_id)
    if group.state == Group.State.PROPOSED or group.region_id != request.region_id:
        raise gate.not_here()
    if not agreed:
        raise errors.no_consent()
    row = _living(group, resident_id=request.resident_id)
    if row is not None:
        return row
    seats.check_takes_people(group, seats.places_of([group])[group.pk], now=now)
    row = Enrolment(
        group=group,
        resident_id=request.resident_id,
        way=Enrolment.Way.REFERRED,
        placed_by_id=holder if holder in mine else mine[0],
        placed_by_account_id=actor.account_id,
        waits_since=now,
        shares_phone=shares_phone,
        agreed_at=now,
        once_key=_fresh(once_key),
    )
    with gate.as_system(seats.GIVING):
        seats.put_in(group, row, now=now)
        residents.tell(
            request.pk,
            at=now,
            words="U bent aangemeld voor de groep %(group)s.",
            values={"group": group.title},
            kind="groups.enrolled",
            by=actor.name,
        )
    note(actor, row, audit.Action.CREATE, "groups.enrolled", now)
    return row


def _fresh(once_key: str) -> str:
    """This key, or a new one when a form that was used before comes back for somebody else."""
    with gate.as_system(seats.COUNTING):
        return uuid4().hex if Enrolment.objects.filter(once_key=once_key).exists() else once_key


def _living(group: Group, *, resident_id: UUID) -> Enrolment | None:
    with gate.as_system(seats.COUNTING):
        return Enrolment.objects.filter(
            group=group, resident_id=resident_id, status__in=Enrolment.LIVING
        ).first()


@transaction.atomic
def place_formed(
    *,
    group_id: UUID,
    resident_id: UUID | None,
    newcomer: Newcomer | None = None,
    placed_by_id: UUID | None,
    waits_since: datetime,
    shares_phone: bool,
    once_key: str,
    now: datetime,
) -> Enrolment:
    """Somebody from a provider's list comes into a formed group. The caller asked access and her yes.

    She keeps the turn that she had on that list. Twice is once.
    """
    group = seats.lock(group_id)
    with gate.as_system(seats.GIVING):
        found = Enrolment.objects.filter(group=group, once_key=once_key).first()
        if found is not None:
            return found
        if resident_id is not None and (row := _living(group, resident_id=resident_id)) is not None:
            return row
        row = Enrolment(
            group=group,
            resident_id=resident_id,
            way=Enrolment.Way.FORMED,
            placed_by_id=placed_by_id,
            waits_since=waits_since,
            shares_phone=shares_phone,
            agreed_at=now,
            once_key=once_key,
        )
        if newcomer is not None:
            phone = read_phone(newcomer.phone) or newcomer.phone.strip()
            row.name, row.phone, row.email = newcomer.name.strip(), phone, newcomer.email.strip()
            row.person_key = throttle.fingerprint(f"groups:{group.pk}", phone) if phone else ""
        seats.put_in(group, row, now=now)
    return row


# --- what the leaders do ----------------------------------------------------------------------------------


def _managed(actor: Actor, enrolment_id: UUID) -> tuple[Group, Enrolment]:
    """The enrolment for a leader of its group, with the group locked before its state is read."""
    seen = gate.get(actor, "manage", Enrolment.objects.all(), resource="enrolment", pk=enrolment_id)
    group = seats.lock(seen.group_id)
    return group, Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment_id)


@transaction.atomic
def confirm(*, actor: Actor, enrolment_id: UUID, now: datetime) -> Enrolment:
    """A leader spoke with who signed up: she gets a place, or her turn on the list. Twice is once."""
    group, row = _managed(actor, enrolment_id)
    if row.status == Status.ASKED:
        with gate.as_system(seats.GIVING):
            seats.put_in(group, row, now=now)
        note(actor, row, audit.Action.UPDATE, "groups.confirmed", now)
    return row


@transaction.atomic
def refuse(*, actor: Actor, enrolment_id: UUID, now: datetime) -> Enrolment:
    """The group is not right for her, or she could not be reached. Her place, if any, goes to the next."""
    group, row = _managed(actor, enrolment_id)
    if row.status in Enrolment.LIVING:
        seats.end(row, Status.LEFT if row.status == Status.PLACED else Status.REFUSED, now=now)
        pass_on(group, now=now)
        note(actor, row, audit.Action.UPDATE, "groups.refused", now)
    return row


@transaction.atomic
def offer(*, actor: Actor, enrolment_id: UUID, ahead_because: str = "", now: datetime) -> Enrolment:
    """Offer a free place to who waits longest, or to another with a reason.

    Raises:
        Conflict: no place is left, or she no longer waits.
        Invalid: somebody waits longer and no reason was given.
    """
    group, row = _managed(actor, enrolment_id)
    if row.status == Status.OFFERED:
        return row
    if row.status != Status.WAITING:
        raise errors.moved_on()
    first, seat = seats.first_waiting(group), seats.free_seat(group)
    if seat is None:
        raise errors.no_place_left()
    if first is not None and first.pk != row.pk:
        if not ahead_because:
            raise errors.not_in_turn()
        row.ahead_because = ahead_because
    seats.offer_seat(row, seat, now=now)
    telling.tell_offer(row, now=now)
    note(actor, row, audit.Action.UPDATE, "groups.offered", now)
    return row


@transaction.atomic
def answer_for_her(*, actor: Actor, enrolment_id: UUID, accepts: bool, now: datetime) -> Enrolment:
    """A leader writes down what she said on the phone."""
    group, row = _managed(actor, enrolment_id)
    _answer(group, row, accepts=accepts, now=now)
    note(actor, row, audit.Action.UPDATE, "groups.answered", now)
    return row


# --- what she does herself --------------------------------------------------------------------------------


def _own(actor: Actor, enrolment_id: UUID) -> tuple[Group, Enrolment]:
    seen = gate.get(actor, "own", Enrolment.objects.all(), resource="enrolment", pk=enrolment_id)
    group = seats.lock(seen.group_id)
    return group, Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment_id)


@transaction.atomic
def answer(*, actor: Actor, enrolment_id: UUID, accepts: bool, now: datetime) -> Enrolment:
    """She takes the place that was offered, or not. The same answer twice is once."""
    group, row = _own(actor, enrolment_id)
    _answer(group, row, accepts=accepts, now=now)
    note(actor, row, audit.Action.UPDATE, "groups.answered", now)
    return row


@transaction.atomic
def withdraw(*, actor: Actor, enrolment_id: UUID, now: datetime) -> Enrolment:
    """She no longer wants to. Her place goes to who waits longest. Twice is once."""
    group, row = _own(actor, enrolment_id)
    if row.status in Enrolment.LIVING:
        seats.end(row, Status.LEFT if row.status == Status.PLACED else Status.WITHDRAWN, now=now)
        pass_on(group, now=now)
        note(actor, row, audit.Action.UPDATE, "groups.withdrawn", now)
    return row


def _answer(group: Group, row: Enrolment, *, accepts: bool, now: datetime) -> None:
    if (accepts and row.status == Status.PLACED) or (not accepts and row.status == Status.DECLINED):
        return
    if row.status == Status.EXPIRED:
        raise errors.offer_over()
    if row.status != Status.OFFERED or row.seat is None:
        raise errors.moved_on()
    if accepts and row.offer_until is not None and row.offer_until <= now:
        raise errors.offer_over()
    if accepts:
        with gate.as_system(seats.GIVING):
            seats.seat_her(group, row, row.seat, now=now)
        return
    with gate.as_system(seats.GIVING):
        seats.end(row, Status.DECLINED, now=now)
    pass_on(group, now=now)


# --- what the house does ----------------------------------------------------------------------------------


def pass_on(group: Group, *, now: datetime) -> None:
    """Offer what is free to who waits, and tell them; with the row of the group held."""
    with gate.as_system(seats.GIVING):
        for row in seats.pass_on(group, now=now):
            telling.tell_offer(row, now=now)


def run_out(*, now: datetime) -> int:
    """End every offer that nobody answered in time and offer it to the next; how many were offered anew.

    A group that fails does not keep the places of the others; the job then ends as failed, for the operator.
    """
    with gate.as_system("verlopen aanbod doorgeven"):
        late = Enrolment.objects.filter(status=Status.OFFERED, offer_until__lte=now)
        groups = sorted(set(late.values_list("group_id", flat=True)))
    offered = 0
    failed: Exception | None = None
    for group_id in groups:
        try:
            with transaction.atomic(), gate.as_system("verlopen aanbod doorgeven"):
                got = seats.run_out(seats.lock(group_id), now=now)
                for row in got:
                    telling.tell_offer(row, now=now)
        except Exception as fault:
            log.exception("the places of a group could not go on")
            failed = fault
        else:
            offered += len(got)
    if failed is not None:
        raise failed
    return offered


def note(actor: Actor, row: Enrolment, action: str, event_type: str, now: datetime) -> None:
    """One line in the log; without a page it is about a row, and no person can be found by it."""
    audit.record(
        actor=actor,
        action=action,
        event_type=event_type,
        resident_id=row.resident_id,
        object_kind="enrolment",
        object_id=row.pk,
        part=PART,
        purpose=PURPOSE,
        now=now,
    )
