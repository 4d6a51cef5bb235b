"""Invitations: one link, once, for a week. Only the link's fingerprint is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from noaber.ground.errors import Conflict, Missing
from noaber.hallway.access.table import not_here
from noaber.hallway.accounts.models import Invitation
from noaber.hallway.accounts.types import InvitationCard

VALID_FOR = timedelta(days=7)


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _card(row: Invitation) -> InvitationCard:
    return InvitationCard(
        id=row.pk,
        email=row.email,
        name=row.name,
        role=row.role,
        organisation_id=row.organisation_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def _open(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)


def invite(
    *, email: str, name: str, role: str, organisation_id: UUID, invited_by: UUID, now: datetime
) -> tuple[UUID, str]:
    """Make an invitation; gives its id and the token for the link, which cannot be read back.

    An older open invitation for the same person and role stops working.
    """
    address = email.strip().lower()
    _open(now).filter(email=address, role=role, organisation_id=organisation_id).update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    row = Invitation.objects.create(
        email=address,
        name=name.strip(),
        role=role,
        organisation_id=organisation_id,
        invited_by_id=invited_by,
        token_hash=_fingerprint(token),
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    return row.pk, token


def behind(token: str, *, now: datetime) -> InvitationCard:
    """The invitation behind a link. Used, withdrawn, old and invented links get one answer."""
    row = _open(now).filter(token_hash=_fingerprint(token)).first()
    if row is None:
        raise no_longer()
    return _card(row)


def use(token: str, *, now: datetime) -> InvitationCard:
    """Use a link up. Of two at the same moment one gets it."""
    row = _open(now).select_for_update().filter(token_hash=_fingerprint(token)).first()
    if row is None:
        raise no_longer()
    row.accepted_at = now
    row.save(update_fields=["accepted_at"])
    return _card(row)


def open_for(organisation_ids: tuple[UUID, ...], *, now: datetime) -> list[InvitationCard]:
    """Invitations of these organisations that still wait for an answer, newest first."""
    rows = _open(now).filter(organisation_id__in=organisation_ids).order_by("-created_at")
    return [_card(row) for row in rows]


def withdraw(invitation_id: UUID, *, organisation_ids: tuple[UUID, ...], now: datetime) -> None:
    """Withdraw an invitation of one of these organisations; another's is not there."""
    row = (
        Invitation.objects.select_for_update()
        .filter(pk=invitation_id, organisation_id__in=organisation_ids)
        .first()
    )
    if row is None:
        raise not_here()
    if row.accepted_at is not None:
        raise Conflict(
            "invitation_accepted",
            happened="Deze uitnodiging is al aangenomen.",
            why="Uw collega was net iets eerder.",
            now_what="Wilt u dat de rol stopt? Beëindig hem dan in de lijst met mensen.",
        )
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])


def no_longer() -> Missing:
    """The one answer for every link that does not work."""
    return Missing(
        "invitation_not_open",
        happened="Deze uitnodiging werkt niet meer.",
        why="Zij is al gebruikt, ingetrokken, of ouder dan een week.",
        now_what="Vraag uw organisatie om een nieuwe.",
    )
