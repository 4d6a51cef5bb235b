"""The links and computers with which a practice writes referrals, for who keeps them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.clock import day_of
from noaber.network.partners.models import Membership
from noaber.pathways.referrals.models import PracticeKey, ShortPin
from noaber.pathways.referrals.types import Choice, KeyRow, PracticeDoor

KEEPERS = (Role.REFERRER, Role.ORGANISATION_ADMIN)


def practices(actor: Actor) -> dict[UUID, str]:
    """The organisations whose links and computers this actor keeps, with their names."""
    mine = set(actor.organisations(*KEEPERS))
    return {g.organisation_id: g.organisation_name for g in actor.grants if g.organisation_id in mine}


def keys(actor: Actor, *, now: datetime) -> list[KeyRow]:
    """The living links and computers of the actor's practices, newest first."""
    gate.require_act(actor, "practice_key.keep")
    at_work = Membership.objects.filter(
        account_id=OuterRef("made_by_id"),
        organisation_id=OuterRef("organisation_id"),
        period__contains=day_of(now),
    )
    rows = gate.visible(actor, "keep", PracticeKey.objects.all(), resource="practice_key")
    rows = rows.filter(revoked_at__isnull=True, expires_at__gt=now).annotate(works=Exists(at_work))
    return [
        KeyRow(
            id=row.pk,
            kind=row.kind,
            label=row.label,
            made_by=row.made_by.name,
            made_at=row.made_at,
            expires_at=row.expires_at,
            last_used_on=row.last_used_on,
            maker_left=not row.works,
        )
        for row in rows.select_related("made_by").order_by("-made_at")
    ]


def has_short_pin(actor: Actor) -> bool:
    """Whether this referrer chose a short pin for the computers of the practice."""
    return ShortPin.objects.filter(
        account_id=actor.signed_in_id, organisation_id__in=actor.organisations(Role.REFERRER)
    ).exists()


def writers(door: PracticeDoor, *, now: datetime) -> list[Choice]:
    """The colleagues who may write on a computer of this practice: referrers of today with a short pin."""
    at_work = Membership.objects.filter(
        account_id=OuterRef("account_id"),
        organisation_id=door.organisation_id,
        role=Role.REFERRER,
        period__contains=day_of(now),
    )
    with gate.as_system("wie er op een praktijkcomputer schrijft"):
        rows = ShortPin.objects.filter(Exists(at_work), organisation_id=door.organisation_id)
        return [
            Choice(str(row.pk), row.account.name)
            for row in rows.select_related("account").order_by("account__name")
        ]
