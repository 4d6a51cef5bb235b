"""What a visitor may say about an entry."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.ground.traces import TraceKind
from noaber.offer.directory import personal
from noaber.offer.directory.models import ErrorReport

About = ErrorReport.About
WHAT = (
    (About.HOURS, gettext_lazy("De tijden kloppen niet")),
    (About.PHONE, gettext_lazy("Het telefoonnummer of de site klopt niet")),
    (About.PLACE, gettext_lazy("De plek klopt niet")),
    (About.COST, gettext_lazy("De kosten kloppen niet")),
    (About.GONE, gettext_lazy("Het bestaat niet meer")),
    (About.OTHER, gettext_lazy("Iets anders")),
)
LONGEST = 600


class ReportForm(forms.Form):
    """What is not right, and if she likes in her own words. Nothing of a person."""

    wat = forms.ChoiceField(
        label=gettext_lazy("Wat klopt er niet?"),
        choices=WHAT,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies wat er niet klopt."),
            "invalid_choice": gettext_lazy("Kies een van de mogelijkheden."),
        },
    )
    woorden = forms.CharField(
        label=gettext_lazy("Hoe is het dan wel?"),
        help_text=gettext_lazy(
            "Schrijf geen namen of nummers van mensen op. Wij vragen ook niet wie u bent."
        ),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": gettext_lazy("Dit is te lang. Maak het korter.")},
    )
    achternaam2 = forms.CharField(required=False, label=gettext_lazy("Laat dit leeg"))
    """A trap: people do not see it, programs fill it in."""
    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, public_number: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"once_key": uuid4().hex}, **kwargs})
        self.public_number = public_number

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in what no visitor sees."""
        return bool(self.data.get("achternaam2"))

    def clean_woorden(self) -> str:
        """Her words; refused, with her text kept, when they seem to hold something of a person."""
        words = str(self.cleaned_data["woorden"]).replace("\x00", "")
        found = personal.found_in(words, known=self.public_number)
        if found:
            raise forms.ValidationError(_ask_to_leave_out(found))
        return words


def _ask_to_leave_out(found: frozenset[TraceKind]) -> str:
    what = {
        TraceKind.PHONE: _("een telefoonnummer"),
        TraceKind.MAIL: _("een mailadres"),
        TraceKind.BSN: _("een burgerservicenummer"),
        TraceKind.NAME: _("een naam"),
        TraceKind.BIRTH: _("een geboortedatum"),
    }
    named = ", ".join(words for key, words in what.items() if key in found)
    return _(
        "Wij denken dat hier iets van een persoon staat: %(what)s. Haal dat weg en verstuur opnieuw."
    ) % {"what": named}
