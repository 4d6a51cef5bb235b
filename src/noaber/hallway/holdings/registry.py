"""The list of all that is held about a resident; each room adds its own part at start."""

from __future__ import annotations

from noaber.hallway.holdings.types import Holding

_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Add one kind of thing; the same key again replaces it."""
    _holdings[holding.key] = holding


def holdings() -> tuple[Holding, ...]:
    """All kinds, in the order of their keys."""
    return tuple(_holdings[key] for key in sorted(_holdings))
