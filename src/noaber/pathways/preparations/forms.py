"""The request as she and the host type it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.knowledge.languages import LANGUAGES
from noaber.pathways.preparations.types import Choices, NewPreparation

CONSENT = _("Zij is %(age)s jaar of ouder, en wil dat dit wordt verstuurd")


class PrepareForm(forms.Form):
    """Together, in her words."""

    name = forms.CharField(
        max_length=120, label=_("Hoe heet zij?"), error_messages={"required": _("Vul haar naam in.")}
    )
    question = forms.CharField(
        label=_("Wat is haar vraag?"),
        help_text=_("In haar eigen woorden, in een of twee zinnen. Lees het haar voor."),
        widget=forms.Textarea,
        error_messages={"required": _("Schrijf haar vraag in een of twee zinnen.")},
    )
    phone = forms.CharField(
        required=False,
        label=_("Haar telefoonnummer"),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    through_us = forms.BooleanField(
        required=False,
        label=_("Zij heeft geen telefoon, of wil via ons bereikt worden"),
        help_text=_("Brieven en telefoontjes voor haar komen dan bij u."),
    )
    post_address = forms.CharField(
        required=False,
        max_length=300,
        label=_("Adres voor brieven"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    practice = forms.ChoiceField(required=False, label=_("Haar huisartsenpraktijk"))
    municipality = forms.ChoiceField(
        label=_("Gemeente waar zij woont"), error_messages={"required": _("Kies een gemeente.")}
    )
    language = forms.ChoiceField(required=False, label=_("In welke taal?"), choices=LANGUAGES, initial="nl")
    wishes = forms.CharField(
        required=False,
        max_length=600,
        label=_("Nog iets over dag, plek of wie erbij is?"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    consent = forms.BooleanField(error_messages={"required": _("Zet dit vinkje als zij het wil.")})
    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        first = {"once_key": uuid4().hex, "municipality": choices.home, "language": "nl"}
        super().__init__(*args, **{"initial": first, **kwargs})
        empty = _("Kies een praktijk") if choices.needs_practice else _("Zonder huisarts")
        self._choose("practice", [("", empty), *choices.practices])
        self._choose("municipality", [("", _("Kies een gemeente")), *choices.municipalities])
        self.fields["consent"].label = CONSENT % {"age": choices.minimum_age_years}

    def _choose(self, name: str, found: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = found

    def preparation(self) -> NewPreparation:
        """What the service takes."""
        given = self.cleaned_data
        return NewPreparation(
            name=given["name"],
            question=given["question"],
            consent=given["consent"],
            municipality_id=UUID(given["municipality"]),
            practice_id=UUID(given["practice"]) if given["practice"] else None,
            phone=given["phone"],
            through_us=given["through_us"],
            post_address=given["post_address"],
            wishes=given["wishes"],
            language=given["language"] or "nl",
            once_key=given["once_key"],
        )


class DeclineForm(forms.Form):
    """Why not, in a sentence that can be said to her."""

    reason = forms.CharField(
        max_length=600,
        label=_("Waarom niet?"),
        help_text=_("In één zin. De gastvrouw vertelt het haar."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Schrijf in één zin waarom niet.")},
    )


class CardForm(forms.Form):
    """The pin that she types herself."""

    pin = forms.CharField(
        max_length=40,
        label=_("Haar pincode"),
        help_text=_("Zij kiest en typt hem zelf: vier tot acht cijfers, of een woord. Kijk even weg."),
        widget=forms.PasswordInput,
        error_messages={"required": _("Laat haar een pincode kiezen.")},
    )
