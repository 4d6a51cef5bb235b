"""Choosing lines of the log."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ReviewFilter(forms.Form):
    """Which lines to show. An account is chosen by clicking on a name, so here it only stays."""

    dag = forms.DateField(
        label=_("Dag"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    geweigerd = forms.BooleanField(label=_("Alleen wat geweigerd is"), required=False)
    wie = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_dag(self) -> date | None:
        """A day on which there can be a log."""
        day: date | None = self.cleaned_data["dag"]
        if day is not None and not date(2000, 1, 1) <= day <= date(2100, 1, 1):
            raise forms.ValidationError(gettext("Kies een dag van deze tijd."))
        return day
