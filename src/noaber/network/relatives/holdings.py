"""What this room holds of a resident: whom she invited, and what each of them may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding
from noaber.network.relatives.models import Relative
from noaber.network.relatives.services import end


def _collect(resident_id: UUID) -> Sequence[Mapping[str, Any]]:
    rows = Relative.objects.filter(resident_id=resident_id).prefetch_related("items").order_by("invited_at")
    return [
        {
            "name": row.name,
            "channel": row.get_channel_display(),
            "address": row.address,
            "invited_at": row.invited_at,
            "entered_at": row.entered_at,
            "seen_at": row.seen_at,
            "revoked_at": row.revoked_at,
            "comes_along": row.comes_along,
            "name_may_be_told": row.name_may_be_told,
            "items": [
                {"what": item.get_what_display(), "given_at": item.given_at, "ended_at": item.ended_at}
                for item in row.items.all()
            ],
        }
        for row in rows
    ]


def _erase(resident_id: UUID, now: datetime) -> int:
    rows = list(Relative.objects.filter(resident_id=resident_id))
    for row in rows:
        if row.revoked_at is None:
            end(row, now)
    Relative.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def register() -> None:
    """Called once at start."""
    registry.register(
        Holding(
            key="relatives",
            words=gettext_noop("Uw naasten"),
            retention="contact",
            models=("relatives.Relative", "relatives.SharedItem"),
            collect=_collect,
            erase=_erase,
            standard="RelatedPerson",
        )
    )
