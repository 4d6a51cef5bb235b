"""Who looks after the machinery."""

from __future__ import annotations

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role

ACT = gate.ActRule(
    "operator.act",
    frozenset({Role.OPERATOR}),
    "De technisch beheerder ziet of alles draait, zonder iets van een inwoner te zien.",
)


def register() -> None:
    """Called once at start."""
    gate.register_act(ACT)
