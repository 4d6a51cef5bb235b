"""Who may see and change an invitation: she herself, and the relative its own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.grants import Known
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.accounts import frame
from noaber.network.relatives.models import Relative
from noaber.network.residents.queries import region_of_resident


def relative_of(account_id: UUID, on: date) -> Known:
    """The relative behind an account, as long as she lets this person in."""
    rows = Relative.objects.filter(account_id=account_id, revoked_at__isnull=True)
    return Known(relative_id=rows.values_list("pk", flat=True).first())


def region_of(actor: Actor) -> UUID | None:
    """The region whose help numbers a relative sees: that of whoever invited."""
    if actor.relative_id is None:
        return None
    with gate.as_system("de hulpnummers van de regio tonen"):
        row = Relative.objects.filter(pk=actor.relative_id, revoked_at__isnull=True).first()
        return region_of_resident(row.resident_id) if row else None


def herself(actor: Actor) -> Q | None:
    """Who invited."""
    if actor.kind is not Kind.RESIDENT or actor.resident_id is None:
        return None
    return Q(resident_id=actor.resident_id)


def invited(actor: Actor) -> Q | None:
    """Who was invited, until she says stop."""
    return Q(pk=actor.relative_id, revoked_at__isnull=True) if actor.relative_id else None


RELATIVE = gate.Resource(name="relative", model=Relative, relations={"herself": herself, "invited": invited})
RULES = [
    gate.Rule("relative", "manage", "herself", because="Zij kiest wie er meekijkt, en wat die ziet."),
    gate.Rule("relative", "look", "invited", because="Zij nodigde deze persoon uit."),
]


def register() -> None:
    """Called once at start."""
    gate.register_provider(relative_of, last=True)
    frame.register_region_of(region_of)
    gate.register(RELATIVE, RULES)
