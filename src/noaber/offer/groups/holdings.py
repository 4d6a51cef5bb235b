"""What is held of a resident here: her places in groups, when she was there, and how she said it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding
from noaber.offer.groups import seats, telling
from noaber.offer.groups.models import Enrolment


def _collect(resident_id: UUID) -> Sequence[Mapping[str, Any]]:
    rows = (
        Enrolment.objects.filter(resident_id=resident_id)
        .select_related("group", "placed_by")
        .prefetch_related("attendance__session", "measures")
        .order_by("waits_since")
    )
    return [
        {
            "group": row.group.title,
            "status": row.get_status_display(),
            "since": row.waits_since,
            "placed_at": row.placed_at,
            "ended_at": row.ended_at,
            "placed_by": row.placed_by.name if row.placed_by else None,
            "leaders_see_phone": row.shares_phone,
            "was_there": [
                {"on": one.session.during.lower, "state": one.get_state_display()}
                for one in row.attendance.all()
            ],
            "how_it_goes": [
                {"moment": one.get_moment_display(), "score": one.score, "on": one.taken_on}
                for one in row.measures.all()
            ],
        }
        for row in rows
    ]


def _erase(resident_id: UUID, now: datetime) -> int:
    """Her places go; each that comes free is offered to who waits longest."""
    hers = Enrolment.objects.filter(resident_id=resident_id)
    groups = [seats.lock(pk) for pk in sorted(set(hers.values_list("group_id", flat=True)))]
    gone = hers.delete()[0]
    for group in groups:
        for row in seats.pass_on(group, now=now):
            telling.tell_offer(row, now=now)
    return gone


def register() -> None:
    """Called once at start."""
    registry.register(
        Holding(
            key="groups.places",
            words="Uw plekken in groepen",
            retention="contact",
            models=("groups.Enrolment", "groups.Attendance", "groups.Measure"),
            collect=_collect,
            erase=_erase,
        )
    )
