"""What one can go to. Named after Open Referral HSDS: a service of an organisation."""

from __future__ import annotations

import uuid

from django.db import models

from noaber.network.partners.models import Municipality, Organisation, Region


class Service(models.Model):
    """One thing to go to, and whether it can start this week without referral."""

    class Kind(models.TextChoices):
        """What sort of help; it also says to which outcome a choice belongs."""

        GGZ_MULTI = "ggz_multidisciplinary", "ggz met meerdere disciplines"
        GGZ_MONO = "ggz_monodisciplinary", "ggz met één behandelaar"
        SOCIAL_DOMAIN = "social_domain", "hulp uit het sociaal domein"
        SOCIAL_BASIS = "social_basis", "aanbod in de buurt"
        GROUP = "group", "hulpbron in een groep"
        LIVED_EXPERIENCE = "lived_experience", "steun van een ervaringsdeskundige"
        DIGITAL = "digital", "online hulp of gemeenschap"
        PRIMARY_CARE = "primary_care", "huisarts of POH"
        OWN_NETWORK = "own_network", "eigen netwerk"
        OTHER = "other", "iets anders"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="services")
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=30, choices=Kind)
    when = models.CharField(max_length=120, blank=True)
    cost = models.CharField(max_length=60, blank=True)
    needs_referral = models.BooleanField(default=False)
    starts_this_week = models.BooleanField(default=False)
    assured_on = models.DateField(null=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name", "municipality"],
                nulls_distinct=False,
                name="a_service_once_per_place",
            )
        ]

    def __str__(self) -> str:
        return self.name
