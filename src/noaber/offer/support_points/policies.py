"""Anyone reads a point; its host counts and refers; its organisation keeps it; the region steers."""

from __future__ import annotations

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.offer.support_points.models import SupportPoint

KEEPERS = (Role.HOST, Role.ORGANISATION_ADMIN)
"""Who works at the points of the own organisation."""

OPEN = gate.ActRule(
    "support_points.open",
    frozenset(KEEPERS),
    "Wie gastvrouw of gastheer is, of de organisatie beheert, houdt het eigen steunpunt bij.",
)
STEER = gate.ActRule(
    "support_points.steer",
    frozenset({Role.PROGRAMME_MANAGER}),
    "Wie de regio stuurt, leest bezoeken en capaciteit. Er staat niemand in.",
)


def ours(actor: Actor) -> Q | None:
    """Who is host at, or administers, the organisation that keeps the point."""
    mine = actor.organisations(*KEEPERS)
    return Q(organisation_id__in=mine, region_id__in=actor.regions(*KEEPERS)) if mine else None


def administered(actor: Actor) -> Q | None:
    """Who administers the organisation that keeps the point."""
    mine = actor.organisations(Role.ORGANISATION_ADMIN)
    regions = actor.regions(Role.ORGANISATION_ADMIN)
    return Q(organisation_id__in=mine, region_id__in=regions) if mine else None


def steering(actor: Actor) -> Q | None:
    """Who steers the region of the point."""
    regions = actor.regions(Role.PROGRAMME_MANAGER)
    return Q(region_id__in=regions) if regions else None


def register() -> None:
    """Called once at start."""
    gate.register_act(OPEN)
    gate.register_act(STEER)
    gate.register(
        gate.Resource(
            "support_point",
            SupportPoint,
            {"ours": ours, "administered": administered, "steering": steering},
        ),
        [
            gate.Rule("support_point", "work", "ours", because="Wie er werkt, telt en houdt het bij."),
            gate.Rule("support_point", "manage", "administered", because="De organisatie beheert haar punt."),
            gate.Rule("support_point", "read", "ours", because="Het is hun eigen verhaal."),
            gate.Rule("support_point", "read", "steering", because="Wie stuurt, leest wat er gebeurt."),
        ],
    )
