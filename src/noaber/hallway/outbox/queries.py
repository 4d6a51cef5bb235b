"""How the outbox stands."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Min, Q
from procrastinate.contrib.django.models import ProcrastinateJob

from noaber.hallway.outbox.models import OutboxEvent


def standing() -> dict[str, object]:
    """How many events wait, how many failed at least once, and since when the oldest waits."""
    return OutboxEvent.objects.filter(delivered_at__isnull=True).aggregate(
        waiting=Count("pk"), failed=Count("pk", filter=Q(attempts__gt=0)), oldest=Min("occurred_at")
    )


def forgotten(limit: int = 500) -> list[UUID]:
    """Undelivered events that no job waits to tell, oldest first. A killed worker leaves such events."""
    jobs = ProcrastinateJob.objects.filter(task_name="outbox.deliver", status="todo")
    waiting = set(jobs.values_list("args__event_id", flat=True))
    rows = OutboxEvent.objects.filter(delivered_at__isnull=True).order_by("occurred_at")
    return [pk for pk in rows.values_list("pk", flat=True) if str(pk) not in waiting][:limit]


def failing(limit: int = 50) -> list[OutboxEvent]:
    """Events that a listener refused at least once, oldest first."""
    rows = OutboxEvent.objects.filter(delivered_at__isnull=True, attempts__gt=0)
    return list(rows.defer("payload").order_by("occurred_at")[:limit])
