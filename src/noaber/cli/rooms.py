"""The commands' way into the house. Import it only through `django_door.open_rooms`, when Django is ready."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connections

from noaber.cli import demo_world
from noaber.ground.errors import Missing
from noaber.hallway import clock
from noaber.knowledge.geography import Area
from noaber.knowledge.regions import read_region
from noaber.network.partners import queries as partners
from noaber.network.partners import services_geography
from noaber.offer.directory import queries as directory
from noaber.offer.directory import queries_search
from noaber.offer.directory.types_search import Wanted
from noaber.offer.sources import queries_export, services_import
from noaber.steering.kpis import queries as kpi_queries
from noaber.steering.programme import services as programme

__all__ = [
    "clock",
    "demo_world",
    "find_offer",
    "kpi_values",
    "leave",
    "load_region_folder",
    "offer_lines",
    "take_geography",
    "take_offer_file",
]


def load_region_folder(folder: Path, *, now: datetime) -> Any:
    """Read the files of one region and put them in the database; the same files twice change nothing."""
    return programme.load_region(read_region(folder), now=now)


def take_geography(region: str, areas: Sequence[Area], source: str) -> Any:
    """Keep the official areas that lie in this region; all or nothing."""
    region_id = partners.region_by_slug(region).pk
    return services_geography.take_geography(region_id=region_id, areas=areas, source=source)


def find_offer(region: str, text: str, near: str, *, limit: int, now: datetime) -> Any:
    """What one can go to in this region (empty: the first one); None when there is no such region."""
    try:
        there = partners.region_of_visitor(region)
    except Missing:
        there = None
    if there is None:
        return None
    today = now.astimezone(clock.AMSTERDAM).date()
    place = queries_search.place_of(there.pk, near, today=today) if near else None
    wanted = Wanted(
        text=text,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        limit=limit,
    )
    found = queries_search.find(there.pk, wanted, today=today)
    cards = directory.some(there.pk, [hit.service_id for hit in found.hits])
    return {
        "region": there.slug,
        "near": place.name if place else found.place or None,
        "total": found.total,
        "widened": found.widened,
        "corrected": found.corrected or found.meant,
        "gap": found.gap,
        "facets": dict(found.facet_counts),
        "hits": [
            {
                "id": str(hit.service_id),
                "name": card.name,
                "organisation": card.organisation,
                "municipality": card.municipality,
                "kind": card.kind,
                "this_week": card.this_week,
                "distance_km": hit.distance_km,
                "score": round(hit.score, 4),
                "why": list(hit.why),
            }
            for hit in found.hits
            if (card := cards.get(hit.service_id))
        ],
    }


def kpi_values(region: str, now: datetime) -> Any:
    """The KPIs of a region as they stand now."""
    return kpi_queries.kpi_values(region, now)


def take_offer_file(region: str, content: bytes, source: str, *, dry_run: bool, now: datetime) -> Any:
    """Keep a file with offer, all or nothing; counts, and each fault by line."""
    there = partners.region_by_slug(region).pk
    return services_import.take_file(there, content, source, dry_run=dry_run, now=now)


def offer_lines(region: str, form: str) -> Iterator[str]:
    """Every entry of a region as a table or as HSDS, piece by piece."""
    there = partners.region_by_slug(region).pk
    records = queries_export.whole(there)
    return queries_export.hsds_lines(there, records) if form == "hsds" else queries_export.csv_lines(records)


def leave() -> None:
    """Close the database connections of this process."""
    connections.close_all()
