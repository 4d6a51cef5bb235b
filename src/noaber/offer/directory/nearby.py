"""From the name of a place, or a postcode, to a point on the map."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from uuid import UUID

from django.db.models import Avg, Count

from noaber.network.partners.models import Municipality
from noaber.offer.directory import models, rules

_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([a-zA-Z]{2})?")


@dataclass(frozen=True, slots=True)
class Near:
    """A place to look around: degrees. `municipality` is a slug, empty when it is unknown."""

    name: str
    latitude: float
    longitude: float
    municipality: str = ""


def near(region_id: UUID, words: str, municipalities: Sequence[Municipality]) -> Near | None:
    """The place that these words mean in this region: a municipality, a village, a postcode."""
    text = rules.plain(words).strip()
    if not text:
        return None
    for one in municipalities:
        if (
            text in {rules.plain(one.name), one.slug}
            and one.latitude is not None
            and one.longitude is not None
        ):
            return Near(one.name, one.latitude, one.longitude, one.slug)
    return _among_places(region_id, text)


def _among_places(region_id: UUID, text: str) -> Near | None:
    """Where our own entries with this postcode or in this town are."""
    rows = models.Place.objects.filter(region_id=region_id, latitude__isnull=False)
    code = _POSTCODE.fullmatch(text)
    rows = rows.filter(postal_code__startswith=code[1]) if code else rows.filter(city__iexact=text)
    grouped = rows.values("city", "municipality__slug").annotate(
        n=Count("pk"), latitude=Avg("latitude"), longitude=Avg("longitude")
    )
    best = grouped.order_by("-n", "city").first()
    if best is None:
        return None
    name = f"{code[1]} {best['city']}".strip() if code else best["city"]
    return Near(name, best["latitude"], best["longitude"], best["municipality__slug"] or "")


def km_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The distance over the globe in kilometres."""
    half = (
        sin(radians(lat2 - lat1) / 2) ** 2
        + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371.0 * asin(sqrt(half))
