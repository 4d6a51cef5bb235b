"""Who handles requests about what is held."""

from __future__ import annotations

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role

HANDLE = gate.ActRule(
    "holdings.handle",
    frozenset({Role.PRIVACY_OFFICER}),
    "De privacyfunctionaris beantwoordt verzoeken om inzage en wissen.",
)


def register() -> None:
    """Called once at start."""
    gate.register_act(HANDLE)
