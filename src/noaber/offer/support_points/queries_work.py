"""What a host, her organisation and the region read of their points: counts of visits, never of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import TruncMonth

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.knowledge.support_points import characteristics
from noaber.offer.directory.models import Service
from noaber.offer.support_points import queries, rules
from noaber.offer.support_points.models import (
    BedNight,
    Capacity,
    ProgrammeItem,
    SelfAssessment,
    SpecialDay,
    SupportPoint,
    VisitCount,
    WarmReferral,
)
from noaber.offer.support_points.types import Answer, Assessment, Beds, Point, Weekly

WEEKS_SHOWN = 8
FAVOURITES = 6
FAVOURITES_DAYS = 365


@dataclass(frozen=True, slots=True)
class DayCount:
    """The visits of one day, by part of the day."""

    on: date
    total: int
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Target:
    """Somewhere a host can refer to."""

    service_id: UUID
    name: str
    where: str
    times: int


@dataclass(frozen=True, slots=True)
class Referred:
    """A warm referral: where to and how."""

    on: date
    to_name: str
    how: str


@dataclass(frozen=True, slots=True)
class HostPage:
    """Everything that the page of a host shows of today."""

    point: Point
    today: DayCount
    week: tuple[DayCount, ...]
    weeks: tuple[tuple[date, int], ...]
    targets: tuple[Target, ...]
    elsewhere: tuple[Target, ...]
    referred: tuple[Referred, ...]
    beds: Beds | None
    night: date
    may_manage: bool


def ours(actor: Actor) -> list[Point]:
    """The points at which this actor works that are not over, by name."""
    gate.require_act(actor, "support_points.open")
    found = [queries.read(row) for row in _visible(actor, "work")]
    return sorted((one for one in found if one.ended_on is None), key=lambda one: one.name.casefold())


def _visible(actor: Actor, action: str) -> QuerySet[SupportPoint]:
    return gate.visible(actor, action, queries.rows(), resource="support_point")


def host_page(actor: Actor, point_id: UUID, *, at: datetime) -> HostPage:
    """The page of a host at a local moment."""
    row = gate.get(actor, "work", queries.rows(), resource="support_point", pk=point_id)
    point, today = queries.read(row), at.date()
    week = day_counts(point_id, today - timedelta(days=6), today)
    night = rules.night_of(at)
    targets, elsewhere = _targets(point, today)
    return HostPage(
        point=point,
        today=week[-1],
        week=week,
        weeks=week_counts(point_id, today),
        targets=targets,
        elsewhere=elsewhere,
        referred=tuple(
            Referred(one.on, one.to_name, one.get_how_display())
            for one in WarmReferral.objects.filter(point_id=point_id).order_by("-on", "-recorded_at")[:5]
        ),
        beds=beds_of(point_id, night) if point.kind == SupportPoint.Kind.RESPITE else None,
        night=night,
        may_manage=gate.allowed(actor, "manage", row, resource="support_point"),
    )


def day_counts(point_id: UUID, first: date, last: date) -> tuple[DayCount, ...]:
    """The visits of each day of a span, also days without any."""
    found: dict[date, dict[str, int]] = defaultdict(dict)
    counted = VisitCount.objects.filter(point_id=point_id, on__range=(first, last))
    for on, part, n in (
        counted.values_list("on", "part").annotate(n=Sum("change")).values_list("on", "part", "n")
    ):
        found[on][part] = n
    span = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    return tuple(
        DayCount(on, sum(found[on].values()), tuple((part, found[on].get(part, 0)) for part in rules.PARTS))
        for on in span
    )


def week_counts(point_id: UUID, today: date) -> tuple[tuple[date, int], ...]:
    """The visits of the last weeks by their Monday; the last one is not over."""
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS_SHOWN - 1)
    found: dict[date, int] = defaultdict(int)
    counted = VisitCount.objects.filter(point_id=point_id, on__range=(first, today))
    for on, n in counted.values_list("on").annotate(n=Sum("change")):
        found[on - timedelta(days=on.weekday())] += n
    mondays = [first + timedelta(weeks=ahead) for ahead in range(WEEKS_SHOWN)]
    return tuple((one, found[one]) for one in mondays)


def _targets(point: Point, today: date) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """Where this point refers most, filled up with what is near; and the rest of the region by name."""
    since = today - timedelta(days=FAVOURITES_DAYS)
    often = dict(
        WarmReferral.objects.filter(point_id=point.point_id, on__gt=since, service__isnull=False)
        .values_list("service_id")
        .annotate(n=Count("pk"))
    )
    living = (
        Service.objects.filter(region_id=point.region_id, status=Service.Status.ACTIVE)
        .exclude(pk=point.service_id)
        .values_list("pk", "name", "municipality__name", "municipality_id")
    )
    every = [
        (pk, name, town or "", often.get(pk, 0), home == point.municipality_id)
        for pk, name, town, home in living
    ]
    every.sort(key=lambda one: (-one[3], not one[4], one[1].casefold()))
    told = [Target(pk, name, town, n) for pk, name, town, n, _near in every]
    rest = sorted(told[FAVOURITES:], key=lambda one: one.name.casefold())
    return tuple(told[:FAVOURITES]), tuple(rest)


def beds_of(point_id: UUID, night: date) -> Beds | None:
    """The beds of a night, when somebody wrote them down."""
    row = BedNight.objects.filter(point_id=point_id, night=night).first()
    if row is None:
        return None
    return Beds(row.night, row.beds, row.occupied, row.version, row.by_name, row.recorded_at)


def beds_tonight(point_id: UUID, at: datetime) -> Beds | None:
    """The beds of the night that is or comes at a local moment."""
    return beds_of(point_id, rules.night_of(at))


def coming_specials(point_id: UUID, today: date) -> list[SpecialDay]:
    """The days from today that differ from the week."""
    return list(SpecialDay.objects.filter(point_id=point_id, on__gte=today).order_by("on"))


def programme(point_id: UUID, today: date) -> list[Weekly]:
    """What is on and not over, weekly before once."""
    kept = ProgrammeItem.objects.filter(point_id=point_id).order_by("weekday", "on", "starts_at", "pk")
    return [
        queries.weekly_of(row)
        for row in kept
        if (row.on is None or row.on >= today) and (row.valid_until is None or row.valid_until >= today)
    ]


def capacities(point_ids: Iterable[UUID]) -> list[Capacity]:
    """What was measured, newest first."""
    return list(
        Capacity.objects.filter(point_id__in=list(point_ids)).order_by("-from_on", "measure", "-recorded_at")
    )


def assessments(actor: Actor, point_id: UUID) -> tuple[Point, tuple[Assessment, ...]]:
    """The stories that a point told about itself, newest first."""
    row = gate.get(actor, "read", queries.rows(), resource="support_point", pk=point_id)
    kept = SelfAssessment.objects.filter(point=row).order_by("-version")
    return queries.read(row), tuple(assessment_of(one) for one in kept)


def assessment_of(row: SelfAssessment) -> Assessment:
    """One version with the words of the list."""
    return Assessment(
        version=row.version,
        written_on=row.written_on,
        with_whom=row.with_whom,
        by_name=row.by_name,
        answers=tuple(
            Answer(
                one.code,
                one.label,
                one.means,
                row.answers.get(one.code, {}).get("text", ""),
                row.answers.get(one.code, {}).get("evidence", ""),
                row.answers.get(one.code, {}).get("following", ""),
            )
            for one in characteristics()
        ),
    )


def last_assessed(point_ids: Sequence[UUID]) -> dict[UUID, date]:
    """When each point last told about itself."""
    found = SelfAssessment.objects.filter(point_id__in=point_ids).values_list("point_id")
    return dict(found.annotate(on=Max("written_on")))


def visits_between(point_ids: Sequence[UUID], first: date, last: date) -> dict[UUID, int]:
    """The visits per point over a span of days, both ends included."""
    counted = VisitCount.objects.filter(point_id__in=point_ids, on__range=(first, last))
    return dict(counted.values_list("point_id").annotate(n=Sum("change")))


def monthly(point_ids: Sequence[UUID], *, last: date, months: int = 24) -> tuple[tuple[date, int], ...]:
    """The visits of these points together per month, by its first day; the last month may not be over."""
    span = [_month(last, back) for back in range(months - 1, -1, -1)]
    counted = VisitCount.objects.filter(point_id__in=point_ids, on__range=(span[0], last))
    found = dict(counted.annotate(month=TruncMonth("on")).values_list("month").annotate(n=Sum("change")))
    return tuple((month, found.get(month, 0)) for month in span)


def _month(day: date, back: int) -> date:
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
