"""Who sees the figures of a region: its programme managers, and nobody else."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.table import not_here, not_yours
from noaber.hallway.access.types import Actor, Role
from noaber.steering.kpis.models import Kpi

__all__ = ["DECIDE", "SEE", "not_here", "register", "require_steering"]

SEE = gate.ActRule(
    "kpis.see",
    frozenset({Role.PROGRAMME_MANAGER}),
    "De programmamanager van de regio volgt wat is beloofd, geteld en betaald. Zonder namen.",
)
DECIDE = gate.ActRule(
    "kpis.decide",
    frozenset({Role.PROGRAMME_MANAGER}),
    "De programmamanager legt vast wat de stuurgroep over een KPI besloot.",
)


def programme_manager_of_region(actor: Actor) -> Q | None:
    """Holds the role at some organisation of the region of the KPI."""
    mine = actor.regions(Role.PROGRAMME_MANAGER)
    return Q(region_id__in=mine) if mine else None


KPI = gate.Resource(
    name="kpi", model=Kpi, relations={"programme_manager_of_region": programme_manager_of_region}
)


def require_steering(actor: Actor, region_id: UUID, action: str) -> None:
    """Go on only for a programme manager of this very region; elsewhere it is as if the page is not there."""
    gate.require_act(actor, action)
    if region_id not in actor.regions(Role.PROGRAMME_MANAGER):
        raise not_yours()


def register() -> None:
    """Called once at start."""
    gate.register_act(SEE)
    gate.register_act(DECIDE)
    gate.register(KPI, [gate.Rule("kpi", "see", "programme_manager_of_region", because=SEE.because)])
