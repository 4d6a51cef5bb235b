"""Modules as editors wrote them, and what somebody keeps of doing one: hers alone."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from noaber.hallway.sealed import SealedTextField
from noaber.network.partners.models import Region
from noaber.network.residents.models import Resident


class Module(models.Model):
    """A self-help module of a region. Editors write on `version`, people see `public_version`."""

    class State(models.TextChoices):
        """Whether people see it."""

        DRAFT = "draft", "nog niet te zien"
        PUBLIC = "public", "te zien"
        WITHDRAWN = "withdrawn", "niet meer te zien"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="self_help_modules")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    public_version = models.PositiveIntegerField(null=True)
    service_id = models.UUIDField(null=True)
    """Its entry in the directory."""
    from_starter = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "slug"], name="a_module_once_per_region"),
            models.CheckConstraint(
                condition=~Q(state="public") | Q(public_version__isnull=False),
                name="a_public_module_has_a_public_version",
            ),
            models.CheckConstraint(
                condition=Q(public_version__isnull=True) | Q(public_version__lte=F("version")),
                name="what_people_see_was_written",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ModuleVersion(models.Model):
    """The text of a module as it was at one moment. `by` is an organisation, never a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["module", "number"], name="a_module_version_once")]


class StepWork(models.Model):
    """What a resident wrote at a step. Sealed; nobody but she reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="self_help_steps")
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="+")
    step_key = models.CharField(max_length=60)
    answers = SealedTextField(blank=True, default="")
    """JSON: {key: {"asked": words, "answer": what she wrote}}."""
    saved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "module", "step_key"], name="a_step_once_per_resident"
            )
        ]


class DiaryEntry(models.Model):
    """What a resident wrote in the diary of a module on one day. Sealed; nobody but she reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="self_help_diary")
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    answers = SealedTextField(blank=True, default="")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resident", "module", "on"], name="a_diary_day_once_per_resident")
        ]


class Reminder(models.Model):
    """When a resident wants to be reminded to go on. It says nothing of what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="self_help_reminders")
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="+")
    weekdays = ArrayField(models.PositiveSmallIntegerField())
    hour = models.PositiveSmallIntegerField()
    until = models.DateField()
    set_at = models.DateTimeField()
    last_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resident", "module"], name="a_reminder_once_per_module"),
            models.CheckConstraint(condition=Q(hour__range=(7, 21)), name="a_reminder_comes_by_day"),
            models.CheckConstraint(condition=~Q(weekdays=[]), name="a_reminder_has_a_weekday"),
        ]
