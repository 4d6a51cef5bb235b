"""Finding entries as one types: by words, near a place, by facets. Nothing here is about a person."""

from __future__ import annotations

from collections import Counter
from math import asin, cos, radians, sin, sqrt
from uuid import UUID

from noaber.offer.directory import queries, rules
from noaber.offer.directory.facets import WEEK, facets_of
from noaber.offer.directory.types_record import ServiceRecord
from noaber.offer.directory.types_search import Found, FoundHit, Wanted


def find(region_id: UUID, wanted: Wanted) -> Found:
    """What fits, best first: this week before later, nearer before further, lighter before heavier."""
    words = rules.words_in(wanted.text)
    fits: list[tuple[tuple[bool, float, int, str], ServiceRecord, float | None]] = []
    counts: Counter[str] = Counter()
    for record in queries.records(region_id):
        distance = _distance(record, wanted)
        if wanted.radius_km is not None and distance is not None and distance > wanted.radius_km:
            continue
        if not rules.matches(words, _words_of(record)):
            continue
        own = facets_of(record)
        counts.update(_counted(own, wanted.facets))
        if _meets(own, wanted.facets):
            order = (WEEK not in own, distance or 0.0, rules.nearness(record.kind), record.name.casefold())
            fits.append((order, record, distance))
    fits.sort(key=lambda fit: fit[0])
    shown = fits[wanted.offset : wanted.offset + wanted.limit]
    meant = "" if fits or not words else queries.did_you_mean(region_id, wanted.text)
    hits = tuple(
        FoundHit(record.service_id, distance_km=distance)
        for _, record, distance in shown
        if record.service_id
    )
    return Found(hits=hits, total=len(fits), facet_counts=dict(counts), meant=meant)


def _meets(own: frozenset[str], wanted: frozenset[str]) -> bool:
    lists = {code.partition(":")[0] for code in wanted}
    return all(own & {code for code in wanted if code.startswith(f"{name}:")} for name in lists)


def _counted(own: frozenset[str], wanted: frozenset[str]) -> list[str]:
    """Its codes of each taxonomy in which it would be there were only the other taxonomies asked."""
    return [
        code
        for code in own
        if _meets(own, frozenset(w for w in wanted if not w.startswith(code.partition(":")[0] + ":")))
    ]


def _words_of(record: ServiceRecord) -> str:
    cities = " ".join(place.city for place in record.places)
    return f"{record.name} {record.text} {record.organisation} {record.municipality} {record.when} {cities}"


def _distance(record: ServiceRecord, wanted: Wanted) -> float | None:
    if wanted.latitude is None or wanted.longitude is None:
        return None
    points = [
        (p.latitude, p.longitude) for p in record.places if p.latitude is not None and p.longitude is not None
    ]
    return min((_km(wanted.latitude, wanted.longitude, *point) for point in points), default=None)


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    half = (
        sin(radians(lat2 - lat1) / 2) ** 2
        + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371.0 * asin(sqrt(half))
