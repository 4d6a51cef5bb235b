"""Who may review the log, and where denials are written."""

from __future__ import annotations

from datetime import datetime

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services
from noaber.hallway.audit.queries import REVIEW


def _write_denial(actor: Actor, what: str, now: datetime, guessed: str) -> None:
    services.record_denial(actor=actor, what=what, now=now, guessed=guessed)


def register() -> None:
    """Called once at start."""
    gate.register_act(REVIEW)
    gate.register_denial_log(_write_denial)
