"""Invite, choose what may be seen, come in, and ask for a reminder."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.network.relatives.models import SharedItem
from noaber.network.relatives.types import NewRelative

What = SharedItem.What
ITEMS = (
    (What.APPOINTMENT, _("Wanneer mijn gesprek is")),
    (What.EXPECT, _("Waar het is en wat er gebeurt")),
    (What.NEXT_STEP, _("Wat de volgende stap is")),
    (What.MEANWHILE, _("Wat ik intussen koos om te doen")),
    (What.REMINDERS, _("Een herinnering krijgen, een dag van tevoren")),
)
CHANNELS = (
    ("mail", _("Met een mail")),
    ("text", _("Met een sms")),
    ("paper", _("Ik geef de code zelf, op papier of hardop")),
)


class _WordField(forms.CharField):
    """The second item, in sight while it is typed: she says it aloud anyway."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=40,
            label=_("Een woord of vier cijfers"),
            help_text=_("Dit zegt u zelf tegen uw naaste. Wij sturen het nooit mee. Onthoud het goed."),
            error_messages={"required": _("Kies een woord van ten minste 4 letters, of 4 cijfers.")},
            **kwargs,
        )


class ItemsForm(forms.Form):
    """What this relative may see. Each is a yes of its own; nothing stands on by itself."""

    items = forms.MultipleChoiceField(
        required=False,
        label=_("Wat mag deze persoon zien?"),
        help_text=_("Zet alleen aan wat u wilt. U kunt alles op elk moment weer uitzetten."),
        choices=ITEMS,
        widget=forms.CheckboxSelectMultiple,
    )
    comes_along = forms.BooleanField(
        required=False,
        label=_("Deze persoon komt mee naar mijn gesprek"),
        help_text=_("Wie met u praat, leest dan: zij neemt iemand mee."),
    )
    name_may_be_told = forms.BooleanField(
        required=False, label=_("Wie met mij praat, mag ook de naam van deze persoon zien")
    )


class InviteForm(ItemsForm):
    """Whom she invites, and how the link gets there."""

    name = forms.CharField(
        max_length=80,
        label=_("Hoe noemt u deze persoon?"),
        help_text=_("Bijvoorbeeld: mijn zus. Alleen u ziet dit."),
        error_messages={"required": _("Vul een naam in, zonder nummers.")},
    )
    channel = forms.ChoiceField(
        label=_("Hoe krijgt deze persoon de link?"),
        choices=CHANNELS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe de link daar komt.")},
    )
    address = forms.CharField(
        required=False,
        max_length=254,
        label=_("E-mailadres of mobiel nummer"),
        help_text=_("In het bericht staat niet wie u bent en niet waar het over gaat."),
    )
    word = _WordField()
    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    field_order = ["name", "items", "comes_along", "name_may_be_told", "channel", "address", "word"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"once_key": uuid4().hex}, **kwargs})

    def new(self) -> NewRelative:
        """What the service takes."""
        given = self.cleaned_data
        return NewRelative(
            name=given["name"],
            channel=given["channel"],
            address=given["address"],
            word=given["word"],
            items=tuple(given["items"]),
            comes_along=given["comes_along"],
            name_may_be_told=given["name_may_be_told"],
            once_key=given["once_key"],
        )


class WordForm(forms.Form):
    """A new word, for a new link."""

    word = _WordField()


class SaidAloud(forms.PasswordInput):
    """Readable while it is typed, and never sent back in a page."""

    input_type = "text"


class EnterForm(forms.Form):
    """What the relative got, and what was said aloud."""

    code = forms.CharField(
        label=_("De code"),
        help_text=_("Bijvoorbeeld 7K3F-9Q2M-4"),
        max_length=24,
        error_messages={"required": _("Vul de code in die u kreeg.")},
    )
    pin = forms.CharField(
        label=_("Het woord of de vier cijfers"),
        help_text=_("Dit hoorde u van degene die u uitnodigde."),
        max_length=40,
        widget=SaidAloud,
        error_messages={"required": _("Vul het woord of de vier cijfers in.")},
    )


class ReminderForm(forms.Form):
    """Whether and how the relative is reminded."""

    channel = forms.ChoiceField(
        required=False,
        label=_("Wilt u een herinnering, een dag van tevoren?"),
        choices=[("", _("Nee")), ("mail", _("Ja, met een mail")), ("text", _("Ja, met een sms"))],
        widget=forms.RadioSelect,
    )
    address = forms.CharField(required=False, max_length=254, label=_("Uw e-mailadres of mobiel nummer"))
