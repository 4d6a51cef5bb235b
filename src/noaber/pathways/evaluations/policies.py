"""Who may see what was answered, always as counts."""

from __future__ import annotations

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role

SEE_ROLES = (Role.PROGRAMME_MANAGER,)
SEE = gate.ActRule(
    "evaluations.see", frozenset(SEE_ROLES), "Wie stuurt, ziet hoe mensen het vonden, nooit wie het zei."
)


def register() -> None:
    """Called once at start."""
    gate.register_act(SEE)
