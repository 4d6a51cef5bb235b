"""What a visitor asks in the address of the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.knowledge import care

WHOLE_REGION = ""
DISTANCES = ("10", "20", "30")
"""How far one looks, in kilometres."""
SORTS = (
    ("total", gettext_lazy("Kortste wacht eerst")),
    ("intake", gettext_lazy("Kortste wacht op het eerste gesprek")),
    ("distance", gettext_lazy("Dichtbij eerst")),
    ("name", gettext_lazy("Op naam")),
)


def _choices(table: Any, every: Any) -> list[tuple[str, Any]]:
    return [("", every), *((one.code, _(one.label)) for one in table.values())]


class AskForm(forms.Form):
    """Which wait somebody looks for. What cannot be understood counts as not asked."""

    klacht = forms.ChoiceField(label=gettext_lazy("Waarvoor?"), required=False)
    soort = forms.ChoiceField(label=gettext_lazy("Soort zorg"), required=False)
    waar = forms.CharField(label=gettext_lazy("Plaats of postcode"), required=False, max_length=60)
    afstand = forms.ChoiceField(label=gettext_lazy("Hoe ver weg?"), required=False)
    leeftijd = forms.IntegerField(
        label=gettext_lazy("Leeftijd"),
        required=False,
        min_value=0,
        max_value=120,
        error_messages={
            "invalid": gettext_lazy("Vul een getal in."),
            "max_value": gettext_lazy("Vul een leeftijd in."),
        },
    )
    verzekeraar = forms.ChoiceField(label=gettext_lazy("Verzekeraar"), required=False)
    volgorde = forms.ChoiceField(label=gettext_lazy("Volgorde"), required=False, choices=SORTS)
    online = forms.BooleanField(label=gettext_lazy("Alleen online"), required=False)
    boven = forms.BooleanField(label=gettext_lazy("Alleen langer dan de norm"), required=False)
    open = forms.BooleanField(label=gettext_lazy("Alleen waar u nu terechtkunt"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "klacht": _choices(care.diagnosis_groups(), _("Alle klachten")),
            "soort": _choices(care.care_types(), _("Alle soorten zorg")),
            "afstand": [
                (WHOLE_REGION, _("De hele regio")),
                *((km, _("%(km)s km") % {"km": km}) for km in DISTANCES),
            ],
            "verzekeraar": [
                ("", _("Maakt niet uit")),
                *((one.code, one.label) for one in care.insurers().values()),
            ],
        }
        for name, held in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = held

    def asked(self, name: str) -> Any:
        """What was asked, or what stands for nothing."""
        self.is_valid()
        return self.cleaned_data.get(name)
