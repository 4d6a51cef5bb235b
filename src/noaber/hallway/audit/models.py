"""The log of NEN 7513. Rows are only ever added: the database refuses anything else."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q, Value

from noaber.hallway.sealed import SealedCharField, SealedTextField


class AuditEntry(models.Model):
    """One act on what is held of one person: who, for whom, what, which part, when, why, on which ground.

    `role` holds every role of the actor at that moment and `hats` where each was held; `acting_role` is the
    one that this act used, when that is known. `organisation_name` and `region_id` go with the acting role.
    `listed`: the person stood in a list of many; nobody chose to open hers.
    """

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
    acting_role = models.CharField(max_length=40, blank=True, default="", db_default="")
    profession = models.CharField(max_length=60, blank=True, default="", db_default="")
    listed = models.BooleanField(default=False, db_default=False)
    hats = models.JSONField(default=list, blank=True, db_default=Value([], output_field=models.JSONField()))

    class Meta:
        indexes = [
            models.Index(fields=["resident_id", "-occurred_at"], name="audit_of_a_resident"),
            models.Index(fields=["account_id", "-occurred_at"], name="audit_of_an_account"),
            models.Index(fields=["-occurred_at"], name="audit_by_time"),
            models.Index(fields=["region_id", "-occurred_at"], name="audit_of_a_region"),
        ]


class LookQuestion(models.Model):
    """What a resident asks about one look at her data, and what the privacy officer answered. Sealed."""

    class Via(models.TextChoices):
        """How her question came."""

        PAGE = "page", "op haar eigen pagina"
        PHONE = "phone", "telefoon"
        PAPER = "paper", "brief"

    class Outcome(models.TextChoices):
        """What came of it."""

        IN_ORDER = "in_order", "het hoorde bij het werk"
        MISTAKE = "mistake", "het was een vergissing"
        NOT_ALLOWED = "not_allowed", "het had niet gemogen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region_id = models.UUIDField()
    resident_id = models.UUIDField()
    about_id = models.UUIDField(null=True)
    about_account_id = models.UUIDField(null=True)
    via = models.CharField(max_length=8, choices=Via, default=Via.PAGE)
    question = SealedTextField()
    once_key = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    answer = SealedTextField(blank=True, default="")
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="")
                | (Q(answered_at__isnull=False) & ~Q(outcome="")),
                name="an_answer_has_an_outcome",
            )
        ]
        indexes = [
            models.Index(fields=["resident_id", "-asked_at"], name="questions_of_a_resident"),
            models.Index(fields=["region_id", "answered_at"], name="questions_of_a_region"),
        ]


class Acquaintance(models.Model):
    """Someone whom a resident knows and who should not look: sealed, and as a fingerprint to compare with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident_id = models.UUIDField()
    name = SealedCharField()
    fingerprint = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resident_id", "fingerprint"], name="an_acquaintance_once")
        ]


class HomeStreet(models.Model):
    """In which street a colleague lives, as a fingerprint alone: it can be compared and never read."""

    account_id = models.UUIDField(primary_key=True)
    fingerprint = models.CharField(max_length=64)
    set_at = models.DateTimeField()


class ReviewItem(models.Model):
    """What one colleague looked at in one week that no rule explains. Once decided it stays as it is."""

    class Decision(models.TextChoices):
        """What the privacy officer decided."""

        IN_ORDER = "in_order", "in orde"
        REPORTED = "reported", "gemeld"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region_id = models.UUIDField()
    week_on = models.DateField()
    account_id = models.UUIDField()
    number = models.PositiveSmallIntegerField(default=1)
    actor_name = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=200, blank=True)
    score = models.PositiveSmallIntegerField()
    signals = models.JSONField()
    lines = models.JSONField()
    found_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    asked_words = SealedTextField(blank=True, default="")
    replied_at = models.DateTimeField(null=True)
    reply = SealedTextField(blank=True, default="")
    decision = models.CharField(max_length=12, choices=Decision, blank=True)
    because = SealedTextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "week_on", "account_id", "number"], name="a_review_item_once"
            ),
            models.UniqueConstraint(
                fields=["region_id", "week_on", "account_id"],
                condition=Q(decided_at__isnull=True),
                name="one_open_review_item",
            ),
        ]
        indexes = [models.Index(fields=["region_id", "week_on", "-score"], name="review_of_a_week")]


class Seal(models.Model):
    """One link of the chain over the log: the line, its dense number, and the hash of all lines up to it."""

    number = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    chain = models.CharField(max_length=64)


class Checkpoint(models.Model):
    """Where the chain goes on from, after lines older than their term were forgotten. Nothing of anybody."""

    number = models.BigIntegerField(primary_key=True)
    chain = models.CharField(max_length=64)
    before = models.DateTimeField()
    forgotten_at = models.DateTimeField()
    lines = models.BigIntegerField()
