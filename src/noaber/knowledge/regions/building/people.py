"""Personas."""

from __future__ import annotations

from collections.abc import Mapping

from noaber.knowledge.reading import MapNode, Taking
from noaber.knowledge.regions.types import Persona, PersonaStep, Tree


def personas(file: MapNode) -> tuple[tuple[Persona, ...], Mapping[str, Tree]]:
    """The invented people of a plan, and what the file says besides them."""
    taking = Taking(file)
    return tuple(_persona(item) for item in taking.maps("personas")), taking.remaining()


def _persona(item: Taking) -> Persona:
    return Persona(
        id=item.text("id"),
        name=item.text("name"),
        entry=item.text("entry"),
        themes=item.texts("themes"),
        steps=tuple(_step(step) for step in item.maps("steps")),
        source=item.text("source"),
        remaining=item.remaining(),
    )


def _step(item: Taking) -> PersonaStep:
    return PersonaStep(
        order=item.whole("order"),
        place=item.text("place"),
        function=item.text("function"),
        people=item.texts("people"),
        outcome=item.text("outcome"),
        moment=item.maybe_text("moment"),
        variant=item.maybe_text("variant"),
    )
