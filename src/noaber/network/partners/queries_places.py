"""Looking up where a place or a postcode is."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from noaber.network.partners import rules_places
from noaber.network.partners.models import Locality, Municipality
from noaber.network.partners.types_places import LocalityRow, Whereabouts


def localities(region_id: UUID) -> list[LocalityRow]:
    """The towns, villages, neighbourhoods and postcode areas of a region, by name."""
    rows = Locality.objects.filter(region_id=region_id).select_related("municipality").order_by("name", "pk")
    return [
        LocalityRow(
            kind=row.kind,
            name=row.name,
            municipality=row.municipality.slug,
            municipality_name=row.municipality.name,
            latitude=row.latitude,
            longitude=row.longitude,
            postcodes=tuple(row.postcodes),
            source=row.source,
            imported=row.imported,
        )
        for row in rows
    ]


def where_is(region_id: UUID, text: str) -> Whereabouts | None:
    """The place that these words mean in this region: '7511 AB', 'Glanerbrug', 'enscede'; None when unknown.

    A postcode is looked up by its four digits. A town goes before a municipality of the same name. A slip of
    the pen is repaired when only one name is near.
    """
    rows = localities(region_id)
    postcode = rules_places.postcode_in(text)
    if postcode:
        return _of_postcode(rows, postcode)
    towns = {row.name: row for row in rows if row.kind == Locality.Kind.PLACE}
    centres = _centres(region_id)
    found = rules_places.meant(text, [*towns, *(name for name in centres if name not in towns)])
    if found is None:
        return None
    name, certain = found
    if name in centres and name not in towns:
        row = centres[name]
        return Whereabouts(name, row.slug, row.latitude or 0.0, row.longitude or 0.0, certain)
    town = towns[name]
    return Whereabouts(name, town.municipality, town.latitude, town.longitude, certain)


def _centres(region_id: UUID) -> dict[str, Municipality]:
    rows = Municipality.objects.filter(region_id=region_id, latitude__isnull=False, longitude__isnull=False)
    return {row.name: row for row in rows.order_by("name")}


def _of_postcode(rows: Sequence[LocalityRow], postcode: str) -> Whereabouts | None:
    """The official area if there is one; else the middle of the smallest places that have this postcode."""
    having = [row for row in rows if postcode in row.postcodes]
    if not having:
        return None
    official = [row for row in having if row.kind == Locality.Kind.POSTCODE]
    fewest = min(len(row.postcodes) for row in having)
    best = official or [row for row in having if len(row.postcodes) == fewest]
    name = best[0].name if len(best) == 1 and not official else best[0].municipality_name
    return Whereabouts(
        name=f"{postcode} {name}",
        municipality=best[0].municipality,
        latitude=sum(row.latitude for row in best) / len(best),
        longitude=sum(row.longitude for row in best) / len(best),
    )
