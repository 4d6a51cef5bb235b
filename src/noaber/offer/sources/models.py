"""Maps of others, what they said, and what an editor has to choose."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from noaber.network.partners.models import Organisation, Region
from noaber.offer.directory.models import Service


class Source(models.Model):
    """A map of somebody else that stays the owner of its entries: where it is, how to read it, whose care.

    `columns` says per field of ours which column holds it; `link` is the address of one entry, with
    `{key}` in it; `headers` are the columns last seen. `etag` and `modified` are what the other said of its
    last list.
    """

    class Kind(models.TextChoices):
        """How the list comes."""

        HSDS = "hsds", "een HSDS-adres"
        CSV = "csv", "een tabel (CSV) op een adres"
        FILE = "file", "een bestand dat iemand stuurt"

    class State(models.TextChoices):
        """How it went the last time."""

        NEW = "new", "nog niet opgehaald"
        WELL = "well", "bijgewerkt"
        UNREACHABLE = "unreachable", "niet bereikbaar"
        SHRUNK = "shrunk", "veel kleiner dan eerst"
        UNREADABLE = "unreadable", "niet te lezen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="sources")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.URLField(max_length=500, blank=True)
    every_hours = models.PositiveSmallIntegerField(default=24)
    columns = models.JSONField(default=dict, blank=True)
    headers = models.JSONField(default=list, blank=True)
    link = models.CharField(max_length=500, blank=True)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    owner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL)
    active = models.BooleanField(default=True)
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    why = models.CharField(max_length=300, blank=True)
    tried_at = models.DateTimeField(null=True)
    worked_at = models.DateTimeField(null=True)
    entries_last = models.PositiveIntegerField(null=True)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "slug"], name="a_source_once_per_region"),
            models.CheckConstraint(
                condition=Q(kind="file") | ~Q(address=""), name="a_source_that_is_pulled_has_an_address"
            ),
            models.CheckConstraint(
                condition=Q(every_hours__gte=1, every_hours__lte=720), name="a_source_is_pulled_in_a_month"
            ),
            models.CheckConstraint(condition=~Q(slug="local"), name="a_source_is_not_called_local"),
        ]

    def __str__(self) -> str:
        return self.name


class SourceRun(models.Model):
    """One time that a list was taken in, or tried out: what came, what changed, what was refused and why."""

    class Purpose(models.TextChoices):
        """What it was for."""

        PULL = "pull", "ophalen"
        TRIAL = "trial", "proef"
        FILE = "file", "bestand"

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", "wacht even"
        RUNNING = "running", "bezig"
        DONE = "done", "klaar"
        NOTHING = "nothing", "niets veranderd"
        REFUSED = "refused", "niet overgenomen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, null=True, on_delete=models.CASCADE, related_name="runs")
    """None: a file with entries of our own."""
    purpose = models.CharField(max_length=8, choices=Purpose)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, blank=True)
    """[{"row", "field", "reason"}], at most `MOST_FAULTS`; `refused` counts all."""
    sample = models.JSONField(default=list, blank=True)
    words = models.CharField(max_length=400, blank=True)
    accept_smaller = models.BooleanField(default=False)
    whole_list = models.BooleanField(default=False)
    file_name = models.CharField(max_length=200, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True)
    """The file itself, until it was read."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(state="running"), name="a_source_is_read_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("asked_at")), name="a_run_ends_later"
            ),
        ]
        indexes = [models.Index(fields=["region", "-asked_at"], name="runs_of_a_region")]


class SourceEntry(models.Model):
    """What a source last said of one of its entries, and which entry of ours that is.

    `said` holds the fields as the source has them; `fingerprint` is the hash of it, so that a row that did
    not change costs nothing. `gone_at`: the source no longer has it. After a merge it points at the entry
    that stayed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=200)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="said_by")
    fingerprint = models.CharField(max_length=64)
    said = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="a_key_once_per_source"),
            models.CheckConstraint(condition=~Q(key=""), name="an_entry_said_has_a_key"),
        ]


class Difference(models.Model):
    """We wrote a field ourselves, and later the source changed it: both values, for the source's editor."""

    class State(models.TextChoices):
        """What was chosen."""

        OPEN = "open", "open"
        OURS = "ours", "onze tekst blijft"
        THEIRS = "theirs", "de tekst van de bron"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(SourceEntry, on_delete=models.CASCADE, related_name="differences")
    field = models.CharField(max_length=40)
    ours = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    theirs = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "field"], condition=Q(state="open"), name="a_difference_is_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="a_decided_difference_has_its_moment",
            ),
        ]


class Duplicate(models.Model):
    """Two entries that may be one. What an editor said of it holds: it is not asked again."""

    class State(models.TextChoices):
        """What was said."""

        OPEN = "open", "open"
        MERGED = "merged", "samengevoegd"
        DIFFERENT = "different", "is niet hetzelfde"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    one = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    """`one` has the lower id, so that a pair stands here once."""
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="a_pair_is_asked_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_pair_has_an_order"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="a_decided_pair_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["region", "state", "-score"], name="pairs_by_score")]
