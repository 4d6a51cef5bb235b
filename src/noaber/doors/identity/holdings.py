"""What this room holds of a resident: that she linked a sign-in service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from noaber.doors.identity.models import LinkedSubject
from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding


def _collect(resident_id: UUID) -> Sequence[Mapping[str, Any]]:
    rows = LinkedSubject.objects.filter(resident_id=resident_id)
    return [{"kind": "inlogdienst", "linked_at": row.linked_at} for row in rows]


def _erase(resident_id: UUID, now: datetime) -> int:
    return LinkedSubject.objects.filter(resident_id=resident_id).delete()[0]


def register() -> None:
    """Called once at start."""
    registry.register(
        Holding(
            key="identity.subject",
            words=gettext_noop("Dat u een inlogdienst koppelde"),
            retention="contact",
            models=("identity.LinkedSubject",),
            collect=_collect,
            erase=_erase,
        )
    )
