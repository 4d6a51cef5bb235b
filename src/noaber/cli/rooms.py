"""The commands' way into the house. Import it only through `django_door.open_rooms`, when Django is ready."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connections

from noaber.cli import demo_world
from noaber.hallway import clock
from noaber.knowledge.geography import Area
from noaber.knowledge.regions import read_region
from noaber.network.partners import queries as partners
from noaber.network.partners import services_geography
from noaber.steering.kpis import queries as kpi_queries
from noaber.steering.programme import services as programme

__all__ = ["clock", "demo_world", "kpi_values", "leave", "load_region_folder", "take_geography"]


def load_region_folder(folder: Path, *, now: datetime) -> Any:
    """Read the files of one region and put them in the database; the same files twice change nothing."""
    return programme.load_region(read_region(folder), now=now)


def take_geography(region: str, areas: Sequence[Area], source: str) -> Any:
    """Keep the official areas that lie in this region; all or nothing."""
    region_id = partners.region_by_slug(region).pk
    return services_geography.take_geography(region_id=region_id, areas=areas, source=source)


def kpi_values(region: str, now: datetime) -> Any:
    """The KPIs of a region as they stand now."""
    return kpi_queries.kpi_values(region, now)


def leave() -> None:
    """Close the database connections of this process."""
    connections.close_all()
