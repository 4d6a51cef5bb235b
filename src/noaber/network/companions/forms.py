"""What a helper and she type together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.hallway.ui.days import DayInput
from noaber.network.companions import services_questions as paper


class TogetherForm(forms.Form):
    """Her card, and the pin that only she knows."""

    code = forms.CharField(
        max_length=20,
        label=_("De code op haar kaart"),
        help_text=_("Negen letters en cijfers, zoals 7K3F-9Q2M-4."),
        error_messages={"required": _("Vul de code in die op de kaart staat.")},
    )
    pin = forms.CharField(
        max_length=12,
        label=_("Haar pincode"),
        help_text=_("Laat haar die zelf typen. Kan dat niet? Dan zegt zij de cijfers."),
        widget=forms.PasswordInput,
        error_messages={"required": _("Laat haar de pincode typen.")},
    )


class RingBackForm(forms.Form):
    """Who she says she is, on the phone."""

    code = forms.CharField(
        max_length=16,
        label=_("Het nummer van haar vraag"),
        help_text=_("Het staat op haar brieven, zoals V-1024."),
        error_messages={"required": _("Vul het nummer van haar vraag in.")},
    )
    name = forms.CharField(
        max_length=120,
        label=_("Haar achternaam"),
        error_messages={"required": _("Vul haar achternaam in.")},
    )


class DigitsForm(forms.Form):
    """What she reads aloud."""

    digits = forms.CharField(
        max_length=8,
        label=_("De vier cijfers die zij voorleest"),
        error_messages={"required": _("Vul de vier cijfers in.")},
    )


class CallForm(forms.Form):
    """What became of a call."""

    outcome = forms.ChoiceField(
        label=_("Hoe ging het?"),
        widget=forms.RadioSelect,
        choices=[
            ("reached", _("Gesproken")),
            ("no_message", _("Niet bereikt, niets ingesproken")),
            ("again", _("Zij vroeg: bel later")),
        ],
        error_messages={"required": _("Kies hoe het ging.")},
    )
    again_on = forms.DateField(
        required=False,
        label=_("Opnieuw bellen op"),
        help_text=_("Alleen als u haar niet sprak, of als zij dat vroeg."),
        widget=DayInput(),
        error_messages={"invalid": _("Vul een dag in.")},
    )


class NewPinForm(forms.Form):
    """Her own new pin, typed twice."""

    pin = forms.CharField(
        max_length=40,
        label=_("Uw nieuwe pincode"),
        help_text=_(
            "Vier tot acht cijfers, of een woord van ten minste vijf letters. Laat niemand meekijken."
        ),
        widget=forms.PasswordInput,
        error_messages={"required": _("Kies een pincode.")},
    )
    again = forms.CharField(
        max_length=40,
        label=_("Nog een keer"),
        widget=forms.PasswordInput,
        error_messages={"required": _("Typ uw pincode nog een keer.")},
    )

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        given = super().clean() or {}
        if given.get("pin") and given.get("again") and given["pin"] != given["again"]:
            self.add_error("again", _("De twee pincodes zijn niet gelijk."))
        return given


class PaperEntryForm(forms.Form):
    """What stands on the paper that she signed. What she left open stays as it is."""

    number = forms.CharField(
        max_length=20,
        label=_("Nummer van het formulier"),
        help_text=_("Het staat bovenaan het papier."),
        error_messages={"required": _("Vul het nummer van het formulier in.")},
    )
    signed_on = forms.DateField(
        label=_("Getekend op"),
        widget=DayInput(),
        error_messages={"required": _("Vul de dag in waarop zij tekende."), "invalid": _("Vul een dag in.")},
    )
    seen = forms.BooleanField(
        label=_("Ik zag het papier met haar handtekening, en bewaar het"),
        error_messages={"required": _("Zet dit vinkje als u het papier zag.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in paper.parts():
            for question in part.questions:
                self.fields[question.key] = _field_for(question)

    def answers(self) -> dict[str, str]:
        """What was filled in on the paper."""
        keys = [q.key for part in paper.parts() for q in part.questions]
        return {key: self.cleaned_data[key] for key in keys if self.cleaned_data.get(key)}


def _field_for(question: paper.Question) -> forms.Field:
    if not question.choices:
        return forms.CharField(required=False, max_length=300, label=str(question.label))
    left_open: tuple[str, Any] = ("", _("Niet ingevuld"))
    if len(question.choices) > 3:
        return forms.ChoiceField(
            required=False, label=str(question.label), choices=[left_open, *question.choices], initial=""
        )
    choices = [*question.choices, left_open]
    return forms.ChoiceField(
        required=False, label=str(question.label), choices=choices, widget=forms.RadioSelect, initial=""
    )
