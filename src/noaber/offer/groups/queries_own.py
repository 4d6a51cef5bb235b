"""What a resident sees of her own groups, and what a referrer sees of whom she signed up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.network.residents.models import HelpRequest
from noaber.offer.groups import queries, seats, words
from noaber.offer.groups.models import Attendance, Enrolment
from noaber.offer.groups.types import GroupCard

Status = Enrolment.Status
PART = "uw plek in een groep"


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """One group of hers: where she stands, and what she can do."""

    id: UUID
    group: GroupCard
    status: str
    status_label: str
    position: int | None
    offer_until: datetime | None
    waits_since: datetime
    ended_at: datetime | None
    shares_phone: bool
    placed_by: str
    times_there: int

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done any more."""
        return self.status not in Enrolment.LIVING


def own_places(actor: Actor, *, now: datetime) -> list[OwnPlace]:
    """Her groups, those that live first; written in the log."""
    if actor.resident_id is None:
        raise gate.not_here()
    mine = gate.visible(actor, "own", Enrolment.objects.all(), resource="enrolment")
    rows = list(mine.select_related("placed_by").order_by("-waits_since"))
    audit.record_reads(
        actor=actor,
        residents=[actor.resident_id] if rows else [],
        event_type="groups.own",
        object_kind="enrolment",
        part=PART,
        purpose="om uw eigen groepen te zien",
        now=now,
    )
    found = queries.rows().filter(pk__in=[row.group_id for row in rows])
    groups = {card.id: card for card in queries.cards(found, now=now)}
    was = Attendance.objects.filter(enrolment__in=rows, state=Attendance.State.PRESENT)
    there: dict[UUID, int] = {}
    for enrolment_id in was.values_list("enrolment_id", flat=True):
        there[enrolment_id] = there.get(enrolment_id, 0) + 1
    places = [_own(row, groups[row.group_id], there.get(row.pk, 0)) for row in rows]
    return sorted(places, key=lambda place: (place.is_over, -place.waits_since.timestamp()))


def _own(row: Enrolment, card: GroupCard, times: int) -> OwnPlace:
    return OwnPlace(
        id=row.pk,
        group=card,
        status=row.status,
        status_label=str(words.OWN[Status(row.status)]),
        position=position_of(row) if row.status == Status.WAITING else None,
        offer_until=row.offer_until,
        waits_since=row.waits_since,
        ended_at=row.ended_at,
        shares_phone=row.shares_phone,
        placed_by=row.placed_by.name if row.placed_by else "",
        times_there=times,
    )


def position_of(row: Enrolment) -> int:
    """Her place on the list: 1 is next."""
    with gate.as_system(seats.COUNTING):
        before = Enrolment.objects.filter(
            group_id=row.group_id, status=Status.WAITING, waits_since__lt=row.waits_since
        )
        return before.count() + 1


def own_place_in(actor: Actor, group_id: UUID) -> Enrolment | None:
    """Her living enrolment in this group; shows nothing of her, so it logs nothing."""
    if actor.resident_id is None:
        return None
    mine = gate.visible(actor, "own", Enrolment.objects.all(), resource="enrolment")
    return mine.filter(group_id=group_id, status__in=Enrolment.LIVING).first()


def own_place(actor: Actor, enrolment_id: UUID) -> Enrolment:
    """One of hers, to ask whether she is sure."""
    mine = Enrolment.objects.select_related("group")
    return gate.get(actor, "own", mine, resource="enrolment", pk=enrolment_id)


@dataclass(frozen=True, slots=True)
class Placing:
    """What a referrer chooses from for one person, and where that person already stands."""

    request_id: UUID
    code: str
    groups: list[GroupCard]
    placed: list[tuple[str, str, datetime]]


def placing(actor: Actor, help_request_id: UUID, *, kind: str = "", now: datetime) -> Placing:
    """The groups for the resident of this request, those of her municipality first; written in the log."""
    gate.require_act(actor, "groups.place")
    found = HelpRequest.objects.select_related("municipality")
    row = gate.get(actor, "read", found, resource="help_request", pk=help_request_id)
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="groups.placing",
        resident_id=row.resident_id,
        object_kind="help_request",
        object_id=row.pk,
        part=PART,
        purpose="om een groep voor u te zoeken",
        now=now,
    )
    listed = queries.catalogue(row.region_id, queries.Wanted(kind=kind), now=now)
    near = row.municipality.slug
    mine = gate.visible(actor, "see", Enrolment.objects.all(), resource="enrolment")
    placed = [
        (one.group.title, str(words.STAFF[Status(one.status)]), one.waits_since)
        for one in mine.filter(resident_id=row.resident_id).select_related("group").order_by("-waits_since")
    ]
    return Placing(
        request_id=row.pk,
        code=row.code,
        groups=sorted(listed, key=lambda c: (c.municipality_slug != near, not c.places.open_to_new)),
        placed=placed,
    )
