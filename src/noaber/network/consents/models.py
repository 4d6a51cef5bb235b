"""What she allowed and what she refused: each a thing of its own, with a beginning and an end."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from noaber.hallway.sealed import SealedCharField
from noaber.network.partners.models import Organisation
from noaber.network.residents.models import Resident


class What(models.TextChoices):
    """What a consent or an objection is about."""

    REPORT = "report", "het verslag"
    LETTER = "letter", "de brief aan de huisarts"
    WEB = "web", "uw web"
    ALL = "all", "alles"


class Consent(models.Model):
    """She lets one organisation, or one person there, read one thing, for one purpose and one period.

    A row is never widened. Limiting it ends this row and makes a narrower one; so what held when stays known.
    `version` is the version that she saw: a newer one asks again.
    """

    class How(models.TextChoices):
        """In which way she gave it."""

        SELF = "self", "zelf"
        HELPER = "helper", "samen met iemand"
        PAPER = "paper", "op papier"
        PHONE = "phone", "aan de telefoon"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="consents")
    what = models.CharField(max_length=12, choices=What)
    object_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(null=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="consents")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="consents_to_me"
    )
    purpose = models.CharField(max_length=40)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    given_at = models.DateTimeField()
    given_how = models.CharField(max_length=8, choices=How, default=How.SELF)
    given_with = SealedCharField(blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "what", "object_id", "organisation", "account"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="one_living_consent_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="a_consent_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "what"], condition=Q(ended_at__isnull=True), name="living_consents_to"
            )
        ]


class Objection(models.Model):
    """She does not want it: no rule, no consent and no silence goes before this.

    Without an object it is about every thing of its kind, without an organisation about everyone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="objections")
    what = models.CharField(max_length=12, choices=What)
    object_id = models.UUIDField(null=True)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="objections"
    )
    made_at = models.DateTimeField()
    made_how = models.CharField(max_length=8, choices=Consent.How, default=Consent.How.SELF)
    made_with = SealedCharField(blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "what", "object_id", "organisation"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="one_living_objection_of_a_kind",
            )
        ]
