"""The time that a helper sits beside a resident, digits by phone, paper, and what went by hand."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from noaber.hallway.sealed import SealedTextField
from noaber.network.partners.models import Organisation
from noaber.network.residents.models import Resident


class TimeTogether(models.Model):
    """One time that someone helped her, at a table or by phone. `kept` is what she had typed at its end."""

    class How(models.TextChoices):
        """What she had that only she has."""

        CARD = "card", "haar kaart en haar pincode"
        PHONE = "phone", "vier cijfers op haar eigen nummer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="times_together")
    resident_account_id = models.UUIDField()
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="times_together"
    )
    helper_name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="times_together")
    how = models.CharField(max_length=8, choices=How)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    kept = SealedTextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("started_at")), name="a_time_together_ends_after_it_began"
            )
        ]
        indexes = [models.Index(fields=["helper", "-started_at"], name="times_of_a_helper")]


class PhoneDigits(models.Model):
    """Four digits that went to her known number, so that a helper on the phone knows it is she.

    Without a resident nobody was found; the pages look the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, null=True, on_delete=models.CASCADE, related_name="phone_digits")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    digits_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)


class PaperForm(models.Model):
    """A form 'Mijn keuzes' on paper. Its number opens it once, where it was printed, and only to write."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="paper_forms")
    resident_account_id = models.UUIDField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="paper_forms")
    number_hash = models.CharField(max_length=64, unique=True)
    printed_by_name = models.CharField(max_length=120)
    printed_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    signed_on = models.DateField(null=True)
    entered_at = models.DateTimeField(null=True)
    entered_by_name = models.CharField(max_length=120, blank=True)
    choices = SealedTextField(blank=True, default="")


class OtherWay(models.Model):
    """Someone or somewhere she named, to reach her by when she has no phone or no post of her own."""

    resident = models.OneToOneField(
        Resident, primary_key=True, on_delete=models.CASCADE, related_name="other_way"
    )
    who = SealedTextField()
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="reached_through"
    )
    phone = SealedTextField(blank=True, default="")
    address = SealedTextField(blank=True, default="")
    changed_at = models.DateTimeField()


class CarriedOut(models.Model):
    """What a person did with a letter or a call: posted, reached, or to be tried again."""

    class Outcome(models.TextChoices):
        """How it ended."""

        POSTED = "posted", "op de post"
        HANDED = "handed", "zelf gegeven"
        REACHED = "reached", "gesproken"
        NO_MESSAGE = "no_message", "niet bereikt, niets ingesproken"
        AGAIN = "again", "later opnieuw"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message_id = models.UUIDField(db_index=True)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="carried_out")
    outcome = models.CharField(max_length=12, choices=Outcome)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    again_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="again") | Q(again_on__isnull=False), name="a_next_try_has_a_day"
            )
        ]
