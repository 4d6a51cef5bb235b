"""What a host, an organisation and the region fill in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.hallway.ui.days import day_field
from noaber.knowledge.support_points import characteristics, measures, phases
from noaber.offer.support_points import rules, showing
from noaber.offer.support_points.models import PlanDocument

FILL_IN = {"required": _("Vul dit in."), "invalid": _("Dit kunnen wij niet lezen. Verbeter het.")}
PART_WORDS = {
    "morning": _("ochtend"),
    "afternoon": _("middag"),
    "evening": _("avond"),
    "night": _("nacht"),
}
WEEKDAYS = [
    (1, _("maandag")),
    (2, _("dinsdag")),
    (3, _("woensdag")),
    (4, _("donderdag")),
    (5, _("vrijdag")),
    (6, _("zaterdag")),
    (7, _("zondag")),
]
LONGEST_ANSWER = 2000


def _words(
    label: Any, longest: int, *, rows: int = 0, required: bool = True, hint: Any = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={**FILL_IN, "max_length": _("Maak dit korter.")},
    )


def _clock(label: Any, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=required,
        input_formats=["%H:%M", "%H.%M", "%H"],
        help_text=_("Bijvoorbeeld 10.30"),
        error_messages={**FILL_IN, "invalid": _("Schrijf een tijd als 10.30.")},
    )


class OnceForm(forms.Form):
    """A form that makes something once, however often it is sent."""

    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"once_key": uuid4().hex, **(initial or {})}
        super().__init__(*args, **kwargs)


class TapForm(forms.Form):
    """One count, from a button or from the queue of a page."""

    once_key = forms.CharField(max_length=64)
    change = forms.IntegerField(min_value=-rules.LARGEST_LIST, max_value=rules.LARGEST_LIST)
    on = forms.DateField(input_formats=["%Y-%m-%d"])
    part = forms.ChoiceField(choices=list(PART_WORDS.items()))


class ListForm(OnceForm):
    """A list on paper that is added afterwards."""

    on = day_field(_("Op welke dag?"))
    part = forms.ChoiceField(label=_("Welk deel van de dag?"), choices=list(PART_WORDS.items()))
    change = forms.IntegerField(
        label=_("Hoeveel mensen kwamen er binnen?"),
        min_value=-rules.LARGEST_LIST,
        max_value=rules.LARGEST_LIST,
        help_text=_("Zet er een min voor om een vergissing van eerder af te trekken."),
        error_messages=FILL_IN,
    )


class ReferForm(OnceForm):
    """Where to, and how."""

    to = forms.CharField(required=False, max_length=64)
    other = forms.CharField(required=False, max_length=64)
    elsewhere = forms.CharField(required=False, max_length=200)
    how = forms.CharField(max_length=10)


class BedsForm(forms.Form):
    """The beds of tonight."""

    beds = forms.IntegerField(label=_("Bedden"), min_value=0, max_value=60, error_messages=FILL_IN)
    occupied = forms.IntegerField(label=_("Bezet"), min_value=0, max_value=60, error_messages=FILL_IN)
    night = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SpecialDayForm(forms.Form):
    """A day that differs: closed, or other hours."""

    on = day_field(_("Welke dag?"))
    opens_at = _clock(_("Open vanaf"), required=False)
    closes_at = _clock(_("Open tot"), required=False)
    why = _words(
        _("Wat leest de bezoeker?"), 120, required=False, hint=_("Bijvoorbeeld: teamdag, of: paasbrunch.")
    )


class ItemForm(OnceForm):
    """Something on the programme."""

    title = _words(_("Wat is er te doen?"), 80, hint=_("Kort. Bijvoorbeeld: samen koken."))
    text = _words(_("Nog iets erover"), 240, required=False)
    weekday = forms.TypedChoiceField(
        label=_("Elke week op"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Niet elke week")), *WEEKDAYS],
    )
    on = day_field(_("Of één keer, op"), required=False)
    starts_at = _clock(_("Van"))
    ends_at = _clock(_("Tot"))


class StoryForm(forms.Form):
    """What a point tells about itself along the ten characteristics. All of it may be left empty but one."""

    with_whom = _words(
        _("Met wie heeft u dit besproken?"),
        200,
        required=False,
        hint=_("Groepen, geen namen. Bijvoorbeeld: bezoekers, vrijwilligers en het wijkteam."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in characteristics():
            self.fields[f"{one.code}_text"] = _words(
                _("Hoe doet u dit?"), LONGEST_ANSWER, rows=3, required=False
            )
            self.fields[f"{one.code}_evidence"] = _words(
                _("Waaraan merken bezoekers dat?"), LONGEST_ANSWER, rows=2, required=False
            )
            self.fields[f"{one.code}_following"] = _words(
                _("Wat wilt u hierna?"), LONGEST_ANSWER, rows=2, required=False
            )

    @property
    def parts(self) -> Iterable[tuple[Any, tuple[Any, ...]]]:
        """Each characteristic with its three fields."""
        for one in characteristics():
            yield one, tuple(self[f"{one.code}_{part}"] for part in ("text", "evidence", "following"))

    def answers(self) -> dict[str, dict[str, str]]:
        """What was told, per characteristic."""
        return {
            one.code: {
                part: self.cleaned_data.get(f"{one.code}_{part}", "")
                for part in ("text", "evidence", "following")
            }
            for one in characteristics()
        }


class PointForm(forms.Form):
    """What stands beside the entry."""

    recovery_phases = forms.TypedMultipleChoiceField(
        label=_("Voor wie vooral? (advies, nooit een grens)"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    platform_name = _words(_("Naam van het online platform"), 80, required=False)
    platform_url = forms.URLField(
        label=_("Adres van het online platform"),
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": _("Schrijf een heel adres, zoals https://voorbeeld.nl.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["recovery_phases"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = [(n, f"{phase.label}: {phase.means}") for n, phase in phases().items()]


class NewPointForm(forms.Form):
    """An entry of the own organisation that becomes a point."""

    service_id = forms.ChoiceField(
        label=_("Welke vermelding in de sociale kaart?"),
        error_messages={"required": _("Kies een vermelding.")},
        help_text=_("Naam, adres en openingstijden komen daarvandaan. Staat ze er niet? Maak haar eerst."),
    )
    kind = forms.ChoiceField(label=_("Wat voor steunpunt is het?"), choices=[])
    opened_on = day_field(_("Open sinds"))

    def __init__(self, *args: Any, entries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("service_id", entries), ("kind", showing.kinds())):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class CapacityForm(forms.Form):
    """What a point holds from a day on."""

    measure = forms.ChoiceField(label=_("Wat meet u?"), choices=[])
    value = forms.DecimalField(
        label=_("Hoeveel?"),
        min_value=0,
        max_value=10000,
        max_digits=7,
        decimal_places=1,
        error_messages=FILL_IN,
    )
    from_on = day_field(_("Vanaf welke dag?"))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["measure"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(m.code, m.label) for m in measures().values() if kind in m.kinds]


class EndForm(forms.Form):
    """The first day on which the point is no longer there."""

    ended_on = day_field(_("Vanaf welke dag is het er niet meer?"))


class GrowthForm(forms.Form):
    """The growth that the region wants."""

    measure = forms.ChoiceField(label=_("Waarin gemeten?"), choices=[])
    zero_on = day_field(_("Dag van de nulmeting"))
    wanted = forms.DecimalField(
        label=_("Hoeveel meer wil de regio dan op die dag?"),
        min_value=1,
        max_value=100000,
        max_digits=7,
        decimal_places=1,
        error_messages=FILL_IN,
    )
    by_on = day_field(_("Voor welke dag?"))
    agreed_words = _words(
        _("Waar is dat afgesproken?"), 300, hint=_("Bijvoorbeeld: stuurgroep van 12 maart.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["measure"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(m.code, m.label) for m in measures().values()]


class DocumentForm(forms.Form):
    """Where a document of the region stands."""

    kind = forms.ChoiceField(label=_("Welk stuk?"), choices=PlanDocument.Kind.choices)
    title = _words(_("Titel"), 160)
    state = forms.ChoiceField(label=_("Hoe ver is het?"), choices=PlanDocument.State.choices)
    state_on = day_field(_("Sinds welke dag?"))
    where = _words(_("Waar staat het stuk?"), 300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
