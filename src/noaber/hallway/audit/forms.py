"""Choosing lines of the log, asking about one, answering, deciding."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.hallway.audit.models import LookQuestion, ReviewItem
from noaber.hallway.audit.questions import OUTCOME_WORDS
from noaber.hallway.ui.days import DayInput

POSTCODE = re.compile(r"^\s*[1-9]\d{3}\s?[A-Za-z]{2}\s*$")
WRITE_FIRST = {"required": _("Schrijf eerst iets op.")}


def _a_day(day: date | None) -> date | None:
    if day is not None and not date(2000, 1, 1) <= day <= date(2100, 1, 1):
        raise forms.ValidationError(gettext("Kies een dag van deze tijd."))
    return day


def _day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput())


class ReviewFilter(forms.Form):
    """Which lines to show. An account is chosen by clicking on a name, so here it only stays."""

    dag = _day_field(_("Dag"))
    geweigerd = forms.BooleanField(label=_("Alleen wat geweigerd is"), required=False)
    wie = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_dag(self) -> date | None:
        """A day on which there can be a log."""
        return _a_day(self.cleaned_data["dag"])


class PeriodFilter(forms.Form):
    """From which day to which day she wants to see who looked."""

    van = _day_field(_("Van"))
    tot = _day_field(_("Tot en met"))

    def clean_van(self) -> date | None:
        """A day on which there can be a log."""
        return _a_day(self.cleaned_data["van"])

    def clean_tot(self) -> date | None:
        """A day on which there can be a log."""
        return _a_day(self.cleaned_data["tot"])


class _Once(forms.Form):
    """A form of which a double click makes one thing."""

    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"once_key": uuid4().hex}, **kwargs})


class AskAboutForm(_Once):
    """What she wants to know about a look."""

    words = forms.CharField(
        label=_("Wat wilt u weten?"),
        help_text=_("Alleen de privacyfunctionaris leest dit. Hoogstens 1.200 tekens."),
        widget=forms.Textarea,
        initial=_("Waarom keek deze persoon in mijn gegevens?"),
        error_messages=WRITE_FIRST,
    )


class NoteForm(_Once):
    """A question that came by phone or on paper."""

    code = forms.CharField(
        label=_("Nummer van de vraag"),
        help_text=_("Het staat op haar brief of kaart. Het begint met V en een streepje."),
        max_length=16,
        error_messages={"required": _("Vul het nummer in.")},
    )
    via = forms.ChoiceField(
        label=_("Hoe kwam de vraag?"),
        choices=[(LookQuestion.Via.PHONE, _("Telefonisch")), (LookQuestion.Via.PAPER, _("Op papier"))],
        widget=forms.RadioSelect,
        initial=LookQuestion.Via.PHONE,
    )
    words = forms.CharField(
        label=_("Wat wil zij weten?"),
        help_text=_("In haar eigen woorden. Hoogstens 1.200 tekens."),
        widget=forms.Textarea,
        error_messages=WRITE_FIRST,
    )


class ExplainForm(forms.Form):
    """The answer, as she will read it."""

    outcome = forms.ChoiceField(
        label=_("Wat bleek?"),
        choices=[(code, words) for code, words in OUTCOME_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat er bleek.")},
    )
    words = forms.CharField(
        label=_("Uw antwoord"),
        help_text=_("De inwoner leest dit op haar eigen pagina. Gebruik korte zinnen."),
        widget=forms.Textarea,
        error_messages=WRITE_FIRST,
    )


class DecideForm(forms.Form):
    """What the officer decides, and why."""

    decision = forms.ChoiceField(
        label=_("Uw beslissing"),
        choices=[
            (ReviewItem.Decision.IN_ORDER, _("In orde: het hoorde bij het werk")),
            (ReviewItem.Decision.REPORTED, _("Melden: dit had niet gemogen")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een beslissing.")},
    )
    because = forms.CharField(
        label=_("Waarom"),
        help_text=_("Dit blijft staan. Niemand kan het later veranderen."),
        widget=forms.Textarea,
        error_messages=WRITE_FIRST,
    )


class AskColleagueForm(forms.Form):
    """What the officer asks a colleague."""

    question = forms.CharField(
        label=_("Vraag aan de collega"),
        help_text=_("De collega krijgt een mail zonder inhoud en antwoordt in Noaber."),
        widget=forms.Textarea,
        initial=_("Kunt u vertellen waarom u deze gegevens bekeek?"),
        error_messages=WRITE_FIRST,
    )


class ReplyForm(forms.Form):
    """What the colleague answers."""

    words = forms.CharField(
        label=_("Uw antwoord"),
        help_text=_("Alleen de privacyfunctionaris leest dit. Noem geen namen van inwoners."),
        widget=forms.Textarea,
        error_messages=WRITE_FIRST,
    )


class AcquaintanceForm(forms.Form):
    """Someone she knows."""

    name = forms.CharField(
        label=_("Voornaam en achternaam"),
        max_length=120,
        error_messages={"required": _("Schrijf eerst een naam op.")},
    )


class StreetForm(forms.Form):
    """In which street a colleague lives."""

    street = forms.CharField(
        label=_("Straat"), max_length=80, error_messages={"required": _("Vul uw straat in.")}
    )
    postcode = forms.CharField(
        label=_("Postcode"), max_length=10, error_messages={"required": _("Vul uw postcode in.")}
    )

    def clean_postcode(self) -> str:
        """Four figures and two letters."""
        code: str = self.cleaned_data["postcode"]
        if not POSTCODE.match(code):
            raise forms.ValidationError(gettext("Een postcode heeft vier cijfers en twee letters."))
        return code
