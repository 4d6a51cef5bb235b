"""What the house remembers of copies, erasures and what passed its term. No names, no words of a person."""

from __future__ import annotations

from django.db import models


class LedgerMark(models.Model):
    """This database knows this line of the ledger."""

    number = models.PositiveIntegerField(primary_key=True)
    mac = models.CharField(max_length=64)
