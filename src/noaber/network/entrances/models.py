"""How a resident comes in: codes that were sent to her, links, and when someone came in or tried to."""

from __future__ import annotations

import uuid

from django.db import models

from noaber.hallway.sealed import SealedCharField
from noaber.network.residents.models import Resident


class SentCode(models.Model):
    """Six digits that were sent to her for one sign-in. A fingerprint; five tries, once, not for long."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="sent_codes")
    channel = models.CharField(max_length=8)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class EntryLink(models.Model):
    """A link to come in with, beside a second item. A fingerprint; it works once, for a short while."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="entry_links")
    token_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=8, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Entry(models.Model):
    """Someone came in as her, or tried to. She reads these herself."""

    class Way(models.TextChoices):
        """The first item."""

        CARD = "card", "kaart"
        LINK = "link", "link"
        PASSKEY = "passkey", "passkey"
        BROKER = "broker", "inlogdienst"

    class Second(models.TextChoices):
        """The second item."""

        OWN_PIN = "own_pin", "eigen pincode"
        GIVEN_PIN = "given_pin", "pincode van de kaart"
        CODE = "code", "code"
        DEVICE = "device", "apparaat"
        NONE = "", ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="entries_in")
    at = models.DateTimeField()
    way = models.CharField(max_length=8, choices=Way)
    second = models.CharField(max_length=10, choices=Second, blank=True)
    refused = models.BooleanField(default=False)
    known_to_others = models.BooleanField(default=False)
    times = models.PositiveIntegerField(default=1)
    device = models.CharField(max_length=80, blank=True)
    session_key = SealedCharField(blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["resident", "-at"], name="entries_of_one")]
