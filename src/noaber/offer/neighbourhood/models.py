"""Areas with their team, who is known there by consent, what was seen and heard, and what is organised."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from noaber.hallway.sealed import SealedCharField, SealedTextField
from noaber.network.partners.models import Municipality, Organisation, Region


class Area(models.Model):
    """A municipality (no name) or a named neighbourhood inside one, where kwartiermakers work."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="areas")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField(max_length=80, blank=True)
    pilot = models.BooleanField(default=False)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="an_area_once_per_municipality")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.municipality.name}" if self.name else self.municipality.name


class TeamMember(models.Model):
    """Someone who works in an area from a day until a day, with free hours a week."""

    class Part(models.TextChoices):
        """What someone does in the team."""

        LEAD = "lead", "trekker"
        QUARTERMAKER = "quartermaker", "kwartiermaker"
        PEER = "peer", "ervaringsdeskundige"
        VOLUNTEER = "volunteer", "vrijwilliger"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="area_memberships"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    part = models.CharField(max_length=14, choices=Part, default=Part.QUARTERMAKER)
    period = DateRangeField()
    hours_per_week = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="once_in_a_team_at_a_time",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    ("account", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(hours_per_week__range=(0, 40)), name="free_hours_fit_a_week"),
        ]


class UsedHours(models.Model):
    """Free hours that were used in a week, and on what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(TeamMember, on_delete=models.CASCADE, related_name="used_hours")
    week_of = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    on_what = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=40), name="used_hours_fit_a_week")
        ]


class KeyPerson(models.Model):
    """Someone who connects people in an area. What is kept lasts as long as her consent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="key_persons")
    name = SealedCharField(blank=True, default="")
    knows = SealedTextField(blank=True, default="")
    reach = SealedCharField(blank=True, default="")
    formal = models.BooleanField(default=False)
    consent_items = ArrayField(models.CharField(max_length=10), default=list)
    consent_said = models.CharField(max_length=10)
    consent_on = models.DateField()
    consent_until = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_by_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(consent_until__gte=F("consent_on")), name="a_key_consent_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(name="", knows="", reach=""),
                name="nothing_is_kept_of_who_withdrew",
            ),
            models.CheckConstraint(
                condition=Q(consent_items__contains=["team"]), name="a_key_person_agreed_to_be_known"
            ),
        ]
        indexes = [models.Index(fields=["area", "ended_at", "consent_until"], name="key_persons_of_area")]


class Inventory(models.Model):
    """What a kwartiermaker found: of the needs of the area, or of one place. No pass, no fail, no score."""

    class Kind(models.TextChoices):
        """Which of the two."""

        NEEDS = "needs", "Wat de wijk nodig heeft"
        ACCESS = "access", "Hoe toegankelijk een plek is"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="inventories")
    kind = models.CharField(max_length=8, choices=Kind)
    place = models.CharField(max_length=120, blank=True)
    held_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120)
    spoke_with = models.CharField(max_length=200, blank=True)
    list_dated = models.DateField()
    answers = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    narrative = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="needs", place="") | (Q(kind="access") & ~Q(place="")),
                name="only_a_place_has_a_place",
            )
        ]
        indexes = [models.Index(fields=["area", "kind", "place", "held_on"], name="inventories_over_time")]


class Signal(models.Model):
    """Something that was heard in the area, in words that name nobody."""

    class State(models.TextChoices):
        """What happens with it."""

        NEW = "new", "nieuw"
        PICKED_UP = "picked_up", "opgepakt"
        PASSED_ON = "passed_on", "doorgegeven"
        CLOSED = "closed", "afgerond"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="signals")
    words = models.TextField()
    heard_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    recorded_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["area", "state", "heard_on"], name="signals_of_area")]


class SignalStep(models.Model):
    """What somebody did with a signal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=Signal.State)
    words = models.CharField(max_length=400, blank=True)


class FollowUp(models.Model):
    """Something that will be done after an inventory or a signal, by whom and before when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="follow_ups")
    inventory = models.ForeignKey(Inventory, null=True, on_delete=models.CASCADE, related_name="follow_ups")
    signal = models.ForeignKey(Signal, null=True, on_delete=models.CASCADE, related_name="follow_ups")
    words = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(inventory__isnull=False, signal__isnull=True)
                | Q(inventory__isnull=True, signal__isnull=False),
                name="a_follow_up_follows_one_thing",
            )
        ]
        indexes = [models.Index(fields=["area", "done_on", "due_on"], name="follow_ups_of_area")]


class AcuteAgreement(models.Model):
    """Whom to ring when, in one version of the agreements of an area. Functions, never persons."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="acute_agreements")
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    lines = models.JSONField(default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "version"], name="a_version_of_an_agreement_once")
        ]


class Activity(models.Model):
    """A prevention activity or campaign in a municipality."""

    class State(models.TextChoices):
        """Where it is."""

        PLANNED = "planned", "gepland"
        RUNNING = "running", "loopt"
        DONE = "done", "geweest"
        CANCELLED = "cancelled", "gaat niet door"

    class Initiative(models.TextChoices):
        """Whose idea it was; the plan invites residents to bring one."""

        UNKNOWN = "", "niet bekend"
        RESIDENTS = "residents", "inwoners"
        MUNICIPALITY = "municipality", "gemeente"
        PROVIDER = "provider", "zorg of welzijn"
        INSURER = "insurer", "zorgverzekeraar"

    class Counting(models.TextChoices):
        """How the reach was counted."""

        NONE = "", "nog niet geteld"
        AT_DOOR = "at_door", "geteld bij de deur"
        SIGN_UPS = "sign_ups", "aanmeldingen"
        VIEWS = "views", "keer bekeken"
        ESTIMATE = "estimate", "geschat"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="activities")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=20)
    risk_group = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    starts_on = models.DateField()
    ends_on = models.DateField()
    when_words = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=120, blank=True)
    organiser = models.CharField(max_length=120, blank=True)
    initiative = models.CharField(max_length=14, choices=Initiative, blank=True, default="")
    public = models.BooleanField(default=True)
    reach = models.PositiveIntegerField(null=True)
    reach_how = models.CharField(max_length=10, choices=Counting, blank=True, default="")
    evaluate_on = models.DateField(null=True)
    learned = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by_name = models.CharField(max_length=120)
    changed_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="an_activity_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(reach__isnull=True) | ~Q(reach_how=""), name="a_reach_says_how_it_was_counted"
            ),
        ]
        indexes = [models.Index(fields=["region", "starts_on"], name="activities_of_region")]
