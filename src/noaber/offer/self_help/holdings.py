"""What is held of a resident here: what she wrote at modules, her diary, and her reminders."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding
from noaber.offer.self_help.models import DiaryEntry, Reminder, StepWork


def _written(sealed: str) -> list[dict[str, Any]]:
    return list(json.loads(sealed).values()) if sealed else []


def _collect(resident_id: UUID) -> Sequence[Mapping[str, Any]]:
    steps = StepWork.objects.filter(resident_id=resident_id).select_related("module").order_by("saved_at")
    days = DiaryEntry.objects.filter(resident_id=resident_id).select_related("module").order_by("on")
    reminders = Reminder.objects.filter(resident_id=resident_id).select_related("module")
    return [
        *(
            {
                "module": row.module.title,
                "step": row.step_key,
                "at": row.saved_at,
                "wrote": _written(row.answers),
            }
            for row in steps
        ),
        *({"module": row.module.title, "day": row.on, "wrote": _written(row.answers)} for row in days),
        *(
            {"module": row.module.title, "weekdays": row.weekdays, "hour": row.hour, "until": row.until}
            for row in reminders
        ),
    ]


def _erase(resident_id: UUID, now: datetime) -> int:
    models = (StepWork, DiaryEntry, Reminder)
    return sum(model.objects.filter(resident_id=resident_id).delete()[0] for model in models)


def register() -> None:
    """Called once at start."""
    registry.register(
        Holding(
            key="self_help.own_work",
            words="Wat u schreef bij Zelf aan de slag",
            retention="contact",
            models=("self_help.StepWork", "self_help.DiaryEntry", "self_help.Reminder"),
            collect=_collect,
            erase=_erase,
        )
    )
