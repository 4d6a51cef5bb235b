"""What an editor, an administrator and who refers fill in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.hallway.ui.days import day_field
from noaber.knowledge.languages import LANGUAGES
from noaber.knowledge.offer_terms import load_taxonomies
from noaber.offer.routes.queries_cards import reasons
from noaber.offer.routes.types import NewWayfinder, RouteChoice, RouteText

Choices = list[tuple[str, str]]
DEGREES = [
    ("professionals", _("Ja, aan professionals in de regio")),
    ("public", _("Ja, aan iedereen: ook op openbare pagina's")),
]
SAID = [
    ("spoken", _("In een gesprek")),
    ("written", _("Op papier of per mail")),
    ("self", _("Zelf: ik ben deze wegwijzer")),
]
SUBJECTS = ("life_area", "target_group")


def _text(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea,
        error_messages={"required": _("Vul dit in.")},
    )


def _subjects() -> Choices:
    lists = load_taxonomies()
    return [(term.code, term.name) for code in SUBJECTS for term in lists[code].terms]


def _uuids(found: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(UUID(one) for one in found)


class PlaceForm(forms.Form):
    """For which municipality."""

    gemeente = forms.ChoiceField(label=_("Gemeente"), required=False)

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["gemeente"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", _("De hele regio")), *places]


class WayfinderForm(forms.Form):
    """One wayfinder, with what she agreed to."""

    name = forms.CharField(label=_("Naam"), error_messages={"required": _("Vul een naam in.")})
    organisation_id = forms.ChoiceField(label=_("Organisatie"))
    phone = forms.CharField(
        label=_("Telefoonnummer van het werk"),
        widget=forms.TextInput(attrs={"type": "tel"}),
        error_messages={"required": _("Vul een telefoonnummer in.")},
    )
    email = forms.CharField(
        label=_("Mailadres van het werk"),
        required=False,
        help_text=_(
            "Werkt iemand met dit adres in Noaber? Stopt die rol, dan verdwijnt de wegwijzer vanzelf."
        ),
    )
    hours = forms.CharField(label=_("Wanneer bereikbaar"), required=False)
    municipality_id = forms.ChoiceField(label=_("Gemeente"))
    also_in = forms.MultipleChoiceField(
        label=_("Ook in deze gemeenten"), required=False, widget=forms.CheckboxSelectMultiple
    )
    whole_region = forms.BooleanField(label=_("Denkt mee in de hele regio"), required=False)
    neighbourhoods = forms.CharField(
        label=_("Wijken of dorpen"), required=False, help_text=_("Bijvoorbeeld: Windmolenbroek, Aadorp.")
    )
    terms = forms.MultipleChoiceField(
        label=_("Weet veel van"), required=False, widget=forms.CheckboxSelectMultiple
    )
    knows = forms.CharField(
        label=_("In eigen woorden"), required=False, help_text=_("Een zin. Wat weet deze wegwijzer goed?")
    )
    languages = forms.MultipleChoiceField(
        label=_("Praat"), choices=LANGUAGES, initial=["nl"], widget=forms.CheckboxSelectMultiple
    )
    begins_on = day_field(_("Wegwijzer vanaf"))
    ends_on = day_field(
        _("Tot (de eerste dag zonder)"),
        required=False,
        help_text=_("Zonder rol in Noaber moet dit, binnen een jaar. Daarna vraagt u het opnieuw."),
    )
    degree = forms.ChoiceField(
        label=_("Mag deze wegwijzer genoemd worden?"),
        choices=DEGREES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Zonder toestemming noemen wij niemand. Vraag het, en kies aan wie.")},
    )
    said = forms.ChoiceField(
        label=_("Hoe zei deze wegwijzer dat?"),
        choices=SAID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het gezegd is.")},
    )
    agreed_on = day_field(_("Op welke dag?"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, *args: Any, organisations: Choices, places: Choices, today: date, **kwargs: Any
    ) -> None:
        first = {"once_key": uuid4().hex, "begins_on": today, "agreed_on": today, "version": 0}
        super().__init__(*args, **{**kwargs, "initial": {**first, **kwargs.get("initial", {})}})
        for key, choices in (
            ("organisation_id", organisations),
            ("municipality_id", places),
            ("also_in", places),
            ("terms", _subjects()),
        ):
            field = self.fields[key]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
            field.choices = choices

    def wayfinder(self) -> NewWayfinder:
        """What the service takes."""
        given = dict(self.cleaned_data)
        for key in ("version", "once_key"):
            del given[key]
        home = UUID(given.pop("municipality_id"))
        also = tuple(pk for pk in _uuids(given.pop("also_in")) if pk != home)
        return NewWayfinder(
            organisation_id=UUID(given.pop("organisation_id")),
            municipality_id=home,
            also_in=also,
            languages=tuple(given.pop("languages")),
            terms=tuple(given.pop("terms")),
            **given,
        )


class RouteForm(forms.Form):
    """An agreement in words."""

    question = forms.CharField(
        label=_("De vraag"),
        help_text=_("Zoals een huisarts hem hoort. Bijvoorbeeld: slaapt slecht en piekert."),
        error_messages={"required": _("Vul dit in.")},
    )
    owner_id = forms.ChoiceField(
        label=_("Van wie is deze afspraak?"), help_text=_("De beheerder daar gaat akkoord.")
    )
    for_whom = _text(_("Voor wie"))
    first_choice = _text(_("Eerste keus"), required=True)
    then = _text(_("Lukt dat niet, dan"))
    not_for = _text(_("Niet voor"))
    send_along = _text(_("Wat u meestuurt"))
    ring = forms.CharField(
        label=_("Wie u kunt bellen"),
        required=False,
        help_text=_("Een functie of een team, geen naam. Wegwijzers staan er vanzelf bij."),
    )
    ring_phone = forms.CharField(label=_("Nummer"), required=False)
    words = forms.CharField(
        label=_("Woorden waaraan u de vraag herkent"),
        required=False,
        help_text=_(
            "Met komma's ertussen. Typt iemand zo'n woord in een verwijzing, dan verschijnt de afspraak."
        ),
        widget=forms.Textarea,
    )
    terms = forms.MultipleChoiceField(
        label=_("Waar gaat het over?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    services = forms.MultipleChoiceField(
        label=_("Aanbod dat erbij hoort"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    valid_from = day_field(_("Geldt vanaf"))
    valid_until = day_field(_("Geldt tot en met"), required=False)
    lock = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, *args: Any, owners: Choices | None, services: Choices, today: date, **kwargs: Any
    ) -> None:
        first = {"once_key": uuid4().hex, "valid_from": today, "lock": 0}
        super().__init__(*args, **{**kwargs, "initial": {**first, **kwargs.get("initial", {})}})
        if owners is None:
            del self.fields["owner_id"]
        for key, choices in (("owner_id", owners), ("services", services), ("terms", _subjects())):
            field = self.fields.get(key)
            if isinstance(field, forms.ChoiceField):
                field.choices = choices or []

    def route(self) -> RouteText:
        """What the service takes."""
        given = dict(self.cleaned_data)
        for key in ("lock", "once_key", "owner_id"):
            given.pop(key, None)
        words = (word.strip() for word in given.pop("words").replace("\n", ",").split(","))
        return RouteText(
            words=tuple(dict.fromkeys(word for word in words if word)),
            terms=tuple(given.pop("terms")),
            service_ids=_uuids(given.pop("services")),
            **given,
        )


class UseForm(forms.Form):
    """Whether the agreement was followed."""

    said = forms.ChoiceField(
        label=_("Hebt u deze afspraak gevolgd?"),
        choices=[("followed", _("Ja, ik volgde de afspraak")), ("deviated", _("Nee, ik deed het anders"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee.")},
    )
    reason = forms.ChoiceField(label=_("Waarom anders?"), choices=reasons, required=False)
    words = forms.CharField(
        label=_("In een paar woorden"),
        required=False,
        help_text=_("Schrijf niets over de inwoner: geen namen, nummers of data."),
    )
    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"once_key": uuid4().hex}, **kwargs})

    def choice(self, version_id: UUID) -> RouteChoice:
        """What the service takes."""
        given = self.cleaned_data
        followed = given["said"] == "followed"
        reason, words = ("", "") if followed else (given["reason"], given["words"].strip())
        return RouteChoice(version_id, followed, reason, words)


class WordsForm(forms.Form):
    """Why: with a withdrawal, or when a proposal goes back."""

    words = forms.CharField(label=_("Waarom?"), max_length=300, error_messages={"required": _("Zeg waarom.")})
