"""What this room holds of a sign-in service and of one visit to it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from noaber.knowledge.assurance import Level


@dataclass(frozen=True, slots=True)
class Provider:
    """The sign-in service of this installation, from its settings."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    least: Level


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to the sign-in service, kept in the session until the answer comes. It counts once."""

    state: str
    nonce: str
    verifier: str
    purpose: str
    at: str
    resident: str = ""

    def kept(self) -> dict[str, Any]:
        """As it goes into the session."""
        return asdict(self)


class Refused(Exception):
    """The answer is not good enough. `why` is 'broken', 'level', 'stopped' or 'away'; it holds no data."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(detail or why)
        self.why = why
