"""What leaves the house. Words are neutral; the address is sealed."""

from __future__ import annotations

import uuid

from django.db import models

from noaber.hallway.sealed import SealedBytesField, SealedCharField


class Message(models.Model):
    """One mail. `key` makes it once: the same key never makes a second one. It holds no address."""

    class State(models.TextChoices):
        """Where it is on its way."""

        QUEUED = "queued", "in de wachtrij"
        SENT = "sent", "verstuurd"
        FAILED = "failed", "mislukt"
        WITHHELD = "withheld", "tegengehouden"

    class Channel(models.TextChoices):
        """How it goes out."""

        MAIL = "mail", "e-mail"
        TEXT = "text", "sms"
        LETTER = "letter", "brief op papier"
        CALL = "call", "telefoon"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.MAIL)
    key = models.CharField(max_length=200, unique=True)
    address = SealedCharField()
    recipient_account_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=120)
    body = models.TextField()
    calendar = SealedBytesField(null=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    guard = models.CharField(max_length=80, blank=True)
    guard_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_failure = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="post_by_state")]
