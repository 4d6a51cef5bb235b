"""Plain functions that make support points, for tests and for the demo."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import uuid4

from noaber.hallway import clock
from noaber.network.partners.models import Municipality, Organisation
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import Place, Schedule, Service, ServiceAtPlace
from noaber.offer.support_points.models import Capacity, SupportPoint, VisitCount
from noaber.offer.support_points.rules import LARGEST_LIST, part_of

__all__ = ["LARGEST_LIST", "count_visits", "make_point", "measure", "part_of"]

OPENED = date(2026, 1, 5)
ALMELO = (52.3567, 6.6625)
WEEKDAYS = tuple((weekday, time(10), time(16)) for weekday in range(1, 6))


def make_point(
    organisation: Organisation,
    municipality: Municipality,
    name: str = "Steunpunt De Haven",
    *,
    latitude: float | None = ALMELO[0],
    longitude: float | None = ALMELO[1],
    hours: tuple[tuple[int, time, time], ...] = WEEKDAYS,
    entry: Service | None = None,
    **more: Any,
) -> SupportPoint:
    """A walk-in point with an entry, a place and hours on weekdays from 10 to 16."""
    made = entry or make_service(municipality.region, name, municipality, organisation=organisation)
    if entry is None:
        place = Place.objects.create(
            region=municipality.region,
            municipality=municipality,
            street="Havenkade 1",
            postal_code="7607 AB",
            city=municipality.name,
            latitude=latitude,
            longitude=longitude,
        )
        at = ServiceAtPlace.objects.create(service=made, place=place)
        for weekday, opens, closes in hours:
            Schedule.objects.create(
                service=made, at_place=at, weekdays=[weekday], opens_at=opens, closes_at=closes
            )
    return SupportPoint.objects.create(
        **{
            "region": municipality.region,
            "organisation": organisation,
            "service": made,
            "kind": SupportPoint.Kind.WALK_IN,
            "opened_on": OPENED,
            "recorded_at": clock.at(OPENED, 9),
            **more,
        }
    )


def count_visits(point: SupportPoint, on: date, change: int = 1, part: str = "morning") -> VisitCount:
    """Visits on a day, written down on that day."""
    return VisitCount.objects.create(
        point=point, on=on, part=part, change=change, recorded_at=clock.at(on, 12), once_key=uuid4().hex
    )


def measure(point: SupportPoint, value: float, from_on: date, name: str = "hours_a_week") -> Capacity:
    """What a point can hold from a day on."""
    return Capacity.objects.create(
        point=point,
        measure=name,
        from_on=from_on,
        value=Decimal(str(value)),
        by_name="Dirk Roelofs",
        recorded_at=clock.at(from_on, 9),
    )
