"""What one can go to. Named after Open Referral HSDS: a service, at places, with schedules."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from noaber.network.partners.models import Municipality, Organisation, Region
from noaber.offer.directory.models_upkeep import (
    CheckRequest,
    Confirmation,
    EntryChange,
    ErrorReport,
    Gap,
    Synonym,
)

__all__ = [
    "CheckRequest",
    "Confirmation",
    "EntryChange",
    "ErrorReport",
    "Gap",
    "Place",
    "Revision",
    "Schedule",
    "Service",
    "ServiceAtPlace",
    "Synonym",
]


class Service(models.Model):
    """One thing to go to, who keeps it true, and where each of its words came from.

    `kind` says to which outcome a choice belongs; `terms` are the codes of `knowledge/offer_terms`.
    `version` rises with every edit (two editors on one entry); `revision` rises over the whole region, in the
    order of commits, so that a search index knows what is new. `origins` keeps per field where it came from,
    `extra` what a source sent that has no field here. An entry merged away points at the one that stayed.
    """

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

    class Status(models.TextChoices):
        """HSDS `service.status`."""

        ACTIVE = "active", "is er"
        INACTIVE = "inactive", "is er nu niet"
        DEFUNCT = "defunct", "is gestopt"
        CLOSED = "temporarily closed", "tijdelijk dicht"

    class Mode(models.TextChoices):
        """How one takes part."""

        LIVE = "live", "op een plek"
        ONLINE = "online", "online"
        HYBRID = "hybrid", "op een plek of online"
        PHONE = "phone", "door te bellen"
        HOME = "home", "thuis"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="services")
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL)
    provider_name = models.CharField(max_length=200, blank=True)
    """Who offers it when that is no partner of the network."""
    name = models.CharField(max_length=200)
    alternate_name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    text_young = models.TextField(blank=True)
    text_professional = models.TextField(blank=True)
    kind = models.CharField(max_length=30, choices=Kind)
    terms = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.LIVE)
    when = models.CharField(max_length=200, blank=True)
    cost = models.CharField(max_length=120, blank=True)
    cost_eur_cents = models.PositiveIntegerField(null=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(max_length=500, blank=True)
    languages = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    min_age = models.PositiveSmallIntegerField(null=True)
    max_age = models.PositiveSmallIntegerField(null=True)
    needs_referral = models.BooleanField(default=False)
    how_to_start = models.TextField(blank=True)
    starts_this_week = models.BooleanField(default=False)
    free_places = models.PositiveIntegerField(null=True)
    free_places_on = models.DateField(null=True)
    alert = models.CharField(max_length=300, blank=True)
    assured_on = models.DateField(null=True)
    assured_by = models.CharField(max_length=200, blank=True)
    """An organisation or 'de bezoeker', never the name of a person."""
    ageing_on = models.DateField(null=True)
    stale_on = models.DateField(null=True)
    """The days on which what earned it trust has faded (`rules_fresh`); empty: count from `assured_on`."""
    owner_email = models.EmailField(blank=True)
    """Where 'klopt dit nog?' goes. Never shown, never exported."""
    source = models.SlugField(max_length=60, blank=True)
    """The map of another that owns this entry; empty: it is ours."""
    source_key = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    origins = models.JSONField(default=dict, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    version = models.PositiveIntegerField(default=1)
    revision = models.BigIntegerField(default=0)
    last_modified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name", "municipality"],
                condition=Q(source=""),
                nulls_distinct=False,
                name="a_service_once_per_place",
            ),
            models.UniqueConstraint(
                fields=["region", "source", "source_key"],
                condition=~Q(source=""),
                name="an_entry_of_a_source_once",
            ),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(max_age__gte=F("min_age")),
                name="ages_run_upwards",
            ),
            models.CheckConstraint(
                condition=Q(free_places__isnull=True) | Q(free_places_on__isnull=False),
                name="free_places_have_a_day",
            ),
            models.CheckConstraint(
                condition=Q(source="") | ~Q(source_key=""), name="an_entry_of_a_source_has_its_key"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(status="active"), name="a_merged_entry_is_gone"
            ),
        ]
        indexes = [
            models.Index(fields=["region", "revision"], name="services_by_revision"),
            models.Index(fields=["region", "status", "assured_on"], name="services_by_freshness"),
            GinIndex(fields=["terms"], name="services_by_term"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def active(self) -> bool:
        """Whether one can go there; temporarily closed is shown, with that word."""
        return self.status in {self.Status.ACTIVE, self.Status.CLOSED}


class Place(models.Model):
    """Where something is (HSDS location, with one address). Several entries may share a place."""

    class Type(models.TextChoices):
        """HSDS `location_type`."""

        PHYSICAL = "physical", "een plek"
        VIRTUAL = "virtual", "online"
        POSTAL = "postal", "een postadres"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="places")
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.SET_NULL)
    type = models.CharField(max_length=10, choices=Type, default=Type.PHYSICAL)
    name = models.CharField(max_length=200, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=7, blank=True)
    city = models.CharField(max_length=100, blank=True)
    province = models.CharField(max_length=60, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accessibility = models.TextField(blank=True)
    directions = models.TextField(blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="a_place_is_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.city


class ServiceAtPlace(models.Model):
    """An entry at one of its places (HSDS service_at_location)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="at_places")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="services_here")
    description = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "place"], name="a_service_once_at_a_place")]


class Schedule(models.Model):
    """When it is open, every week or once: local time. Of the entry, or of the entry at one place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="schedules")
    at_place = models.ForeignKey(
        ServiceAtPlace, null=True, on_delete=models.CASCADE, related_name="schedules"
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    """1 is Monday, 7 is Sunday; empty when the words say it."""
    every_weeks = models.PositiveSmallIntegerField(default=1)
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    notes = models.CharField(max_length=300, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="opening_hours_end_later",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="a_schedule_ends_later",
            ),
        ]


class Revision(models.Model):
    """The counter of a region; locked while an entry is written, so that revisions commit in order."""

    region = models.OneToOneField(Region, primary_key=True, on_delete=models.CASCADE)
    number = models.BigIntegerField(default=0)
