"""Which roles an account holds today, and who may manage members."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.grants import Known
from noaber.hallway.access.types import Actor, Grant, Role
from noaber.hallway.accounts import frame
from noaber.network.partners.models import Membership, Professional
from noaber.network.partners.queries import region_words

MANAGE_MEMBERS = gate.ActRule(
    "members.manage",
    frozenset({Role.ORGANISATION_ADMIN}),
    "De beheerder van een organisatie nodigt eigen mensen uit en beëindigt hun rol.",
)

GIVEN_BY_ADMIN = frozenset(
    {Role.REFERRER, Role.GUIDE, Role.PLANNER, Role.HOST, Role.KWARTIERMAKER, Role.GROUP_LEADER}
)
"""Roles that the administrator of an organisation may give and end; the others are the region's."""


def grants_of(account_id: UUID, on: date) -> Known:
    """The roles whose period holds this day. What ended yesterday opens nothing today."""
    living = list(
        Membership.objects.filter(account_id=account_id, period__contains=on).select_related(
            "organisation", "account__professional"
        )
    )
    return Known(
        profession=next((_profession(m) for m in living), ""),
        grants=tuple(
            Grant(
                role=Role(m.role),
                organisation_id=m.organisation_id,
                region_id=m.organisation.region_id,
                organisation_name=m.organisation.name,
            )
            for m in living
        ),
    )


def _profession(membership: Membership) -> str:
    professional = getattr(membership.account, "professional", None)
    return professional.profession if professional else ""


def administrator(actor: Actor) -> Q | None:
    """The administrator of the organisation, for the roles that she may give."""
    mine = actor.organisations(Role.ORGANISATION_ADMIN)
    return Q(organisation_id__in=mine, role__in=GIVEN_BY_ADMIN) if mine else None


def administrator_of_employer(actor: Actor) -> Q | None:
    """The administrator of the organisation where this professional works."""
    mine = actor.organisations(Role.ORGANISATION_ADMIN)
    return Q(organisation_id__in=mine) if mine else None


MEMBERSHIP = gate.Resource("membership", Membership, {"administrator": administrator})
PROFESSIONAL = gate.Resource(
    "professional", Professional, {"administrator_of_employer": administrator_of_employer}
)


def register() -> None:
    """Called once at start."""
    gate.register_provider(grants_of)
    gate.register_act(MANAGE_MEMBERS)
    gate.register(
        MEMBERSHIP,
        [gate.Rule("membership", "end", "administrator", because="De beheerder beëindigt een rol.")],
    )
    gate.register(
        PROFESSIONAL,
        [
            gate.Rule(
                "professional",
                "certify",
                "administrator_of_employer",
                because="De werkgever houdt scholing bij.",
            )
        ],
    )
    frame.register_region_words(region_words)
