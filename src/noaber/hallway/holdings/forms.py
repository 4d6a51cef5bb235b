"""What a resident and the privacy officer may fill in about what is held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from noaber.hallway.holdings.erasing import Fate

LONGEST = 20_000
ALL, SOME = "alles", "deel"


class StatementForm(forms.Form):
    """Her own statement, in her own words."""

    body = forms.CharField(
        label=_("Wat wilt u toevoegen?"),
        help_text=_("Schrijf het in uw eigen woorden. U mag het later veranderen of weghalen."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST,
        error_messages={"required": _("Schrijf eerst iets op.")},
    )
    once_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once_key"].initial = uuid4().hex


class EraseForm(forms.Form):
    """All of it, or parts."""

    how_much = forms.ChoiceField(
        label=_("Wat moeten wij wissen?"),
        choices=[(ALL, _("Alles wat gewist mag worden")), (SOME, _("Alleen wat ik hieronder kies"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat wij moeten wissen.")},
    )
    parts = forms.MultipleChoiceField(
        label=_("Kies wat weg moet"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, fates: Sequence[Fate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_go = [(fate.key, fate.words) for fate in fates if fate.may_go]
        self.fields["parts"].choices = self.may_go  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Everything means each part; a part means at least one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("how_much") == SOME and not cleaned.get("parts"):
            self.add_error("parts", ValidationError(_("Kies ten minste één ding.")))
        return cleaned

    @property
    def chosen(self) -> list[str]:
        """The keys to erase."""
        if self.cleaned_data["how_much"] == ALL:
            return [key for key, _words in self.may_go]
        return list(self.cleaned_data["parts"])


class AnswerForm(forms.Form):
    """What the privacy officer grants, and why the rest stays."""

    granted = forms.MultipleChoiceField(
        label="Dit wordt gewist", widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(
        label="Waarom iets blijft",
        help_text=(
            "De inwoner leest dit. Nodig als u iets niet laat wissen, zoals: "
            "een ander heeft er groot belang bij, of de wet verplicht het."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=2000,
    )

    def __init__(self, *args: Any, fates: Sequence[Fate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may_go = [(fate.key, fate.words) for fate in fates if fate.may_go]
        self.fields["granted"].choices = may_go  # type: ignore[attr-defined]
        self.fields["granted"].initial = [key for key, _words in may_go]


class PaperForm(forms.Form):
    """A request that came on paper or by phone."""

    code = forms.CharField(
        label="Nummer van de vraag",
        help_text="Staat op haar kaart en op haar brief. Het begint met V-.",
        max_length=16,
        error_messages={"required": "Vul het nummer in."},
    )
    checked = forms.ChoiceField(
        label="Hoe zag u dat zij het zelf is?",
        choices=[
            ("", "Kies"),
            ("paspoort of identiteitskaart", "Paspoort of identiteitskaart gezien"),
            ("rijbewijs", "Rijbewijs gezien"),
            ("kaart en pincode", "Zij noemde haar kaart en pincode"),
            ("teruggebeld", "Teruggebeld op haar eigen nummer"),
        ],
        error_messages={"required": "Kies hoe u het zag."},
    )
    what = forms.ChoiceField(
        label="Wat vraagt zij?",
        choices=[("kopie", "Een kopie van alles"), ("wissen", "Alles wissen wat mag")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat zij vraagt."},
    )
