"""What a resident fills in on her web. Every field may stay empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.knowledge.questionnaires import Area, Questionnaire
from noaber.pathways.conversations.services.web import MOST_NOTE
from noaber.pathways.conversations.web_types import WebAnswers, WebView
from noaber.pathways.conversations.web_words import shown


@dataclass(frozen=True, slots=True)
class AreaFields:
    """One area of the form: its words, the questions to answer and the tick to talk about it."""

    title: str
    line: str
    prompt: str
    questions: tuple[BoundField, ...]
    talk: BoundField


class WebForm(forms.Form):
    """A number or nothing for each question, a tick for each area, and a few words."""

    note = forms.CharField(
        label=gettext_lazy("Wilt u er iets bij schrijven?"),
        max_length=MOST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, *args: Any, asked: Questionnaire, before: WebView | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        steps = [(str(n), str(n)) for n in asked.scale.steps]
        for area in asked.areas:
            for question in area.questions:
                self.fields[f"v_{question.id}"] = forms.ChoiceField(
                    label=shown(question.words),
                    required=False,
                    choices=[*steps, ("", _("leeg"))],
                    widget=forms.RadioSelect,
                    error_messages={"invalid_choice": gettext_lazy("Kies een cijfer van de lijst.")},
                )
            self.fields[f"t_{area.id}"] = forms.BooleanField(
                label=_("Hier wil ik over praten"), required=False
            )
        self._start_from(before)

    def _start_from(self, before: WebView | None) -> None:
        """What she filled in earlier today stands there already."""
        for area in self.asked.areas:
            for question in area.questions:
                value = before.values.get(question.id) if before else None
                self.initial[f"v_{question.id}"] = "" if value is None else str(value)
            self.initial[f"t_{area.id}"] = bool(before and area.id in before.talk)
        self.initial["note"] = before.note if before else ""

    def areas(self) -> Iterator[AreaFields]:
        """The areas in their order, ready to be drawn."""
        for area in self.asked.areas:
            yield self._fields(area)

    def _fields(self, area: Area) -> AreaFields:
        return AreaFields(
            title=shown(area.title),
            line=shown(area.line),
            prompt=shown(area.prompt),
            questions=tuple(self[f"v_{question.id}"] for question in area.questions),
            talk=self[f"t_{area.id}"],
        )

    def answers(self) -> WebAnswers:
        """What was filled in."""
        given = self.cleaned_data
        return WebAnswers(
            values={
                q.id: int(given[f"v_{q.id}"]) if given[f"v_{q.id}"] else None for q in self.asked.questions
            },
            talk=frozenset(area.id for area in self.asked.areas if given[f"t_{area.id}"]),
            note=given["note"],
        )
