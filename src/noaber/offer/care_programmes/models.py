"""What a provider offers, how long one waits for it as told, and the starts from which we count ourselves."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from noaber.network.partners.models import Municipality, Organisation, Region
from noaber.offer.care_programmes.models_keeping import AgendaOpening, Delivery, ProviderKey, UpdateRequest
from noaber.offer.directory.models import Service

__all__ = [
    "AgendaOpening",
    "CareProgramme",
    "Delivery",
    "IntakeStop",
    "Provider",
    "ProviderKey",
    "Start",
    "UpdateRequest",
    "WaitReport",
]


class Provider(models.Model):
    """An organisation as a provider of care: its numbers, and where questions about waits go."""

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.CASCADE, related_name="as_provider"
    )
    agb = models.CharField(max_length=8, blank=True)
    kvk = models.CharField(max_length=8, blank=True)
    many_professionals = models.BooleanField(default=False)
    """More than ten professionals: only these count in the weighted mean of the region."""
    owner_email = models.EmailField(blank=True)
    """Where the mail link goes: a function, never shown, never exported."""


class CareProgramme(models.Model):
    """One offer of care at one place: type, setting, diagnosis group, ages. Of no person.

    `diagnosis_group` is empty when the wait does not differ by diagnosis. `reference` is the provider's own
    name for it in files and in the interface.
    """

    class Mode(models.TextChoices):
        """How one takes part."""

        LIVE = "live", "op een plek"
        BOTH = "both", "op een plek of online"
        ONLINE = "online", "alleen online"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="care_programmes")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="care_programmes")
    reference = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    care_type = models.CharField(max_length=20)
    setting = models.CharField(max_length=2, blank=True)
    diagnosis_group = models.CharField(max_length=3, blank=True)
    min_age = models.PositiveSmallIntegerField(null=True)
    max_age = models.PositiveSmallIntegerField(null=True)
    insurers = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    insurers_note = models.CharField(max_length=200, blank=True)
    cost = models.CharField(max_length=200, blank=True)
    offer = models.TextField(blank=True)
    exclusions = models.TextField(blank=True)
    referral_criteria = models.TextField(blank=True)
    desk = models.CharField(max_length=120, blank=True)
    """Whom to ask, as a function; never the name of a person."""
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(max_length=500, blank=True)
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.LIVE)
    place_name = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=7, blank=True)
    city = models.CharField(max_length=80, blank=True)
    municipality = models.ForeignKey(
        Municipality, null=True, on_delete=models.SET_NULL, related_name="care_programmes"
    )
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    service = models.ForeignKey(Service, null=True, on_delete=models.SET_NULL, related_name="care_programmes")
    """Its entry in the directory."""
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    """From this day one cannot start here any more; its past stays readable."""
    ended_why = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="a_programme_once_a_provider"),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(max_age__gte=F("min_age")),
                name="ages_of_a_programme_fit",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="a_programme_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="a_programme_is_on_earth",
            ),
        ]
        indexes = [models.Index(fields=["region", "ended_on"], name="programmes_of_region")]

    def __str__(self) -> str:
        return self.name


class IntakeStop(models.Model):
    """A stretch in which nobody new is taken in. `until` empty: not known yet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(CareProgramme, on_delete=models.CASCADE, related_name="intake_stops")
    since = models.DateField()
    until = models.DateField(null=True)
    """The first day on which one can come again."""
    reason = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="an_intake_stop_ends_later"
            ),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(until__isnull=True), name="one_open_intake_stop"
            ),
        ]


class WaitReport(models.Model):
    """How long one waits, as a source tells it, of one reference date. Corrected ones stay, marked.

    Weeks to the intake and from the intake to the treatment apart. `source` is empty for the provider
    itself; another source of the same date stands beside it. A `questioned` figure is beyond belief and
    counts nowhere until its source says it again. `raw` is what was sent, to the letter.
    """

    class How(models.TextChoices):
        """By which way it came."""

        MAIL = "mail", "via de link in de mail"
        FORM = "form", "op de pagina"
        FILE = "file", "uit een bestand"
        API = "api", "van systeem tot systeem"
        AGENDA = "agenda", "uit de agenda"
        SOURCE = "source", "uit een andere bron"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(CareProgramme, on_delete=models.CASCADE, related_name="reports")
    intake_weeks = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    treatment_weeks = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    method = models.CharField(max_length=20)
    reference_date = models.DateField()
    inflow = models.PositiveIntegerField(null=True)
    """How many people began in the two months before the reference date."""
    waiting = models.PositiveIntegerField(null=True)
    """How many people wait here; who waits at two providers is in both."""
    source = models.SlugField(max_length=60, blank=True)
    source_words = models.CharField(max_length=120)
    """The organisation that says so, never a person."""
    how = models.CharField(max_length=8, choices=How)
    unchanged = models.BooleanField(default=False)
    """Said again with the same figures."""
    questioned = models.BooleanField(default=False)
    raw = models.JSONField(default=dict)
    reported_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="corrects")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "source", "reference_date"],
                condition=Q(superseded_at__isnull=True),
                name="one_living_report_a_source_a_date",
            ),
            models.CheckConstraint(
                condition=(Q(intake_weeks__isnull=True) | Q(intake_weeks__gte=0))
                & (Q(treatment_weeks__isnull=True) | Q(treatment_weeks__gte=0)),
                name="nobody_waits_less_than_nothing",
            ),
            models.CheckConstraint(
                condition=Q(intake_weeks__isnull=False) | Q(treatment_weeks__isnull=False),
                name="a_report_says_a_wait",
            ),
        ]
        indexes = [
            models.Index(
                fields=["programme", "-reference_date"],
                condition=Q(superseded_at__isnull=True),
                name="living_reports",
            )
        ]


class Start(models.Model):
    """One person's way through one programme, in days only. No person of ours, and not to be traced back.

    `reference_hash` is a keyed fingerprint of the provider's own number. `left_on`: withdrew or went
    elsewhere before the treatment began; until then she waited (a censored wait).
    """

    class Source(models.TextChoices):
        """Where it was seen."""

        FILE = "file", "uit een bestand"
        API = "api", "van systeem tot systeem"
        NETWORK = "network", "gezien in het netwerk"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(CareProgramme, on_delete=models.CASCADE, related_name="starts")
    reference_hash = models.CharField(max_length=64)
    registered_on = models.DateField()
    intake_on = models.DateField(null=True)
    treatment_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    source = models.CharField(max_length=8, choices=Source)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "reference_hash"], name="a_start_once_a_programme"),
            models.CheckConstraint(
                condition=(Q(intake_on__isnull=True) | Q(intake_on__gte=F("registered_on")))
                & (Q(treatment_on__isnull=True) | Q(treatment_on__gte=F("registered_on")))
                & (
                    Q(treatment_on__isnull=True)
                    | Q(intake_on__isnull=True)
                    | Q(treatment_on__gte=F("intake_on"))
                )
                & (Q(left_on__isnull=True) | Q(left_on__gte=F("registered_on"))),
                name="days_of_a_start_follow_each_other",
            ),
        ]
        indexes = [models.Index(fields=["programme", "registered_on"], name="starts_of_a_programme")]
