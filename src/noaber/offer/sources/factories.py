"""Plain functions that make sources, for tests and for the demo."""

from __future__ import annotations

from typing import Any

from noaber.network.partners.models import Region
from noaber.offer.sources.models import Source


def make_source(region: Region, slug: str = "buren", **more: Any) -> Source:
    """A map of somebody else, sent as a file."""
    return Source.objects.create(
        **{"region": region, "slug": slug, "name": "Kaart van de buren", "kind": Source.Kind.FILE, **more}
    )
