"""What the directory does when something happened with its entries."""

from __future__ import annotations

from datetime import datetime

from noaber.hallway.outbox.registry import listen
from noaber.offer.directory import services
from noaber.offer.directory.events import ErrorReported


def weigh_after_report(event: ErrorReported, now: datetime) -> None:
    """A report lowers the trust in an entry until an editor looked."""
    services.weigh_again(service_id=event.service_id, now=now)


def register() -> None:
    """Called once at start."""
    listen(ErrorReported, weigh_after_report)
