"""Who of a sign-in service is which resident, as a fingerprint that leads back to nobody."""

from __future__ import annotations

import uuid

from django.db import models

from noaber.network.residents.models import Resident


class LinkedSubject(models.Model):
    """The pairwise name a sign-in service gave, kept as a fingerprint with the secret key; never a BSN."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.OneToOneField(Resident, on_delete=models.CASCADE, related_name="linked_subject")
    fingerprint = models.CharField(max_length=64, unique=True)
    linked_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
