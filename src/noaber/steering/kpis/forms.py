"""The choices above the list of KPIs, kept in the address, and the decision of the steering group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from noaber.hallway.ui.days import DayInput
from noaber.steering.kpis.types import KpiValue
from noaber.steering.kpis.wording import TYPES

SLIPS = "let-op"
DECISIONS = [
    ("met", _lazy("Gehaald")),
    ("partly", _lazy("Deels uitbetaald")),
    ("postponed", _lazy("Uitgesteld")),
    ("not_met", _lazy("Niet gehaald")),
    ("open", _lazy("Nog geen besluit")),
]


class KpiChoice(forms.Form):
    """Component, year, sort and state; an unknown choice is as no choice."""

    onderdeel = forms.ChoiceField(required=False)
    jaar = forms.ChoiceField(required=False)
    soort = forms.ChoiceField(required=False)
    stand = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, values: Iterable[KpiValue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(values)
        everything = ("", _("Alle"))
        components = dict.fromkeys((value.component, value.component_title) for value in found)
        years = sorted({value.year for value in found if value.year is not None})
        standings = dict.fromkeys((value.standing.code, value.standing.words) for value in found)
        self._choose("onderdeel", _("Onderdeel"), [everything, *components])
        self._choose("jaar", _("Jaar"), [everything, *((str(year), str(year)) for year in years)])
        self._choose("soort", _("Soort"), [everything, *TYPES.items()])
        self._choose("stand", _("Stand"), [everything, (SLIPS, _("Vraagt aandacht")), *standings])

    def _choose(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # they are declared so above
        field.label = label
        field.choices = choices

    def chosen(self) -> dict[str, str]:
        """What was chosen and is known."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def matching(self, values: Iterable[KpiValue]) -> list[KpiValue]:
        """The KPIs that fit every choice."""
        wanted = self.chosen()
        return [value for value in values if _fits(value, wanted)]


def _fits(value: KpiValue, wanted: dict[str, str]) -> bool:
    state = wanted.get("stand")
    return (
        wanted.get("onderdeel") in (None, value.component)
        and wanted.get("jaar") in (None, str(value.year))
        and wanted.get("soort") in (None, value.type)
        and (state in (None, value.standing.code) or (state == SLIPS and value.standing.slips))
    )


class Decision(forms.Form):
    """What the steering group decided, and on which day."""

    besluit = forms.ChoiceField(choices=DECISIONS, label=_lazy("Wat besloot de stuurgroep?"))
    dag = forms.DateField(label=_lazy("Op welke dag?"), widget=DayInput())
