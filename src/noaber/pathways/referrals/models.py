"""A referral, and the letter that goes back."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from noaber.hallway.sealed import SealedTextField
from noaber.network.partners.models import Organisation
from noaber.network.residents.models import HelpRequest


class Referral(models.Model):
    """One request by a referrer, with consent, in two sentences."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    help_request = models.OneToOneField(HelpRequest, on_delete=models.PROTECT, related_name="referral")
    referrer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="referrals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals_sent")
    consent_given = models.BooleanField()
    sent_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(consent_given=True), name="a_referral_has_consent"),
        ]


class Letter(models.Model):
    """The letter back to the referrer. The resident reads it first; her objection keeps it here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="letters")
    conversation_id = models.UUIDField(unique=True)
    body = SealedTextField()
    created_at = models.DateTimeField()
    release_on = models.DateField()
    released_at = models.DateTimeField(null=True)
    objected_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
