"""What the region reads of its points: visits, capacity against zero and the wanted growth, documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from noaber.ground.small_cells import SMALLEST_CELL, hide_small
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.knowledge.support_points import capacity_definition, measures
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Region
from noaber.offer.support_points import queries, queries_work
from noaber.offer.support_points.models import PlanDocument, SupportPoint, WantedGrowth
from noaber.offer.support_points.rules import Growth
from noaber.offer.support_points.types import Point

PERIOD_DAYS = 91


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point in the overview. `visits` is None when it is hidden: few people would stand behind it."""

    point: Point
    visits: int | None
    before: int | None
    capacity: tuple[tuple[str, float], ...]
    told_on: date | None
    ended: bool


@dataclass(frozen=True, slots=True)
class GrowthLine:
    """The growth that was agreed in one measure, and what there is of it."""

    measure: str
    label: str
    unit: str
    counts: bool
    growth: Growth
    zero_on: date
    by_on: date
    agreed_words: str
    version: int
    items: tuple[tuple[str, float, float], ...]
    """Each point: its name, what it held at zero, what it holds now."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The page of who steers the region."""

    region: Region
    first: date
    last: date
    lines: tuple[PointLine, ...]
    hidden_together: int | None
    total: int
    by_place: tuple[tuple[str, int], ...]
    growth: tuple[GrowthLine, ...]
    doubt: str
    documents: tuple[PlanDocument, ...]


def steered(actor: Actor) -> UUID:
    """The region that this actor steers."""
    gate.require_act(actor, "support_points.steer")
    regions = actor.regions(Role.PROGRAMME_MANAGER)
    if not regions:
        raise gate.not_here()
    return regions[0]


def overview(actor: Actor, *, today: date) -> Overview:
    """The points of the region that this actor steers, with their visits of the last quarter of a year."""
    region = partners.region(steered(actor))
    first, last = today - timedelta(days=PERIOD_DAYS - 1), today
    found = [
        queries.read(row)
        for row in queries.rows().filter(Q(ended_on__isnull=True) | Q(ended_on__gt=first), region=region)
    ]
    found = sorted(
        (one for one in found if one.opened_on <= last), key=lambda one: (one.municipality_name, one.name)
    )
    ids = [one.point_id for one in found]
    now = dict.fromkeys(ids, 0) | queries_work.visits_between(ids, first, last)
    earlier = queries_work.visits_between(ids, first - timedelta(days=PERIOD_DAYS), first - timedelta(days=1))
    safe = hide_small(now, ids)
    holds = queries.capacity_on(ids, today)
    told = queries_work.last_assessed(ids)
    places: dict[str, int] = {}
    for one in found:
        places[one.municipality_name] = places.get(one.municipality_name, 0) + one.exists_on(today)
    return Overview(
        region=region,
        first=first,
        last=last,
        lines=tuple(
            PointLine(
                point=one,
                visits=safe.shown.get(one.point_id),
                before=_shown(earlier.get(one.point_id, 0), hidden=one.point_id in safe.hidden),
                capacity=tuple(
                    (m, v) for (who, m), v in sorted(holds.items(), key=str) if who == one.point_id
                ),
                told_on=told.get(one.point_id),
                ended=not one.exists_on(today),
            )
            for one in found
        ),
        hidden_together=safe.together,
        total=sum(now.values()),
        by_place=tuple(sorted(places.items())),
        growth=tuple(growth_lines(region, on=today)),
        doubt=_doubt(region.slug, today),
        documents=tuple(documents(region.pk)),
    )


def _shown(n: int, *, hidden: bool) -> int | None:
    return None if hidden or 0 < n < SMALLEST_CELL else n


def _doubt(region: str, on: date) -> str:
    found = capacity_definition(region, on)
    return found.doubt if found else ""


def newest_growth(region_id: UUID, *, as_of: datetime | None = None) -> list[WantedGrowth]:
    """The version of the agreed growth that holds, per measure."""
    kept = WantedGrowth.objects.filter(region_id=region_id)
    if as_of is not None:
        kept = kept.filter(recorded_at__lte=as_of)
    found = {row.measure: row for row in kept.order_by("measure", "version")}
    return list(found.values())


def growth_lines(region: Region, *, on: date, as_of: datetime | None = None) -> list[GrowthLine]:
    """What was agreed and what there is of it on a day, measure by measure; what counts comes first."""
    counted = capacity_definition(region.slug, on)
    lines = [
        _line(region, row, on, counted.counts if counted else "", as_of)
        for row in newest_growth(region.pk, as_of=as_of)
    ]
    return sorted(lines, key=lambda one: (not one.counts, one.label))


def _line(region: Region, row: WantedGrowth, on: date, counts: str, as_of: datetime | None) -> GrowthLine:
    every = [queries.read(one) for one in queries.rows().filter(region=region, opened_on__lte=on)]
    ids = [one.point_id for one in every]
    zero = _held(every, queries.capacity_on(ids, row.zero_on, as_of=as_of), row.measure, row.zero_on)
    now = _held(every, queries.capacity_on(ids, on, as_of=as_of), row.measure, on)
    known = measures()[row.measure]
    return GrowthLine(
        measure=row.measure,
        label=known.label,
        unit=known.unit,
        counts=row.measure == counts,
        growth=Growth(sum(zero.values()), sum(now.values()), float(row.wanted)),
        zero_on=row.zero_on,
        by_on=row.by_on,
        agreed_words=row.agreed_words,
        version=row.version,
        items=tuple(
            (one.name, zero.get(one.point_id, 0.0), now.get(one.point_id, 0.0))
            for one in sorted(every, key=lambda one: one.name.casefold())
            if one.point_id in zero or one.point_id in now
        ),
    )


def _held(
    every: list[Point], held: dict[tuple[UUID, str], float], measure: str, on: date
) -> dict[UUID, float]:
    """What each point that is there on a day holds; an ended point holds nothing."""
    return {
        one.point_id: held[one.point_id, measure]
        for one in every
        if one.exists_on(on) and (one.point_id, measure) in held
    }


def documents(region_id: UUID, *, as_of: datetime | None = None) -> list[PlanDocument]:
    """The newest version of each document."""
    kept = PlanDocument.objects.filter(region_id=region_id)
    if as_of is not None:
        kept = kept.filter(recorded_at__lte=as_of)
    return list({row.kind: row for row in kept.order_by("kind", "version")}.values())


def points_ever(region_id: UUID, *, as_of: datetime) -> list[Point]:
    """Every point that was known at an instant, also those that ended, by the day on which they opened."""
    kept = queries.rows().filter(region_id=region_id, recorded_at__lte=as_of).order_by("opened_on", "pk")
    return [queries.read(row) for row in kept]


def written_down(region_id: UUID, *, before: datetime) -> dict[UUID, datetime]:
    """When each point was written down, without those whose entry is not shown since before an instant."""
    kept = SupportPoint.objects.filter(region_id=region_id).select_related("service__merged_into")
    found = {}
    for row in kept:
        entry = queries.entry_of(row)
        if entry.active or (entry.last_modified_at is not None and entry.last_modified_at >= before):
            found[row.pk] = row.recorded_at
    return found


def one_point(
    actor: Actor, point_id: UUID, *, today: date
) -> tuple[Point, tuple[tuple[date, int | None], ...]]:
    """A point as the region reads it: its visits per month of two years; few are not shown."""
    gate.require_act(actor, "support_points.steer")
    row = gate.get(actor, "read", queries.rows(), resource="support_point", pk=point_id)
    counted = list(queries_work.monthly([row.pk], last=today))
    while len(counted) > 1 and counted[0][1] == 0:
        del counted[0]
    return queries.read(row), tuple((month, _shown(n, hidden=False)) for month, n in counted)
