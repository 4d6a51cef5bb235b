"""What is held of a resident here: that she was asked. Her answers do not say whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding
from noaber.pathways.evaluations.models import EvaluationRequest


def _collect(resident_id: UUID) -> Sequence[Mapping[str, Any]]:
    rows = EvaluationRequest.objects.filter(conversation__help_request__resident_id=resident_id)
    return [
        {"asked_of": row.audience, "asked_at": row.asked_at, "answered_at": row.answered_at}
        for row in rows.order_by("asked_at")
    ]


def _erase(resident_id: UUID, now: datetime) -> int:
    return EvaluationRequest.objects.filter(conversation__help_request__resident_id=resident_id).delete()[0]


def register() -> None:
    """Called once at start."""
    registry.register(
        Holding(
            key="evaluations.requests",
            words="Wanneer wij vroegen hoe het ging",
            retention="session",
            models=("evaluations.EvaluationRequest",),
            collect=_collect,
            erase=_erase,
        )
    )
