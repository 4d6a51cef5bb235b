"""Which roles an account holds today, and who may manage members."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.grants import Known
from noaber.hallway.access.types import Grant, Role
from noaber.network.partners.models import Membership

MANAGE_MEMBERS = gate.ActRule(
    "members.manage",
    frozenset({Role.ORGANISATION_ADMIN}),
    "De beheerder van een organisatie nodigt eigen mensen uit en beëindigt hun rol.",
)


def grants_of(account_id: UUID, on: date) -> Known:
    """The roles whose period holds this day. What ended yesterday opens nothing today."""
    living = Membership.objects.filter(account_id=account_id, period__contains=on).select_related(
        "organisation"
    )
    return Known(
        grants=tuple(
            Grant(
                role=Role(m.role),
                organisation_id=m.organisation_id,
                region_id=m.organisation.region_id,
                organisation_name=m.organisation.name,
            )
            for m in living
        )
    )


def register() -> None:
    """Called once at start."""
    gate.register_provider(grants_of)
    gate.register_act(MANAGE_MEMBERS)
