"""Laagdrempelige steunpunten: where anyone may walk in, what they can hold, and how often that happens.

Name, address, words and weekly opening hours are those of the entry in the directory (one truth); here stands
what is more than an entry. Nothing in these tables is about a visitor.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from noaber.network.partners.models import Organisation, Region
from noaber.offer.directory.models import Service


class SupportPoint(models.Model):
    """A place where anyone may walk in without a referral.

    `service` is its entry in the directory: name, municipality, address with latitude and longitude, weekly
    hours, phone and words. `recovery_phases` (0 to 4) say whom it serves best: advice, never a bar.
    """

    class Kind(models.TextChoices):
        """What sort of point it is."""

        WALK_IN = "walk_in", "inloop"
        RECOVERY = "recovery", "zelfregie- en herstelcentrum"
        RESPITE = "respite", "respijthuis"
        YOUTH = "youth", "jongerenpunt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="support_points")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="support_points")
    service = models.OneToOneField(Service, on_delete=models.RESTRICT, related_name="support_point")
    kind = models.CharField(max_length=10, choices=Kind)
    open_to_all_municipalities = models.BooleanField(default=True)
    """Always so (plan of Twente, page 17 and 30); recorded, so that an export can show it."""
    recovery_phases = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    platform_name = models.CharField(max_length=80, blank=True)
    platform_url = models.URLField(max_length=300, blank=True)
    opened_on = models.DateField()
    ended_on = models.DateField(null=True)
    """The first day on which it is no longer there."""
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(open_to_all_municipalities=True), name="a_support_point_is_open_to_everyone"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("opened_on")),
                name="a_support_point_ends_after_it_opened",
            ),
            models.CheckConstraint(
                condition=Q(recovery_phases__contained_by=[0, 1, 2, 3, 4]), name="recovery_phases_are_0_to_4"
            ),
        ]
        indexes = [models.Index(fields=["region", "opened_on", "ended_on"], name="support_points_of_region")]

    def __str__(self) -> str:
        return str(self.service)


class SpecialDay(models.Model):
    """A day that differs from the weekly hours of the entry: closed, or other hours (also on a holiday)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(SupportPoint, on_delete=models.CASCADE, related_name="special_days")
    on = models.DateField()
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    why = models.CharField(max_length=120, blank=True)
    by_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "on"], name="a_special_day_once"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__gt=F("opens_at")),
                name="a_special_day_is_closed_or_has_hours",
            ),
        ]


class ProgrammeItem(models.Model):
    """Something that is on at a point: every week on a weekday, or once on a day. Local times."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(SupportPoint, on_delete=models.CASCADE, related_name="programme")
    title = models.CharField(max_length=80)
    text = models.CharField(max_length=240, blank=True)
    weekday = models.PositiveSmallIntegerField(null=True)
    """1 is Monday, 7 is Sunday."""
    on = models.DateField(null=True)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    by_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__range=(1, 7), on__isnull=True)
                | Q(weekday__isnull=True, on__isnull=False),
                name="something_is_on_weekly_or_once",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="what_is_on_ends_later"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="what_is_on_lasts_from_its_begin",
            ),
        ]


class VisitCount(models.Model):
    """Someone came in, or a host takes a count back. A visit, never a person: nothing says who.

    `change` is +1 for a tap and -1 for its undo; more when a list on paper is added afterwards. The key comes
    from the page that counts, so that a tap on a weak connection counts once however often it is sent.
    """

    class Part(models.TextChoices):
        """The part of the day; the minute is not kept."""

        MORNING = "morning", "ochtend"
        AFTERNOON = "afternoon", "middag"
        EVENING = "evening", "avond"
        NIGHT = "night", "nacht"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(SupportPoint, on_delete=models.CASCADE, related_name="visits")
    on = models.DateField()
    part = models.CharField(max_length=9, choices=Part)
    change = models.SmallIntegerField()
    recorded_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(change__range=(-500, 500)) & ~Q(change=0), name="a_count_changes_something"
            )
        ]
        indexes = [models.Index(fields=["point", "on"], name="visits_of_point")]


class WarmReferral(models.Model):
    """A host brought someone to other help, and how. Who that was is not kept."""

    class How(models.TextChoices):
        """How it was made warm."""

        WALKED = "walked", "samen erheen gegaan"
        CALLED = "called", "samen gebeld"
        INTRODUCED = "introduced", "hier aan elkaar voorgesteld"
        WROTE = "wrote", "samen een bericht gestuurd"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(SupportPoint, on_delete=models.CASCADE, related_name="warm_referrals")
    on = models.DateField()
    service = models.ForeignKey(Service, null=True, on_delete=models.SET_NULL, related_name="+")
    to_name = models.CharField(max_length=200)
    """The entry or the organisation as it was called on that day."""
    how = models.CharField(max_length=10, choices=How)
    recorded_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["point", "on"], name="warm_referrals_of_point")]


class BedNight(models.Model):
    """How many beds a respite point had for a night, and how many were taken. The night begins on `night`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(SupportPoint, on_delete=models.CASCADE, related_name="bed_nights")
    night = models.DateField()
    beds = models.PositiveSmallIntegerField()
    occupied = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    by_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "night"], name="a_night_once_per_point"),
            models.CheckConstraint(
                condition=Q(occupied__lte=F("beds"), beds__lte=60), name="no_more_taken_than_there_are_beds"
            ),
        ]


class Capacity(models.Model):
    """What a point can hold from a day on, in one measure of `knowledge/support_points` (hours, beds).

    The row with the last `from_on` up to a day holds on that day. An ended point holds nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(SupportPoint, on_delete=models.CASCADE, related_name="capacities")
    measure = models.CharField(max_length=30)
    from_on = models.DateField()
    value = models.DecimalField(max_digits=8, decimal_places=1)
    by_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "measure", "from_on"], name="a_capacity_once_a_day"),
            models.CheckConstraint(condition=Q(value__gte=0), name="a_capacity_is_not_negative"),
        ]


class WantedGrowth(models.Model):
    """What the region agreed on: measured from zero on a day, so much more by another. In versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="wanted_capacity")
    measure = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    zero_on = models.DateField()
    wanted = models.DecimalField(max_digits=8, decimal_places=1)
    """How much more than on `zero_on`, not the total."""
    by_on = models.DateField()
    agreed_words = models.CharField(max_length=300)
    by_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "measure", "version"], name="a_version_of_wanted_growth_once"
            ),
            models.CheckConstraint(
                condition=Q(wanted__gt=0, by_on__gt=F("zero_on")), name="wanted_growth_is_more_and_later"
            ),
        ]


class PlanDocument(models.Model):
    """A document of the region on its support points, such as the plan of action, and where it stands."""

    class Kind(models.TextChoices):
        """Which document."""

        ACTION_PLAN = "action_plan", "plan van aanpak dekkend netwerk"
        FIT_GAP = "fit_gap", "fit-gap-analyse"

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "in bewerking"
        SUBMITTED = "submitted", "voorgelegd"
        ADOPTED = "adopted", "vastgesteld"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="support_point_documents")
    kind = models.CharField(max_length=12, choices=Kind)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State)
    state_on = models.DateField()
    title = models.CharField(max_length=160)
    where = models.CharField(max_length=300, blank=True)
    """Where the document itself is kept."""
    by_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind", "version"], name="a_version_of_a_point_document_once"
            )
        ]


class SelfAssessment(models.Model):
    """What a point tells about itself along the ten characteristics. A story: no score, no pass, no fail.

    `answers` holds per characteristic what they do, what shows that, and what is next.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(SupportPoint, on_delete=models.CASCADE, related_name="self_assessments")
    version = models.PositiveIntegerField()
    written_on = models.DateField()
    with_whom = models.CharField(max_length=200, blank=True)
    """With whom it was talked over: groups, never names."""
    list_dated = models.DateField()
    answers = models.JSONField(default=dict)
    by_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "version"], name="a_version_of_a_self_assessment_once")
        ]
