"""Giving places, with the row of the group locked: nobody gets a place twice and nobody is passed by.

The caller let the actor through, and works as the house itself while somebody else's row must be counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from noaber.hallway.access import gate
from noaber.hallway.clock import day_of
from noaber.hallway.outbox import services as outbox
from noaber.knowledge.groups import rules_on
from noaber.offer.directory import services as directory
from noaber.offer.groups import errors, rules
from noaber.offer.groups.events import PlaceAccepted
from noaber.offer.groups.models import Enrolment, Group
from noaber.offer.groups.types import Places, Standing

Status = Enrolment.Status
COUNTING = "plekken tellen"
GIVING = "een plek in een groep geven"
NOBODY = Places(most=0)


def lock(group_id: UUID) -> Group:
    """The group, held until the end of this transaction: who gives its places comes one after the other."""
    row = Group.objects.select_for_update(of=("self",)).filter(pk=group_id).first()
    if row is None:
        raise gate.not_here()
    return row


def places_of(groups: Iterable[Group]) -> dict[UUID, Places]:
    """The places of these groups, in numbers alone."""
    most = {group.pk: group.max_places for group in groups}
    if not most:
        return {}
    with gate.as_system(COUNTING):
        rows = (
            Enrolment.objects.filter(group_id__in=most, status__in=Enrolment.LIVING)
            .values("group_id")
            .annotate(
                taken=Count("pk", filter=Q(status__in=Enrolment.SEATED)),
                offered=Count("pk", filter=Q(status=Status.OFFERED)),
                waiting=Count("pk", filter=Q(status=Status.WAITING)),
                asked=Count("pk", filter=Q(status=Status.ASKED)),
            )
        )
        counted = {row["group_id"]: row for row in rows}
    return {pk: _places(number, counted.get(pk, {})) for pk, number in most.items()}


def _places(most: int, row: Mapping[str, Any]) -> Places:
    counts = {name: row.get(name, 0) for name in ("taken", "offered", "waiting", "asked")}
    return Places(most=most, **counts)


def standing_of(group: Group, places: Places, *, now: datetime) -> Standing:
    """How this group stands at this instant."""
    return rules.standing(
        group.state,
        starts_on=group.starts_on,
        ends_on=group.ends_on,
        joins=group.join_while_running,
        places=places,
        today=day_of(now),
    )


def check_takes_people(group: Group, places: Places, *, now: datetime) -> None:
    """Refuse when nobody can sign up any more, not even for the waiting list."""
    stands = standing_of(group, places, now=now)
    began = group.starts_on <= day_of(now)
    if not rules.may_join(stands, joins=group.join_while_running, began=began):
        raise errors.takes_nobody()


def free_seat(group: Group) -> int | None:
    """A place that nobody holds; as the house itself, under the lock."""
    taken = Enrolment.objects.filter(group=group, seat__isnull=False).values_list("seat", flat=True)
    return rules.first_free([seat for seat in taken if seat is not None], group.max_places)


def _left_for(group: Group, row: Enrolment, among: tuple[str, ...]) -> bool:
    """Whether a place is left for her when everybody of these statuses who came before her has one."""
    before = Enrolment.objects.filter(
        group=group, status__in=among, waits_since__lte=row.waits_since
    ).exclude(pk=row.pk)
    held = Enrolment.objects.filter(group=group, status__in=Enrolment.SEATED).count()
    return group.max_places - held - before.count() > 0


def put_in(group: Group, row: Enrolment, *, now: datetime) -> bool:
    """Give a place when one is left for who comes now, else the end of the list; whether she has a place.

    Who signed up earlier, confirmed or not, keeps her turn: a place is left only when all of them have one.
    """
    if _left_for(group, row, (Status.WAITING, Status.ASKED)):
        seat = free_seat(group)
        if seat is not None:
            seat_her(group, row, seat, now=now)
            return True
    row.status = Status.WAITING
    row.save()
    return False


def seat_her(group: Group, row: Enrolment, seat: int, *, now: datetime) -> None:
    """She has this place. It confirms the entry of the group in the directory, and the house is told."""
    row.status, row.seat = Status.PLACED, seat
    row.placed_at, row.offer_until = now, None
    row.save()
    if group.service_id is not None:
        directory.confirm(
            service_id=group.service_id,
            kind="started",
            on=day_of(now),
            by=group.organisation.name,
            reference=f"groups:{row.pk}",
            now=now,
        )
    outbox.publish(
        PlaceAccepted(enrolment_id=row.pk, group_id=group.pk, resident_id=row.resident_id, at=now), now=now
    )


def first_waiting(group: Group) -> Enrolment | None:
    """Who is next: the longest on the list."""
    return Enrolment.objects.filter(group=group, status=Status.WAITING).order_by("waits_since", "pk").first()


def offer_seat(row: Enrolment, seat: int, *, now: datetime) -> None:
    """Hold a place for her until the day that the rules say, at the end of that day's hour."""
    row.status, row.seat = Status.OFFERED, seat
    row.offered_at = now
    row.offer_until = now + timedelta(days=rules_on(day_of(now)).offer_days)
    row.save()


def end(row: Enrolment, status: str, *, now: datetime) -> None:
    """She is out: her place, if she had one, is free."""
    row.status, row.seat = status, None
    row.ended_at = now
    row.save()


def pass_on(group: Group, *, now: datetime) -> list[Enrolment]:
    """Offer every free place to who waits longest, as long as there are both; who got one.

    A place stays for who came earlier and was not spoken with yet.
    """
    got: list[Enrolment] = []
    comes_in = group.join_while_running or group.starts_on > day_of(now)
    while group.state == Group.State.OPEN and comes_in:
        seat, row = free_seat(group), first_waiting(group)
        if seat is None or row is None or not _left_for(group, row, (Status.ASKED,)):
            break
        offer_seat(row, seat, now=now)
        got.append(row)
    return got


def run_out(group: Group, *, now: datetime) -> list[Enrolment]:
    """End the offers that nobody answered in time and offer those places to the next; who got one."""
    late = Enrolment.objects.filter(group=group, status=Status.OFFERED, offer_until__lte=now)
    ended = list(late)
    for row in ended:
        end(row, Status.EXPIRED, now=now)
    return pass_on(group, now=now) if ended else []
