"""Who may sit beside her, and who carries out letters and calls."""

from __future__ import annotations

from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.network.companions.queries import other_way_of
from noaber.network.companions.rules import HELPERS
from noaber.network.residents.services import register_other_way

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


def phone_and_address(resident_id: UUID) -> tuple[str, str]:
    """Through whom she is reached when she has no phone or post of her own."""
    via = other_way_of(resident_id)
    return (via.phone, via.address) if via else ("", "")


def register() -> None:
    """Called once at start."""
    register_other_way(phone_and_address)
    gate.register_act(TOGETHER)
    gate.register_act(BY_HAND)
