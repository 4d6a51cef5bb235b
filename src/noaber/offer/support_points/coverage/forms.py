"""What the region asks of its coverage; what cannot be right falls back to the usual."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.knowledge.reachability import Reachability
from noaber.offer.support_points.coverage.types import Asked

MOST_NEXT = 10
PARTS = [
    ("any", _("Hele week")),
    ("day", _("Overdag")),
    ("evening", _("In de avond")),
    ("weekend", _("In het weekend")),
]
AIMS = [("people", _("Inwoners")), ("needs", _("Gezocht en niet gevonden"))]


class AskForm(forms.Form):
    """How far, how one travels, when, what counts, and how many new places to look for."""

    afstand = forms.TypedChoiceField(label=_("Hoe ver over de weg?"), coerce=int, required=False)
    vervoer = forms.ChoiceField(label=_("Hoe komt iemand?"), required=False)
    wanneer = forms.ChoiceField(label=_("Open wanneer?"), required=False)
    telt = forms.ChoiceField(label=_("Wat telt?"), required=False)
    nieuw = forms.TypedChoiceField(label=_("Nieuwe plekken"), coerce=int, required=False)

    def __init__(self, data: Any, table: Reachability) -> None:
        usual = {
            "afstand": str(table.usual_km),
            "vervoer": table.usual_mode,
            "wanneer": "any",
            "telt": "people",
            "nieuw": "3",
        }
        choices: dict[str, list[tuple[str, Any]]] = {
            "afstand": [(str(km), f"{km} km") for km in table.km_offered],
            "vervoer": [(mode.code, mode.label) for mode in table.modes.values()],
            "wanneer": list(PARTS),
            "telt": list(AIMS),
            "nieuw": [(str(n), str(n)) for n in range(1, MOST_NEXT + 1)],
        }
        given = {name: data.get(name) for name in usual}
        known = {name: {value for value, _word in some} for name, some in choices.items()}
        super().__init__({name: given[name] if given[name] in known[name] else usual[name] for name in usual})
        for name, some in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = some
        self.full_clean()

    def asked(self, data: Any) -> Asked:
        """The question, with the what-if that stands in the address."""
        clean = self.cleaned_data
        return Asked(
            km=clean["afstand"],
            mode=clean["vervoer"],
            part=clean["wanneer"],
            aim=clean["telt"],
            k=clean["nieuw"],
            moved=str(data.get("punt") or "")[:80],
            to=str(data.get("naar") or "")[:200],
        )
