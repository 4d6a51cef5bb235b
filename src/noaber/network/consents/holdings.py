"""What this room holds of a resident: consents and objections, kept as proof for a while after they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding
from noaber.network.consents.models import Consent, Objection
from noaber.network.consents.queries import purpose_words


def _consents(resident_id: UUID) -> Sequence[Mapping[str, Any]]:
    rows = Consent.objects.filter(resident_id=resident_id).select_related("organisation")
    return [
        {
            "what": str(row.get_what_display()),
            "who": row.organisation.name,
            "purpose": purpose_words(row.purpose),
            "from_on": row.valid_from,
            "until": row.valid_until,
            "given_at": row.given_at,
            "how": str(row.get_given_how_display()),
            "with": row.given_with,
            "ended_at": row.ended_at,
        }
        for row in rows.order_by("given_at")
    ]


def _objections(resident_id: UUID) -> Sequence[Mapping[str, Any]]:
    rows = Objection.objects.filter(resident_id=resident_id).select_related("organisation")
    return [
        {
            "what": str(row.get_what_display()),
            "who": row.organisation.name if row.organisation else "",
            "objected_at": row.made_at,
            "with": row.made_with,
            "withdrawn_at": row.withdrawn_at,
        }
        for row in rows.order_by("made_at")
    ]


def _end_consents(resident_id: UUID, now: datetime) -> int:
    """Living consents end. The proof of what held stays its own term, without the helper's name."""
    ended = Consent.objects.filter(resident_id=resident_id, ended_at__isnull=True).update(ended_at=now)
    return ended + _blank(Consent, "given_with", resident_id)


def _keep_objections(resident_id: UUID, now: datetime) -> int:
    """An objection stays: without it something might be shown after all. The helper's name goes."""
    return _blank(Objection, "made_with", resident_id)


def _blank(model: type[Consent] | type[Objection], field: str, resident_id: UUID) -> int:
    rows = model._default_manager.filter(resident_id=resident_id).exclude(**{field: ""})
    return rows.update(**{field: ""})


def register() -> None:
    """Called once at start."""
    registry.register(
        Holding(
            key="consents",
            words="Uw toestemmingen",
            retention="consent_proof",
            models=("consents.Consent",),
            collect=_consents,
            erase=_end_consents,
        )
    )
    registry.register(
        Holding(
            key="objections",
            words="Uw bezwaren",
            retention="consent_proof",
            models=("consents.Objection",),
            collect=_objections,
            erase=_keep_objections,
        )
    )
