"""What she asks, and what is answered."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForm(forms.Form):
    """One question, in her own words."""

    words = forms.CharField(
        label=_("Uw vraag"),
        help_text=_("Alleen uw vaste persoon leest dit. Hoogstens 1.200 tekens."),
        widget=forms.Textarea,
        error_messages={"required": _("Schrijf eerst iets op.")},
    )
    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"once_key": uuid4().hex}, **kwargs})


class AnswerForm(forms.Form):
    """The answer, as she will read it."""

    words = forms.CharField(
        label=_("Uw antwoord"),
        help_text=_("De inwoner leest dit op haar eigen pagina. Gebruik korte zinnen."),
        widget=forms.Textarea,
        error_messages={"required": _("Schrijf eerst iets op.")},
    )
