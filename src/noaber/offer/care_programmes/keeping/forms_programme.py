"""What a provider fills in about one programme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from noaber.ground.traces import TraceKind, traces_in
from noaber.knowledge import care
from noaber.offer.care_programmes.keeping.describing import PLAIN, Described
from noaber.offer.care_programmes.models import CareProgramme

PERSONAL = frozenset({TraceKind.BSN, TraceKind.NAME, TraceKind.BIRTH})
NOBODY = _("Noem een functie of een balie, geen mens.")


def _words(
    label: Any, longest: int, *, rows: int = 0, required: bool = False, hint: Any = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={"required": _("Vul dit in."), "max_length": _("Maak dit korter.")},
    )


def _age(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=120,
        widget=forms.TextInput(),
        error_messages={
            "invalid": _("Vul een heel getal in."),
            "min_value": _("Vul nul of meer in."),
            "max_value": _("Dit getal is te groot."),
        },
    )


class ProgrammeForm(forms.Form):
    """One programme: what, for whom, where, and whom to ask."""

    name = _words(_("Hoe heet het?"), 160, required=True)
    reference = _words(
        _("Korte naam voor bestanden"), 60, required=True, hint=_("Uw eigen code, zoals angst-almelo.")
    )
    care_type = forms.ChoiceField(label=_("Soort zorg"), error_messages={"required": _("Maak een keuze.")})
    setting = forms.ChoiceField(label=_("Waar en met wie"), required=False)
    diagnosis_group = forms.ChoiceField(
        label=_("Voor welke klachten"),
        required=False,
        help_text=_("Is de wachttijd voor alle klachten gelijk? Laat het dan op alle klachten."),
    )
    min_age = _age(_("Leeftijd vanaf"))
    max_age = _age(_("Leeftijd tot en met"))
    offer = _words(_("Wat krijgt iemand hier?"), 2000, rows=3)
    exclusions = _words(_("Voor wie is het niet?"), 2000, rows=3)
    referral_criteria = _words(_("Wat hoort in de verwijzing?"), 2000, rows=3)
    cost = _words(_("Wat kost het iemand zelf?"), 200)
    insurers = forms.MultipleChoiceField(
        label=_("Contract met"), required=False, widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(label=_("Hoe doet iemand mee?"), choices=CareProgramme.Mode.choices)
    municipality = forms.ChoiceField(label=_("Gemeente"), required=False)
    place_name = _words(_("Naam van de plek"), 120)
    street = _words(_("Straat en nummer"), 120)
    postal_code = _words(_("Postcode"), 7)
    city = _words(_("Plaats"), 80)
    desk = _words(_("Balie of functie voor vragen"), 120, hint=NOBODY)
    phone = _words(_("Telefoon"), 30)
    email = forms.EmailField(
        label=_("Mail"), required=False, error_messages={"invalid": _("Dit is geen mailadres.")}
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Dit is geen adres van een website.")},
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tables: dict[str, list[tuple[str, str]]] = {
            "care_type": [(one.code, __(one.label)) for one in care.care_types().values()],
            "setting": [("", __("niet van toepassing")), *_labels(care.settings().values())],
            "diagnosis_group": [("", __("alle klachten")), *_labels(care.diagnosis_groups().values())],
            "insurers": [(one.code, one.label) for one in care.insurers().values()],
            "municipality": [("", __("geen vaste plek")), *places],
        }
        for name, choices in tables.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ages follow each other, nobody is named, and who is not online is somewhere."""
        given: dict[str, Any] = super().clean() or {}
        low, high = given.get("min_age"), given.get("max_age")
        if low is not None and high is not None and high < low:
            self.add_error("max_age", __("Deze leeftijd ligt onder de eerste."))
        if given.get("mode") != CareProgramme.Mode.ONLINE and not given.get("municipality"):
            self.add_error("municipality", __("Kies de gemeente waar het is."))
        for name in ("offer", "exclusions", "referral_criteria", "desk"):
            if any(trace.kind in PERSONAL for trace in traces_in(given.get(name, ""))):
                self.add_error(name, NOBODY)
        return given

    def described(self) -> Described:
        """What was filled in."""
        given = self.cleaned_data
        plain = {name: given[name] for name in PLAIN}
        return Described(**plain, insurers=tuple(given["insurers"]), municipality=given["municipality"])


def _labels(words: Any) -> list[tuple[str, str]]:
    return [(one.code, __(one.label).capitalize()) for one in words]


def initial_of(row: CareProgramme) -> dict[str, Any]:
    """What stands there now."""
    held: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    return {
        **held,
        "insurers": row.insurers,
        "municipality": row.municipality.slug if row.municipality else "",
    }
