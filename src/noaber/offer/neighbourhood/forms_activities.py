"""An activity, for who plans it; and what a visitor of the calendar may choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.hallway.ui.days import day_field
from noaber.knowledge.neighbourhood import activity_kinds, risk_groups
from noaber.offer.neighbourhood.forms import OnceForm, words
from noaber.offer.neighbourhood.types import NewActivity

STATES = [
    ("planned", _("Gepland")),
    ("running", _("Loopt nu")),
    ("done", _("Geweest")),
    ("cancelled", _("Gaat niet door")),
]
INITIATIVES = [
    ("", _("Niet bekend")),
    ("residents", _("Inwoners")),
    ("municipality", _("Gemeente")),
    ("provider", _("Zorg of welzijn")),
    ("insurer", _("Zorgverzekeraar")),
]
COUNTING = [
    ("", _("Nog niet geteld")),
    ("at_door", _("Geteld bij de deur")),
    ("sign_ups", _("Aanmeldingen")),
    ("views", _("Keer bekeken")),
    ("estimate", _("Geschat")),
]


class ActivityForm(OnceForm):
    """Everything of one activity. What stands under 'voor de agenda' is read by residents."""

    municipality_id = forms.ChoiceField(label=_("Gemeente"))
    kind = forms.ChoiceField(label=_("Soort"))
    risk_group = forms.ChoiceField(
        label=_("Voor welke groep"), required=False, help_text=_("Laat leeg als het voor iedereen is.")
    )
    state = forms.ChoiceField(label=_("Stand"), choices=STATES)
    starts_on = day_field(_("Begint op"))
    ends_on = day_field(_("Duurt tot en met"))
    initiative = forms.ChoiceField(label=_("Wiens idee was het?"), choices=INITIATIVES, required=False)
    public = forms.BooleanField(label=_("Zet dit in de agenda voor inwoners"), required=False, initial=True)
    title = words(_("Naam"), 120)
    text = words(
        _("Wat is het?"), 600, rows=3, required=False, help_text=_("Twee of drie korte zinnen, met 'u'.")
    )
    when_words = words(
        _("Wanneer"), 80, required=False, help_text=_("Bijvoorbeeld: dinsdag 19.30 uur. Leeg: alleen de dag.")
    )
    place = words(_("Waar"), 120, required=False)
    organiser = words(
        _("Wie organiseert het?"), 120, required=False, help_text=_("Een organisatie of een groep.")
    )
    reach = forms.IntegerField(
        label=_("Hoeveel mensen deden mee of zagen het?"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        error_messages={"invalid": _("Schrijf alleen cijfers.")},
    )
    reach_how = forms.ChoiceField(label=_("Hoe is dat geteld?"), choices=COUNTING, required=False)
    evaluate_on = day_field(_("Wanneer kijkt u terug?"), required=False)
    learned = words(_("Wat leerde u ervan?"), 2000, rows=3, required=False, help_text=_("Zonder namen."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [("", _("Iedereen")), *risk_groups().items()]
        kinds = [(kind.code, kind.label) for kind in activity_kinds().values()]
        for name, choices in (("municipality_id", places), ("kind", kinds), ("risk_group", groups)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """A number says how it was counted; a selective activity says for whom."""
        given = super().clean() or {}
        if given.get("reach") is not None and not given.get("reach_how"):
            self.add_error("reach_how", _("Zeg erbij hoe dit geteld is."))
        if given.get("kind") == "selective" and not given.get("risk_group"):
            self.add_error("risk_group", _("Kies voor welke groep dit is."))
        if given.get("starts_on") and given.get("ends_on") and given["ends_on"] < given["starts_on"]:
            self.add_error("ends_on", _("Het einde ligt voor het begin."))
        return given

    def new(self) -> NewActivity:
        """What the service takes."""
        given = {**self.cleaned_data, "municipality_id": UUID(self.cleaned_data["municipality_id"])}
        return NewActivity(**{**given, "version": given["version"] or 0})


class CalendarForm(forms.Form):
    """Which municipality; anything else is quietly left out."""

    gemeente = forms.ChoiceField(label=_("Gemeente"), required=False)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["gemeente"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("De hele regio")), *places]

    def chosen(self) -> str:
        """The slug of the municipality, or nothing."""
        self.is_valid()
        return str(self.cleaned_data.get("gemeente", ""))
