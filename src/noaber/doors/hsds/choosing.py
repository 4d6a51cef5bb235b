"""Which entries an asked list has, in a fixed order. Filters narrow each other."""

from __future__ import annotations

from dataclasses import replace
from math import asin, cos, radians, sin, sqrt
from uuid import UUID

from noaber.doors.hsds.asked import Asked
from noaber.offer.directory import hsds_terms, queries_open, queries_search
from noaber.offer.directory.queries_open import OpenPlace, OpenRow
from noaber.offer.directory.types_search import Wanted

AT_ONCE = 1000


def rows(region_id: UUID, asked: Asked) -> list[OpenRow]:
    """The entries that meet every filter, in the order of their id."""
    found = queries_open.open_rows(region_id)
    if asked.search:
        hits = _searched(region_id, asked.search)
        found = [row for row in found if row.service_id in hits]
    if asked.organization_id:
        found = [row for row in found if row.organisation_id == asked.organization_id]
    if asked.taxonomy_term_id:
        found = [row for row in found if asked.taxonomy_term_id in row.term_ids]
    if asked.taxonomy_id:
        of_list = {
            term_id
            for term_id, term in hsds_terms.terms().items()
            if hsds_terms.taxonomy_id(term.taxonomy) == asked.taxonomy_id
        }
        found = [row for row in found if row.term_ids & of_list]
    if asked.modified_after is not None:
        since = asked.modified_after
        found = [row for row in found if row.modified_at is not None and row.modified_at >= since]
    return found


def _searched(region_id: UUID, text: str) -> set[UUID]:
    """Everything that the search finds, however much that is."""
    wanted = Wanted(text=text, radius_km=None, limit=AT_ONCE, typing=True)
    page = queries_search.find(region_id, wanted)
    hits = {hit.service_id for hit in page.hits}
    while page.hits and len(hits) < page.total:
        page = queries_search.find(region_id, replace(wanted, offset=len(hits)))
        hits |= {hit.service_id for hit in page.hits}
    return hits


def places(region_id: UUID, asked: Asked, centre: tuple[float, float] | None) -> list[OpenPlace]:
    """The places of those entries; near `centre` (degrees) when one is asked."""
    chosen = {row.service_id for row in rows(region_id, asked)}
    found = [place for place in queries_open.open_places(region_id) if place.service_id in chosen]
    if not asked.postcode:
        return found
    if centre is None:
        return []
    reach_m = asked.proximity_m or 15_000
    return [place for place in found if (away := _metres(place, centre)) is not None and away <= reach_m]


def _metres(place: OpenPlace, centre: tuple[float, float]) -> float | None:
    """Along the great circle, in metres; None for a place without coordinates."""
    if place.latitude is None or place.longitude is None:
        return None
    lat, lon = centre
    half = (
        sin(radians(place.latitude - lat) / 2) ** 2
        + cos(radians(lat)) * cos(radians(place.latitude)) * sin(radians(place.longitude - lon) / 2) ** 2
    )
    return 2 * 6_371_000 * asin(sqrt(half))
