"""What can start this week, chosen for one programme: what fits the complaint, then what is near. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from noaber.ground.globe import km_between
from noaber.knowledge.care.fitting import fitting_terms
from noaber.offer.care_programmes.types import ProgrammeRow
from noaber.offer.directory.hooks import Starting

NEAR_KM = 15.0
ON_ROW = 2
Point = tuple[float | None, float | None]


def distance_km(one: Point, other: Point) -> float | None:
    """As the crow flies; None when one of the two is nowhere."""
    (lat1, lon1), (lat2, lon2) = one, other
    if lat1 is None or lon1 is None or lat2 is None or lon2 is None:
        return None
    return km_between(lat1, lon1, lat2, lon2)


def fits_age(one: Starting, row: ProgrammeRow, age: int | None) -> bool:
    """Whether somebody of this age can go; without an age, somebody whom the programme is for."""
    youngest = age if age is not None else row.min_age
    oldest = age if age is not None else row.max_age
    if one.max_age is not None and youngest is not None and youngest > one.max_age:
        return False
    return not (one.min_age is not None and oldest is not None and oldest < one.min_age)


def chosen(
    row: ProgrammeRow, offers: Sequence[Starting], *, near: Point, age: int | None, now: datetime
) -> tuple[Starting, ...]:
    """The two that fit best. `near` is where somebody is; without it, where the programme is.

    Order: fits the complaint, is within fifteen kilometres before online, is soonest, by name. What is full,
    needs a referral that she does not have yet, or lies further away is left out.
    """
    wanted = fitting_terms().get(row.diagnosis, ()) if row.diagnosis else ()
    here = near if near[0] is not None else (row.latitude, row.longitude)
    found = []
    for one in offers:
        if one.free_places == 0 or one.needs_referral or not fits_age(one, row, age):
            continue
        km = distance_km(here, (one.latitude, one.longitude))
        placed = one.latitude is not None
        if placed and km is not None and km > NEAR_KM:
            continue
        if placed and km is None and one.municipality and one.municipality != row.municipality_slug:
            continue
        rank = min((wanted.index(term) for term in one.terms if term in wanted), default=len(wanted) + 1)
        found.append((rank, not placed, one.when or now, km or 0.0, one.name, one))
    found.sort(key=lambda line: line[:5])
    return tuple(line[5] for line in found[:ON_ROW])
