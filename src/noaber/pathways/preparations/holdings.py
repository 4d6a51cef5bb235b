"""What is held of a resident here: the request that she and a host prepared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding
from noaber.pathways.preparations.models import Preparation


def _collect(resident_id: UUID) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "prepared_at": row.prepared_at,
            "with": row.host_name,
            "organisation": row.organisation.name,
            "name": row.name,
            "question": row.question,
            "wishes": row.wishes,
            "state": row.get_state_display(),
            "decided_at": row.decided_at,
        }
        for row in Preparation.objects.filter(resident_id=resident_id).select_related("organisation")
    ]


def _erase(resident_id: UUID, now: datetime) -> int:
    return Preparation.objects.filter(resident_id=resident_id).delete()[0]


def register() -> None:
    """Called once at start."""
    registry.register(
        Holding(
            key="preparations.preparation",
            words="De aanvraag die u samen deed",
            retention="contact",
            models=("preparations.Preparation",),
            collect=_collect,
            erase=_erase,
        )
    )
