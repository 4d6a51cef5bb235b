"""What a visitor and a resident fill in for a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.offer.groups import words
from noaber.offer.groups.queries import Wanted

ON = "ja"


def text_field(
    label: Any, longest: int, *, rows: int = 0, required: bool = True, help_text: Any = ""
) -> forms.CharField:
    """A field for text: one line, or a box of `rows`."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={"required": _("Vul dit in."), "max_length": _("Maak dit korter.")},
    )


class OnceForm(forms.Form):
    """A form that makes something once, however often it is sent."""

    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"once_key": uuid4().hex, **(initial or {})}
        super().__init__(*args, **kwargs)


class CatalogueForm(forms.Form):
    """What to show of the groups."""

    gemeente = forms.ChoiceField(label=_("Gemeente"), required=False)
    soort = forms.ChoiceField(label=_("Soort"), required=False)
    zonder = forms.BooleanField(label=_("Zonder verwijzing"), required=False)
    plek = forms.BooleanField(label=_("Met een vrije plek"), required=False)
    online = forms.BooleanField(label=_("Online"), required=False)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, first, choices in (
            ("gemeente", _("De hele regio"), places),
            ("soort", _("Alle soorten"), [(str(key), word) for key, word in words.KINDS.items()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # said above
            field.choices = [("", first), *choices]

    def wanted(self) -> Wanted:
        """What was chosen; what is not in the lists counts as nothing chosen."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return Wanted(
            municipality=given.get("gemeente", ""),
            kind=given.get("soort", ""),
            without_referral=bool(given.get("zonder")),
            with_place=bool(given.get("plek")),
            online=bool(given.get("online")),
        )


class PressForm(OnceForm):
    """A resident who is signed in: one press."""

    shares_phone = forms.BooleanField(
        label=_("De begeleiders mogen mijn telefoonnummer zien"),
        help_text=_("Dan kunnen zij bellen als een bijeenkomst niet doorgaat."),
        required=False,
        initial=True,
    )


class NewcomerForm(OnceForm):
    """Someone without a page: as little as can be."""

    name = text_field(
        _("Hoe heet u?"), 120, help_text=_("Een voornaam is genoeg. Alleen de begeleiders zien dit.")
    )
    phone = text_field(
        _("Uw telefoonnummer"), 30, help_text=_("Een begeleider belt u binnen een paar dagen.")
    )
    email = forms.EmailField(
        label=_("Uw mailadres"),
        required=False,
        max_length=200,
        error_messages={"invalid": _("Dit is geen mailadres.")},
    )
    achternaam2 = forms.CharField(required=False, label=_("Laat dit leeg"))
    """A trap: people do not see it, programs fill it in."""

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in what no visitor sees."""
        return bool(self.data.get("achternaam2"))


class ReferForm(OnceForm):
    """A referrer signs up somebody who said yes."""

    agreed = forms.BooleanField(
        label=_("Ik heb het gevraagd: deze persoon wil zelf meedoen"),
        error_messages={"required": _("Vraag eerst of deze persoon het wil.")},
    )
    shares_phone = forms.BooleanField(label=_("De begeleiders mogen het telefoonnummer zien"), required=False)
