"""What comes of a group: how it went for people, hours and costs, and what was decided about it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from noaber.network.partners.models import Organisation


class Measure(models.Model):
    """'Hoe gaat het met u?', 0 to 10, our own question; at the start or at the end, of who wants to."""

    class Moment(models.TextChoices):
        """When it was asked."""

        START = "start", "bij het begin"
        END = "end", "aan het eind"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey("groups.Enrolment", on_delete=models.CASCADE, related_name="measures")
    moment = models.CharField(max_length=5, choices=Moment)
    score = models.PositiveSmallIntegerField()
    taken_on = models.DateField()
    noted_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "moment"], name="measured_once_at_a_moment"),
            models.CheckConstraint(condition=Q(score__range=(0, 10)), name="a_measure_is_nought_to_ten"),
        ]


class GroupEvaluation(models.Model):
    """What the leaders and participants thought of a group, in words that name nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="evaluations")
    held_on = models.DateField()
    went_well = models.TextField(blank=True)
    better = models.TextField(blank=True)
    participants_joined = models.BooleanField(default=True)
    by_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)


class LeaderHours(models.Model):
    """Hours of a leader on a day, for the settlement between organisations."""

    class On(models.TextChoices):
        """What they went to."""

        SESSION = "session", "bijeenkomst"
        PREPARATION = "preparation", "voorbereiding en nawerk"
        TRAVEL = "travel", "reistijd"
        OTHER = "other", "iets anders"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    leader = models.ForeignKey("groups.Leader", on_delete=models.CASCADE, related_name="hours")
    day = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    on = models.CharField(max_length=12, choices=On, default=On.SESSION)
    recorded_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=12), name="hours_fit_a_day")
        ]
        indexes = [models.Index(fields=["leader", "day"], name="hours_of_leader")]


class CostShare(models.Model):
    """Which part of the costs of a group an organisation bears, in percent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="cost_shares")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "organisation"], name="an_organisation_shares_once"),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100), name="a_share_is_a_part_of_hundred"
            ),
        ]


class ScaleDecision(models.Model):
    """Why a group was scaled up, scaled down or goes on: on which figures, by which function, when."""

    class Direction(models.TextChoices):
        """Which way."""

        UP = "up", "opschalen"
        ON = "on", "zo doorgaan"
        DOWN = "down", "afbouwen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="decisions")
    direction = models.CharField(max_length=4, choices=Direction)
    because = models.TextField()
    figures = models.JSONField(default=list)
    """The figures as they were on that day: lines with a label and a value."""
    by_function = models.CharField(max_length=80)
    decided_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=120)
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["group", "decided_on"], name="decisions_on_group")]
