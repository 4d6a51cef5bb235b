"""What a guide fills in beside the record: a note, and the minutes of everyone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from noaber.hallway.clock import AMSTERDAM, day_of
from noaber.pathways.conversations.forms import local_moment
from noaber.pathways.conversations.guide_types import TimeView
from noaber.pathways.conversations.rules_time import MOST_MINUTES
from noaber.pathways.conversations.services.notes import MOST_WORDS
from noaber.pathways.conversations.services.time import NewTime


class NoteForm(forms.Form):
    """The guide's own note."""

    words = forms.CharField(
        label=gettext_lazy("Mijn aantekeningen"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class TimeForm(forms.Form):
    """The time of one person: when it began, how long, under which title."""

    begin = forms.TimeField(
        label=gettext_lazy("Begin"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": gettext_lazy("Vul in hoe laat het begon."),
            "invalid": gettext_lazy("Vul een tijd in, zoals 10:30."),
        },
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minuten"),
        min_value=0,
        max_value=MOST_MINUTES,
        error_messages={"required": gettext_lazy("Vul de minuten in. 0 betekent: was er niet.")},
    )
    title = forms.ChoiceField(
        label=gettext_lazy("Titel"), error_messages={"required": gettext_lazy("Kies een titel.")}
    )

    def __init__(self, *args: Any, there: TimeView, **kwargs: Any) -> None:
        kwargs["prefix"] = f"tijd-{there.participation_id}"
        kwargs.setdefault(
            "initial",
            {
                "begin": there.started_at.astimezone(AMSTERDAM).time(),
                "minutes": there.minutes,
                "title": there.title,
            },
        )
        super().__init__(*args, **kwargs)
        self.there = there
        self.fields["title"].choices = [(t.code, t.label) for t in there.titles]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A moment that exists on that day."""
        given = super().clean() or {}
        if "begin" in given:
            try:
                given["started_at"] = local_moment(day_of(self.there.started_at), given["begin"])
            except ValidationError as wrong:
                self.add_error("begin", wrong)
        return given

    def time(self) -> NewTime:
        """What was filled in."""
        given = self.cleaned_data
        return NewTime(self.there.participation_id, given["started_at"], given["minutes"], given["title"])


class AnotherForm(forms.Form):
    """Asking for another conversation: only when she wants it herself."""

    wants = forms.BooleanField(
        label=gettext_lazy("De inwoner wil dit ook"),
        error_messages={"required": gettext_lazy("Vraag het eerst aan de inwoner.")},
    )


def all_valid(times: list[TimeForm]) -> bool:
    """Every form is looked at, so that every mistake is told at once."""
    each = [form.is_valid() for form in times]
    return all(each)
