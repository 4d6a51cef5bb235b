"""What steering may count of groups: how many met, and in which part of the noted attendance people were.

Only groups and numbers are shown: never who takes part. Attendance of few people is hidden.
"""

from __future__ import annotations

from base64 import b32encode
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.utils.crypto import salted_hmac

from noaber.ground.metrics import CountedItem, Figure, Metric
from noaber.ground.small_cells import SMALLEST_CELL
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.offer.groups.models import Attendance, Group, Session

COUNTING = "groepen tellen voor de regio"


def pseudonym(group_id: UUID) -> str:
    """A short name for a group in addresses."""
    digest = salted_hmac("noaber.groups.pseudonym", str(group_id), algorithm="sha256").digest()
    return "G-" + b32encode(digest).decode()[:8]


def _held(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> QuerySet[Session]:
    """Sessions of the period that were held and noted, as it was known at that instant."""
    begin, end = clock.at(from_on, 0), clock.at(until_on + timedelta(days=1), 0)
    return Session.objects.filter(
        group__region_id=region_id,
        cancelled=False,
        held_at__lte=as_of,
        during__startswith__gte=begin,
        during__startswith__lt=end,
    )


def _figure(
    value: float | None, n: int, numerator: int | None, from_on: date, until_on: date, as_of: datetime
) -> Figure:
    return Figure(
        value=value,
        n=n,
        numerator=numerator,
        later=0,
        left_out=0,
        unknown=0,
        from_on=from_on,
        until_on=until_on,
        as_of=as_of,
    )


def groups_held(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """How many groups met in the period."""
    n = _held(region_id, from_on, until_on, as_of).values("group_id").distinct().count()
    return _figure(float(n), n, None, from_on, until_on, as_of)


def group_items(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> tuple[CountedItem, ...]:
    """Each group that met, from its first session of the period."""
    held = {
        row["group_id"]: row
        for row in _held(region_id, from_on, until_on, as_of)
        .values("group_id")
        .annotate(first=Min("during__startswith"), noted=Min("held_at"), n=Count("pk"))
    }
    groups = Group.objects.filter(pk__in=held).select_related("municipality", "organisation")
    found = [
        CountedItem(
            pseudonym=pseudonym(group.pk),
            happened_at=held[group.pk]["first"],
            recorded_at=held[group.pk]["noted"],
            sequence=1,
            mode=group.form,
            composition=(),
            outcome_class=group.kind,
            outcome_known=True,
            place_id=group.municipality_id or group.organisation_id,
            label=group.title,
            facts=(
                ("Gemeente", group.municipality.name if group.municipality else "hele regio"),
                ("Organisatie", group.organisation.name),
                ("Bijeenkomsten", str(held[group.pk]["n"])),
            ),
        )
        for group in groups
    ]
    return tuple(sorted(found, key=lambda item: (item.happened_at, item.label, item.pseudonym)))


def without_session(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> int:
    """How many groups are open in the period and have no noted session."""
    met = _held(region_id, from_on, until_on, as_of).values("group_id")
    living = Group.objects.filter(region_id=region_id, state__in=(Group.State.OPEN, Group.State.CLOSED))
    began = living.filter(starts_on__lte=until_on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=from_on))
    return began.exclude(pk__in=met).count()


def attendance(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """In which part of the noted attendance people were there; hidden when few people stand behind it."""
    with gate.as_system(COUNTING):
        rows = Attendance.objects.filter(session__in=_held(region_id, from_on, until_on, as_of))
        counted = rows.aggregate(
            noted=Count("pk"),
            present=Count("pk", filter=Q(state=Attendance.State.PRESENT)),
            people=Count("enrolment", distinct=True),
        )
    if counted["people"] < SMALLEST_CELL:
        return _figure(None, 0, None, from_on, until_on, as_of)
    share = counted["present"] / counted["noted"]
    return _figure(share, counted["noted"], counted["present"], from_on, until_on, as_of)


METRICS = (
    Metric(
        key="groups_held",
        definition=(
            "Een groep telt als er in de periode minstens één bijeenkomst was waarvan is opgeschreven wie er "
            "was. Een groep telt één keer, hoe vaak zij ook bij elkaar kwam. Wie meedoet, telt hier niet."
        ),
        unit="groepen",
        count=groups_held,
        items=group_items,
        waiting=without_session,
        adds_up=False,
        things="groepen",
    ),
    Metric(
        key="group_attendance",
        definition=(
            "Het deel van de opgeschreven aanwezigheid waarin iemand er was. Afgemeld en niet gekomen tellen "
            "als niet aanwezig. Staan er minder dan vijf mensen achter, dan staat er geen cijfer."
        ),
        unit="deel",
        count=attendance,
        items=group_items,
        waiting=without_session,
        adds_up=False,
        things="groepen",
    ),
)
"""What this room can count for steering."""
