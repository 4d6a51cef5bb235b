"""How the region that this actor steers is covered. Reads only; nothing here is about a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from uuid import UUID

from noaber.hallway.access.types import Actor
from noaber.knowledge.reachability import Reachability, reachability_on
from noaber.knowledge.support_points import measures
from noaber.network.partners import queries as partners
from noaber.network.partners import queries_places
from noaber.network.partners.models import Municipality, Region
from noaber.offer.directory import queries_gaps
from noaber.offer.directory.queries_shown import day_of
from noaber.offer.directory.types_record import ScheduleRecord
from noaber.offer.support_points import queries as points
from noaber.offer.support_points import queries_region
from noaber.offer.support_points.coverage import bridge
from noaber.offer.support_points.coverage.people import homes_of
from noaber.offer.support_points.coverage.types import Asked, Door, Standing
from noaber.offer.support_points.types import Point

USUAL_DAYS = 28
SATURDAY = 6
HOURS = "hours_a_week"


def steered(actor: Actor) -> Region:
    """The region that this actor steers."""
    return partners.region(queries_region.steered(actor))


def standing(actor: Actor, asked: Asked, *, today: date) -> Standing | None:
    """How the region of this actor stands for this question; None when nothing is known of where people
    live."""
    region = steered(actor)
    table = reachability_on(today)
    towns = partners.municipalities_of(region.pk)
    missed = queries_gaps.asked_in_vain(actor, region.pk, today=today)
    homes = homes_of(
        [(t.slug, t.name, t.inhabitants or 0, t.latitude, t.longitude) for t in towns],
        queries_places.localities(region.pk),
        _needs(towns, missed),
        table,
    )
    found = points.points(region.pk, on=today)
    held = points.capacity_on([one.point_id for one in found], today)
    doors = [door_of(one, today, table, held.get((one.point_id, HOURS))) for one in found if _stands(one)]
    return bridge.stand(
        asked,
        homes,
        doors,
        _wanted(region, towns, today),
        table,
        without_place=tuple(one.name for one in found if one.latitude is None or one.longitude is None),
    )


def _stands(one: Point) -> bool:
    return one.latitude is not None and one.longitude is not None and not one.temporarily_closed


def _needs(towns: Iterable[Municipality], missed: dict[UUID | None, int]) -> dict[str, float]:
    """Questions in vain per municipality; those that did not say where are left out, not guessed."""
    return {town.slug: float(missed.get(town.pk, 0)) for town in towns}


def _wanted(region: Region, towns: list[Municipality], today: date) -> dict[str, float]:
    """The open hours that the region wants in all, spread over municipalities by inhabitants."""
    agreed = [line for line in queries_region.growth_lines(region, on=today) if line.measure == HOURS]
    people = sum(town.inhabitants or 0 for town in towns)
    if not agreed or not people:
        return {}
    whole = agreed[0].growth.zero + agreed[0].growth.wanted
    return {town.slug: whole * (town.inhabitants or 0) / people for town in towns}


def door_of(one: Point, on: date, table: Reachability, measured: float | None) -> Door:
    """A point as the computation sees it. What nobody measured follows from the hours of its entry, for the
    kinds for which hours are a measure."""
    day, evening, weekend = minutes_by_part(one.schedules, on, table)
    usual = (day + evening + weekend) / 60 if one.kind in measures()[HOURS].kinds else 0.0
    return Door(
        point_id=one.point_id,
        name=one.name,
        municipality=one.municipality,
        latitude=one.latitude or 0.0,
        longitude=one.longitude or 0.0,
        day_minutes=day,
        evening_minutes=evening,
        weekend_minutes=weekend,
        counted_hours=usual if measured is None else measured,
    )


def minutes_by_part(
    schedules: Sequence[ScheduleRecord], on: date, table: Reachability
) -> tuple[int, int, int]:
    """Minutes a week by day, in the evening and in the weekend: over four weeks, without exceptions."""
    day = evening = weekend = 0
    for ahead in range(USUAL_DAYS):
        at = on + timedelta(days=ahead)
        for slot in day_of(schedules, at).slots:
            if slot.opens is None or slot.closes is None:
                continue
            whole = _minutes(slot.closes) - _minutes(slot.opens)
            late = max(0, _minutes(slot.closes) - max(_minutes(slot.opens), _minutes(table.evening_from)))
            if at.isoweekday() >= SATURDAY:
                weekend += whole
            else:
                evening += late
                day += whole - late
    weeks = USUAL_DAYS // 7
    return round(day / weeks), round(evening / weeks), round(weekend / weeks)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
