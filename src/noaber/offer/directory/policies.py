"""Who keeps the entries true: the editor of the region all of them, an organisation its own."""

from __future__ import annotations

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.offer.directory.models import Gap, Service

OWNERS = (Role.ORGANISATION_ADMIN, Role.HOST)
"""Who keeps the entries of the own organisation."""

DESK = gate.ActRule(
    "directory.desk",
    frozenset({Role.EDITOR, *OWNERS}),
    "De redacteur houdt de sociale kaart bij; een organisatie haar eigen vermeldingen.",
)
GAPS = gate.ActRule(
    "directory.gaps",
    frozenset({Role.EDITOR, Role.PROGRAMME_MANAGER}),
    "De regio leest waar naar is gevraagd en wat er niet was. Er staat niemand in.",
)
WORDS = gate.ActRule(
    "directory.words", frozenset({Role.EDITOR}), "De redacteur leert de zoeker wat mensen zeggen."
)


def editor(actor: Actor) -> Q | None:
    """The editor of the region of the entry."""
    regions = actor.regions(Role.EDITOR)
    return Q(region_id__in=regions) if regions else None


def owner(actor: Actor) -> Q | None:
    """Whoever keeps the entries of the organisation that offers it."""
    mine = actor.organisations(*OWNERS)
    return Q(organisation_id__in=mine, region_id__in=actor.regions(*OWNERS)) if mine else None


def steering(actor: Actor) -> Q | None:
    """Who steers the region."""
    regions = actor.regions(Role.PROGRAMME_MANAGER)
    return Q(region_id__in=regions) if regions else None


def register() -> None:
    """Called once at start."""
    for act in (DESK, GAPS, WORDS):
        gate.register_act(act)
    gate.register(
        gate.Resource("entry", Service, {"editor": editor, "owner": owner}),
        [
            gate.Rule("entry", "keep", "editor", because="De redacteur houdt de sociale kaart waar."),
            gate.Rule("entry", "keep", "owner", because="Wie het aanbiedt, weet of het klopt."),
        ],
    )
    gate.register(
        gate.Resource("gap", Gap, {"editor": editor, "steering": steering}),
        [
            gate.Rule("gap", "see", "editor", because="De redacteur leest wat er niet was."),
            gate.Rule("gap", "see", "steering", because="Wie stuurt, weet wat de regio mist."),
            gate.Rule("gap", "work", "editor", because="De redacteur noteert wat ermee gebeurt."),
        ],
    )
