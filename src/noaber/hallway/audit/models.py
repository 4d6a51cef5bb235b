"""The log of NEN 7513. Rows are only ever added: the database refuses anything else."""

from __future__ import annotations

import uuid

from django.db import models


class AuditEntry(models.Model):
    """One act on what is held of one person: who, for whom, what, which part, when, why, on which ground."""

    class Action(models.TextChoices):
        """EventActionCode of NEN 7513 (the codes of DICOM and FHIR AuditEvent)."""

        CREATE = "C", "aanmaken"
        READ = "R", "lezen"
        UPDATE = "U", "wijzigen"
        DELETE = "D", "verwijderen"
        EXECUTE = "E", "uitvoeren"

    class Result(models.TextChoices):
        """EventOutcomeIndicator of NEN 7513."""

        SUCCESS = "0", "gelukt"
        REFUSED = "8", "geweigerd"

    event_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    occurred_at = models.DateTimeField()
    event_type = models.CharField(max_length=60)
    action = models.CharField(max_length=1, choices=Action)
    result = models.CharField(max_length=2, choices=Result, default=Result.SUCCESS)
    account_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=200, blank=True)
    region_id = models.UUIDField(null=True)
    network_access_point = models.CharField(max_length=45, blank=True)
    purpose = models.CharField(max_length=80)
    basis = models.CharField(max_length=80, blank=True)
    resident_id = models.UUIDField(null=True)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64, blank=True)
    part = models.CharField(max_length=80, blank=True)
    emergency = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["resident_id", "-occurred_at"], name="audit_of_a_resident"),
            models.Index(fields=["account_id", "-occurred_at"], name="audit_of_an_account"),
            models.Index(fields=["-occurred_at"], name="audit_by_time"),
            models.Index(fields=["region_id", "-occurred_at"], name="audit_of_a_region"),
        ]
