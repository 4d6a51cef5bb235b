"""Small things that upper rooms ask of the resident, shown on her own first page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from noaber.hallway.access.types import Actor


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing she may do: the words of the link, a line beneath, and where it leads."""

    label: str
    text: str
    url: str


Provider = Callable[[Actor, datetime], Ask | None]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let a room ask something; the same provider twice asks once."""
    if provider not in _providers:
        _providers.append(provider)


def asks_of(actor: Actor, now: datetime) -> tuple[Ask, ...]:
    """All that is asked of her now."""
    return tuple(ask for provider in _providers if (ask := provider(actor, now)) is not None)
