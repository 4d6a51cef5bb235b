"""Finding entries as one types: by words, near a place, by facets. Nothing here is about a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from noaber.engines.search import Answer, Index, Query
from noaber.hallway import clock
from noaber.offer.directory import lay
from noaber.offer.directory.bridge import LATER, searchable
from noaber.offer.directory.nearby import Near
from noaber.offer.directory.placing import NEAR_KM, Gazetteer
from noaber.offer.directory.types_search import Found, FoundHit, Wanted

LONGEST = 200
WHOLE_REGION_KM = 20_000.0
MOST = 1000


def find(region_id: UUID, wanted: Wanted, *, today: date | None = None) -> Found:
    """What fits, best first: by words and meaning, a little by this week, nearness, freshness and lightness.

    A place in the words counts as the place when none is given. `today` decides what is stale; the day of the
    clock when it is left out.
    """
    there = searchable(region_id, today or clock.today())
    query, place = query_of(wanted, there.index, there.places)
    answer = there.index.search(query)
    return Found(
        hits=tuple(FoundHit(UUID(hit.key), hit.score, hit.distance_km, hit.why) for hit in answer.hits),
        total=answer.total,
        facet_counts={code: n for code, n in answer.facet_counts.items() if code != LATER},
        corrected=answer.meant if answer.total else "",
        meant="" if answer.total else answer.meant,
        also=answer.also,
        widened=answer.widened,
        gap=_gap(there.index, query, answer),
        place=place,
        danger=lay.is_danger(answer.means),
    )


def be_ready(region_id: UUID) -> None:
    """Read the index of a region and compile its loops, so that the first visitor does not wait for that."""
    find(region_id, Wanted(text="wandln", typing=True))


def place_of(region_id: UUID, words: str, *, today: date) -> Near | None:
    """The place that these words name here; also a little misspelt, or four digits of a postcode."""
    return searchable(region_id, today).places.within(words, lambda _word: False).near


def query_of(wanted: Wanted, index: Index, places: Gazetteer) -> tuple[Query, str]:
    """What is asked of the engine, and the name of the place that stood in the words; empty when none did."""
    text, latitude, longitude = wanted.text[:LONGEST], wanted.latitude, wanted.longitude
    radius_km = wanted.radius_km if wanted.radius_km is not None else WHOLE_REGION_KM
    place = ""
    if latitude is None:
        placed = places.within(text, index.knows)
        if placed.near is not None:
            text, place = placed.text, placed.near.name
            latitude, longitude = placed.near.latitude, placed.near.longitude
            radius_km = min(radius_km, NEAR_KM)
    query = Query(
        text=text,
        latitude=latitude,
        longitude=longitude,
        radius_km=radius_km,
        facets=wanted.facets,
        limit=min(wanted.limit, MOST),
        offset=wanted.offset,
        typing=wanted.typing,
    )
    return query, place


def _gap(index: Index, query: Query, answer: Answer) -> str:
    """What was missing: nothing at all, nothing near, or nothing this year; empty when something was
    there.
    """
    if query.typing or not (query.text.strip() or query.facets):
        return ""
    if answer.total and not answer.widened:
        return "not_now" if answer.facet_counts.get(LATER) == answer.total else ""
    if answer.total:
        return ""
    if query.latitude is not None:
        anywhere = replace(query, latitude=None, longitude=None, limit=0, offset=0, few=0)
        if index.search(anywhere).total:
            return "not_near"
    return "nothing"
