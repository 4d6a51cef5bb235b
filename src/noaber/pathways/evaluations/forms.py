"""Three questions, each with four replies."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.pathways.evaluations import rules
from noaber.pathways.evaluations.types import Audience, Reply

CHOOSE = _("Kies één antwoord.")
REPLY_WORDS = [
    (str(Reply.YES), _("Ja")),
    (str(Reply.PARTLY), _("Een beetje")),
    (str(Reply.NO), _("Nee")),
    (str(Reply.UNKNOWN), _("Weet ik niet")),
]


class EvaluationForm(forms.Form):
    """The questions of one audience."""

    def __init__(self, audience: Audience, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        for code, words in rules.questions(audience).items():
            self.fields[code] = forms.ChoiceField(
                label=gettext(words),
                choices=REPLY_WORDS,
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(("required", "invalid_choice"), CHOOSE),
            )
