"""Who keeps the waits of a provider, and who reads what stands behind a figure."""

from __future__ import annotations

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind, Role
from noaber.offer.care_programmes.models import CareProgramme, ProviderKey

KEEP = gate.ActRule(
    "waits.keep",
    frozenset({Role.ORGANISATION_ADMIN}),
    "De beheerder van een organisatie houdt haar eigen wachttijden bij.",
)
REGION = gate.ActRule(
    "waits.region",
    frozenset({Role.PROGRAMME_MANAGER}),
    "Wie de regio stuurt, leest waar mensen lang wachten. Er staat niemand in.",
)
COMPARE = gate.ActRule(
    "waits.compare",
    frozenset({Role.REFERRER, Role.PROGRAMME_MANAGER, Role.GUIDE, Role.HOST, Role.PLANNER}),
    "Wie iemand verder helpt, vergelijkt wat er is en hoe lang het duurt.",
)


def own(actor: Actor) -> Q | None:
    """Whoever keeps the waits of the provider."""
    mine = actor.organisations(Role.ORGANISATION_ADMIN)
    return Q(organisation_id__in=mine) if mine else None


def in_region(actor: Actor) -> Q | None:
    """Every professional with a role in the region."""
    regions = actor.regions() if actor.kind is Kind.STAFF else ()
    return Q(region_id__in=regions) if regions else None


def register() -> None:
    """Called once at start."""
    for act in (KEEP, REGION, COMPARE):
        gate.register_act(act)
    gate.register(
        gate.Resource("care_programme", CareProgramme, {"own": own, "in_region": in_region}),
        [
            gate.Rule("care_programme", "keep", "own", because="Wie het aanbiedt, weet hoe lang het duurt."),
            gate.Rule(
                "care_programme", "see_starts", "own", because="De startlijst is van de eigen organisatie."
            ),
            gate.Rule(
                "care_programme",
                "see_starts",
                "in_region",
                because="Elk cijfer gaat open voor wie ermee werkt.",
            ),
        ],
    )
    gate.register(
        gate.Resource("wait_key", ProviderKey, {"own": own}),
        [gate.Rule("wait_key", "revoke", "own", because="Een sleutel is van de eigen organisatie.")],
    )
