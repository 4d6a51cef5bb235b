"""Whoever works there no more, is no wayfinder any more."""

from __future__ import annotations

from datetime import datetime

from noaber.hallway.access import gate
from noaber.hallway.outbox import registry
from noaber.network.partners.events import MembershipEnded
from noaber.offer.routes import services


def forget(event: MembershipEnded, now: datetime) -> None:
    """Empty her rows at that organisation; no page showed her since the moment itself."""
    with gate.as_system("een wegwijzer die er niet meer werkt"):
        services.forget_wayfinders(
            account_id=event.account_id, organisation_id=event.organisation_id, now=now
        )


def register() -> None:
    """Called once at start."""
    registry.listen(MembershipEnded, forget)
