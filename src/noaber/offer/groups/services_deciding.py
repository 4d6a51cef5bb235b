"""Deciding about a group: more of it, on, or less. Kept for good, with the figures of that day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.offer.groups import errors, figures
from noaber.offer.groups.models import Group, ScaleDecision
from noaber.offer.groups.services_leading import check_words


@transaction.atomic
def decide(
    *,
    actor: Actor,
    group_id: UUID,
    direction: str,
    because: str,
    by_function: str,
    decided_on: date,
    once_key: str,
    now: datetime,
) -> ScaleDecision:
    """Write down what was decided, by which function. The figures of this group are kept beside it.

    Raises:
        Invalid: no reason, a day that must still come, or words that point at somebody.
    """
    row = gate.get(actor, "decide", Group.objects.all(), resource="group", pk=group_id)
    if not because.strip():
        raise errors.wrong("because", "Zeg waarom, en op welke cijfers.")
    if decided_on > day_of(now):
        raise errors.wrong("decided_on", "Deze dag moet nog komen.")
    check_words({"because": because, "by_function": by_function})
    made, fresh = ScaleDecision.objects.get_or_create(
        once_key=once_key,
        defaults={
            "group": row,
            "direction": direction,
            "because": because.strip(),
            "figures": [[str(label), str(value)] for label, value in figures.lines(row, now=now)],
            "by_function": by_function.strip(),
            "decided_on": decided_on,
            "recorded_at": now,
            "recorded_by_name": actor.name,
        },
    )
    if fresh:
        audit.record(
            actor=actor,
            action=audit.Action.CREATE,
            event_type="groups.decided",
            resident_id=None,
            object_kind="group",
            object_id=row.pk,
            part="een groep",
            purpose="om te besluiten over een groep",
            now=now,
        )
    return made
