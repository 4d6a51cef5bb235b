"""What other rooms and pages may hold of relatives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewRelative:
    """Whom she invites, how the link goes, what may be seen, and the word she says herself."""

    name: str
    channel: str
    address: str
    word: str
    items: tuple[str, ...] = ()
    comes_along: bool = False
    name_may_be_told: bool = False
    once_key: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation. The code can be shown only now; empty when it was made before."""

    relative_id: UUID
    code: str
    channel: str


@dataclass(frozen=True, slots=True)
class RelativeCard:
    """One relative as she herself sees it."""

    id: UUID
    name: str
    channel: str
    address: str
    items: frozenset[str]
    comes_along: bool
    name_may_be_told: bool
    invited_at: datetime
    expires_at: datetime
    entered_at: datetime | None
    seen_at: datetime | None
    rests: bool
    expired: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One shared thing as it is now: a heading, lines beneath it, and the moment where it has one."""

    title: str
    lines: tuple[str, ...] = ()
    starts_at: datetime | None = None
    called_off: bool = False


@dataclass(frozen=True, slots=True)
class Glimpse:
    """All that a relative may see now, and about help for the relative."""

    shown: tuple[Shown, ...]
    may_be_reminded: bool
    reminder_channel: str
    reminder_address: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """A relative as the post needs one: which channel, which address."""

    id: UUID
    channel: str
    address: str
