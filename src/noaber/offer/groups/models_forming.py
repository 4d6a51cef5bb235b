"""Who waits for a group, without a name; groups that are proposed; and how many groups a region wants."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from noaber.hallway.sealed import SealedCharField
from noaber.network.partners.models import Municipality, Organisation, Region, Room
from noaber.network.residents.models import Resident


class WaitingFor(models.Model):
    """Somebody whom an organisation put on the pool: what for, where and when. Her name is never here.

    `reference` is the organisation's own mark for her, sealed, and emptied when she leaves the pool;
    `reference_key` is a keyed fingerprint of it, so that nobody stands here twice for the same thing.
    """

    class State(models.TextChoices):
        """Where she is."""

        WAITING = "waiting", "wacht"
        PLACED = "placed", "geplaatst"
        WITHDRAWN = "withdrawn", "van de lijst"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="waiting_for_groups")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="waiting_for_groups"
    )
    reference = SealedCharField(blank=True, default="")
    reference_key = models.CharField(max_length=64)
    resident = models.ForeignKey(
        Resident, null=True, on_delete=models.SET_NULL, related_name="waiting_for_groups"
    )
    kind = models.CharField(max_length=10)
    theme = models.CharField(max_length=40)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    postcode = models.CharField(max_length=4, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    day_parts = ArrayField(models.CharField(max_length=14))
    language = models.CharField(max_length=12, default="nl")
    age_band = models.CharField(max_length=8)
    since = models.DateField()
    travel_km = models.PositiveSmallIntegerField()
    consented_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)
    recorded_by_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference_key", "kind", "theme"],
                condition=Q(state="waiting"),
                name="waits_once_for_the_same",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True)
                | (~Q(state="waiting") & Q(ended_at__isnull=False, reference="")),
                name="nothing_is_kept_of_who_left_the_pool",
            ),
            models.CheckConstraint(condition=Q(day_parts__len__gte=1), name="some_part_of_the_week_suits"),
            models.CheckConstraint(condition=Q(travel_km__range=(1, 100)), name="a_distance_one_can_travel"),
        ]
        indexes = [models.Index(fields=["region", "state", "kind", "theme"], name="pool_of_a_region")]


class GroupProposal(models.Model):
    """A group that is proposed to organisations, with everything that was agreed before it can start."""

    class State(models.TextChoices):
        """Where it is."""

        ASKED = "asked", "gevraagd"
        STARTED = "started", "gestart"
        FALLEN = "fallen", "niet doorgegaan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="group_proposals")
    kind = models.CharField(max_length=10)
    theme = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    language = models.CharField(max_length=12)
    young = models.BooleanField(default=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    venue = models.CharField(max_length=120)
    room = models.ForeignKey(Room, null=True, on_delete=models.SET_NULL, related_name="+")
    day_part = models.CharField(max_length=14)
    starts_on = models.DateField()
    from_time = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    sessions = models.PositiveSmallIntegerField()
    min_places = models.PositiveSmallIntegerField()
    max_places = models.PositiveSmallIntegerField()
    deadline = models.DateField()
    carried_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cost_by = models.CharField(max_length=12)
    """How costs are divided: 'participants' or 'equal'."""
    cents_per_hour = models.PositiveIntegerField()
    leader_hours = models.DecimalField(max_digits=5, decimal_places=1)
    """Of one leader for one session."""
    other_cents = models.PositiveIntegerField(default=0)
    """What comes beside the hours, over all sessions."""
    why = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    group = models.OneToOneField(
        "groups.Group", null=True, on_delete=models.SET_NULL, related_name="formed_from"
    )
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(min_places__gte=2, max_places__gte=models.F("min_places")),
                name="a_proposal_has_places",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True)
                | (~Q(state="asked") & Q(decided_at__isnull=False)),
                name="a_decided_proposal_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["region", "state", "deadline"], name="proposals_of_a_region")]


class ProposalLeader(models.Model):
    """Who would lead it, for which organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(GroupProposal, on_delete=models.CASCADE, related_name="leaders")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "account"], name="leads_a_proposal_once")]


class FormingQuestion(models.Model):
    """Would this person want this group? Asked of the organisation that holds her, who asks her."""

    class Answer(models.TextChoices):
        """What she said."""

        NONE = "", "nog geen antwoord"
        YES = "yes", "ja"
        NO = "no", "nee"
        LATER = "later", "later"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(GroupProposal, on_delete=models.CASCADE, related_name="questions")
    waiting = models.ForeignKey(WaitingFor, on_delete=models.CASCADE, related_name="questions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=5, choices=Answer, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    placed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "waiting"], name="asked_once_for_a_proposal"),
            models.UniqueConstraint(
                fields=["waiting"], condition=Q(placed=True), name="placed_in_one_group_only"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_its_moment",
            ),
            models.CheckConstraint(condition=Q(placed=False) | Q(answer="yes"), name="placed_after_a_yes"),
        ]


class ProposalStep(models.Model):
    """What happened with a proposal, about nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(GroupProposal, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=160)
    words = models.CharField(max_length=300)


class WantedGroups(models.Model):
    """How many groups a region wants from a day on, set by itself. Empty kind or place: over all of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="wanted_groups")
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, blank=True)
    number = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    reason = models.CharField(max_length=300)
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["region", "from_on"], name="wanted_groups_of_region")]


class FitGapReport(models.Model):
    """Groups that were there and that were wanted, frozen on a day, signed by a function, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="group_fit_gaps")
    number = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    document = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    signed_by_function = models.CharField(max_length=80)
    remarks = models.TextField(blank=True)
    frozen_at = models.DateTimeField()
    frozen_by_name = models.CharField(max_length=120)
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "number"], name="a_fit_gap_of_groups_once")]
