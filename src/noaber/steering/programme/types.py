"""What loading a region did."""

from __future__ import annotations

from dataclasses import dataclass

from noaber.network.partners.services_region import LoadReport
from noaber.steering.kpis.types import LoadedKpis


@dataclass(frozen=True, slots=True)
class RegionLoaded:
    """The region with its partners, its plans and its KPIs. Without `changed` nothing was touched."""

    region: str
    changed: bool
    partners: LoadReport
    plans: int
    items: int
    withdrawn_plans: tuple[str, ...]
    kpis: LoadedKpis | None
