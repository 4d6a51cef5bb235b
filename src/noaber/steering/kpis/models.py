"""What was promised, with its bounds, money and marks of doubt."""

from __future__ import annotations

import uuid

from django.db import models

from noaber.network.partners.models import Region


class Kpi(models.Model):
    """One KPI as the plan states it."""

    class State(models.TextChoices):
        """What the steering group has decided about it."""

        OPEN = "open", "loopt nog"
        MET = "met", "gehaald"
        PARTLY = "partly", "deels uitbetaald"
        POSTPONED = "postponed", "uitgesteld"
        NOT_MET = "not_met", "niet gehaald"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="kpis")
    number = models.CharField(max_length=10)
    position = models.PositiveIntegerField()
    plan_slug = models.CharField(max_length=80, blank=True)
    component = models.CharField(max_length=80)
    text = models.TextField()
    type = models.CharField(max_length=1)
    metric = models.CharField(max_length=80)
    target = models.FloatField(null=True)
    unit = models.CharField(max_length=60, blank=True)
    lower_bound = models.FloatField(null=True)
    upper_bound = models.FloatField(null=True)
    due_on = models.DateField(null=True)
    due_is_exact = models.BooleanField(default=True)
    counted_from = models.DateField(null=True)
    counted_until = models.DateField(null=True)
    amount_keur = models.PositiveIntegerField(null=True)
    iza_keur = models.PositiveIntegerField(null=True)
    spuk_keur = models.PositiveIntegerField(null=True)
    evidence = models.TextField(blank=True)
    cashiers = models.JSONField(default=list)
    payout = models.BooleanField(default=True)
    official = models.BooleanField(default=True)
    reconstruction = models.TextField(blank=True)
    doubt = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    document = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "number"], name="a_kpi_number_once")]
