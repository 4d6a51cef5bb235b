"""Editors keep the modules of their region. What somebody does with one is hers: nobody else may."""

from __future__ import annotations

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.offer.self_help.models import DiaryEntry, Module, Reminder, StepWork

KEEP = gate.ActRule(
    "self_help.keep", frozenset({Role.EDITOR}), "De redacteur schrijft de modules van de eigen regio."
)
OWN_WHY = "Wat u schrijft, is van u. Niemand anders leest het."


def editor(actor: Actor) -> Q | None:
    """The editor of the region of the module."""
    regions = actor.regions(Role.EDITOR)
    return Q(region_id__in=regions) if regions else None


def own(actor: Actor) -> Q | None:
    """The resident who wrote it."""
    return Q(resident_id=actor.resident_id) if actor.resident_id else None


def register() -> None:
    """Called once at start."""
    gate.register_act(KEEP)
    gate.register(
        gate.Resource("self_help_module", Module, {"editor": editor}),
        [gate.Rule("self_help_module", "keep", "editor", because=KEEP.because)],
    )
    for name, model in (
        ("self_help_step", StepWork),
        ("self_help_diary", DiaryEntry),
        ("self_help_reminder", Reminder),
    ):
        gate.register(
            gate.Resource(name, model, {"own": own}), [gate.Rule(name, "own", "own", because=OWN_WHY)]
        )
