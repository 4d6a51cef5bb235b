"""What she may choose about how she is met and reached. Two short forms instead of one long one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from noaber.ground.phones import read_phone
from noaber.knowledge.languages import LANGUAGES
from noaber.network.residents.types import Wishes
from noaber.network.residents.wishes import DAYS, GENDERS, MODES, PARTS

SPOKEN_WORDS = (
    gettext_noop("Nederlands"),
    gettext_noop("Arabisch"),
    gettext_noop("Aramees (Suryoyo)"),
    gettext_noop("Duits"),
    gettext_noop("Engels"),
    gettext_noop("Oekraïens"),
    gettext_noop("Perzisch"),
    gettext_noop("Pools"),
    gettext_noop("Tigrinya"),
    gettext_noop("Turks"),
)
"""The names of `knowledge.languages`, so that they are translated."""


class ReachForm(forms.Form):
    """By which ways she may be reached, and in which language."""

    may_mail = forms.BooleanField(required=False, label=gettext_lazy("U mag mij mailen"))
    email = forms.EmailField(
        required=False,
        max_length=254,
        label=gettext_lazy("Mijn e-mailadres"),
        error_messages={
            "invalid": gettext_lazy("Vul een heel e-mailadres in, zoals naam@voorbeeld.nl. Of laat het leeg.")
        },
    )
    may_text = forms.BooleanField(required=False, label=gettext_lazy("U mag mij een sms sturen"))
    may_ring = forms.BooleanField(required=False, label=gettext_lazy("U mag mij bellen"))
    phone = forms.CharField(
        required=False,
        max_length=30,
        label=gettext_lazy("Mijn telefoonnummer"),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    may_leave_message = forms.BooleanField(
        required=False,
        label=gettext_lazy("U mag een bericht achterlaten"),
        help_text=gettext_lazy("Op mijn voicemail, of bij wie de telefoon opneemt."),
    )
    may_post = forms.BooleanField(required=False, label=gettext_lazy("U mag mij een brief sturen"))
    post_address = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Mijn adres voor brieven"),
        help_text=gettext_lazy(
            "Straat en nummer, postcode en plaats. Dit mag ook het adres van iemand anders zijn."
        ),
        widget=forms.Textarea,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In welke taal leest u het liefst?"), choices=settings.LANGUAGES
    )

    def clean_phone(self) -> str:
        """The number as it is kept."""
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        number = read_phone(typed)
        if number is None:
            raise ValidationError(_("Vul een telefoonnummer met 10 cijfers in."))
        return number

    def wishes(self, before: Wishes) -> Wishes:
        """Her preferences with these changed."""
        return replace(before, **{name: self.cleaned_data[name] for name in self.fields})


class MeetForm(forms.Form):
    """How, when and with whom she would like to talk."""

    mode = forms.ChoiceField(
        required=False, label=gettext_lazy("Hoe wilt u praten?"), widget=forms.RadioSelect
    )
    spoken = forms.ChoiceField(required=False, label=gettext_lazy("In welke taal wilt u praten?"))
    gender = forms.ChoiceField(
        required=False, label=gettext_lazy("Met wie praat u het liefst?"), widget=forms.RadioSelect
    )
    person = forms.CharField(
        required=False,
        max_length=120,
        label=gettext_lazy("Kent u iemand met wie u graag praat?"),
        help_text=gettext_lazy("Wij proberen het. Het lukt niet altijd."),
    )

    def __init__(self, *args: Any, modes: tuple[str, ...] = tuple(MODES), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        any_way = ("", _("Maakt niet uit"))
        self._choose("mode", [any_way, *((m, MODES[m]) for m in MODES if m in modes)])
        self._choose("gender", [any_way, *GENDERS.items()])
        self._choose("spoken", [(code, _(name)) for code, name in LANGUAGES])
        for day, word in DAYS.items():
            self.fields[f"day_{day}"] = forms.MultipleChoiceField(
                required=False,
                label=str(word),
                choices=[(f"{day}{part}", name) for part, name in PARTS.items()],
                widget=forms.CheckboxSelectMultiple,
            )

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = choices

    @property
    def days(self) -> list[forms.BoundField]:
        """The fields of the week, in order."""
        return [self[f"day_{day}"] for day in DAYS]

    @staticmethod
    def first(wishes: Wishes) -> dict[str, Any]:
        """What the form starts with."""
        days = {f"day_{day}": [t for t in wishes.times if t[0] == day] for day in DAYS}
        return {
            "mode": wishes.mode,
            "spoken": wishes.spoken,
            "gender": wishes.gender,
            "person": wishes.person,
            **days,
        }

    def wishes(self, before: Wishes) -> Wishes:
        """Her preferences with these changed."""
        given = self.cleaned_data
        times = tuple(key for day in DAYS for key in given[f"day_{day}"])
        return replace(
            before,
            mode=given["mode"],
            spoken=given["spoken"] or before.spoken,
            gender=given["gender"],
            person=given["person"].strip(),
            times=times,
        )
