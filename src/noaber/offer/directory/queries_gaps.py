"""How often was asked in vain, per municipality: for rooms that weigh what is missing. No person in it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Sum

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.offer.directory.models import Gap
from noaber.offer.directory.upkeep import rules_gaps


def asked_in_vain(actor: Actor, region_id: UUID, *, today: date) -> dict[UUID | None, int]:
    """Times in the last twelve months that nothing was found, by municipality (None: not said where).

    Only what this actor may see, and not what was solved or turned out to be there under another word.
    """
    gate.require_act(actor, "directory.gaps")
    rows = gate.visible(actor, "see", Gap.objects.filter(region_id=region_id), resource="gap")
    still = rows.filter(
        month__gte=rules_gaps.months_back(today)[0], state__in=(Gap.State.OPEN, Gap.State.TAKEN)
    )
    return {
        row["municipality_id"]: row["n"]
        for row in still.values("municipality_id").annotate(n=Sum("times")).order_by()
    }
