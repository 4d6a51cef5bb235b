"""What leaders and organisers fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.hallway.ui.days import day_field
from noaber.knowledge.codes import load_codes
from noaber.knowledge.offer_terms import load_terms
from noaber.offer.groups import words
from noaber.offer.groups.forms import OnceForm, text_field
from noaber.offer.groups.models import Group
from noaber.offer.groups.types import NewGroup

STATES = [
    ("proposed", _("Voorgesteld: nog niet te zien")),
    ("open", _("Mensen kunnen zich aanmelden")),
    ("closed", _("Neemt niemand meer aan")),
]


OF_THE_PLACE = {"room_id", "latitude", "longitude"}


def _areas() -> dict[str, str]:
    return {term.code: term.name for term in load_terms().values() if term.taxonomy == "life_area"}


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # said in the class
    field.choices = list(choices)


class HoursForm(OnceForm):
    """Hours of one's own."""

    day = day_field(_("Welke dag"))
    hours = forms.DecimalField(
        label=_("Hoeveel uur"),
        min_value=Decimal("0.5"),
        max_value=12,
        decimal_places=1,
        localize=True,
        error_messages={
            "required": _("Vul dit in."),
            "invalid": _("Schrijf een getal, bijvoorbeeld 2 of 2,5."),
        },
    )
    on = forms.ChoiceField(label=_("Waaraan"), choices=list(words.HOURS_ON.items()))


class EvaluationForm(OnceForm):
    """How a group went."""

    held_on = day_field(_("Op welke dag keek u terug?"))
    went_well = text_field(_("Wat ging goed?"), 1500, rows=4, required=False)
    better = text_field(
        _("Wat kan beter?"),
        1500,
        rows=4,
        required=False,
        help_text=_("Schrijf over de groep, niet over iemand."),
    )
    participants_joined = forms.BooleanField(
        label=_("De deelnemers dachten mee"), required=False, initial=True
    )


class MeasureForm(forms.Form):
    """'Hoe gaat het met u?' at the start and at the end."""

    SCORES = (("", _("Liever niet")), *[(str(n), str(n)) for n in range(11)])
    start = forms.ChoiceField(label=_("Bij het begin"), choices=SCORES, required=False)
    end = forms.ChoiceField(label=_("Aan het eind"), choices=SCORES, required=False)


class CallOffForm(forms.Form):
    """Why a session does not take place."""

    because = text_field(_("Waarom gaat het niet door?"), 200, required=False)


class DecisionForm(OnceForm):
    """Up, on or down."""

    direction = forms.ChoiceField(
        label=_("Besluit"), choices=list(words.DIRECTIONS.items()), widget=forms.RadioSelect
    )
    because = text_field(
        _("Waarom?"), 1500, rows=4, help_text=_("Op welke cijfers? Wat zeiden de deelnemers? Geen namen.")
    )
    by_function = text_field(
        _("Wie besloot? (functie)"), 80, help_text=_("Bijvoorbeeld: programmamanager, stuurgroep.")
    )
    decided_on = day_field(_("Wanneer"))


class LeaderForm(forms.Form):
    """Who leads, from when."""

    who = forms.ChoiceField(label=_("Wie"), error_messages={"required": _("Kies een collega.")})
    hours_per_week = forms.DecimalField(
        label=_("Uren per week"), min_value=0, max_value=40, decimal_places=1, localize=True, initial=3
    )
    from_on = day_field(_("Vanaf"))
    until_on = day_field(_("Tot"), required=False)
    by_first_name = forms.BooleanField(
        label=_("De voornaam mag op de pagina van de groep staan"), required=False
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "who", [("", _("Kies een collega")), *people])


class PeriodForm(forms.Form):
    """Over which days the hours are counted."""

    van = day_field(_("Van"))
    tot = day_field(_("Tot en met"))


class GroupForm(OnceForm):
    """Everything of one group."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = text_field(_("Naam"), 120)
    kind = forms.ChoiceField(label=_("Soort"), choices=[(str(k), w) for k, w in words.KINDS.items()])
    state = forms.ChoiceField(label=_("Stand"), choices=STATES)
    organisation_id = forms.ChoiceField(label=_("Organisatie die de groep draagt"))
    domain = forms.ChoiceField(label=_("Domein"))
    text = text_field(
        _("Wat is het?"),
        1200,
        rows=4,
        required=False,
        help_text=_("Korte zinnen, met 'u'. Inwoners lezen dit."),
    )
    suits = text_field(
        _("Voor wie wel, voor wie niet, en wat als het te veel wordt?"), 800, rows=3, required=False
    )
    waits_for = text_field(
        _("Voor wie op iets wacht: waarop?"), 120, required=False, help_text=_("Alleen bij Voorzorg.")
    )
    terms = forms.MultipleChoiceField(
        label=_("Waarover"), required=False, widget=forms.CheckboxSelectMultiple
    )
    municipality_id = forms.ChoiceField(label=_("Gemeente"), required=False)
    form = forms.ChoiceField(label=_("Waar"), choices=[(str(k), w) for k, w in words.FORMS.items()])
    venue = text_field(_("Gebouw of zaal"), 120, required=False)
    city = text_field(_("Plaats"), 100, required=False)
    starts_on = day_field(_("Eerste dag"))
    ends_on = day_field(_("Laatste dag"), required=False, help_text=_("Leeg: de groep blijft doorgaan."))
    weekday = forms.TypedChoiceField(
        label=_("Dag van de week"),
        choices=[("", _("Wisselt")), *words.WEEKDAYS.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    from_time = forms.TimeField(
        label=_("Van"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    until_time = forms.TimeField(
        label=_("Tot"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    every_weeks = forms.IntegerField(label=_("Om de hoeveel weken"), min_value=1, max_value=8, initial=1)
    min_places = forms.IntegerField(label=_("Minstens hoeveel mensen"), min_value=1, max_value=200, initial=4)
    max_places = forms.IntegerField(label=_("Hoeveel plekken"), min_value=1, max_value=200, initial=10)
    cost = text_field(_("Kosten"), 120, required=False)
    phone = text_field(_("Telefoon"), 30, required=False)
    needs_referral = forms.BooleanField(label=_("Alleen met verwijzing"), required=False)
    join_while_running = forms.BooleanField(
        label=_("Instappen kan ook als de groep al loopt"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        homes: Sequence[tuple[str, str]],
        places: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "organisation_id", [("", _("Kies een organisatie")), *homes])
        _choose(self, "municipality_id", [("", _("De hele regio")), *places])
        domains = [(code, domain.label) for code, domain in load_codes().domains.items()]
        _choose(self, "domain", domains)
        _choose(self, "terms", list(_areas().items()))

    def new_group(self, row: Group | None = None) -> NewGroup:
        """What was filled in, as the services take it; what is not asked here stays as `row` has it.

        The room and the point on the map belong to the place: with another place they go.
        """
        given = {k: v for k, v in self.cleaned_data.items() if k not in {"once_key", "version"}}
        given["organisation_id"] = UUID(given["organisation_id"])
        place = given["municipality_id"]
        given["municipality_id"] = UUID(place) if place else None
        given["terms"] = tuple(given["terms"])
        if row is None:
            return NewGroup(**given)
        given["terms"] += tuple(term for term in row.terms if term not in _areas())
        moved = any(getattr(row, name) != given[name] for name in ("municipality_id", "venue", "city"))
        stays = {field.name for field in fields(NewGroup)} - given.keys() - (OF_THE_PLACE if moved else set())
        return NewGroup(**given, **{name: getattr(row, name) for name in stays})

    @staticmethod
    def of(row: Group) -> dict[str, Any]:
        """The fields as a group has them now."""
        names = [name for name in GroupForm.base_fields if name not in {"once_key"}]
        found = {name: getattr(row, name) for name in names}
        return found | {
            "organisation_id": str(row.organisation_id),
            "municipality_id": str(row.municipality_id or ""),
        }
