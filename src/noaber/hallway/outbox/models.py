"""What happened, and who has heard it."""

from __future__ import annotations

import uuid

from django.db import models


class OutboxEvent(models.Model):
    """Something that happened, written in the same transaction as the act itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    payload = models.JSONField()
    occurred_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_failure = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["occurred_at"],
                condition=models.Q(delivered_at__isnull=True),
                name="outbox_not_yet_delivered",
            )
        ]


class Handling(models.Model):
    """This handler has done its work for this event; the row and the work commit together."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE)
    handler = models.CharField(max_length=120)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="a_handler_hears_an_event_once")
        ]
