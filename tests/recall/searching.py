"""The search of the sociale kaart over the entries of the demo: what the page does, without a database."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from noaber.cli.demo_world.offering import record_of
from noaber.cli.demo_world.offers import load_offers
from noaber.engines.search import Index
from noaber.knowledge.regions import read_region
from noaber.offer.directory.bridge import document_of, lay_synonyms
from noaber.offer.directory.nearby import Known, Near
from noaber.offer.directory.placing import Gazetteer
from noaber.offer.directory.queries_search import query_of
from noaber.offer.directory.types_search import Wanted

REGION = "twente"
FOLDER = Path(__file__).resolve().parents[2] / "regions" / REGION
TODAY = date(2027, 7, 1)


@cache
def region_places() -> tuple[Known, ...]:
    """Municipalities, towns and villages, as the region's own files know them."""
    files = read_region(FOLDER)
    towns = [
        Known(Near(town.name, town.latitude, town.longitude, town.slug))
        for town in files.municipalities
        if town.latitude is not None and town.longitude is not None
    ]
    return (
        *towns,
        *(
            Known(Near(one.name, one.latitude, one.longitude, one.municipality), one.postcodes)
            for one in files.localities
        ),
    )


@cache
def demo_index() -> tuple[Index, Gazetteer]:
    """Every entry of the demo; none is stale, because the labels leave freshness out."""
    centres = {
        one.near.municipality: (one.near.latitude, one.near.longitude) for one in region_places()[::-1]
    }
    documents = (
        document_of(offer.key, record_of(offer, REGION, {}, TODAY), centres, TODAY) for offer in load_offers()
    )
    return Index.of(documents, lay_synonyms()), Gazetteer(region_places())


def find(text: str, near: str) -> list[str]:
    """The keys of the first ten, best first; for `tests.recall.measure`."""
    index, places = demo_index()
    place = places.within(near, lambda _word: False).near if near else None
    wanted = Wanted(
        text=text,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        limit=10,
    )
    query, _ = query_of(wanted, index, places)
    return [hit.key for hit in index.search(query).hits]
