"""What keeps the waits true: mail links, keys for systems, what was delivered, and agendas."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from noaber.network.partners.models import Organisation


class UpdateRequest(models.Model):
    """'Klopt de wachttijd nog?', asked of a provider by mail. The link itself is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="wait_requests")
    token_hash = models.CharField(max_length=64, unique=True)
    mail_key = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="a_wait_link_ends_later"),
        ]
        indexes = [models.Index(fields=["organisation", "-asked_at"], name="wait_questions_of_provider")]


class ProviderKey(models.Model):
    """A key with which a system of a provider delivers. Shown once, kept as a fingerprint, revocable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="wait_keys")
    name = models.CharField(max_length=80)
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Delivery(models.Model):
    """One file or message that came in whole, so that the same one twice is once."""

    class Kind(models.TextChoices):
        """What was in it."""

        REPORTS = "reports", "wachttijden"
        STARTS = "starts", "startlijst"
        AGENDA = "agenda", "agenda"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="wait_deliveries")
    kind = models.CharField(max_length=8, choices=Kind)
    how = models.CharField(max_length=8)
    fingerprint = models.CharField(max_length=64)
    """Of the content, or of the sender's own key for this message."""
    content = models.CharField(max_length=64, blank=True)
    """Of the content, where the sender gave a key of its own."""
    rows = models.PositiveIntegerField()
    answer = models.JSONField(default=dict)
    """What was answered: numbers only."""
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "fingerprint"], name="a_delivery_comes_in_once"
            )
        ]


class AgendaOpening(models.Model):
    """A free slot for an intake or a first treatment, in the newest agenda that a provider delivered."""

    class Kind(models.TextChoices):
        """What it is free for."""

        INTAKE = "intake", "intake"
        TREATMENT = "treatment", "eerste behandeling"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(
        "care_programmes.CareProgramme", on_delete=models.CASCADE, related_name="openings"
    )
    kind = models.CharField(max_length=9, choices=Kind)
    day = models.DateField()
    places = models.PositiveSmallIntegerField(default=1)
    delivered_on = models.DateField()
    """Of which day the agenda is: the reference date of what is read from it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "day", "delivered_on"], name="a_day_once_in_an_agenda"
            ),
            models.CheckConstraint(condition=Q(places__gt=0), name="an_opening_has_a_place"),
        ]
