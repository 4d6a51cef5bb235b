"""Who was asked for three answers, and the answers apart from who gave them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from noaber.network.partners.models import Region
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.evaluations.types import Audience, Reply

AUDIENCES = [(str(a), str(a)) for a in Audience]
REPLIES = [(str(r), str(r)) for r in Reply]


class EvaluationRequest(models.Model):
    """Three questions, asked once of one person about one conversation. The link itself is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="evaluation_requests"
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    audience = models.CharField(max_length=12, choices=AUDIENCES)
    recipient_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=12, default="nl")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "audience", "recipient_id"], name="someone_is_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("asked_at")), name="an_evaluation_link_ends_later"
            ),
        ]
        indexes = [models.Index(fields=["region", "audience", "asked_at"], name="evaluations_asked")]


class EvaluationAnswer(models.Model):
    """One reply to one question, on a day. It does not say who gave it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    audience = models.CharField(max_length=12, choices=AUDIENCES)
    question = models.CharField(max_length=40)
    reply = models.CharField(max_length=8, choices=REPLIES)
    answered_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["region", "audience", "answered_on"], name="answers_to_count")]
