"""Reading the report of now, those that were frozen, and what a region wants."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.network.partners import queries as partners
from noaber.offer.groups.fit_gap import reading, rules
from noaber.offer.groups.forming.policies import READS_FIT_GAP
from noaber.offer.groups.forming.queries import region_of
from noaber.offer.groups.models_forming import FitGapReport, WantedGroups


def own_region(actor: Actor) -> UUID:
    """The region that this actor steers or forms groups in."""
    gate.require_act(actor, "groups.fit_gap")
    return region_of(actor, *READS_FIT_GAP)


def live(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The report of this moment."""
    return reading.document(partners.region(own_region(actor)), now=now)


def reports(actor: Actor) -> list[FitGapReport]:
    """Frozen reports, the newest first."""
    rows = gate.visible(actor, "see", FitGapReport.objects.defer("document"), resource="group_fit_gap")
    return list(rows.order_by("-as_of", "-number"))


def report(actor: Actor, report_id: UUID) -> FitGapReport:
    """One frozen report."""
    rows = FitGapReport.objects.select_related("region")
    return gate.get(actor, "see", rows, resource="group_fit_gap", pk=report_id)


def is_unchanged(row: FitGapReport) -> bool:
    """Whether the report is still what was frozen."""
    return rules.fingerprint(row.document) == row.fingerprint


def wishes(actor: Actor) -> list[WantedGroups]:
    """What the region said that it wants, the newest first."""
    rows = WantedGroups.objects.filter(region_id=own_region(actor)).select_related("municipality")
    return list(rows.order_by("-from_on", "-made_at"))
