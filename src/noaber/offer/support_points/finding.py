"""The public list and its map: which points, in which order, with which pin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from noaber.ground.globe import km_between
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Municipality, Region
from noaber.offer.directory.queries_shown import Drawing, Near, Spot, draw, known_places, near
from noaber.offer.support_points import queries, rules, showing
from noaber.offer.support_points.forms import NOW, TODAY
from noaber.offer.support_points.types import Point, PointDay

NEAR_KM = 15
"""The farthest that the plans find near (Groningen 5.2.6)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the list shows. `unknown` when a place was named that the region does not know."""

    cards: tuple[showing.PointCard, ...]
    drawing: Drawing | None
    near: Near | None
    unknown: bool
    open_today: int
    everything: int


def find(region: Region, asked: dict[str, str], *, at: datetime) -> Found:
    """The points that fit; open now first, then open today, then the nearest or by name. `at` is local."""
    towns = partners.municipalities_of(region.pk)
    place = near(region.pk, asked["waar"], known_places(region, towns)) if asked["waar"] else None
    every = queries.points(region.pk, on=at.date())
    days = queries.days(every, from_on=at.date(), n=queries.LOOK_AHEAD)
    told = [_Told(one, days[one.point_id], at, place) for one in every]
    chosen = sorted((one for one in told if one.fits(asked)), key=_Told.order)
    pins = [one for one in chosen if one.point.latitude is not None]
    numbers = {one.point.point_id: n for n, one in enumerate(pins, 1)}
    cards = tuple(
        showing.card(one.point, one.days, at=at, km=one.km, number=numbers.get(one.point.point_id, 0))
        for one in chosen
    )
    return Found(
        cards=cards,
        drawing=_draw(pins, towns) if pins else None,
        near=place,
        unknown=bool(asked["waar"]) and place is None,
        open_today=sum(one.days[0].is_open for one in told),
        everything=len(every),
    )


class _Told:
    """A point with what decides whether and where it stands in the list."""

    def __init__(self, point: Point, days: tuple[PointDay, ...], at: datetime, place: Near | None) -> None:
        self.point, self.days, self.at = point, days, at
        self.door = rules.door_at(days, at)
        self.km = (
            km_between(place.latitude, place.longitude, point.latitude, point.longitude)
            if place and point.latitude is not None and point.longitude is not None
            else None
        )
        self.near = place is None or (self.km is not None and self.km <= NEAR_KM)

    @property
    def opens_today(self) -> bool:
        """Open now, or still to open today."""
        return self.door.open_now or self.door.next_on == self.at.date()

    def fits(self, asked: dict[str, str]) -> bool:
        """Whether it is what was asked."""
        when = {NOW: self.door.open_now, TODAY: self.opens_today}.get(asked["open"], True)
        return when and self.near and asked["soort"] in ("", self.point.kind)

    def order(self) -> tuple[int, float, str]:
        """Open now, open today, the others; then near, then by name."""
        rank = 0 if self.door.open_now else 1 if self.opens_today else 2
        return (rank, self.km or 0.0, self.point.name.casefold())


def _draw(pins: list[_Told], towns: list[Municipality]) -> Drawing | None:
    spots = [
        Spot(one.point.name, one.point.latitude or 0.0, one.point.longitude or 0.0, number=n)
        for n, one in enumerate(pins, 1)
    ]
    names = [
        Spot(town.name, town.latitude, town.longitude, weight=float(town.inhabitants or 1))
        for town in towns
        if town.latitude is not None and town.longitude is not None
    ]
    return draw(spots, names)


def around(point: Point, region: Region) -> Drawing | None:
    """A small sketch with one pin."""
    if point.latitude is None or point.longitude is None:
        return None
    names = [
        Spot(one.near.name, one.near.latitude, one.near.longitude)
        for one in known_places(region, partners.municipalities_of(region.pk))
    ]
    return draw(
        [Spot(point.name, point.latitude, point.longitude)],
        names,
        centre=(point.latitude, point.longitude),
        radius_km=6.0,
        around=False,
    )
