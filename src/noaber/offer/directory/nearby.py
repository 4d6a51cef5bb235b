"""From the name of a place, or a postcode, to a point on the map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Avg, Count

from noaber.network.partners import queries_places
from noaber.network.partners.models import Municipality, Region
from noaber.offer.directory import models, rules

_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([a-z]{2})?")


@dataclass(frozen=True, slots=True)
class Near:
    """A place to look around: degrees. `municipality` is a slug, empty when it is unknown."""

    name: str
    latitude: float
    longitude: float
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A place that the region knows, with its four-digit postcodes as far as they are known."""

    near: Near
    postcodes: tuple[str, ...] = ()


def known_places(region: Region, municipalities: Iterable[Municipality]) -> list[Known]:
    """Municipalities, and the towns, villages and neighbourhoods that the region knows."""
    found = [
        Known(Near(one.name, one.latitude, one.longitude, one.slug))
        for one in municipalities
        if one.latitude is not None and one.longitude is not None
    ]
    for row in queries_places.localities(region.pk):
        if row.kind == "place":
            found.append(Known(Near(row.name, row.latitude, row.longitude, row.municipality), row.postcodes))
    return found


def near(region_id: UUID, words: str, known: Sequence[Known]) -> Near | None:
    """The place that these words mean: a municipality, a village, a postcode; also a little misspelt."""
    text = " ".join(rules.plain(words).split())
    if not text:
        return None
    exact = {rules.plain(one.near.name): one.near for one in reversed(known)}
    slugs = {one.near.municipality: one.near for one in reversed(known) if one.near.municipality}
    if text in exact or text in slugs:
        return exact.get(text) or slugs[text]
    code = _POSTCODE.fullmatch(text)
    if code is None and (ours := _among_entries(region_id, city=words.strip())) is not None:
        return ours
    found = queries_places.where_is(region_id, words)
    if found is not None:
        return Near(found.name, found.latitude, found.longitude, found.municipality)
    return _among_entries(region_id, postcode=code[1]) if code is not None else None


def _among_entries(region_id: UUID, *, postcode: str = "", city: str = "") -> Near | None:
    """Where our own entries with this postcode or in this town are."""
    rows = models.Place.objects.filter(region_id=region_id, latitude__isnull=False)
    rows = rows.filter(postal_code__startswith=postcode) if postcode else rows.filter(city__iexact=city)
    grouped = rows.values("city", "municipality__slug").annotate(
        n=Count("pk"), latitude=Avg("latitude"), longitude=Avg("longitude")
    )
    best = grouped.order_by("-n", "city").first()
    if best is None:
        return None
    name = f"{postcode} {best['city']}".strip()
    return Near(name, best["latitude"], best["longitude"], best["municipality__slug"] or "")
