"""The region, its municipalities and organisations, and the people who work there."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q


class Region(models.Model):
    """A regional mental health network that runs from its own plan."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    source = models.TextField(blank=True)
    settings = models.JSONField(default=dict)
    help_numbers = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    document = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    loaded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality of the region."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="municipalities")
    slug = models.SlugField()
    name = models.CharField(max_length=100)
    inhabitants = models.PositiveIntegerField(null=True)
    inhabitants_note = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "slug"], name="a_municipality_once_per_region")
        ]

    def __str__(self) -> str:
        return self.name


class Locality(models.Model):
    """A town, village, neighbourhood or postcode area, to find what is near. Degrees (WGS 84).

    `imported`: from an official file; that stays when the region's own files are loaded again. A row of the
    kind 'municipality' holds the official centre, and then the municipality itself has it too.
    """

    class Kind(models.TextChoices):
        """What it is."""

        PLACE = "place", "plaats"
        POSTCODE = "postcode", "postcodegebied"
        MUNICIPALITY = "municipality", "gemeente"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="localities")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="localities")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PLACE)
    name = models.CharField(max_length=100)
    postcodes = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    source = models.CharField(max_length=300)
    imported = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "municipality", "kind", "name"], name="a_locality_once_per_municipality"
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="a_locality_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A partner in the network; its domain says from which side it looks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="organisations")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    domain = models.CharField(max_length=40)
    roles = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    note = models.TextField(blank=True)
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.SET_NULL)
    phone = models.CharField(max_length=20, blank=True)
    from_plan = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "slug"], name="an_organisation_once_per_region")
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team within an organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="a_team_once_per_organisation")
        ]


class Professional(models.Model):
    """Someone who works with residents: by profession or by lived experience."""

    class Register(models.TextChoices):
        """Which register a number belongs to; a number without its register means nothing."""

        NONE = "", "geen"
        BIG = "big", "BIG-register"
        SKJ = "skj", "SKJ"
        REGISTERPLEIN = "registerplein", "Registerplein"
        OTHER = "other", "ander register"

    class Gender(models.TextChoices):
        """Only to honour a resident's wish."""

        UNKNOWN = "", "niet bekend"
        WOMAN = "v", "vrouw"
        MAN = "m", "man"
        OTHER = "x", "anders"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="professional"
    )
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="professionals")
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="professionals")
    profession = models.CharField(max_length=60)
    domain_group = models.CharField(max_length=20)
    register = models.CharField(max_length=20, choices=Register, default=Register.NONE, blank=True)
    register_number = models.CharField(max_length=20, blank=True)
    languages = ArrayField(models.CharField(max_length=5), default=list)
    gender = models.CharField(max_length=1, choices=Gender, default=Gender.UNKNOWN, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    holds_conversations = models.BooleanField(default=True)
    home = models.ForeignKey(Municipality, null=True, on_delete=models.SET_NULL)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(register_number="") | ~Q(register=""), name="a_register_number_names_its_register"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="a_professional_ends_after_the_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Certificate(models.Model):
    """A training that was finished, and until when it counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    professional = models.ForeignKey(Professional, on_delete=models.CASCADE, related_name="certificates")
    kind = models.CharField(max_length=60)
    obtained_on = models.DateField()
    expires_on = models.DateField(null=True)


class Membership(models.Model):
    """A role at an organisation that begins and ends. After the end it opens nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=40)
    period = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_membership_of_a_kind_at_a_time",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            )
        ]


class WorkingPattern(models.Model):
    """The hours on a weekday that someone gives to conversations; local time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    professional = models.ForeignKey(Professional, on_delete=models.CASCADE, related_name="working_patterns")
    weekday = models.PositiveSmallIntegerField(help_text="1 is Monday, 7 is Sunday")
    from_time = models.TimeField()
    until_time = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_time__gt=F("from_time")), name="a_working_day_ends_later"
            ),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="a_weekday_is_1_to_7"),
        ]


class Absence(models.Model):
    """When someone is away. Why is nobody's business."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    professional = models.ForeignKey(Professional, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="an_absence_ends_later")
        ]


class Location(models.Model):
    """A neutral place where people can talk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="locations")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200)
    accessible = models.BooleanField(default=True)
    directions = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room at a location; one conversation at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=60)
    opens = models.TimeField()
    closes = models.TimeField()


class KeyReset(models.Model):
    """A colleague lost phone and codes: one administrator asks, another agrees, or a day passes.

    The colleague is told at once. It holds nothing of the keys themselves.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="key_resets")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="key_resets")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(agreed_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_key_reset",
            )
        ]
