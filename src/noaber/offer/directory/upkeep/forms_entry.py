"""The forms with which an entry is kept: itself, its places, its hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.hallway.ui.days import DayInput
from noaber.knowledge.languages import LANGUAGES
from noaber.knowledge.offer_terms import load_taxonomies
from noaber.offer.directory.upkeep.choices_kept import KINDS, MODES, PLACE_TYPES, WEEKDAYS

EVERY = ((1, _("elke week")), (2, _("om de week")), (4, _("om de vier weken")))
AREA = forms.Textarea(attrs={"rows": 4})
TEXTS = ("text", "text_young", "text_professional")
"""The fields of which the reading level is measured."""


def _words(label: Any, *, longest: int = 200, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, help_text=hint)


def _text(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=8000, required=False, help_text=hint, widget=AREA)


def _tick(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=hint)


class EntryForm(forms.Form):
    """One entry, without its places and hours. `terms_<taxonomy>` holds the codes of that list."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    once_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = _words(_("Naam"), required=True)
    alternate_name = _words(_("Andere naam"))
    organisation = forms.ChoiceField(label=_("Partner die het aanbiedt"), required=False)
    provider = _words(_("Of: wie het aanbiedt"), hint=_("Als het geen partner van het netwerk is."))
    municipality = forms.ChoiceField(label=_("Gemeente"), required=False)
    kind = forms.ChoiceField(label=_("Soort"), choices=KINDS)
    mode = forms.ChoiceField(label=_("Hoe doet iemand mee?"), choices=MODES)
    text = _text(_("Tekst voor inwoners"), _("Wat is het, voor wie, en wat gebeurt er als u komt?"))
    text_young = _text(_("Tekst voor jongeren"))
    text_professional = _text(_("Tekst voor professionals"))
    how_to_start = _text(_("Hoe begint iemand?"))
    when = _words(_("Wanneer, in woorden"))
    cost = _words(_("Kosten, in woorden"), longest=120)
    cost_euro = forms.DecimalField(
        label=_("Bedrag in euro"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        decimal_places=2,
        localize=True,
    )
    phone = _words(_("Telefoon"), longest=30)
    email = _words(_("Mailadres dat iedereen mag zien"), longest=254)
    website = _words(_("Website"), longest=500)
    languages = forms.MultipleChoiceField(
        label=_("Talen"), required=False, choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    min_age = forms.IntegerField(label=_("Vanaf leeftijd"), required=False, min_value=0, max_value=120)
    max_age = forms.IntegerField(label=_("Tot en met leeftijd"), required=False, min_value=0, max_value=120)
    needs_referral = _tick(_("Er is een verwijzing nodig"))
    starts_this_week = _tick(_("Iemand kan deze week beginnen"))
    free_places = forms.IntegerField(label=_("Vrije plekken"), required=False, min_value=0, max_value=100_000)
    free_places_on = forms.DateField(
        label=_("Geteld op"),
        required=False,
        widget=DayInput(),
    )
    alert = _words(_("Tijdelijk bericht"), longest=300, hint=_("Zoals: dicht in de zomervakantie."))
    owner_email = forms.EmailField(
        label=_("Mailadres voor 'klopt dit nog?'"),
        required=False,
        help_text=_("Alleen voor onze vraag. Niemand ziet het."),
    )
    looked = _tick(_("Ik heb alles nagekeken: zo klopt het"), _("Dan staat er vandaag als dag van nakijken."))

    def __init__(
        self,
        *args: Any,
        organisations: Sequence[tuple[str, str]],
        municipalities: Sequence[tuple[str, str]],
        may_choose_owner: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices("organisation", [("", _("Geen partner")), *organisations])
        self._choices("municipality", [("", _("De hele regio")), *municipalities])
        if not may_choose_owner:
            del self.fields["provider"]
            self._choices("organisation", list(organisations))
            if len(organisations) < 2:
                self.fields["organisation"].widget = forms.HiddenInput()
        for taxonomy in load_taxonomies().values():
            self.fields[f"terms_{taxonomy.code}"] = forms.MultipleChoiceField(
                label=taxonomy.name,
                required=False,
                choices=[(term.code, term.name) for term in taxonomy.terms],
                widget=forms.CheckboxSelectMultiple,
            )

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = choices

    def term_fields(self) -> list[forms.BoundField]:
        """The word lists, in the order in which a visitor chooses."""
        return [self[f"terms_{code}"] for code in load_taxonomies()]


class PlaceForm(forms.Form):
    """One place of an entry. A row without a street, a town or a name is no place."""

    at_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    type = forms.ChoiceField(label=_("Soort plek"), choices=PLACE_TYPES, required=False)
    name = _words(_("Naam van de plek"))
    street = _words(_("Straat en nummer"))
    postal_code = _words(_("Postcode"), longest=7)
    city = _words(_("Plaats"), longest=100)
    accessibility = _words(_("Toegankelijkheid"), longest=2000, hint=_("Drempel, lift, toilet, ringleiding."))
    directions = _words(_("Hoe komt iemand er?"), longest=2000)
    remove = _tick(_("Haal deze plek weg"))

    def is_blank(self) -> bool:
        """Nothing that makes it a place."""
        given = self.cleaned_data
        return not any(given.get(key) for key in ("name", "street", "postal_code", "city"))


class HoursForm(forms.Form):
    """One line of opening hours. A line without days, hours and words is none."""

    schedule_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    where = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=50)
    days = forms.TypedMultipleChoiceField(
        label=_("Dagen"), required=False, choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    opens_at = forms.TimeField(
        label=_("Van"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes_at = forms.TimeField(
        label=_("Tot"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    every_weeks = forms.TypedChoiceField(
        label=_("Hoe vaak"), choices=EVERY, coerce=int, required=False, empty_value=None
    )
    notes = _words(_("Erbij"), longest=300)
    remove = _tick(_("Haal deze tijd weg"))

    def __init__(self, *args: Any, places: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.initial.get("every_weeks", 1)
        field = self.fields["every_weeks"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        if given not in dict(EVERY):
            field.choices = [*EVERY, (given, _("om de %(n)s weken") % {"n": given})]
        self.place = ""
        where = self.initial.get("where")
        if isinstance(where, int) and where < len(places):
            self.place = places[where]

    def clean(self) -> dict[str, Any]:
        """The end is later than the begin."""
        given: dict[str, Any] = super().clean() or {}
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if isinstance(opens, time) and isinstance(closes, time) and closes <= opens:
            self.add_error("closes_at", _("Het einde is niet later dan het begin."))
        return given

    def is_blank(self) -> bool:
        """Nothing that says when."""
        given = self.cleaned_data
        return not (
            given.get("days") or given.get("opens_at") or given.get("closes_at") or given.get("notes")
        )
