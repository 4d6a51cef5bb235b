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
    relative_id: UUID | None = None
    profession: str = ""
    language: str = ""


Provider = Callable[[UUID, date], Known]
_providers: list[Provider] = []
_last_providers: list[Provider] = []


def register_provider(provider: Provider, *, last: bool = False) -> None:
    """Let a room of the network say which grants, or which resident, belong to an account.

    A `last` one is asked only about an account of which the others know nothing.
    """
    where = _last_providers if last else _providers
    if provider not in where:
        where.append(provider)


def actor_for(account: Any, *, on: date, second_factor: bool, address: str = "") -> Actor:
    """The actor behind a signed-in account, on this day. Ended memberships give nothing."""
    if account is None or not account.is_authenticated or not account.is_active:
        return ANONYMOUS
    known = [provider(account.pk, on) for provider in _providers]
    if not any(k.resident_id or k.grants for k in known):
        known += [provider(account.pk, on) for provider in _last_providers]
    resident_id = next((k.resident_id for k in known if k.resident_id), None)
    grants = tuple(grant for k in known for grant in k.grants)
    relative_id = next((k.relative_id for k in known if k.relative_id), None)
    kind = Kind.RESIDENT if resident_id and not grants else Kind.STAFF
    return Actor(
        kind=Kind.RELATIVE if relative_id else kind,
        account_id=account.pk,
        name=account.name,
        resident_id=resident_id,
        relative_id=relative_id,
        grants=grants,
        second_factor=second_factor,
        address=address,
        profession=next((k.profession for k in known if k.profession), ""),
        language=next((k.language for k in known if k.language), ""),
    )
