"""Who may see and steer consents and objections: she herself. Who received one may use it."""

from __future__ import annotations

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind
from noaber.network.consents.models import Consent, Objection
from noaber.network.consents.queries import READERS


def herself(actor: Actor) -> Q | None:
    """The resident who gave it, by her own door."""
    if actor.kind is not Kind.RESIDENT or actor.resident_id is None:
        return None
    return Q(resident_id=actor.resident_id)


def receiving(actor: Actor) -> Q | None:
    """Who helps at the organisation it was given to, and is meant by it."""
    mine = actor.organisations(*READERS)
    if not mine or actor.account_id is None:
        return None
    return Q(organisation_id__in=mine) & (Q(account__isnull=True) | Q(account_id=actor.account_id))


CONSENT = gate.Resource(name="consent", model=Consent, relations={"herself": herself, "receiving": receiving})
OBJECTION = gate.Resource(name="objection", model=Objection, relations={"herself": herself})


def register() -> None:
    """Called once at start."""
    gate.register(
        CONSENT,
        [
            gate.Rule("consent", "steer", "herself", because="Zij geeft toestemming, en stopt die."),
            gate.Rule("consent", "use", "receiving", because="De toestemming is aan hen."),
        ],
    )
    gate.register(OBJECTION, [gate.Rule("objection", "steer", "herself", because="Het is haar bezwaar.")])
