"""Inhabitants per place, estimated from the totals of municipalities. Pure.

Nobody gave inhabitants per place yet. A municipality is spread by postcodes of four digits: each counts once,
shared by the places that have it; more in a town that has several, less in a place without one. The sum of a
municipality stays its own figure. The weights and their certainty are in knowledge/reachability.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from noaber.knowledge.reachability import Reachability
from noaber.network.partners.types_places import LocalityRow
from noaber.offer.support_points.coverage.types import Home

PLACE, POSTCODE = "place", "postcode"
Centre = tuple[str, str, int, float | None, float | None]
"""A municipality: slug, name, inhabitants, latitude, longitude."""


def homes_of(
    towns: Sequence[Centre], places: Iterable[LocalityRow], needs: Mapping[str, float], table: Reachability
) -> list[Home]:
    """Every place with its estimate, by municipality and name. Official postcode areas go before names.

    A municipality without places stands at its own centre; one without any position is left out. `needs` by
    slug are spread as people are.
    """
    by_town = defaultdict[str, list[LocalityRow]](list)
    for row in places:
        by_town[row.municipality].append(row)
    found: list[Home] = []
    for slug, name, inhabitants, latitude, longitude in towns:
        rows = _usable(by_town[slug])
        if not rows and latitude is not None and longitude is not None:
            rows = [LocalityRow(PLACE, name, slug, name, latitude, longitude, (), "", imported=False)]
        weights = _weights(rows, table)
        whole = sum(weights)
        for row, weight in zip(rows, weights, strict=True):
            found.append(
                Home(
                    key=f"{slug}:{row.name}",
                    name=row.name,
                    municipality=slug,
                    municipality_name=name,
                    latitude=row.latitude,
                    longitude=row.longitude,
                    people=inhabitants * weight / whole,
                    needs=needs.get(slug, 0.0) * weight / whole,
                )
            )
    return found


def _usable(rows: Sequence[LocalityRow]) -> list[LocalityRow]:
    """The official postcode areas when they were imported; else towns, villages and neighbourhoods."""
    areas = [row for row in rows if row.kind == POSTCODE and row.imported]
    some = areas or [row for row in rows if row.kind == PLACE]
    return sorted({row.name: row for row in some}.values(), key=lambda row: row.name.casefold())


def _weights(rows: Sequence[LocalityRow], table: Reachability) -> list[float]:
    shared = Counter(code for row in rows for code in row.postcodes)

    def weight(row: LocalityRow) -> float:
        each = table.per_postcode_of_town if len(row.postcodes) > 1 else table.per_postcode
        return sum(each / shared[code] for code in row.postcodes) or table.without_postcode

    return [weight(row) for row in rows]
