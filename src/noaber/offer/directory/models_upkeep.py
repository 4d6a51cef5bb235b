"""What keeps the entries true: confirmations, questions, reports, changes, gaps and other words."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from noaber.network.partners.models import Municipality, Region


class Confirmation(models.Model):
    """Something happened that showed: this is still true. Of no person: who confirmed is an organisation."""

    class Kind(models.TextChoices):
        """What happened."""

        OWNER = "owner", "de aanbieder keek het na"
        MAIL = "mail", "de aanbieder antwoordde: klopt"
        EDITED = "edited", "de tekst is bijgewerkt"
        CHOSEN = "chosen", "iemand koos het en kon er terecht"
        STARTED = "started", "het is gestart"
        VISITED = "visited", "er kwam iemand"
        WAIT = "wait", "de wachttijd is bevestigd"
        SOURCE = "source", "de bron zegt het nog"
        VISITOR = "visitor", "een bezoeker zei: klopt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="confirmations")
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField()
    by = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=80)
    """What it was, so that one happening confirms once."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "kind", "reference"], name="one_happening_confirms_once"
            )
        ]
        indexes = [models.Index(fields=["service", "on"], name="confirmations_of_an_entry")]


class CheckRequest(models.Model):
    """'Klopt dit nog?', asked of the owner by mail. The link itself is not kept."""

    class Answer(models.TextChoices):
        """What the owner said."""

        NONE = "", "nog geen antwoord"
        RIGHT = "right", "het klopt"
        CHANGED = "changed", "er is iets veranderd"
        GONE = "gone", "het is er niet meer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="check_requests")
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.NONE, blank=True)
    words = models.TextField(blank=True)
    mail_key = models.CharField(max_length=200, blank=True)
    """Which mail carried the link; what is asked of one owner travels together."""
    reminded_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.CharField(max_length=200, blank=True)
    """The organisation whose editor did something with the answer, not a person."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="a_check_link_ends_later"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answered_check_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["service", "asked_at"], name="checks_of_an_entry")]


class EntryChange(models.Model):
    """One edit of an entry: which fields, what stood there and what stands there now, and where it came from.

    `by` is an organisation or a source, never a person. `version` is the number the entry got by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    origin = models.CharField(max_length=60)
    by = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(encoder=DjangoJSONEncoder)
    """{field: [before, after]}, as the record has them; places and hours as lists."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "version"], name="a_version_once")]
        indexes = [models.Index(fields=["service", "-at"], name="changes_of_an_entry")]


class ErrorReport(models.Model):
    """A visitor says that something is not right. Without a name: what, in own words, and what came of it."""

    class About(models.TextChoices):
        """What is not right."""

        HOURS = "hours", "de tijden"
        PHONE = "phone", "het nummer of de site"
        PLACE = "place", "de plek"
        COST = "cost", "de kosten"
        GONE = "gone", "het bestaat niet meer"
        OTHER = "other", "iets anders"

    class State(models.TextChoices):
        """How far it is."""

        NEW = "new", "nieuw"
        MENDED = "mended", "verbeterd"
        RIGHT = "right", "het klopte toch"
        NONSENSE = "nonsense", "geen melding"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="error_reports")
    about = models.CharField(max_length=10, choices=About)
    words = models.TextField(blank=True)
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.CharField(max_length=200, blank=True)
    """The organisation that looked, not a person."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="new", handled_at__isnull=True)
                | (~Q(state="new") & Q(handled_at__isnull=False)),
                name="a_handled_report_has_its_moment",
            )
        ]


class Gap(models.Model):
    """A question for which there was nothing: counted per month, with no person in it."""

    class Kind(models.TextChoices):
        """What was missing."""

        NOTHING = "nothing", "niets gevonden"
        NOT_NEAR = "not_near", "niets in de buurt"
        NOT_NOW = "not_now", "niets dit jaar"

    class State(models.TextChoices):
        """What the region did with it."""

        OPEN = "open", "open"
        TAKEN = "taken", "opgepakt"
        SOLVED = "solved", "opgelost"
        WORDS = "words", "het was er, onder een ander woord"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="gaps")
    kind = models.CharField(max_length=10, choices=Kind)
    question = models.CharField(max_length=120)
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.CASCADE)
    month = models.DateField()
    times = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind", "question", "municipality", "month"],
                nulls_distinct=False,
                name="a_gap_is_counted_in_one_row",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_gap_is_counted_per_month"),
        ]


class Synonym(models.Model):
    """What people say, and what it is called here. Grown by editors."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="synonyms")
    word = models.CharField(max_length=60)
    means = ArrayField(models.CharField(max_length=60))
    changed_at = models.DateTimeField()
    revision = models.BigIntegerField(default=0)
    removed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "word"], name="a_synonym_once_per_region")]
