"""Official centres of municipalities, postcode areas and places, taken in for a region. All or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from uuid import UUID

from django.db import transaction

from noaber.ground.errors import Invalid
from noaber.hallway.access import gate
from noaber.knowledge.geography import Area, AreaKind
from noaber.network.partners.models import Locality, Municipality, Region
from noaber.network.partners.rules_places import plain
from noaber.network.partners.services_region import wait_for_turn

KM_PER_DEGREE = 111.2
FARTHEST_KM = 6.0
"""An area of which the file gives no municipality belongs to the nearest place, no farther than this."""


@dataclass(frozen=True, slots=True)
class GeographyReport:
    """What was taken in, and how many rows are of elsewhere."""

    region: str
    municipalities: int
    postcodes: int
    places: int
    elsewhere: int


def take_geography(*, region_id: UUID, areas: Sequence[Area], source: str) -> GeographyReport:
    """Keep the areas that lie in this region; a second time replaces the first. One transaction.

    An area belongs to the municipality that the file names (CBS code or name), else to the one of the nearest
    place. `Invalid` when not one area lies in the region: nothing is changed then.
    """
    with transaction.atomic(), gate.as_system("officiële geografie inlezen"):
        region = Region.objects.get(pk=region_id)
        wait_for_turn(region.slug)
        atlas = _Atlas(region)
        mine = [(area, town) for area in areas if (town := atlas.town_of(area)) is not None]
        if not mine:
            raise Invalid(
                code="geography_elsewhere",
                happened="Er is niets ingelezen.",
                why=f"Geen van de {len(areas)} gebieden ligt in {region.name}.",
                now_what="Kies het bestand van deze regio, of noem de regio met --region.",
            )
        _keep(region, mine, source)
    kinds = [area.kind for area, _ in mine]
    return GeographyReport(
        region=region.slug,
        municipalities=kinds.count(AreaKind.MUNICIPALITY),
        postcodes=kinds.count(AreaKind.POSTCODE),
        places=kinds.count(AreaKind.PLACE),
        elsewhere=len(areas) - len(mine),
    )


class _Atlas:
    """What the region already knows about its municipalities."""

    def __init__(self, region: Region) -> None:
        towns = list(region.municipalities.all())
        listed = region.document.get("municipalities", [])
        by_slug = {town.slug: town for town in towns}
        self.by_name = {plain(town.name): town for town in towns}
        self.by_code = {
            row["cbs_code"]: by_slug[row["slug"]]
            for row in listed
            if row.get("cbs_code") and row["slug"] in by_slug
        }
        known = region.localities.filter(kind=Locality.Kind.PLACE).select_related("municipality")
        self.points = [(row.latitude, row.longitude, row.municipality) for row in known]

    def town_of(self, area: Area) -> Municipality | None:
        """The municipality of an area; None when it is of elsewhere."""
        if area.municipality:
            return self.by_code.get(area.municipality) or self.by_name.get(plain(area.municipality))
        near = min(self.points, key=lambda point: _km(area, point[0], point[1]), default=None)
        if near is None or _km(area, near[0], near[1]) > FARTHEST_KM:
            return None
        return near[2]


def _km(area: Area, latitude: float, longitude: float) -> float:
    """Over so short a distance the earth is flat."""
    high = (area.latitude - latitude) * KM_PER_DEGREE
    wide = (area.longitude - longitude) * KM_PER_DEGREE * cos(radians(latitude))
    return hypot(high, wide)


def _keep(region: Region, mine: Iterable[tuple[Area, Municipality]], source: str) -> None:
    for area, town in mine:
        Locality.objects.update_or_create(
            region=region,
            municipality=town,
            kind=str(area.kind),
            name=town.name if area.kind == AreaKind.MUNICIPALITY else area.name[:100],
            defaults={
                "latitude": area.latitude,
                "longitude": area.longitude,
                "source": source[:300],
                "imported": True,
                **({"postcodes": [area.code]} if area.kind == AreaKind.POSTCODE else {}),
            },
        )
        if area.kind == AreaKind.MUNICIPALITY:
            town.latitude, town.longitude = area.latitude, area.longitude
            town.save(update_fields=["latitude", "longitude"])
