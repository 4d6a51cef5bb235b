"""What the house remembers of copies, erasures and what passed its term. No names; words are sealed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from noaber.hallway.sealed import SealedTextField


class LedgerMark(models.Model):
    """This database knows this line of the ledger."""

    number = models.PositiveIntegerField(primary_key=True)
    mac = models.CharField(max_length=64)


class FileStatement(models.Model):
    """What the resident herself wants to add to her file (7:454 lid 2 BW). Nobody else changes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident_id = models.UUIDField()
    body = SealedTextField()
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["resident_id", "written_at"], name="statements_of_a_resident")]


class ErasureRequest(models.Model):
    """She asks to erase all of it or parts. One open request at a time; the answer comes within a month."""

    class How(models.TextChoices):
        """How her request came."""

        PAGE = "page", "op haar eigen pagina"
        PAPER = "paper", "op papier"

    class State(models.TextChoices):
        """Where it is."""

        ASKED = "asked", "gevraagd"
        GRANTED = "granted", "toegezegd"
        REFUSED = "refused", "afgewezen"
        TAKEN_BACK = "taken_back", "teruggenomen"
        DONE = "done", "gewist"

    OPEN = (State.ASKED, State.GRANTED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident_id = models.UUIDField()
    region_id = models.UUIDField()
    how = models.CharField(max_length=8, choices=How)
    parts = models.JSONField()
    state = models.CharField(max_length=12, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    decide_by = models.DateField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    granted = models.JSONField(default=list)
    reason = SealedTextField(blank=True, default="")
    erase_after = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    ledger_number = models.PositiveIntegerField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident_id"], condition=Q(state__in=["asked", "granted"]), name="one_open_erasure"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "done"]) | Q(erase_after__isnull=False),
                name="a_granted_erasure_says_when",
            ),
        ]
        indexes = [models.Index(fields=["region_id", "state", "asked_at"], name="erasures_of_a_region")]


class DestructionList(models.Model):
    """What passed its term, found by the sweep, to be confirmed by the privacy officer before it goes."""

    class State(models.TextChoices):
        """Where it is."""

        PROPOSED = "proposed", "voorgesteld"
        CONFIRMED = "confirmed", "bevestigd"
        DROPPED = "dropped", "niet bevestigd"
        DONE = "done", "vernietigd"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region_id = models.UUIDField()
    retention = models.CharField(max_length=40)
    holding = models.CharField(max_length=60)
    before_on = models.DateField()
    residents = models.JSONField(default=list)
    count = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "holding"],
                condition=Q(state__in=["proposed", "confirmed"]),
                name="one_open_destruction_list",
            )
        ]


class DestructionLine(models.Model):
    """One line of the destruction log: what kind, how many, on which ground, when. Never who."""

    at = models.DateTimeField()
    region_id = models.UUIDField(null=True)
    holding = models.CharField(max_length=60)
    retention = models.CharField(max_length=40)
    because = models.CharField(max_length=12)
    rows = models.PositiveIntegerField()
    decided_by = models.CharField(max_length=120, blank=True)
