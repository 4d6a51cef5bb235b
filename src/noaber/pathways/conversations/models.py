"""The exploratory conversation. Double booking is impossible here, whatever the code does."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from noaber.hallway.sealed import SealedTextField
from noaber.network.partners.models import Municipality, Professional, Region, Room
from noaber.network.residents.models import HelpRequest, Resident


class Conversation(models.Model):
    """One meeting of a resident with two or three professionals."""

    class State(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", "gepland"
        HELD = "held", "gevoerd"
        NO_SHOW = "no_show", "inwoner kwam niet"
        CANCELLED = "cancelled", "afgezegd"

    class Mode(models.TextChoices):
        """How people meet."""

        LIVE = "live", "op een plek in de buurt"
        ONLINE = "online", "online"
        HYBRID = "hybrid", "deels online"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    help_request = models.ForeignKey(HelpRequest, on_delete=models.PROTECT, related_name="conversations")
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField(default=1)
    period = DateTimeRangeField()
    mode = models.CharField(max_length=8, choices=Mode)
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    sequence = models.PositiveIntegerField(default=0)
    held_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=120, blank=True)
    lived_experience_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_room_holds_one_conversation_at_a_time",
                expressions=[("room", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(state__in=["planned", "held"], room__isnull=False),
            ),
            ExclusionConstraint(
                name="a_resident_has_one_conversation_at_a_time",
                expressions=[("help_request", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(state__in=["planned", "held"]),
            ),
            models.UniqueConstraint(
                fields=["help_request", "number"],
                condition=Q(state__in=["planned", "held"]),
                name="a_conversation_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_at__isnull=False), name="a_held_conversation_says_when"
            ),
        ]
        indexes = [models.Index(fields=["region", "state", "held_at"], name="conversations_to_count")]


class Participation(models.Model):
    """One professional at one conversation, for exactly its time."""

    class Moment(models.TextChoices):
        """When the peer worker joins, where the region leaves that open."""

        DURING = "during", "in het gesprek"
        BEFORE = "before", "vooraf"
        AFTER = "after", "erna"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participations")
    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="participations")
    domain_group = models.CharField(max_length=20)
    moment = models.CharField(max_length=8, choices=Moment, default=Moment.DURING)
    period = DateTimeRangeField()
    active = models.BooleanField(default=True)
    left_at = models.PositiveIntegerField(null=True)
    """The version of the appointment in which this person left, so that only that version tells it."""

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_professional_is_in_one_place_at_a_time",
                expressions=[("professional", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(active=True),
            ),
            models.UniqueConstraint(
                fields=["conversation", "professional"],
                condition=Q(active=True),
                name="someone_takes_part_once",
            ),
        ]


class AgreedStep(models.Model):
    """Something the resident wants to try, with a date to look back and how it went, in one word of hers."""

    class Answer(models.TextChoices):
        """How it went."""

        GOOD = "good", "goed"
        A_BIT = "a_bit", "een beetje"
        NOT = "not", "niet"
        NOT_YET = "not_yet", "nog niet gedaan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="steps")
    words = SealedTextField()
    kind = models.CharField(max_length=30)
    service_id = models.UUIDField(null=True)
    try_on = models.DateField(null=True)
    return_on = models.DateField(null=True)
    main = models.BooleanField(default=False)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_says_when",
            )
        ]
        indexes = [
            models.Index(
                fields=["return_on"],
                condition=Q(answer="", return_on__isnull=False),
                name="steps_to_look_back_on",
            )
        ]


class Report(models.Model):
    """What was said and agreed, written by one, read first by the resident."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="report")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reports")
    body = SealedTextField()
    written_at = models.DateTimeField()
    resident_read_at = models.DateTimeField(null=True)
    resident_agreed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)


class ReportVersion(models.Model):
    """One version of a report, kept as it was. Who may read a version may not read the next one by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="report_versions")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="report_versions")
    version = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = SealedTextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "version"], name="a_report_version_once")
        ]


class OwnStatement(models.Model):
    """What she herself says beside the report. It goes wherever the report goes; nobody else changes it."""

    conversation = models.OneToOneField(
        Conversation, on_delete=models.PROTECT, related_name="own_statement", primary_key=True
    )
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="own_statements")
    words = SealedTextField()
    written_at = models.DateTimeField()


class Correction(models.Model):
    """Something in the report that she says is wrong. The author mends it or answers; it stays on record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="corrections")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="corrections")
    on_version = models.PositiveIntegerField()
    words = SealedTextField()
    proposed_at = models.DateTimeField()
    answer = SealedTextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    mended_in = models.PositiveIntegerField(null=True)


class Outcome(models.Model):
    """The main outcome of a conversation: exactly one. No diagnosis, ever."""

    conversation = models.OneToOneField(
        Conversation, on_delete=models.PROTECT, related_name="outcome", primary_key=True
    )
    main = models.CharField(max_length=30)
    derived = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)


class Web(models.Model):
    """How a resident said she was doing, in her own numbers. A conversation aid: sealed, and never counted.

    Because `answers` is sealed the database cannot add it up, average it or export it. One web a day: filling
    it in again on the same day corrects it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="webs")
    questionnaire = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    filled_on = models.DateField()
    filled_at = models.DateTimeField()
    answers = SealedTextField()
    note = SealedTextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resident", "filled_on"], name="one_web_of_someone_a_day")
        ]


class WebShare(models.Model):
    """She lets the guides of one conversation see one web, until she takes it back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    web = models.ForeignKey(Web, on_delete=models.CASCADE, related_name="shares")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="web_shares")
    shared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(ended_at__isnull=True), name="one_web_at_a_conversation"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("shared_at")),
                name="a_share_ends_after_it_began",
            ),
        ]


class GuideNote(models.Model):
    """What a guide notes before and during a conversation, to write the report. For the table alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="guide_notes")
    words = SealedTextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "author"], name="one_note_of_a_guide")]


class FundedTime(models.Model):
    """The minutes of one person at one conversation, under exactly one title.

    `domain_group` is the group of the participation itself (the database holds them equal), so that the ggz
    part of a conversation cannot be claimed as IZA or SPUK, whatever the code does.
    """

    class Role(models.TextChoices):
        """In which role someone sat there."""

        GUIDE = "guide", "gespreksvoerder"
        PEER_WORKER = "peer_worker", "ervaringsdeskundige"

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="time", primary_key=True
    )
    domain_group = models.CharField(max_length=20)
    role = models.CharField(max_length=12, choices=Role)
    started_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=40)
    payer = models.CharField(max_length=12)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(domain_group="ggz", payer__in=["iza", "spuk"]),
                name="ggz_time_is_never_claimed_as_iza",
            ),
            models.CheckConstraint(
                condition=Q(payer__in=["zvw", "iza", "spuk", "municipality", "own"]), name="a_known_payer"
            ),
            models.CheckConstraint(condition=Q(minutes__lte=480), name="minutes_of_one_day"),
            models.CheckConstraint(condition=~Q(title=""), name="time_has_a_title"),
        ]
        indexes = [models.Index(fields=["payer", "started_at"], name="time_by_payer")]
