"""What other rooms may hold of a way in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Pending:
    """Someone at the door: the first item was right, or seemed so. Kept in the session of this browser.

    Without `resident` it is for show: a wrong card or an unknown one gets the same pages. `step` is 'code'
    (a second item is asked) or 'pin' (she chooses her own). `not_by` is the channel the link came by.
    """

    way: str
    at: str
    resident: str = ""
    step: str = "code"
    code: str = ""
    link: str = ""
    not_by: str = ""
    channel: str = ""
    second: str = ""
    known_to_others: bool = False
    anew: bool = False
    onward: str = ""

    @property
    def resident_id(self) -> UUID | None:
        """Whose door it is; None when it is for show."""
        return UUID(self.resident) if self.resident else None

    def kept(self) -> dict[str, Any]:
        """As it goes into the session."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of 'who signed in as you'."""

    id: UUID
    at: datetime
    words: str
    device: str
    refused: bool
    known_to_others: bool
    times: int
    living: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey of hers."""

    id: int
    name: str
    made_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Broker:
    """A sign-in service that this house is connected to."""

    name: str
    sign_in_url: str
    link_url: str
    unlink_url: str
    is_linked: Callable[[UUID], bool]
