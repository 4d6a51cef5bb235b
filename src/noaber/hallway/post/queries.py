"""What left the house, for the operator and for the demo's own letterbox."""

from __future__ import annotations

from django.db.models import Count

from noaber.hallway.post.models import Message


def counts() -> dict[str, int]:
    """How many messages stand where."""
    rows = Message.objects.values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def newest(limit: int = 100) -> list[Message]:
    """The newest messages, with their neutral words."""
    return list(Message.objects.order_by("-created_at", "-pk")[:limit])


def failing(limit: int = 50) -> list[Message]:
    """Messages that the mail server did not take, oldest first. Without address or words."""
    rows = Message.objects.filter(state=Message.State.FAILED).order_by("created_at")
    return list(rows.only("pk", "created_at", "attempts", "last_failure")[:limit])
