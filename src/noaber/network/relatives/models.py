"""The people she invited, and what each of them may see. Names and addresses are sealed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from noaber.hallway.sealed import SealedCharField
from noaber.network.residents.models import Resident


class Relative(models.Model):
    """Someone close to her, invited by her alone. Of the link and the word only fingerprints are kept."""

    class Channel(models.TextChoices):
        """How the link reaches the relative."""

        MAIL = "mail", "e-mail"
        TEXT = "text", "sms"
        PAPER = "paper", "op papier"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="relatives")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="relative"
    )
    name = SealedCharField()
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.PAPER)
    address = SealedCharField(blank=True, default="")
    code_hash = models.CharField(max_length=64, unique=True)
    word_hash = models.CharField(max_length=64)
    failures = models.PositiveSmallIntegerField(default=0)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    comes_along = models.BooleanField(default=False)
    name_may_be_told = models.BooleanField(default=False)
    reminder_channel = models.CharField(max_length=8, blank=True)
    reminder_address = SealedCharField(blank=True, default="")
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="a_link_to_a_relative_expires_later"
            )
        ]
        indexes = [
            models.Index(
                fields=["resident"], condition=Q(revoked_at__isnull=True), name="living_relatives_of_one"
            )
        ]


class SharedItem(models.Model):
    """One thing that she lets one relative see. Each is a yes of its own, and ends at once."""

    class What(models.TextChoices):
        """What can be shared."""

        APPOINTMENT = "appointment", "wanneer de afspraak is"
        EXPECT = "expect", "waar het is en wat er gebeurt"
        NEXT_STEP = "next_step", "de volgende stap"
        MEANWHILE = "meanwhile", "wat zij intussen koos"
        REMINDERS = "reminders", "een herinnering krijgen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    relative = models.ForeignKey(Relative, on_delete=models.CASCADE, related_name="items")
    what = models.CharField(max_length=12, choices=What)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relative", "what"],
                condition=Q(ended_at__isnull=True),
                name="one_living_item_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("given_at")),
                name="a_shared_item_ends_after_it_began",
            ),
        ]
