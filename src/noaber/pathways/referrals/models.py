"""A referral, and the letter that goes back."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from noaber.hallway.sealed import SealedCharField, SealedTextField
from noaber.network.partners.models import Organisation
from noaber.network.residents.models import HelpRequest


class Referral(models.Model):
    """One request by a referrer, with consent, in two sentences.

    Through the link of a practice nobody is signed in: there is no referrer, only the name that was typed.
    """

    class Via(models.TextChoices):
        """How it came in."""

        ACCOUNT = "account", "ingelogd"
        DEVICE = "device", "op een praktijkcomputer"
        LINK = "link", "via de link van de praktijk"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    help_request = models.OneToOneField(HelpRequest, on_delete=models.PROTECT, related_name="referral")
    referrer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="referrals"
    )
    via = models.CharField(max_length=8, choices=Via, default=Via.ACCOUNT)
    typed_name = SealedCharField(blank=True, default="")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals_sent")
    consent_given = models.BooleanField()
    sent_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)
    route_version_id = models.UUIDField(null=True)
    """The referral agreement that was followed, or not (`route_followed`): a version of `offer/routes`."""
    route_followed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(route_version_id__isnull=True, route_followed__isnull=True)
                | Q(route_version_id__isnull=False, route_followed__isnull=False),
                name="a_route_was_followed_or_not",
            ),
            models.CheckConstraint(condition=Q(consent_given=True), name="a_referral_has_consent"),
            models.CheckConstraint(
                condition=Q(referrer__isnull=False) | Q(via="link"), name="only_the_link_has_no_referrer"
            ),
        ]


class PracticeKey(models.Model):
    """Lets a practice write referrals without signing in, and see nothing: a link, or one computer.

    Only its fingerprint is kept. It works until someone revokes it or `expires_at`.
    """

    class Kind(models.TextChoices):
        """What it is."""

        LINK = "link", "link van de praktijk"
        DEVICE = "device", "praktijkcomputer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="practice_keys")
    region_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind)
    label = models.CharField(max_length=80, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class ShortPin(models.Model):
    """The short pin with which a referrer says who writes, on a computer of the practice. A fingerprint."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    pin_hash = models.CharField(max_length=64)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "organisation"], name="one_short_pin_a_practice")
        ]


class Letter(models.Model):
    """The letter back to the referrer. The resident reads it first; her objection keeps it here.

    Without `release_on` it never goes by itself: the region asks for her consent. Once it went, a later
    version of the report is a letter of its own, which waits for her again. `statement` is her own text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="letters")
    conversation_id = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    body = SealedTextField()
    statement = SealedTextField(blank=True, default="")
    created_at = models.DateTimeField()
    release_on = models.DateField(null=True)
    released_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation_id", "version"], name="one_letter_a_version")
        ]
