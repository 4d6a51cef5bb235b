"""Who may look after the maps of others: the editor of the region, and nobody else."""

from __future__ import annotations

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.offer.sources.models import Difference, Duplicate, Source, SourceRun

WHY = "De redacteur van de sociale kaart van deze regio kiest wat er staat."
EDIT = gate.ActRule("sources.edit", frozenset({Role.EDITOR}), WHY)
CARRY_OUT = gate.ActRule(
    "directory.export",
    frozenset({Role.EDITOR, Role.ORGANISATION_ADMIN, Role.HOST}),
    "De redacteur haalt de hele kaart op, een organisatie haar eigen aanbod.",
)


def editor_of_region(actor: Actor) -> Q | None:
    """The editor of the region it belongs to."""
    regions = actor.regions(Role.EDITOR)
    return Q(region_id__in=regions) if regions else None


def editor_of_source(actor: Actor) -> Q | None:
    """The editor of the region of the source that said it."""
    regions = actor.regions(Role.EDITOR)
    return Q(entry__source__region_id__in=regions) if regions else None


def register() -> None:
    """Called once at start."""
    gate.register_act(EDIT)
    gate.register_act(CARRY_OUT)
    for name, model, relation in (
        ("source", Source, editor_of_region),
        ("source_run", SourceRun, editor_of_region),
        ("duplicate", Duplicate, editor_of_region),
        ("difference", Difference, editor_of_source),
    ):
        gate.register(
            gate.Resource(name, model, {"editor": relation}), [gate.Rule(name, "edit", "editor", because=WHY)]
        )
