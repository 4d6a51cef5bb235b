"""Keys with which a system of a provider delivers: made once, kept as a fingerprint, revoked at once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.offer.care_programmes.models import ProviderKey
from noaber.offer.care_programmes.services import fingerprint

BEGINS = "nbw_"
MOST = 10


def of(organisation_ids: Sequence[UUID]) -> list[ProviderKey]:
    """The keys that open something, newest first."""
    read = ProviderKey.objects.filter(organisation_id__in=organisation_ids, revoked_at__isnull=True)
    return list(read.order_by("-made_at"))


def make(actor: Actor, organisation_id: UUID, name: str, *, now: datetime) -> str:
    """A new key. It is told once and cannot be read back."""
    key = BEGINS + secrets.token_urlsafe(32)
    row = ProviderKey.objects.create(
        organisation_id=organisation_id, name=name.strip()[:80], key_hash=fingerprint(key), made_at=now
    )
    _note(actor, "made", row, now)
    return key


def revoke(actor: Actor, row: ProviderKey, *, now: datetime) -> None:
    """It opens nothing any more. Twice is once."""
    if row.revoked_at is None:
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        _note(actor, "revoked", row, now)


def owner_of(header: str, *, now: datetime) -> ProviderKey | None:
    """Whose key stands in an `Authorization: Bearer …` header; None for anything else."""
    kind, _, key = header.partition(" ")
    if kind.casefold() != "bearer" or not key.startswith(BEGINS):
        return None
    read = ProviderKey.objects.select_related("organisation").filter(revoked_at__isnull=True)
    row = read.filter(key_hash=fingerprint(key.strip())).first()
    if row is not None and row.used_on != day_of(now):
        row.used_on = day_of(now)
        row.save(update_fields=["used_on"])
    return row


def _note(actor: Actor, what: str, row: ProviderKey, now: datetime) -> None:
    audit.record(
        actor=actor,
        action="C" if what == "made" else "U",
        event_type=f"waits.key_{what}",
        resident_id=None,
        object_kind="wait_key",
        object_id=row.pk,
        purpose="om wachttijden van systeem tot systeem te sturen",
        now=now,
    )
