"""The search of the sociale kaart over the entries of the demo: what the page does, without a database."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from noaber.cli.demo_world.offering import record_of
from noaber.cli.demo_world.offers import load_offers
from noaber.engines.search import Document, Index, Query
from noaber.knowledge.regions import read_region
from noaber.offer.directory import lay
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


def demo_documents() -> list[Document]:
    """Every entry of the demo; none is stale, because the labels leave freshness out."""
    centres = {
        one.near.municipality: (one.near.latitude, one.near.longitude) for one in region_places()[::-1]
    }
    return [
        document_of(offer.key, record_of(offer, REGION, {}, TODAY), centres, TODAY) for offer in load_offers()
    ]


@cache
def demo_index() -> tuple[Index, Gazetteer]:
    """The entries and places as the page searches them."""
    return Index.of(demo_documents(), lay_synonyms(), lay.meanings()), Gazetteer(region_places())


def place_named(near: str) -> Near | None:
    """What the box for a place means."""
    return demo_index()[1].within(near, lambda _word: False).near if near else None


def query_for(text: str, place: Near | None) -> Query:
    """The question as it reaches the engine."""
    wanted = Wanted(
        text=text,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        limit=10,
    )
    return query_of(wanted, *demo_index())[0]


def find(text: str, near: str) -> list[str]:
    """The keys of the first ten, best first; for `tests.recall.measure`."""
    return [hit.key for hit in demo_index()[0].search(query_for(text, place_named(near))).hits]
