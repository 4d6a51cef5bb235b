"""What she chooses: who may read what, for what, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.hallway import clock
from noaber.hallway.ui.days import DayInput
from noaber.knowledge.codes import load_codes
from noaber.network.consents.types import NewConsent, Thing

LONGEST_YEARS = 5


def _purposes() -> list[tuple[str, str]]:
    purposes = load_codes().consent_purposes.values()
    return [(p.code, capfirst(gettext(p.label))) for p in purposes]


class _Until(forms.Form):
    """Until which day; empty is until she stops it."""

    purpose = forms.ChoiceField(
        label=_("Waarvoor?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarvoor het mag.")},
    )
    until = forms.DateField(
        label=_("Tot en met welke dag?"),
        help_text=_("Laat leeg als het mag tot u zelf stopt."),
        required=False,
        widget=DayInput(),
        error_messages={"invalid": _("Vul een dag in, zoals 31-12-2027.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["purpose"].choices = _purposes()  # type: ignore[attr-defined]

    def clean_until(self) -> date | None:
        """A day from today on, and not in another age."""
        day: date | None = self.cleaned_data["until"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("Kies vandaag of een latere dag."))
        if day is not None and day > self.today + timedelta(days=366 * LONGEST_YEARS):
            raise forms.ValidationError(_("Kies een dag binnen vijf jaar. U kunt het later verlengen."))
        return day

    def last_instant(self) -> datetime | None:
        """The end of the chosen day: the first instant of the day after, in Amsterdam."""
        day: date | None = self.cleaned_data["until"]
        return clock.at(day + timedelta(days=1), 0) if day is not None else None


class GiveForm(_Until):
    """A new consent."""

    thing = forms.ChoiceField(
        label=_("Wat mag iemand lezen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies iets uit de lijst.")},
    )
    organisation = forms.ChoiceField(
        label=_("Wie mag het lezen?"), error_messages={"required": _("Kies een organisatie uit de lijst.")}
    )
    field_order = ("thing", "organisation", "purpose", "until")

    def __init__(
        self, *args: Any, things: Sequence[Thing], organisations: Sequence[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.things = {f"{t.what}:{t.object_id}": t for t in things}
        self.fields["thing"].choices = [(key, t.words) for key, t in self.things.items()]  # type: ignore[attr-defined]
        names = [(str(pk), name) for pk, name in organisations]
        self.fields["organisation"].choices = [("", _("Kies een organisatie")), *names]  # type: ignore[attr-defined]

    def consent(self) -> NewConsent:
        """What she chose."""
        thing = self.things[self.cleaned_data["thing"]]
        return NewConsent(
            what=thing.what,
            object_id=thing.object_id,
            version=thing.version,
            organisation_id=UUID(self.cleaned_data["organisation"]),
            purpose=self.cleaned_data["purpose"],
            until=self.last_instant(),
        )


class LimitForm(_Until):
    """A consent made shorter, or for something else."""


class RefuseForm(forms.Form):
    """What she does not want, and from whom."""

    what = forms.ChoiceField(
        label=_("Wat wilt u niet delen?"),
        widget=forms.RadioSelect,
        choices=[
            ("report", _("Mijn verslagen")),
            ("letter", _("Brieven over mijn gesprekken")),
            ("all", _("Alles: verslagen en brieven")),
        ],
        error_messages={"required": _("Kies wat u niet wilt delen.")},
    )
    organisation = forms.ChoiceField(label=_("Met wie wilt u dit niet delen?"), required=False)

    def __init__(self, *args: Any, organisations: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(pk), name) for pk, name in organisations]
        self.fields["organisation"].choices = [("", _("Ik deel het met niemand")), *names]  # type: ignore[attr-defined]

    def organisation_id(self) -> UUID | None:
        """One organisation, or nobody at all."""
        chosen = self.cleaned_data["organisation"]
        return UUID(chosen) if chosen else None
