"""Support points as anyone may read them: where they are, when they open, what is on. No visitor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.offer.directory.models import Schedule, Service
from noaber.offer.directory.queries import Sought
from noaber.offer.directory.queries_shown import Differs, Starting, day_of, is_holiday
from noaber.offer.directory.types_record import ScheduleRecord
from noaber.offer.support_points import rules
from noaber.offer.support_points.models import Capacity, ProgrammeItem, SpecialDay, SupportPoint
from noaber.offer.support_points.types import Hours, Point, PointDay, Special, Spot, Weekly

WEEK = 7
LOOK_AHEAD = 28
USUAL_WEEKS = 4


def rows() -> QuerySet[SupportPoint]:
    """Points with everything that `read` needs, in five queries however many points."""
    return SupportPoint.objects.select_related(
        "organisation", "service__municipality", "service__merged_into__municipality"
    ).prefetch_related(
        "service__at_places__place",
        "service__schedules",
        "service__merged_into__at_places__place",
        "service__merged_into__schedules",
    )


def there_on(day: date) -> Q:
    """Points that exist on this day."""
    return Q(opened_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def points(region_id: UUID, *, on: date) -> list[Point]:
    """The points of a region that are there on a day and whose entry lives, by name."""
    found = [read(row) for row in rows().filter(there_on(on), region_id=region_id) if _living(row)]
    return sorted(found, key=lambda one: (one.name.casefold(), str(one.point_id)))


def point(point_id: UUID) -> Point:
    """One point, of any region; also one that ended."""
    row = rows().filter(pk=point_id).first()
    if row is None:
        raise gate.not_here()
    return read(row)


def entry_of(row: SupportPoint) -> Service:
    """The entry that lives on, also after a merge."""
    return row.service.merged_into or row.service


def _living(row: SupportPoint) -> bool:
    return entry_of(row).active


def read(row: SupportPoint) -> Point:
    """A row of `rows` as a point."""
    entry = entry_of(row)
    at = sorted(entry.at_places.all(), key=lambda one: str(one.pk))
    place = at[0].place if at else None
    town = entry.municipality
    return Point(
        point_id=row.pk,
        service_id=entry.pk,
        region_id=row.region_id,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        name=entry.name,
        text=entry.description,
        kind=row.kind,
        municipality=town.slug if town else "",
        municipality_id=entry.municipality_id,
        municipality_name=town.name if town else "",
        street=place.street if place else "",
        postal_code=place.postal_code if place else "",
        city=(place.city if place else "") or (town.name if town else ""),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        accessibility=place.accessibility if place else "",
        phone=entry.phone,
        email=entry.email,
        website=entry.website,
        languages=tuple(entry.languages),
        min_age=entry.min_age,
        max_age=entry.max_age,
        recovery_phases=tuple(sorted(row.recovery_phases)),
        platform_name=row.platform_name,
        platform_url=row.platform_url,
        opened_on=row.opened_on,
        ended_on=row.ended_on,
        temporarily_closed=entry.status == Service.Status.CLOSED,
        alert=entry.alert,
        version=row.version,
        schedules=tuple(_schedule(one) for one in entry.schedules.all()),
    )


def _schedule(one: Schedule) -> ScheduleRecord:
    return ScheduleRecord(
        weekdays=tuple(one.weekdays),
        every_weeks=one.every_weeks,
        opens_at=one.opens_at,
        closes_at=one.closes_at,
        valid_from=one.valid_from,
        valid_until=one.valid_until,
        notes=one.notes,
    )


def days(found: Sequence[Point], *, from_on: date, n: int = WEEK) -> dict[UUID, tuple[PointDay, ...]]:
    """The days of each point from a day on: hours, holidays, other hours on a day, and what is on."""
    ids = [one.point_id for one in found]
    last = from_on + timedelta(days=n - 1)
    special = _specials(ids, from_on, last)
    programme = _programme(ids, from_on, last)
    dates = [from_on + timedelta(days=ahead) for ahead in range(n)]
    return {
        one.point_id: tuple(
            _day(one, on, special.get((one.point_id, on)), programme[one.point_id]) for on in dates
        )
        for one in found
    }


def _day(one: Point, on: date, special: Special | None, items: Iterable[Weekly]) -> PointDay:
    closed = one.temporarily_closed or not one.exists_on(on)
    return rules.day_at(
        on,
        () if closed else _slots(one, on),
        holiday=is_holiday(on),
        special=None if closed else special,
        items=items,
    )


def _slots(one: Point, on: date) -> tuple[Hours, ...]:
    return tuple(
        Hours(slot.opens, slot.closes, slot.notes)
        for slot in day_of(one.schedules, on).slots
        if slot.opens is not None and slot.closes is not None
    )


def _specials(ids: Iterable[UUID], first: date, last: date) -> dict[tuple[UUID, date], Special]:
    found = {}
    for row in SpecialDay.objects.filter(point_id__in=list(ids), on__range=(first, last)):
        hours = (Hours(row.opens_at, row.closes_at),) if row.opens_at and row.closes_at else ()
        found[row.point_id, row.on] = Special(row.on, hours, row.why)
    return found


def _programme(ids: Iterable[UUID], first: date, last: date) -> dict[UUID, list[Weekly]]:
    found: dict[UUID, list[Weekly]] = defaultdict(list)
    once = Q(on__range=(first, last))
    weekly = Q(on__isnull=True, valid_from__lte=last) & (
        Q(valid_until__isnull=True) | Q(valid_until__gte=first)
    )
    for row in ProgrammeItem.objects.filter(once | weekly, point_id__in=list(ids)).order_by(
        "starts_at", "pk"
    ):
        found[row.point_id].append(weekly_of(row))
    return found


def weekly_of(row: ProgrammeItem) -> Weekly:
    """What is on, as it is kept."""
    return Weekly(
        item_id=row.pk,
        title=row.title,
        text=row.text,
        weekday=row.weekday,
        on=row.on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def spots(region_id: UUID, *, on: date, kinds: Iterable[str] = ()) -> list[Spot]:
    """Points with a known place for a computation, with the hours of their entry and what they can hold."""
    wanted = set(kinds)
    found = [
        one
        for one in points(region_id, on=on)
        if one.latitude is not None and one.longitude is not None and (not wanted or one.kind in wanted)
    ]
    holds = capacity_on([one.point_id for one in found], on)
    return [
        Spot(
            point_id=one.point_id,
            name=one.name,
            kind=one.kind,
            municipality=one.municipality,
            latitude=one.latitude or 0.0,
            longitude=one.longitude or 0.0,
            hours_a_week=hours_a_week(one, on),
            min_age=one.min_age,
            max_age=one.max_age,
            capacity=tuple(sorted((m, v) for (who, m), v in holds.items() if who == one.point_id)),
        )
        for one in found
    ]


def usual_days(one: Point, first: date, last: date) -> tuple[PointDay, ...]:
    """The days of the weekly hours alone, as long as the point is there: no holiday is open."""
    span = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return tuple(
        day
        for on in span
        if one.exists_on(on)
        for day in [rules.day_at(on, _slots(one, on), holiday=is_holiday(on), special=None, items=())]
        if day.hours
    )


def usual_week(one: Point, on: date) -> tuple[PointDay, ...]:
    """Seven days from a day on as the weekly hours say, whatever the calendar says."""
    span = (on + timedelta(days=ahead) for ahead in range(WEEK))
    return tuple(PointDay(day, _slots(one, day)) for day in span)


def hours_a_week(one: Point, on: date) -> float:
    """The open hours of a usual week, over four weeks from a day on, without holidays and special days."""
    span = [on + timedelta(days=ahead) for ahead in range(WEEK * USUAL_WEEKS)]
    usual = [PointDay(day, _slots(one, day)) for day in span]
    return round(rules.hours_in(usual) / USUAL_WEEKS, 2)


def capacity_on(
    point_ids: Iterable[UUID], day: date, *, as_of: datetime | None = None
) -> dict[tuple[UUID, str], float]:
    """What each point holds on a day per measure: the last row up to that day."""
    found = Capacity.objects.filter(point_id__in=list(point_ids), from_on__lte=day)
    if as_of is not None:
        found = found.filter(recorded_at__lte=as_of)
    return {
        (row.point_id, row.measure): float(row.value)
        for row in found.order_by("point_id", "measure", "from_on", "recorded_at")
    }


def days_that_differ(service_ids: Iterable[UUID]) -> dict[UUID, Differs]:
    """The special days of the points behind these entries, for the pages of the directory."""
    found: dict[UUID, dict[date, tuple[tuple[time, time, str], ...]]] = defaultdict(dict)
    kept = SpecialDay.objects.filter(
        Q(point__service__in=list(service_ids)) | Q(point__service__merged_into__in=list(service_ids))
    )
    for row in kept.select_related("point__service"):
        entry = row.point.service.merged_into_id or row.point.service_id
        hours = ((row.opens_at, row.closes_at, row.why),) if row.opens_at and row.closes_at else ()
        found[entry][row.on] = hours
    return dict(found)


def opening_this_week(sought: Sought, now: datetime) -> tuple[Starting, ...]:
    """Points whose door opens within seven days, for whoever wants something this week."""
    here = now.astimezone(clock.AMSTERDAM)
    found = [
        one
        for one in points(sought.region_id, on=here.date())
        if not sought.municipality or one.municipality == sought.municipality
    ]
    week = days(found, from_on=here.date())
    told = []
    for one in found:
        door = rules.door_at(week[one.point_id], here)
        if not door.open_now and door.next_on is None:
            continue
        when = now
        if not door.open_now and door.next_on and door.next_at:
            when = clock.at(door.next_on, door.next_at.hour, door.next_at.minute)
        told.append(
            Starting(
                name=one.name,
                kind="inloop",
                address=f"/steunpunten/{one.point_id}/",
                municipality=one.municipality,
                place=one.city,
                latitude=one.latitude,
                longitude=one.longitude,
                when=when,
                min_age=one.min_age,
                max_age=one.max_age,
                terms=("walk_in",),
                service_id=one.service_id,
            )
        )
    return tuple(told)
