"""A referral that waits for the practice."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from noaber.hallway.sealed import SealedCharField, SealedTextField
from noaber.network.partners.models import Municipality, Organisation, Region


class Preparation(models.Model):
    """What she and the host filled in. Until it is decided the host holds it, with a next date."""

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", "wacht op de huisarts"
        CONFIRMED = "confirmed", "bevestigd"
        DECLINED = "declined", "niet bevestigd"
        WITHDRAWN = "withdrawn", "ingetrokken"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    practice = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="preparations_to_confirm"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="preparations_made")
    host = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    host_name = models.CharField(max_length=120)
    name = SealedCharField()
    phone = SealedCharField(blank=True, default="")
    reached_through = SealedCharField(blank=True, default="")
    post_address = SealedTextField(blank=True, default="")
    question = SealedTextField()
    wishes = SealedTextField(blank=True, default="")
    language = models.CharField(max_length=12, default="nl")
    consent_given = models.BooleanField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    prepared_at = models.DateTimeField()
    next_on = models.DateField()
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    reason = SealedTextField(blank=True, default="")
    resident_id = models.UUIDField(null=True)
    help_request_id = models.UUIDField(null=True)
    code = models.CharField(max_length=16, blank=True)
    card_given_at = models.DateTimeField(null=True)
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(consent_given=True), name="a_preparation_has_consent"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="a_decided_preparation_says_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "prepared_at"], name="preparations_by_state")]
