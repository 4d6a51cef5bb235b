"""Turns an account into an actor. The network's rooms tell what they know through providers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from noaber.hallway.access.types import ANONYMOUS, Actor, Grant, Kind


@dataclass(frozen=True, slots=True)
class Known:
    """What one room knows of an account today."""

    grants: tuple[Grant, ...] = ()
    resident_id: UUID | None = None
    profession: str = ""
    language: str = ""


Provider = Callable[[UUID, date], Known]
_providers: list[Provider] = []


def register_provider(provider: Provider) -> None:
    """Let a room of the network say which grants, or which resident, belong to an account."""
    if provider not in _providers:
        _providers.append(provider)


def actor_for(account: Any, *, on: date, second_factor: bool, address: str = "") -> Actor:
    """The actor behind a signed-in account, on this day. Ended memberships give nothing."""
    if account is None or not account.is_authenticated or not account.is_active:
        return ANONYMOUS
    known = [provider(account.pk, on) for provider in _providers]
    resident_id = next((k.resident_id for k in known if k.resident_id), None)
    grants = tuple(grant for k in known for grant in k.grants)
    return Actor(
        kind=Kind.RESIDENT if resident_id and not grants else Kind.STAFF,
        account_id=account.pk,
        name=account.name,
        resident_id=resident_id,
        grants=grants,
        second_factor=second_factor,
        address=address,
        profession=next((k.profession for k in known if k.profession), ""),
        language=next((k.language for k in known if k.language), ""),
    )
