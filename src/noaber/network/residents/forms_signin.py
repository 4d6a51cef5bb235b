"""The form with the code and the pin of a card."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PinInput(forms.PasswordInput):
    """Readable while it is typed, and never sent back in a page."""

    input_type = "text"


class CardForm(forms.Form):
    """What stands on the card, and what was said aloud."""

    code = forms.CharField(
        label=_("Code op uw kaart"),
        help_text=_("Bijvoorbeeld 7K3F-9Q2M-4"),
        max_length=24,
        error_messages={"required": _("Vul de code van uw kaart in.")},
    )
    pin = forms.CharField(
        label=_("Pincode"),
        help_text=_("Vier cijfers"),
        max_length=12,
        widget=PinInput,
        error_messages={"required": _("Vul uw pincode in.")},
    )
