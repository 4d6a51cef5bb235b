"""What left the house, for the operator and for the demo's own letterbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count
from procrastinate.contrib.django.models import ProcrastinateJob

from noaber.hallway.post.models import Message

TRIED_FOR = timedelta(days=7)
"""A message that could not be sent for so long comes too late; the technical administrator sees it."""


def counts() -> dict[str, int]:
    """How many messages stand where."""
    rows = Message.objects.values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def newest(limit: int = 100) -> list[Message]:
    """The newest messages, with their neutral words."""
    return list(Message.objects.order_by("-created_at", "-pk")[:limit])


def forgotten(*, now: datetime, limit: int = 500) -> list[UUID]:
    """Messages of this week that are not sent and that no job waits to send, oldest first."""
    jobs = ProcrastinateJob.objects.filter(task_name="post.send", status="todo")
    waiting = set(jobs.values_list("args__message_id", flat=True))
    rows = Message.objects.filter(
        state__in=[Message.State.QUEUED, Message.State.FAILED], created_at__gt=now - TRIED_FOR
    ).order_by("created_at")
    return [pk for pk in rows.values_list("pk", flat=True) if str(pk) not in waiting][:limit]


def failing(limit: int = 50) -> list[Message]:
    """Messages that the mail server did not take, oldest first. Without address or words."""
    rows = Message.objects.filter(state=Message.State.FAILED).order_by("created_at")
    return list(rows.only("pk", "created_at", "attempts", "last_failure")[:limit])


def failed_among(keys: Iterable[str], *, after_tries: int = 3) -> set[str]:
    """Which of these messages the mail server refused so often that they will not arrive."""
    rows = Message.objects.filter(key__in=list(keys), state=Message.State.FAILED, attempts__gte=after_tries)
    return set(rows.values_list("key", flat=True))
