"""Refuses a question or a document that cannot be right, with a message that says what to change."""

from __future__ import annotations

from math import isfinite

from noaber.engines.search.errors import BadSearch
from noaber.engines.search.model import Document, Query

MOST_HITS = 1000
LONGEST_QUESTION = 200
MOST_FACETS_OF_ONE = 64
WORLD_KM = 20_040.0


def check_query(query: Query) -> None:
    """Raise BadSearch on the first thing that cannot be."""
    if not 0 <= query.limit <= MOST_HITS:
        raise BadSearch(
            "limit", happened=f"{query.limit} kan niet.", now_what=f"Vraag er 0 tot {MOST_HITS} tegelijk."
        )
    if query.offset < 0:
        raise BadSearch("offset", happened=f"{query.offset} kan niet.", now_what="Begin bij 0 of hoger.")
    if len(query.text) > LONGEST_QUESTION:
        raise BadSearch(
            "text",
            happened=f"de vraag is langer dan {LONGEST_QUESTION} tekens.",
            now_what="Gebruik een paar woorden.",
        )
    if (query.latitude is None) != (query.longitude is None):
        raise BadSearch(
            "latitude", happened="een plaats heeft twee getallen.", now_what="Geef breedte en lengte."
        )
    if query.latitude is not None and query.longitude is not None:
        _check_point("latitude", query.latitude, query.longitude)
    if not 0 < query.radius_km <= WORLD_KM:
        raise BadSearch(
            "radius_km", happened=f"{query.radius_km} km kan niet.", now_what="Geef een afstand boven 0."
        )
    for code in query.facets:
        _check_code("facets", code)


def check_document(document: Document) -> None:
    """Raise BadSearch on the first thing that cannot be."""
    if not document.key:
        raise BadSearch(
            "key", happened="een document zonder sleutel.", now_what="Geef elk document een sleutel."
        )
    for latitude, longitude in document.points:
        _check_point(f"{document.key}.points", latitude, longitude)
    if not 0 <= document.rank <= 1000:
        raise BadSearch(
            f"{document.key}.rank", happened=f"{document.rank} kan niet.", now_what="Kies 0 tot 1000."
        )
    if len(document.facets) > MOST_FACETS_OF_ONE:
        raise BadSearch(
            f"{document.key}.facets",
            happened=f"meer dan {MOST_FACETS_OF_ONE} kenmerken.",
            now_what="Geef er minder.",
        )
    for code in document.facets:
        _check_code(f"{document.key}.facets", code)


def _check_point(where: str, latitude: float, longitude: float) -> None:
    inside = isfinite(latitude) and isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    if not inside:
        raise BadSearch(
            where,
            happened=f"({latitude}, {longitude}) is geen plaats op aarde.",
            now_what="Geef graden: breedte van -90 tot 90, lengte van -180 tot 180.",
        )


def _check_code(where: str, code: str) -> None:
    taxonomy, colon, rest = code.partition(":")
    if not (taxonomy and colon and rest):
        raise BadSearch(
            where,
            happened=f"{code!r} noemt geen taxonomie.",
            now_what="Schrijf taxonomie:code, zoals kind:group.",
        )
