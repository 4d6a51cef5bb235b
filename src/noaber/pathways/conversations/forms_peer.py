"""A peer worker before or after a conversation: who, when, how long."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from noaber.hallway.ui.days import DayInput
from noaber.pathways.conversations.forms import local_moment
from noaber.pathways.conversations.services.peer import LEAST, MOST
from noaber.pathways.conversations.types import PeerBooking, PersonChip

MOMENTS = [("before", gettext_lazy("Vooraf")), ("after", gettext_lazy("Erna"))]


class PeerForm(forms.Form):
    """The time apart."""

    wie = forms.ChoiceField(
        label=gettext_lazy("Wie?"), error_messages={"required": gettext_lazy("Kies iemand uit de lijst.")}
    )
    moment = forms.ChoiceField(
        label=gettext_lazy("Wanneer?"),
        choices=MOMENTS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies vooraf of erna.")},
    )
    dag = forms.DateField(
        label=gettext_lazy("Dag"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Kies een dag.")},
    )
    tijd = forms.TimeField(
        label=gettext_lazy("Tijd"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": gettext_lazy("Kies een tijd."),
            "invalid": gettext_lazy("Vul een tijd in, zoals 10:30."),
        },
    )
    minuten = forms.IntegerField(
        label=gettext_lazy("Hoeveel minuten?"), min_value=LEAST, max_value=MOST, initial=30
    )

    def __init__(self, *args: Any, people: Iterable[PersonChip], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wie"].choices = [  # type: ignore[attr-defined]
            (str(p.professional_id), ", ".join([p.name, p.organisation])) for p in people
        ]

    def clean(self) -> dict[str, Any]:
        """A moment that exists."""
        given = super().clean() or {}
        if "dag" in given and "tijd" in given:
            given["starts_at"] = local_moment(given["dag"], given["tijd"])
        return given

    def booking(self) -> PeerBooking:
        """What was chosen."""
        given = self.cleaned_data
        return PeerBooking(UUID(given["wie"]), given["moment"], given["starts_at"], given["minuten"])
