"""What an editor fills in about a source, and the file she sends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.offer.sources.columns import CHOSEN

Choices = Sequence[tuple[str, str]]
HOURS = (
    (1, _("elk uur")),
    (6, _("elke zes uur")),
    (24, _("elke dag")),
    (168, _("elke week")),
)
KINDS = (
    ("hsds", _("Een HSDS-adres (Open Referral)")),
    ("csv", _("Een tabel (CSV of .xlsx) op een adres")),
    ("file", _("Een bestand dat iemand stuurt")),
)


class SourceForm(forms.Form):
    """Where a source is, how often it is read, and who looks after it."""

    name = forms.CharField(label=_("Naam van de bron"), max_length=120)
    kind = forms.ChoiceField(label=_("Hoe komt de lijst?"), choices=KINDS)
    address = forms.CharField(
        label=_("Adres"), max_length=500, required=False, help_text=_("Begint met https://")
    )
    every_hours = forms.TypedChoiceField(label=_("Hoe vaak ophalen?"), choices=HOURS, coerce=int, initial=24)
    link = forms.CharField(
        label=_("Adres van één vermelding daar"),
        max_length=500,
        required=False,
        help_text=_("Zet {key} waar het nummer komt: https://kaart.example/aanbod/{key}"),
    )
    editor = forms.ChoiceField(label=_("Wie let op deze bron?"))
    owner = forms.ChoiceField(label=_("Van welke organisatie is de bron?"), required=False)
    active = forms.BooleanField(label=_("Haal deze bron op"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, editors: Choices, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "editor", editors)
        _choose(self, "owner", [("", _("Geen partner van het netwerk")), *owners])

    def clean_name(self) -> str:
        """Without signs that a database cannot keep."""
        return str(self.cleaned_data["name"]).replace("\x00", "").strip()

    def clean_address(self) -> str:
        """A web address without a password in it."""
        return _address(str(self.cleaned_data["address"]).strip())

    def clean_link(self) -> str:
        """A web address with a place for the number."""
        link = _address(str(self.cleaned_data["link"]).strip())
        if link and "{key}" not in link:
            raise forms.ValidationError(_("Zet {key} op de plek van het nummer."))
        return link

    def clean(self) -> dict[str, Any]:
        """A source that is pulled has an address."""
        given = super().clean() or {}
        pulled = given.get("kind") in {"hsds", "csv"}
        if pulled and not given.get("address") and "address" not in self.errors:
            self.add_error("address", _("Vul het adres in waar de lijst staat."))
        return given

    def settings(self) -> dict[str, Any]:
        """What was filled in, as the service takes it."""
        given = self.cleaned_data
        keys = ("name", "kind", "address", "every_hours", "link", "active")
        return {key: given[key] for key in keys} | {
            "editor_id": UUID(given["editor"]) if given["editor"] else None,
            "owner_id": UUID(given["owner"]) if given["owner"] else None,
        }


class ColumnsForm(forms.Form):
    """Which column of the other holds which field of ours."""

    def __init__(self, *args: Any, headers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("(kiezen wij zelf)")), *((name, name) for name in headers if name)]
        for column in CHOSEN:
            heading = column.heading[:1].upper() + column.heading[1:]
            self.fields[column.field] = forms.ChoiceField(label=heading, choices=offered, required=False)

    def columns(self) -> dict[str, str]:
        """The choices that were made."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class FileForm(forms.Form):
    """A file with offer."""

    source = forms.ChoiceField(label=_("Van wie is dit aanbod?"), required=False)
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Een tabel (CSV of .xlsx) of HSDS (.json). Hoogstens 25 MB."),
        error_messages={
            "required": _("Kies een bestand."),
            "empty": _("Dit bestand is leeg."),
            "missing": _("Kies een bestand."),
        },
        allow_empty_file=False,
    )
    whole_list = forms.BooleanField(
        label=_("Dit is de hele lijst van deze bron"),
        required=False,
        help_text=_("Wat er niet in staat, verdwijnt dan van de kaart."),
    )

    def __init__(self, *args: Any, sources: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "source", [("", _("Van onszelf, van deze kaart")), *sources])

    def source_id(self) -> UUID | None:
        """The source, or nothing for offer of our own."""
        return UUID(self.cleaned_data["source"]) if self.cleaned_data["source"] else None


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
    field.choices = list(choices)


def _address(text: str) -> str:
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        right = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if not right or any(ord(sign) <= 32 for sign in text):
        raise forms.ValidationError(_("Dit is geen webadres. Begin met https://"))
    if parts.username is not None or parts.password is not None:
        raise forms.ValidationError(_("Zet geen naam of wachtwoord in het adres."))
    return text
