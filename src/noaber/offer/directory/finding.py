"""What the search page shows: entries in words, filters, the sketch, ways out of an empty list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator

from noaber.network.partners import queries as partners
from noaber.network.partners.models import Municipality, Region
from noaber.offer.directory import asking, choices, drawing, nearby, queries_entry, rules, showing
from noaber.offer.directory import facets as by
from noaber.offer.directory.asking import Asked
from noaber.offer.directory.queries_entry import Entry
from noaber.offer.directory.queries_search import find
from noaber.offer.directory.types_search import Found, Wanted
from noaber.offer.directory.upkeep import gaps

PER_PAGE = 20


def page_of(region: Region, asked: Asked, *, typing: bool, now: datetime) -> dict[str, Any]:
    """Everything that the page of this search shows; `now` is local. While `typing` nothing is a gap."""
    towns = partners.municipalities_of(region.pk)
    known = nearby.known_places(region, towns)
    near = nearby.near(region.pk, asked.place, known)
    wanted = _wanted(asked, near, typing=typing)
    found = find(region.pk, wanted)
    last = max(1, -(-found.total // PER_PAGE))
    if asked.page > last:
        asked = replace(asked, page=last)
        wanted = replace(wanted, offset=(last - 1) * PER_PAGE)
        found = find(region.pk, wanted)
    if found.gap and asked.page == 1:
        _note(region, asked, near, towns, found, now)
    by_id = {hit.service_id: hit for hit in found.hits}
    rows = queries_entry.entries(region.pk, by_id)
    cards: list[showing.Card] = []
    spots: list[drawing.Spot] = []
    for entry in rows:
        spot = _spot(entry, near, number=len(spots) + 1)
        spots += [spot] if spot else []
        cards.append(
            showing.card(
                entry,
                now=now,
                audience=asked.audience,
                distance_km=by_id[entry.service_id].distance_km,
                number=spot.number if spot else 0,
            )
        )
    pages = Paginator(range(found.total), PER_PAGE)
    return {
        "region": region,
        "asked": asked,
        "near": near,
        "place_unknown": bool(asked.place) and near is None,
        "found": found,
        "also": [words for words in found.also if rules.plain(words) not in rules.plain(asked.text)],
        "cards": cards,
        "page": pages.get_page(asked.page),
        "groups": choices.groups(found.facet_counts, asked),
        "chosen": choices.chosen(asked),
        "distances": _distances(asked),
        "audiences": _audiences(asked),
        "map": found.total and _map(spots, _labels(known, towns, near, asked), near, asked),
        "meant_address": asked.address(text=found.meant),
        "ways_out": _ways_out(region, asked, wanted) if not found.total else None,
    }


def _wanted(asked: Asked, near: nearby.Near | None, *, typing: bool) -> Wanted:
    wide = set(asked.facets)
    if asked.audience == asking.YOUNG:
        wide |= {by.YOUNG} if not asked.is_empty else by.MEANT_FOR_THE_YOUNG
    return Wanted(
        text=asked.text,
        latitude=near.latitude if near else None,
        longitude=near.longitude if near else None,
        radius_km=asked.radius_km,
        facets=frozenset(wide),
        municipality=near.municipality if near else "",
        typing=typing,
        limit=PER_PAGE,
        offset=(asked.page - 1) * PER_PAGE,
    )


def _note(
    region: Region,
    asked: Asked,
    near: nearby.Near | None,
    towns: Sequence[Municipality],
    found: Found,
    now: datetime,
) -> None:
    """Count what was not there: no person in it, only the words that the directory itself knows."""
    slug = near.municipality if near else ""
    gaps.note_gap(
        region_id=region.pk,
        kind=found.gap,
        text=asked.text,
        municipality_id=next((one.pk for one in towns if one.slug == slug), None),
        now=now,
    )


def _spot(entry: Entry, near: nearby.Near | None, *, number: int) -> drawing.Spot | None:
    """Where its pin goes: the place nearest to where somebody looks."""
    points = [
        (place.latitude, place.longitude)
        for place in entry.record.places
        if place.latitude is not None and place.longitude is not None
    ]
    if not points:
        return None
    if near is not None:
        points.sort(key=lambda one: (one[0] - near.latitude) ** 2 + (0.61 * (one[1] - near.longitude)) ** 2)
    return drawing.Spot(entry.record.name, points[0][0], points[0][1], number=number)


def _labels(
    known: Sequence[nearby.Known],
    towns: Sequence[Municipality],
    near: nearby.Near | None,
    asked: Asked,
) -> list[drawing.Spot]:
    """Names to recognise the sketch by: municipalities, and close by also villages and neighbourhoods."""
    people = {one.name: float(one.inhabitants or 1) for one in towns}
    close = near is not None and asked.radius_km is not None
    return [
        drawing.Spot(
            one.near.name, one.near.latitude, one.near.longitude, weight=people.get(one.near.name, 0.0)
        )
        for one in known
        if close or one.near.name in people
    ]


def _map(
    spots: Sequence[drawing.Spot], names: Sequence[drawing.Spot], near: nearby.Near | None, asked: Asked
) -> drawing.Drawing | None:
    if near is None or asked.radius_km is None:
        return drawing.draw(spots, names)
    return drawing.draw(
        spots, names, centre=(near.latitude, near.longitude), radius_km=float(asked.radius_km)
    )


def _distances(asked: Asked) -> list[tuple[str, int | None, bool]]:
    every: list[tuple[str, int | None]] = [(str(km), km) for km in asking.DISTANCES]
    every.append((asking.WHOLE_REGION, None))
    return [(value, km, asked.radius_km == km) for value, km in every]


def _audiences(asked: Asked) -> list[tuple[str, str, bool]]:
    """The three ways to read: the key, the address, whether this is it."""
    every = (asking.EVERYONE, asking.YOUNG, asking.PROFESSIONAL)
    return [(key, asked.address(audience=key), asked.audience == key) for key in every]


def _ways_out(region: Region, asked: Asked, wanted: Wanted) -> dict[str, Any]:
    """Where an empty list leads on: further away, with fewer filters, or to somebody."""
    further = _count(region, wanted, radius_km=None) if wanted.latitude is not None else 0
    looser = _count(region, wanted, facets=frozenset()) if asked.facets else 0
    return {
        "further": further,
        "further_address": asked.address(radius_km=None),
        "looser": looser,
        "looser_address": asked.address(facets=frozenset()),
        "everything_address": asked.address(text="", facets=frozenset()),
    }


def _count(region: Region, wanted: Wanted, **changes: Any) -> int:
    found: Found = find(region.pk, replace(wanted, typing=True, limit=1, offset=0, **changes))
    return found.total
