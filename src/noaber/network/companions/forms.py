"""What a helper and she type together."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


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
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Vul een dag in.")},
    )
