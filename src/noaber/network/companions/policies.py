"""Who may sit beside her, and who carries out letters and calls."""

from __future__ import annotations

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.network.companions.rules import HELPERS

TOGETHER = gate.ActRule(
    "together.begin",
    frozenset(HELPERS),
    "Wie haar helpt, doet dat met haar erbij: met iets wat alleen zij heeft.",
)
BY_HAND = gate.ActRule(
    "post.by_hand",
    frozenset({Role.PLANNER, Role.HOST}),
    "Brieven en telefoontjes gaan via het kantoor dat plant, of via het steunpunt dat zij koos.",
)


def register() -> None:
    """Called once at start."""
    gate.register_act(TOGETHER)
    gate.register_act(BY_HAND)
