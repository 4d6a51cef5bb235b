"""Groups across providers: who leads them, when they meet, who takes part, what was decided."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    DateRangeField,
    DateTimeRangeField,
    RangeOperators,
)
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from noaber.hallway.sealed import SealedCharField
from noaber.network.partners.models import Municipality, Organisation, Region, Room
from noaber.network.residents.models import Resident
from noaber.offer.groups.models_forming import (
    FitGapReport,
    FormingQuestion,
    GroupProposal,
    ProposalLeader,
    ProposalStep,
    WaitingFor,
    WantedGroups,
)
from noaber.offer.groups.models_outcome import (
    CostShare,
    GroupEvaluation,
    LeaderHours,
    Measure,
    ScaleDecision,
)

__all__ = [
    "Attendance",
    "CostShare",
    "Enrolment",
    "FitGapReport",
    "FormingQuestion",
    "Group",
    "GroupEvaluation",
    "GroupProposal",
    "Leader",
    "LeaderHours",
    "Measure",
    "ProposalLeader",
    "ProposalStep",
    "ScaleDecision",
    "Session",
    "SessionLeader",
    "WaitingFor",
    "WantedGroups",
]


class Group(models.Model):
    """A group that people join, carried by one organisation and led by people of one or more.

    Full and running are not kept: they follow from the places and the day (`rules.standing`).
    `waits_for` says for which waiting people Voorzorg is meant, in words.
    """

    class Kind(models.TextChoices):
        """What sort of group."""

        OPEN = "open", "open groep"
        TRAINING = "training", "training"
        TREATMENT = "treatment", "behandelgroep"
        VOORZORG = "voorzorg", "Voorzorg"
        SELF_HELP = "self_help", "zelfhulpgroep"

    class State(models.TextChoices):
        """Where it is."""

        PROPOSED = "proposed", "voorgesteld"
        OPEN = "open", "u kunt meedoen"
        CLOSED = "closed", "neemt niemand meer aan"
        ENDED = "ended", "geweest"
        CANCELLED = "cancelled", "gaat niet door"

    class Form(models.TextChoices):
        """Where one takes part."""

        LIVE = "live", "op een plek"
        ONLINE = "online", "online"
        HYBRID = "hybrid", "op een plek of online"

    LIVING = (State.PROPOSED, State.OPEN, State.CLOSED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="groups")
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="groups")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="groups")
    """Who carries it: its people confirm who signs up, and its phone is rung."""
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    domain = models.CharField(max_length=40)
    """A code of `knowledge/codes` domains: from which side it is offered."""
    terms = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    text = models.TextField(blank=True)
    suits = models.TextField(blank=True)
    """For whom it is right and for whom not, and what happens when it becomes too much."""
    waits_for = models.CharField(max_length=120, blank=True)
    min_places = models.PositiveSmallIntegerField(default=4)
    max_places = models.PositiveSmallIntegerField(default=10)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    weekday = models.PositiveSmallIntegerField(null=True)
    """1 is Monday, 7 is Sunday; empty when the days differ."""
    from_time = models.TimeField(null=True)
    until_time = models.TimeField(null=True)
    every_weeks = models.PositiveSmallIntegerField(default=1)
    form = models.CharField(max_length=10, choices=Form, default=Form.LIVE)
    venue = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=100, blank=True)
    room = models.ForeignKey(Room, null=True, on_delete=models.SET_NULL, related_name="groups")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    phone = models.CharField(max_length=30, blank=True)
    cost = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12, default="nl")
    min_age = models.PositiveSmallIntegerField(null=True)
    max_age = models.PositiveSmallIntegerField(null=True)
    needs_referral = models.BooleanField(default=False)
    join_while_running = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    service_id = models.UUIDField(null=True)
    """Its entry in the directory."""
    predecessor = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="successors")
    version = models.PositiveIntegerField(default=1)
    changed_by_name = models.CharField(max_length=120)
    changed_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(min_places__gte=1, max_places__gte=F("min_places"), max_places__lte=200),
                name="a_group_has_places",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_group_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__range=(1, 7)),
                name="a_group_meets_on_a_weekday",
            ),
            models.CheckConstraint(
                condition=Q(from_time__isnull=True)
                | Q(until_time__isnull=True)
                | Q(until_time__gt=F("from_time")),
                name="a_group_meets_until_later",
            ),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(max_age__gte=F("min_age")),
                name="ages_of_a_group_run_upwards",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "state", "starts_on"], name="groups_of_region"),
            models.Index(fields=["service_id"], name="groups_by_entry"),
            GinIndex(fields=["terms"], name="groups_by_term"),
        ]

    def __str__(self) -> str:
        return self.title


class Leader(models.Model):
    """Someone who leads a group for an organisation, from a day until a day, with hours a week."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="leaders")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leads_groups"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    period = DateRangeField()
    hours_per_week = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    by_first_name = models.BooleanField(default=False)
    """She agreed that her first name stands on the public page."""
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="leads_a_group_once_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("account", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__range=(0, 40)), name="hours_of_a_leader_fit_a_week"
            ),
        ]
        indexes = [models.Index(fields=["account"], name="groups_led_by")]


class Session(models.Model):
    """One meeting of a group."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="sessions")
    during = DateTimeRangeField()
    room = models.ForeignKey(Room, null=True, on_delete=models.SET_NULL, related_name="group_sessions")
    venue = models.CharField(max_length=120, blank=True)
    cancelled = models.BooleanField(default=False)
    cancelled_because = models.CharField(max_length=200, blank=True)
    held_at = models.DateTimeField(null=True)
    """When its attendance was taken: then it was held."""

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_session_in_a_room_at_a_time",
                expressions=[("room", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(cancelled=False, room__isnull=False),
            ),
            ExclusionConstraint(
                name="a_group_meets_once_at_a_time",
                expressions=[("group", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(cancelled=False),
            ),
        ]
        indexes = [models.Index(fields=["group", "during"], name="sessions_of_group")]


class SessionLeader(models.Model):
    """Who leads this session. A row exists only while the session goes on, so nobody is in two at once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="led_by")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leads_sessions"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    during = DateTimeRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_leader_in_one_session_at_a_time",
                expressions=[("account", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]


class Enrolment(models.Model):
    """Someone on the way into a group, in it, or out of it again.

    With a page of her own she is a `resident`; without one her name and number stand here, sealed, and
    `person_key` (a keyed fingerprint of the number) keeps her from being here twice. `seat` is the place she
    holds: offered or placed, and no other place in the group has that number.
    """

    class Status(models.TextChoices):
        """Where she is."""

        ASKED = "asked", "aangemeld"
        WAITING = "waiting", "op de wachtlijst"
        OFFERED = "offered", "plek aangeboden"
        PLACED = "placed", "doet mee"
        DECLINED = "declined", "wilde niet"
        EXPIRED = "expired", "niets laten horen"
        WITHDRAWN = "withdrawn", "afgemeld"
        REFUSED = "refused", "past niet"
        LEFT = "left", "gestopt"
        FINISHED = "finished", "afgerond"

    class Way(models.TextChoices):
        """How she came here."""

        OWN = "own", "zelf, met haar pagina"
        WITHOUT_PAGE = "without_page", "zelf, zonder pagina"
        REFERRED = "referred", "geplaatst door een organisatie"
        FORMED = "formed", "van een wachtlijst, bij het vormen"
        MOVED = "moved", "uit een andere groep"

    class Ahead(models.TextChoices):
        """Why somebody went before who waited longer."""

        NONE = "", "niemand ging voor"
        LANGUAGE_OR_AGE = "fit", "de plek past bij haar taal of leeftijd"
        TIME = "time", "wie eerder stond, kan niet op deze tijd"
        UNREACHED = "unreached", "wie eerder stond, was niet te bereiken"
        URGENT = "urgent", "wachten is voor haar niet goed"
        RETURNS = "returns", "zij was eerder in deze groep"

    LIVING = (Status.ASKED, Status.WAITING, Status.OFFERED, Status.PLACED)
    SEATED = (Status.OFFERED, Status.PLACED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="enrolments")
    resident = models.ForeignKey(Resident, null=True, on_delete=models.CASCADE, related_name="enrolments")
    name = SealedCharField(blank=True, default="")
    phone = SealedCharField(blank=True, default="")
    email = SealedCharField(blank=True, default="")
    person_key = models.CharField(max_length=64, blank=True)
    way = models.CharField(max_length=12, choices=Way)
    placed_by = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="placed_in_groups"
    )
    placed_by_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Status)
    waits_since = models.DateTimeField()
    seat = models.PositiveSmallIntegerField(null=True)
    offered_at = models.DateTimeField(null=True)
    offer_until = models.DateTimeField(null=True)
    placed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ahead_because = models.CharField(max_length=10, choices=Ahead, blank=True, default="")
    shares_phone = models.BooleanField(default=False)
    """She agreed that the leaders see her number."""
    agreed_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)
    """When the name of somebody without a page was emptied."""
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "resident"],
                condition=Q(resident__isnull=False, status__in=("asked", "waiting", "offered", "placed")),
                name="a_resident_once_in_a_group",
            ),
            models.UniqueConstraint(
                fields=["group", "person_key"],
                condition=~Q(person_key="") & Q(status__in=("asked", "waiting", "offered", "placed")),
                name="a_number_once_in_a_group",
            ),
            models.UniqueConstraint(
                fields=["group", "seat"], condition=Q(seat__isnull=False), name="a_place_given_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("offered", "placed"), seat__isnull=False, seat__gte=1)
                | (~Q(status__in=("offered", "placed")) & Q(seat__isnull=True)),
                name="who_has_a_place_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(status="offered") | Q(offer_until__isnull=False), name="an_offer_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(resident__isnull=True) | Q(name="", phone="", email=""),
                name="who_has_a_page_is_kept_once",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "status", "waits_since"], name="waiting_list_of_group"),
            models.Index(fields=["offer_until"], condition=Q(status="offered"), name="offers_that_run_out"),
        ]


class Attendance(models.Model):
    """Whether somebody was at a session."""

    class State(models.TextChoices):
        """There, not there, or not there and told."""

        PRESENT = "present", "er"
        ABSENT = "absent", "niet er"
        CALLED = "called", "afgemeld"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendance")
    state = models.CharField(max_length=8, choices=State)
    noted_at = models.DateTimeField()
    noted_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="once_present_at_a_session")
        ]
