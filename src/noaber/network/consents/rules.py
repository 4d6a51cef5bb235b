"""Pure decisions about consents. No clock, no database."""

from __future__ import annotations

from datetime import datetime

NOW, LATER, OVER = "now", "later", "over"


def state_of(
    *, valid_from: datetime, valid_until: datetime | None, ended_at: datetime | None, now: datetime
) -> str:
    """Whether a consent holds: from its first instant, and at its last instant no more."""
    if ended_at is not None or (valid_until is not None and valid_until <= now):
        return OVER
    return NOW if valid_from <= now else LATER
