"""Residents, their help requests, and everyone who is involved in one."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from noaber.hallway.sealed import SealedCharField, SealedTextField
from noaber.network.partners.models import Municipality, Organisation, Region


class Resident(models.Model):
    """Someone with a question. Names and numbers are sealed; there is no citizen service number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="resident"
    )
    name = SealedCharField()
    phone = SealedCharField()
    email = SealedCharField(blank=True, default="")
    language = models.CharField(max_length=12, default="nl")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    created_at = models.DateTimeField()


class Preferences(models.Model):
    """How she wants to be met and reached. Without a row only what her referral gave may be used."""

    class Gender(models.TextChoices):
        """With whom she would rather talk."""

        NONE = "", "maakt niet uit"
        WOMAN = "woman", "een vrouw"
        MAN = "man", "een man"

    resident = models.OneToOneField(
        Resident, primary_key=True, on_delete=models.CASCADE, related_name="preferences"
    )
    mode = models.CharField(max_length=10, blank=True)
    times = models.JSONField(default=list, blank=True)
    gender = models.CharField(max_length=8, choices=Gender, blank=True)
    person = SealedCharField(blank=True, default="")
    post_address = SealedTextField(blank=True, default="")
    may_mail = models.BooleanField(default=True)
    may_text = models.BooleanField(default=False)
    may_ring = models.BooleanField(default=True)
    may_post = models.BooleanField(default=False)
    may_leave_message = models.BooleanField(default=False)
    changed_at = models.DateTimeField(null=True)


class Sending(models.Model):
    """One message of ours to her, and by which channel. Just before it goes we ask whether it still may."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="sendings")
    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=8)
    guard = models.CharField(max_length=80, blank=True)
    guard_id = models.CharField(max_length=64, blank=True)
    queued_at = models.DateTimeField()


class AccessCard(models.Model):
    """The card with which a resident signs in: a code on paper, and a pin that was said aloud.

    The pin is empty once she chose her own (`OwnPin`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="cards")
    code_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class OwnPin(models.Model):
    """The pin or word that she chose herself and that nobody else was told. A fingerprint."""

    resident = models.OneToOneField(
        Resident, primary_key=True, on_delete=models.CASCADE, related_name="own_pin"
    )
    pin_hash = models.CharField(max_length=64)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    chosen_at = models.DateTimeField()


class HelpRequest(models.Model):
    """The one thread. At every moment a holder, a next date and something that can start meanwhile."""

    class Phase(models.TextChoices):
        """Where the thread is."""

        RECEIVED = "received", "ontvangen"
        PLANNED = "planned", "gesprek gepland"
        TALKED = "talked", "gesprek gehad"
        FOLLOWING = "following", "op weg"
        CLOSED = "closed", "afgerond"

    OPEN = (Phase.RECEIVED, Phase.PLANNED, Phase.TALKED, Phase.FOLLOWING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=16, unique=True)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="help_requests")
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    question = SealedTextField()
    wishes = SealedTextField(blank=True, default="")
    mode = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=12, default="nl")
    phase = models.CharField(max_length=12, choices=Phase, default=Phase.RECEIVED)
    received_at = models.DateTimeField()
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="holds"
    )
    holder_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL)
    next_on = models.DateField(null=True)
    next_step = models.CharField(max_length=120, blank=True)
    meanwhile = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(phase="closed", closed_at__isnull=False)
                | (~Q(phase="closed") & Q(closed_at__isnull=True)),
                name="a_closed_request_says_when",
            )
        ]
        indexes = [models.Index(fields=["region", "phase", "received_at"], name="requests_by_phase")]


class Involvement(models.Model):
    """How an account or an organisation stands to a help request. Access is read from here alone."""

    class Part(models.TextChoices):
        """The part someone has."""

        REFERRER = "referrer", "verwijzer"
        PLANNER = "planner", "planner"
        HOLDER = "holder", "vaste persoon"
        GUIDE = "guide", "gespreksvoerder"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    help_request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="involvements")
    part = models.CharField(max_length=12, choices=Part)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="involvements"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="involvements")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["help_request", "part", "account", "organisation"],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="one_living_part_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_part_ends_after_it_began"
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "part"], condition=Q(until__isnull=True), name="living_parts_of_one"
            ),
            models.Index(
                fields=["organisation", "part"], condition=Q(until__isnull=True), name="living_parts_of_many"
            ),
        ]


class Postponement(models.Model):
    """Days that the resident herself wanted to wait; they are shown apart, never hidden."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    help_request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="postponements")
    from_on = models.DateField()
    until_on = models.DateField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="a_postponement_has_days")
        ]


class ThreadEntry(models.Model):
    """One line of the history. `words` is a sentence of ours with %(name)s in it, translated when shown."""

    id = models.BigAutoField(primary_key=True)
    help_request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    words = models.CharField(max_length=200)
    values = models.JSONField(default=dict, blank=True)
    by = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=30)


class MeanwhileChoice(models.Model):
    """Something the resident starts while she waits."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    help_request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="meanwhile_choices")
    service_id = models.UUIDField()
    service_name = models.CharField(max_length=200)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["help_request", "service_id"], name="a_meanwhile_choice_once")
        ]


class Question(models.Model):
    """Something she asks whoever holds her request, and the answer. Both are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    help_request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="questions")
    words = SealedTextField()
    asked_at = models.DateTimeField()
    answer = SealedTextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="answers"
    )
    answer_read_at = models.DateTimeField(null=True)
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="an_answer_has_words"
            )
        ]
        indexes = [
            models.Index(
                fields=["help_request", "asked_at"],
                condition=Q(answered_at__isnull=True),
                name="questions_that_wait",
            )
        ]
