"""What may be counted of groups: fill, attendance and change, with small groups hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from noaber.ground.small_cells import SMALLEST_CELL
from noaber.hallway.access import gate
from noaber.hallway.ui.formatting import number, percentage
from noaber.offer.groups import rules, seats
from noaber.offer.groups.models import (
    Attendance,
    CostShare,
    Enrolment,
    Group,
    LeaderHours,
    Measure,
)

COUNTING = "cijfers over groepen tellen"


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One group in figures. None where few people stand behind it: then nobody can be found."""

    people: int | None
    attendance: float | None
    change: float | None
    change_of: int | None
    sessions_held: int


def of_groups(groups: Iterable[Group]) -> dict[UUID, GroupFigures]:
    """Fill, attendance and change of these groups; of a group of three no figure about people shows."""
    ids = [group.pk for group in groups]
    ever = (*Enrolment.SEATED, Enrolment.Status.LEFT, Enrolment.Status.FINISHED)
    with gate.as_system(COUNTING):
        people = dict(
            Enrolment.objects.filter(group_id__in=ids, status__in=ever, placed_at__isnull=False)
            .values_list("group_id")
            .annotate(n=Count("pk"))
        )
        noted = {
            row["session__group_id"]: row
            for row in Attendance.objects.filter(session__group_id__in=ids)
            .values("session__group_id")
            .annotate(
                noted=Count("pk"),
                present=Count("pk", filter=Q(state=Attendance.State.PRESENT)),
                who=Count("enrolment", distinct=True),
                held=Count("session", distinct=True),
            )
        }
        scores: dict[UUID, dict[UUID, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        for group_id, who, when, score in Measure.objects.filter(enrolment__group_id__in=ids).values_list(
            "enrolment__group_id", "enrolment_id", "moment", "score"
        ):
            scores[group_id][who][when] = score
    found = {}
    for pk in ids:
        row = noted.get(pk, {"noted": 0, "present": 0, "who": 0, "held": 0})
        pairs = [(both["start"], both["end"]) for both in scores[pk].values() if len(both) == 2]
        change = rules.mean_change(pairs)
        total = people.get(pk, 0)
        found[pk] = GroupFigures(
            people=total if total >= SMALLEST_CELL else None,
            attendance=rules.attendance_share(row["present"], row["noted"], row["who"]),
            change=change[0] if change else None,
            change_of=change[1] if change else None,
            sessions_held=row["held"],
        )
    return found


def lines(group: Group, *, now: datetime) -> list[tuple[str, str]]:
    """The figures of one group in words, as they are kept with a decision."""
    one, places = of_groups([group])[group.pk], seats.places_of([group])[group.pk]
    few = _("minder dan %(n)s mensen") % {"n": SMALLEST_CELL}
    return [
        (_("Plekken"), str(places.most)),
        (_("Bezet"), str(places.taken) if places.taken >= SMALLEST_CELL or not places.taken else few),
        (_("Wachten"), str(places.waiting) if places.waiting >= SMALLEST_CELL or not places.waiting else few),
        (_("Bijeenkomsten gehouden"), str(one.sessions_held)),
        (_("Aanwezig"), percentage(one.attendance) if one.attendance is not None else few),
        (
            _("Verandering van 'hoe gaat het' (0-10)"),
            f"{one.change:+.1f}".replace(".", ",") + f" (n = {one.change_of})"
            if one.change is not None
            else few,
        ),
    ]


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Hours that one organisation made in a group, its share, and what it owes (positive) or has coming."""

    group_id: UUID
    group: str
    organisation: str
    hours: Decimal
    share: Decimal | None
    settles: Decimal | None


def settlement(groups: Iterable[Group], from_on: date, until_on: date) -> list[HoursRow]:
    """Hours by group and organisation over days (both ends included), against the agreed shares."""
    listed = list(groups)
    made: dict[UUID, dict[UUID, Decimal]] = defaultdict(dict)
    names: dict[UUID, str] = {}
    rows = (
        LeaderHours.objects.filter(leader__group__in=listed, day__range=(from_on, until_on))
        .values("leader__group_id", "leader__organisation_id", "leader__organisation__name")
        .annotate(total=Sum("hours"))
    )
    for row in rows:
        made[row["leader__group_id"]][row["leader__organisation_id"]] = row["total"]
        names[row["leader__organisation_id"]] = row["leader__organisation__name"]
    shares: dict[UUID, dict[UUID, Decimal]] = defaultdict(dict)
    for share in CostShare.objects.filter(group__in=listed).select_related("organisation"):
        shares[share.group_id][share.organisation_id] = share.percent
        names[share.organisation_id] = share.organisation.name
    found = []
    for group in sorted(listed, key=lambda one: (one.title, str(one.pk))):
        hours, agreed = made[group.pk], shares[group.pk]
        owed = rules.split(hours, agreed) if agreed else {}
        found += [
            HoursRow(
                group_id=group.pk,
                group=group.title,
                organisation=names[who],
                hours=hours.get(who, Decimal(0)),
                share=agreed.get(who),
                settles=owed.get(who),
            )
            for who in sorted({*hours, *(agreed if hours else {})}, key=lambda one: names[one])
        ]
    return found


def decimal_words(value: Decimal | None) -> str:
    """A number with one decimal and a comma, empty when there is none."""
    return "" if value is None else number(float(value), 1)
