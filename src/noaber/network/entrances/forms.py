"""What she types at the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

AGAIN = _("De twee pincodes zijn niet gelijk. Vul ze nog eens in.")


class PinInput(forms.PasswordInput):
    """Readable while it is typed, and never sent back in a page."""

    input_type = "text"


class CardForm(forms.Form):
    """What stands on the card, and what was said aloud or what she chose."""

    code = forms.CharField(
        label=_("Code op uw kaart"),
        help_text=_("Bijvoorbeeld 7K3F-9Q2M-4"),
        max_length=24,
        error_messages={"required": _("Vul de code van uw kaart in.")},
    )
    pin = forms.CharField(
        label=_("Pincode"),
        help_text=_("Die u hoorde, of die u zelf koos. Een woord kan ook."),
        max_length=60,
        widget=PinInput,
        error_messages={"required": _("Vul uw pincode in.")},
    )


class CardCodeForm(forms.Form):
    """Only the code of the card: for whoever forgot her pin."""

    code = CardForm.base_fields["code"]


class CodeForm(forms.Form):
    """The six digits that were sent."""

    answer = forms.CharField(
        label=_("De code die u kreeg"),
        help_text=_("Zes cijfers"),
        max_length=60,
        widget=PinInput,
        error_messages={"required": _("Vul de code in.")},
    )


class OwnPinForm(forms.Form):
    """Her own pin, as the second item or to make sure that it is her."""

    answer = forms.CharField(
        label=_("Uw eigen pincode of woord"),
        max_length=60,
        widget=PinInput,
        error_messages={"required": _("Vul uw pincode in.")},
    )


class ChoosePinForm(forms.Form):
    """A new pin, twice. With `asks_old` the one she has now as well."""

    old = forms.CharField(
        label=_("Uw pincode nu"),
        max_length=60,
        widget=PinInput,
        error_messages={"required": _("Vul uw pincode in.")},
    )
    pin = forms.CharField(
        label=_("Uw nieuwe pincode of woord"),
        help_text=_("Vier tot acht cijfers, of een woord van ten minste vijf letters."),
        max_length=60,
        widget=PinInput,
        error_messages={"required": _("Kies een pincode of een woord.")},
    )
    again = forms.CharField(
        label=_("Nog een keer"),
        max_length=60,
        widget=PinInput,
        error_messages={"required": _("Vul hem nog een keer in.")},
    )

    def __init__(self, *args: Any, asks_old: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_old:
            del self.fields["old"]

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        given = super().clean() or {}
        if given.get("pin") and given.get("again") and given["pin"] != given["again"]:
            self.add_error("again", AGAIN)
        return given


class AddressForm(forms.Form):
    """Where to send a link to."""

    address = forms.CharField(
        label=_("Uw mailadres of telefoonnummer"),
        help_text=_("Zoals uw huisarts of wij het van u hebben."),
        max_length=254,
        error_messages={"required": _("Vul een mailadres of telefoonnummer in.")},
    )


class PasskeyForm(forms.Form):
    """A name for the passkey, and her pin to make sure that it is her."""

    name = forms.CharField(
        required=False,
        label=_("Hoe heet dit apparaat?"),
        help_text=_("Bijvoorbeeld: mijn telefoon."),
        max_length=60,
    )
    old = ChoosePinForm.base_fields["old"]
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks_old: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_old:
            del self.fields["old"]
