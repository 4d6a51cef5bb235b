"""Wayfinders, referral agreements in versions, and how often an agreement was followed or not."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from noaber.hallway.sealed import SealedCharField
from noaber.network.partners.models import Municipality, Organisation, Region


class Wayfinder(models.Model):
    """A colleague who knows an area and a subject, and agreed to be named.

    To professionals of the region, or on public pages too. Who withdraws, or works there no more, is gone at
    once; after a withdrawal nothing is kept but that it was said. `account` ties the row to a role that ends.
    """

    class Degree(models.TextChoices):
        """To whom she agreed to be named."""

        NONE = "", "aan niemand"
        PROFESSIONALS = "professionals", "aan professionals in de regio"
        PUBLIC = "public", "aan iedereen, ook op openbare pagina's"

    class Said(models.TextChoices):
        """How she said so."""

        SELF = "self", "zelf, in Noaber"
        WRITTEN = "written", "op papier of per mail"
        SPOKEN = "spoken", "in een gesprek"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="wayfinders")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="wayfinders")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="wayfinders"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="wayfinders")
    also_in = models.ManyToManyField(Municipality, related_name="wayfinders_also")
    whole_region = models.BooleanField(default=False)
    neighbourhoods = models.CharField(max_length=200, blank=True)
    name = SealedCharField(blank=True, default="")
    phone = SealedCharField(blank=True, default="")
    email = SealedCharField(blank=True, default="")
    hours = models.CharField(max_length=120, blank=True)
    languages = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    terms = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    knows = models.CharField(max_length=300, blank=True)
    degree = models.CharField(max_length=14, choices=Degree, blank=True)
    said = models.CharField(max_length=8, choices=Said)
    agreed_on = models.DateField()
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(name="", phone="", email="", knows="", degree=""),
                name="nothing_is_kept_of_a_wayfinder_who_withdrew",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | ~Q(degree=""), name="a_wayfinder_agreed_to_be_named"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("begins_on")),
                name="a_wayfinder_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | Q(account__isnull=False) | Q(ends_on__isnull=False),
                name="without_a_role_there_is_a_last_day",
            ),
        ]
        indexes = [models.Index(fields=["region", "degree"], name="wayfinders_by_degree")]


class WayfinderConsent(models.Model):
    """That she said yes, changed it or withdrew it: when, how, and who wrote it down. No words of hers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wayfinder = models.ForeignKey(Wayfinder, on_delete=models.CASCADE, related_name="consents")
    at = models.DateTimeField()
    degree = models.CharField(max_length=14, choices=Wayfinder.Degree, blank=True)
    said = models.CharField(max_length=8, choices=Wayfinder.Said)
    by_organisation = models.CharField(max_length=200)


class RouteCard(models.Model):
    """One question for which was agreed whom to refer where. What it says stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="route_cards")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="route_cards")
    made_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)


class RouteVersion(models.Model):
    """What an agreement says from a day on. Once agreed its words never change; a later one replaces it."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", "concept"
        PROPOSED = "proposed", "wacht op akkoord"
        AGREED = "agreed", "afgesproken"
        WITHDRAWN = "withdrawn", "ingetrokken"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(RouteCard, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    question = models.CharField(max_length=160)
    for_whom = models.TextField(blank=True)
    first_choice = models.TextField()
    then = models.TextField(blank=True)
    not_for = models.TextField(blank=True)
    send_along = models.TextField(blank=True)
    ring = models.CharField(max_length=160, blank=True)
    ring_phone = models.CharField(max_length=30, blank=True)
    words = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    """What people type when they have this question."""
    terms = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    service_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    in_force = DateRangeField(null=True)
    """The days on which it applied or applies; empty until it is agreed."""
    lock = models.PositiveIntegerField(default=1)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="a_version_of_a_route_once"),
            models.UniqueConstraint(
                fields=["card"],
                condition=Q(state__in=["draft", "proposed"]),
                name="one_open_version_of_a_route",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "proposed"], in_force__isnull=True)
                | Q(state__in=["agreed", "withdrawn"], in_force__isnull=False),
                name="only_an_agreed_route_applies",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="a_route_ends_later",
            ),
            ExclusionConstraint(
                name="one_version_of_a_route_applies",
                expressions=[
                    ("card", RangeOperators.EQUAL),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class RouteStep(models.Model):
    """What was done with a version, when and by whom: made, changed, proposed, agreed and so on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(RouteVersion, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    what = models.CharField(max_length=10)
    by_name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=300, blank=True)


class RouteUse(models.Model):
    """Once an agreement was followed, or not: which version and in which month. No person, no practice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(RouteVersion, on_delete=models.CASCADE, related_name="uses")
    month = models.DateField()
    followed = models.BooleanField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="a_use_is_counted_per_month"),
        ]
        indexes = [models.Index(fields=["version", "month", "followed"], name="uses_of_a_version")]


class RouteDeviation(models.Model):
    """Why an agreement was not followed: one of a short list, and maybe words that name nobody."""

    class Reason(models.TextChoices):
        """The short list."""

        WAIT = "wait", "de wachttijd is te lang"
        FAR = "far", "het is te ver weg"
        WISH = "wish", "de inwoner wil het anders"
        HELPED = "helped", "de inwoner heeft daar al hulp, of had die"
        NOT_FIT = "not_fit", "deze vraag past niet bij de afspraak"
        NO_ANSWER = "no_answer", "ik kreeg daar geen gehoor"
        OTHER = "other", "iets anders"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    use = models.OneToOneField(RouteUse, on_delete=models.CASCADE, related_name="deviation")
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.CharField(max_length=200, blank=True)
