"""What this part holds of a resident: that she waits for a group, and what she was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding
from noaber.offer.groups.forming import words
from noaber.offer.groups.models_forming import FormingQuestion, WaitingFor


def _collect(resident_id: UUID) -> Sequence[Mapping[str, Any]]:
    rows = WaitingFor.objects.filter(resident_id=resident_id).select_related("organisation", "municipality")
    return [
        {
            "organisation": row.organisation.name,
            "kind": words.kind(row.kind),
            "what": words.theme(row.theme),
            "place": row.municipality.name,
            "times": words.parts(row.day_parts),
            "since": row.since,
            "consent_given": row.consented_on,
            "state": row.get_state_display(),
            "history": [
                {"what": one.proposal.title, "answer": one.get_answer_display(), "at": one.answered_at}
                for one in row.questions.select_related("proposal").order_by("proposal__made_at")
            ],
        }
        for row in rows.order_by("since")
    ]


def _erase(resident_id: UUID, now: datetime) -> int:
    return WaitingFor.objects.filter(resident_id=resident_id).delete()[0]


def _purge(before: datetime, really: bool) -> int:
    """Who left the pool: her row goes, with what she was asked."""
    rows = WaitingFor.objects.filter(ended_at__lt=before)
    return rows.delete()[0] if really else rows.count()


def register() -> None:
    """Called once at start."""
    registry.register(
        Holding(
            key="groups.waiting_for",
            words=gettext_noop("Waarop u wacht voor een groep"),
            retention="session",
            models=(WaitingFor._meta.label, FormingQuestion._meta.label),
            collect=_collect,
            erase=_erase,
            purge=_purge,
        )
    )
