"""A colleague lost phone and emergency codes. Nobody takes a second step away alone and at once.

One administrator asks; the colleague gets a mail that minute. Another administrator of the same organisation
agrees, or the same one after a day. Coming in with the second step in between makes the request void.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from noaber.ground.errors import Conflict
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts import services as accounts
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.network.partners.models import KeyReset, Membership

ALONE_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class ResetRow:
    """One colleague, and the request that waits for her, if there is one."""

    membership_id: UUID
    name: str
    reset_id: UUID | None = None
    asked_by: str = ""
    alone_from: datetime | None = None
    may_agree: bool = False


def colleagues(actor: Actor, *, now: datetime) -> list[ResetRow]:
    """The colleagues of the organisations that this actor administers, without herself; each once."""
    gate.require_act(actor, "members.manage")
    rows = Membership.objects.filter(
        organisation_id__in=actor.organisations(Role.ORGANISATION_ADMIN), period__contains=day_of(now)
    ).exclude(account_id=actor.signed_in_id)
    found = {row.account_id: row for row in rows.select_related("account").order_by("account__name", "pk")}
    waiting = {
        row.account_id: row
        for row in KeyReset.objects.filter(
            account_id__in=found, agreed_at__isnull=True, withdrawn_at__isnull=True
        ).select_related("asked_by")
    }
    return [_row(row, waiting.get(pk), actor, now) for pk, row in found.items()]


def _row(row: Membership, reset: KeyReset | None, actor: Actor, now: datetime) -> ResetRow:
    if reset is None:
        return ResetRow(row.pk, row.account.name)
    return ResetRow(
        row.pk,
        row.account.name,
        reset.pk,
        reset.asked_by.name,
        reset.asked_at + ALONE_AFTER,
        _may_agree(reset, actor, now),
    )


def _may_agree(reset: KeyReset, actor: Actor, now: datetime) -> bool:
    return reset.asked_by_id != actor.account_id or now >= reset.asked_at + ALONE_AFTER


@transaction.atomic
def ask(*, actor: Actor, membership_id: UUID, now: datetime) -> None:
    """Ask to take a colleague's second step away. Twice is once; the colleague is told."""
    gate.require_act(actor, "members.manage")
    row = (
        Membership.objects.select_related("account")
        .filter(
            pk=membership_id,
            organisation_id__in=actor.organisations(Role.ORGANISATION_ADMIN),
            period__contains=day_of(now),
        )
        .exclude(account_id=actor.signed_in_id)
        .first()
    )
    if row is None:
        raise gate.not_here()
    reset, fresh = KeyReset.objects.get_or_create(
        account_id=row.account_id,
        agreed_at=None,
        withdrawn_at=None,
        defaults={
            "organisation_id": row.organisation_id,
            "asked_by_id": actor.signed_in_id,
            "asked_at": now,
        },
    )
    if fresh:
        accounts.warn_of_reset(row.account, now=now)
        _log(actor, "key_reset.ask", reset, now)


@transaction.atomic
def agree(*, actor: Actor, reset_id: UUID, now: datetime) -> None:
    """Take the second step away and end all sessions. Not by who asked, before a day has passed."""
    reset = _open(actor, reset_id)
    if not _may_agree(reset, actor, now):
        raise Conflict(
            "needs_another",
            happened="Er is nog niets gewist.",
            why="U vroeg dit zelf. Een andere beheerder moet het goedvinden.",
            now_what="Vraag een collega-beheerder. Is die er niet? Na een dag kunt u het zelf.",
        )
    came_in = reset.account.last_login is not None and reset.account.last_login > reset.asked_at
    if came_in:
        raise Conflict(
            "came_in_meanwhile",
            happened="Er is niets gewist.",
            why="Uw collega kwam intussen zelf binnen.",
            now_what="Trek de vraag in. Bel uw collega als u niet wist dat zij dit deed.",
        )
    accounts.take_second_step_away(reset.account_id, now=now)
    reset.agreed_by_id, reset.agreed_at = actor.signed_in_id, now
    reset.save(update_fields=["agreed_by", "agreed_at"])
    _log(actor, "key_reset.agree", reset, now)


@transaction.atomic
def withdraw(*, actor: Actor, reset_id: UUID, now: datetime) -> None:
    """Let it be: any administrator of the organisation may."""
    reset = _open(actor, reset_id)
    reset.withdrawn_at = now
    reset.save(update_fields=["withdrawn_at"])
    _log(actor, "key_reset.withdraw", reset, now)


def _open(actor: Actor, reset_id: UUID) -> KeyReset:
    gate.require_act(actor, "members.manage")
    reset = (
        KeyReset.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(
            pk=reset_id,
            organisation_id__in=actor.organisations(Role.ORGANISATION_ADMIN),
            agreed_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        .exclude(account_id=actor.signed_in_id)
        .first()
    )
    if reset is None:
        raise gate.not_here()
    return reset


def _log(actor: Actor, event_type: str, reset: KeyReset, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type=event_type,
        resident_id=None,
        object_kind="key_reset",
        object_id=reset.pk,
        purpose="om een verloren tweede stap te vervangen",
        now=now,
    )
