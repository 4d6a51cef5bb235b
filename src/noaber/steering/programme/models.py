"""The plans of a region, as they were agreed."""

from __future__ import annotations

import uuid

from django.db import models

from noaber.network.partners.models import Region


class Plan(models.Model):
    """One plan: a transformation plan, or an older multi-year programme beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="plans")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=250)
    source = models.TextField(blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    document = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "slug"], name="a_plan_once_per_region")]

    def __str__(self) -> str:
        return self.title


class PlanItem(models.Model):
    """A component, work package, project, milestone, risk or body of a plan, with its marks of doubt."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=30)
    slug = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    position = models.PositiveIntegerField()
    due_on = models.DateField(null=True)
    doubt = models.TextField(blank=True)
    document = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "kind", "slug"], name="a_plan_item_once")]

    def __str__(self) -> str:
        return self.title
