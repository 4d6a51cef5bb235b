"""What was typed and could not be sent."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from noaber.hallway.sealed import SealedTextField


class Draft(models.Model):
    """The words of one form, for one account. Without `browser` (she left in a hurry) any browser will do."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    browser = models.CharField(max_length=64, blank=True)
    page = models.CharField(max_length=300)
    words = SealedTextField()
    kept_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "page"], name="one_draft_for_each_page")]
