"""What this room does when something happened in the network."""

from __future__ import annotations

from datetime import datetime

from noaber.hallway.outbox.registry import listen
from noaber.network.partners.events import MembershipEnded
from noaber.network.residents.services import let_go_of_held


def nobody_stays_with_an_ex_employee(event: MembershipEnded, now: datetime) -> None:
    """Whoever left holds nothing: each open request goes to the alarm list until someone takes it up."""
    let_go_of_held(account_id=event.account_id, organisation_id=event.organisation_id, now=now)


def register() -> None:
    """Called once at start."""
    listen(MembershipEnded, nobody_stays_with_an_ex_employee)
