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
    unit_kind = models.CharField(max_length=10, default="count")
    lower_is_better = models.BooleanField(default=False)
    targets = models.JSONField(
        default=list, help_text="one for each year, in order of due date; at least one"
    )
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
    decided_on = models.DateField(null=True)
    document = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "number"], name="a_kpi_number_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"KPI {self.number}"


class KpiSet(models.Model):
    """What the KPI file of a plan says besides the KPIs: printed totals, payout rules, who is cashier."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="kpi_sets")
    plan_slug = models.CharField(max_length=80)
    plan_title = models.CharField(max_length=250)
    official = models.BooleanField(default=True)
    status = models.TextField(blank=True)
    printed_total_keur = models.PositiveIntegerField(null=True)
    printed_iza_keur = models.PositiveIntegerField(null=True)
    printed_spuk_keur = models.PositiveIntegerField(null=True)
    payout_rules = models.JSONField(default=list)
    cashier_note = models.TextField(blank=True)
    document = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "plan_slug"], name="one_kpi_set_per_plan")]

    def __str__(self) -> str:
        return self.plan_title
