"""What is filled in here beside the questions of a module itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.hallway.ui.days import day_field
from noaber.offer.self_help import rules
from noaber.offer.self_help.types import ReminderCard

DAYS = (
    (1, gettext_lazy("maandag")),
    (2, gettext_lazy("dinsdag")),
    (3, gettext_lazy("woensdag")),
    (4, gettext_lazy("donderdag")),
    (5, gettext_lazy("vrijdag")),
    (6, gettext_lazy("zaterdag")),
    (7, gettext_lazy("zondag")),
)
BACK = timedelta(days=31)


class DayForm(forms.Form):
    """Which day of the diary."""

    dag = day_field(gettext_lazy("Welke dag?"))

    def __init__(self, data: Any, *, today: date) -> None:
        self.today = today
        super().__init__(data, initial={"dag": today})
        self.fields["dag"].widget.attrs["max"] = today.isoformat()

    def clean_dag(self) -> date:
        """Not after today, and not longer ago than one remembers."""
        day: date = self.cleaned_data["dag"]
        if not self.today - BACK <= day <= self.today:
            raise ValidationError(_("Kies vandaag of een dag in de afgelopen maand."))
        return day


class ReminderForm(forms.Form):
    """On which days, at what hour, until when."""

    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Op welke dagen?"),
        choices=DAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kies minstens één dag.")},
    )
    hour = forms.TypedChoiceField(
        label=gettext_lazy("Hoe laat?"),
        coerce=int,
        choices=[(hour, f"{hour}.00") for hour in rules.HOURS],
    )
    until = day_field(gettext_lazy("Tot en met welke dag?"))

    def __init__(self, data: Any, *, kept: ReminderCard | None, today: date) -> None:
        initial = {"weekdays": [1, 4], "hour": 10, "until": today + timedelta(weeks=6)}
        if kept is not None:
            initial = {"weekdays": list(kept.weekdays), "hour": kept.hour, "until": kept.until}
        super().__init__(data, initial=initial)

    def wanted(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        return {name: self.cleaned_data[name] for name in ("weekdays", "hour", "until")}


class ModuleForm(forms.Form):
    """The text of a module."""

    text = forms.CharField(
        label=gettext_lazy("De tekst van de module"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "true"}),
        error_messages={"required": gettext_lazy("Er staat nog niets.")},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
