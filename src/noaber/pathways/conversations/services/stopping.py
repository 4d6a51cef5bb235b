"""She stops: her question closes and her appointment goes with it, at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.network.residents import services as residents
from noaber.pathways.conversations.services.planning import let_go_of_planned

BECAUSE = "de inwoner stopte"


@transaction.atomic
def stop_request(*, actor: Actor, help_request_id: UUID, now: datetime) -> None:
    """Close her question and let go of what is planned, in one transaction.

    Were the appointment left to whoever listens, then she who takes it up again at once would still see it,
    and a new appointment could be cancelled by what was told late.
    """
    residents.stop(actor=actor, help_request_id=help_request_id, now=now)
    with gate.as_system("haar afspraak vrijgeven, want zij stopte"):
        let_go_of_planned(help_request_id=help_request_id, because=BECAUSE, now=now)
