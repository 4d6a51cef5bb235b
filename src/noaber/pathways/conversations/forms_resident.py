"""What a resident may ask: another day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from noaber.hallway.ui.days import DayInput
from noaber.hallway.ui.formatting import long_date
from noaber.network.residents.queries import MAX_POSTPONE_DAYS


class PostponeForm(forms.Form):
    """From which day she can. After the appointment that stands, if one does."""

    until_on = forms.DateField(
        label=_("Vanaf welke dag kunt u wel?"),
        widget=DayInput(),
        error_messages={
            "required": _("Kies een dag."),
            "invalid": _("Vul een dag in, zoals 24-12-2027."),
        },
    )

    def __init__(self, *args: Any, today: date, appointment_on: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.appointment_on = today, appointment_on
        first = max(today, appointment_on or today) + timedelta(days=1)
        last = today + timedelta(days=MAX_POSTPONE_DAYS)
        self.fields["until_on"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
        self.fields["until_on"].help_text = _("Tussen %(first)s en %(last)s.") % {
            "first": long_date(first),
            "last": long_date(last),
        }

    def clean_until_on(self) -> date:
        """A day after the appointment; the service judges the rest."""
        day: date = self.cleaned_data["until_on"]
        if self.appointment_on is not None and self.today < day <= self.appointment_on:
            raise ValidationError(
                _("Uw gesprek is op %(day)s. Kies een dag daarna.") % {"day": long_date(self.appointment_on)}
            )
        return day
