"""What is held of a resident here: who helped, paper, the other way to reach her, letters by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding
from noaber.network.companions.models import CarriedOut, OtherWay, PaperForm, PhoneDigits, TimeTogether

Rows = Sequence[Mapping[str, Any]]


def _times(resident_id: UUID) -> Rows:
    rows = TimeTogether.objects.filter(resident_id=resident_id).select_related("organisation")
    return [
        {
            "helper": row.helper_name,
            "organisation": row.organisation.name,
            "how": row.get_how_display(),
            "started_at": row.started_at,
            "ended_at": row.ended_at or row.ends_at,
        }
        for row in rows.order_by("started_at")
    ]


def _forget_times(resident_id: UUID, now: datetime) -> int:
    digits = PhoneDigits.objects.filter(resident_id=resident_id).delete()[0]
    return digits + TimeTogether.objects.filter(resident_id=resident_id).delete()[0]


def _papers(resident_id: UUID) -> Rows:
    rows = PaperForm.objects.filter(resident_id=resident_id).order_by("printed_at")
    return [
        {
            "printed_at": row.printed_at,
            "printed_by": row.printed_by_name,
            "signed_on": row.signed_on,
            "entered_at": row.entered_at,
            "entered_by": row.entered_by_name,
            "choices": row.choices,
        }
        for row in rows
    ]


def _forget_papers(resident_id: UUID, now: datetime) -> int:
    return PaperForm.objects.filter(resident_id=resident_id).delete()[0]


def _ways(resident_id: UUID) -> Rows:
    rows = OtherWay.objects.filter(resident_id=resident_id)
    return [{"who": r.who, "phone": r.phone, "address": r.address, "changed_at": r.changed_at} for r in rows]


def _forget_ways(resident_id: UUID, now: datetime) -> int:
    return OtherWay.objects.filter(resident_id=resident_id).delete()[0]


def _carried(resident_id: UUID) -> Rows:
    rows = CarriedOut.objects.filter(resident_id=resident_id).order_by("at")
    return [{"outcome": r.get_outcome_display(), "at": r.at, "by": r.by_name} for r in rows]


def _forget_carried(resident_id: UUID, now: datetime) -> int:
    return CarriedOut.objects.filter(resident_id=resident_id).delete()[0]


def register() -> None:
    """Called once at start."""
    registry.register(
        Holding(
            key="companions.times",
            words="Wie u hielp, en wanneer",
            retention="contact",
            models=("companions.TimeTogether", "companions.PhoneDigits"),
            collect=_times,
            erase=_forget_times,
        )
    )
    registry.register(
        Holding(
            key="companions.paper",
            words="Uw keuzes op papier",
            retention="consent_proof",
            models=("companions.PaperForm",),
            collect=_papers,
            erase=_forget_papers,
        )
    )
    registry.register(
        Holding(
            key="companions.other_way",
            words="Via wie wij u bereiken",
            retention="contact",
            models=("companions.OtherWay",),
            collect=_ways,
            erase=_forget_ways,
        )
    )
    registry.register(
        Holding(
            key="companions.carried_out",
            words="Brieven en telefoontjes aan u",
            retention="contact",
            models=("companions.CarriedOut",),
            collect=_carried,
            erase=_forget_carried,
        )
    )
