"""What a kwartiermaker, a programme manager and a visitor of the calendar fill in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.hallway.ui.days import day_field
from noaber.knowledge.neighbourhood import ACCESS, InventoryTable
from noaber.offer.neighbourhood.rules import LONGEST_TEXT
from noaber.offer.neighbourhood.types import (
    AcuteLine,
    ConsentItem,
    NewFollowUp,
    NewInventory,
    NewKeyPerson,
    NewSignal,
)

ACUTE_LINES = 6
SHORTEST_NUMBER = 3
PARTS = [
    ("lead", _("trekker")),
    ("quartermaker", _("kwartiermaker")),
    ("peer", _("ervaringsdeskundige")),
    ("volunteer", _("vrijwilliger")),
]
STATES = [
    ("new", _("Nieuw")),
    ("picked_up", _("Opgepakt")),
    ("passed_on", _("Doorgegeven")),
    ("closed", _("Afgerond")),
]
NO_NAMES = _("Schrijf geen namen, nummers of adressen. Schrijf bijvoorbeeld: een buurvrouw, een bezoeker.")


def words(
    label: Any, longest: int, *, rows: int = 0, required: bool = True, help_text: Any = ""
) -> forms.CharField:
    """A field for text: one line, or a box of `rows`."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={"required": _("Vul dit in."), "max_length": _("Maak dit korter.")},
    )


class OnceForm(forms.Form):
    """A form that makes something once, however often it is sent."""

    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"once_key": uuid4().hex, **(initial or {})}
        super().__init__(*args, **kwargs)


class NamelessForm(OnceForm):
    """A form with free text that names nobody."""

    no_person = forms.BooleanField(
        required=False,
        label=_("Ik heb gekeken: dit is geen naam van een mens"),
        help_text=_("Bijvoorbeeld de naam van een gebouw of een vereniging."),
    )
    asks_no_person = False

    @property
    def shows_no_person(self) -> bool:
        """Only after a likely name was found."""
        return self.asks_no_person or bool(self.is_bound and self.data.get("no_person"))


class AreaForm(forms.Form):
    """A new area."""

    municipality = forms.ChoiceField(label=_("Gemeente"))
    name = words(_("Naam van de wijk"), 80, required=False, help_text=_("Laat leeg voor de hele gemeente."))
    pilot = forms.BooleanField(label=_("Dit is een pilotwijk"), required=False)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "municipality", [("", _("Kies een gemeente")), *places])


class MemberForm(forms.Form):
    """A place in the team."""

    membership = forms.ChoiceField(label=_("Wie"), error_messages={"required": _("Kies een collega.")})
    part = forms.ChoiceField(label=_("Rol in het team"), choices=PARTS, initial="quartermaker")
    hours_per_week = forms.DecimalField(
        label=_("Vrije uren per week"),
        min_value=0,
        max_value=40,
        decimal_places=1,
        localize=True,
        initial=4,
        help_text=_("Uren die iemand zelf mag besteden aan wat de wijk nodig heeft."),
        error_messages={"invalid": _("Schrijf een getal, bijvoorbeeld 4 of 4,5.")},
    )
    from_on = day_field(_("Vanaf"))
    until_on = day_field(_("Tot"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "membership", [("", _("Kies een collega")), *people])


class HoursForm(OnceForm):
    """Free hours that were used."""

    day = day_field(_("Welke dag"))
    hours = forms.DecimalField(
        label=_("Hoeveel uur"),
        min_value=0.5,
        max_value=24,
        decimal_places=1,
        localize=True,
        error_messages={
            "required": _("Vul dit in."),
            "invalid": _("Schrijf een getal, bijvoorbeeld 2 of 2,5."),
        },
    )
    on_what = words(_("Waaraan"), 120, help_text=_("In een paar woorden, zonder namen."))


class KeyPersonForm(OnceForm):
    """Someone who says yes."""

    name = words(_("Naam"), 120)
    knows = words(
        _("Wat weet of doet deze persoon in de wijk?"),
        400,
        rows=3,
        help_text=_("Bijvoorbeeld: kent de gezinnen rond het plein, spreekt Turks."),
    )
    reach = words(
        _("Hoe te bereiken"), 160, required=False, help_text=_("Een nummer of mailadres, en wanneer het kan.")
    )
    formal = forms.BooleanField(label=_("Doet dit voor werk"), required=False)
    items = forms.MultipleChoiceField(
        label=_("Wat vindt deze persoon goed?"),
        help_text=_("Lees elke regel voor en vraag het. Zet alleen aan waar een ja op kwam."),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (str(ConsentItem.TEAM), _("Het team van de wijk mag weten wie ik ben en wat ik doe")),
            (str(ConsentItem.REACH), _("Mijn nummer of mailadres mag erbij staan")),
            (str(ConsentItem.REGION), _("Andere professionals van de regio mogen mij ook vinden")),
        ],
        error_messages={"required": _("Zonder ja bewaren wij niemand. Vraag het, en zet aan wat mag.")},
    )
    said = forms.ChoiceField(
        label=_("Hoe kwam het ja?"),
        choices=[("spoken", _("Gezegd")), ("written", _("Op papier of per mail"))],
    )
    consent_on = day_field(_("Op welke dag"))
    consent_until = day_field(
        _("Tot wanneer"), required=False, help_text=_("Leeg: twee jaar. Daarna vragen wij het opnieuw.")
    )

    def new(self) -> NewKeyPerson:
        """What the service takes."""
        given = self.cleaned_data
        return NewKeyPerson(**{**given, "items": tuple(given["items"])})


class FollowUpForm(NamelessForm):
    """What will be done."""

    action = words(_("Wat gaat er gebeuren?"), 300, rows=2)
    owner = words(_("Wie pakt dit op?"), 120, help_text=_("Een collega of een organisatie."))
    due_on = day_field(_("Voor welke dag?"))

    def new(self) -> NewFollowUp:
        """What the service takes."""
        given = self.cleaned_data
        return NewFollowUp(
            words=given["action"],
            owner=given["owner"],
            due_on=given["due_on"],
            once_key=given["once_key"],
            no_person=given["no_person"],
        )


class InventoryForm(NamelessForm):
    """One of the two inventories; its questions come from the table."""

    place = words(
        _("Welke plek"), 120, help_text=_("Zoals de mensen hem noemen, steeds hetzelfde geschreven.")
    )
    held_on = day_field(_("Wanneer keek of vroeg u dit?"))
    spoke_with = words(
        _("Met wie sprak u?"),
        200,
        required=False,
        help_text=_("Bijvoorbeeld: zes bezoekers en de beheerder."),
    )
    narrative = words(_("Wat zag of hoorde u?"), LONGEST_TEXT, rows=5, required=False, help_text=NO_NAMES)
    action = words(
        _("Wat gaat er gebeuren?"), 300, rows=2, required=False, help_text=_("Later kan er meer bij.")
    )
    action_owner = words(_("Wie pakt dit op?"), 120, required=False)
    action_due = day_field(_("Voor welke dag?"), required=False)

    def __init__(self, *args: Any, table: InventoryTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        if table.code != ACCESS:
            del self.fields["place"]
        for question in table.questions:
            self.fields[f"q_{question.code}"] = forms.ChoiceField(
                label=question.label,
                help_text=question.hint,
                required=False,
                choices=list(table.answers.items()),
                initial="unknown",
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{question.code}"] = words(_("Toelichting"), 200, required=False)

    def questions(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each question with the room for a sentence beside it."""
        return [(self[f"q_{q.code}"], self[f"note_{q.code}"]) for q in self.table.questions]

    def clean(self) -> dict[str, Any]:
        """Who does something says when."""
        given = super().clean() or {}
        if given.get("action") and not given.get("action_due"):
            self.add_error("action_due", _("Voor welke dag is het klaar?"))
        return given

    def new(self) -> NewInventory:
        """What the service takes."""
        given = self.cleaned_data
        return NewInventory(
            kind=self.table.code,
            place=given.get("place", ""),
            held_on=given["held_on"],
            spoke_with=given["spoke_with"],
            answers={q.code: given[f"q_{q.code}"] for q in self.table.questions},
            notes={q.code: given[f"note_{q.code}"] for q in self.table.questions},
            narrative=given["narrative"],
            no_person=given["no_person"],
            once_key=given["once_key"],
            action=given["action"],
            action_owner=given["action_owner"],
            action_due=given["action_due"],
        )


class SignalForm(NamelessForm):
    """What was heard."""

    words = words(_("Wat hoorde of zag u?"), LONGEST_TEXT, rows=5, help_text=NO_NAMES)
    heard_on = day_field(_("Op welke dag?"))

    def new(self) -> NewSignal:
        """What the service takes."""
        given = self.cleaned_data
        return NewSignal(given["words"], given["heard_on"], given["no_person"], given["once_key"])


class SignalStepForm(NamelessForm):
    """What was done with it."""

    state = forms.ChoiceField(label=_("Hoe staat het?"), choices=STATES)
    done = words(_("Wat is er gedaan?"), 400, rows=2, required=False, help_text=_("Zonder namen."))


class AcuteForm(forms.Form):
    """Whom to ring when: six lines, of which the empty ones are left out."""

    valid_from = day_field(_("Geldt vanaf"))
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, ACUTE_LINES + 1):
            first = n == 1
            self.fields[f"when_{n}"] = words(_("Wanneer"), 160, required=first)
            self.fields[f"whom_{n}"] = words(_("Wie bellen"), 120, required=first)
            self.fields[f"phone_{n}"] = words(_("Nummer"), 20, required=first)
            self.fields[f"note_{n}"] = words(_("Nog iets om te weten"), 160, required=False)

    def rows(self) -> list[dict[str, Any]]:
        """The lines of the form, for the template."""
        names = ("when", "whom", "phone", "note")
        return [{"n": n, **{k: self[f"{k}_{n}"] for k in names}} for n in range(1, ACUTE_LINES + 1)]

    def clean(self) -> dict[str, Any]:
        """A line is whole or empty."""
        given = super().clean() or {}
        for n in range(2, ACUTE_LINES + 1):
            parts = [given.get(f"{k}_{n}") for k in ("when", "whom", "phone")]
            if any(parts) and not all(parts):
                empty = next(k for k in ("when", "whom", "phone") if not given.get(f"{k}_{n}"))
                self.add_error(f"{empty}_{n}", _("Vul deze regel helemaal in, of maak hem leeg."))
        for n in range(1, ACUTE_LINES + 1):
            number = given.get(f"phone_{n}", "")
            if number and sum(sign.isdigit() for sign in number) < SHORTEST_NUMBER:
                self.add_error(f"phone_{n}", _("Schrijf een nummer dat u kunt bellen."))
        return given

    def lines(self) -> list[AcuteLine]:
        """What the service takes."""
        given = self.cleaned_data
        return [
            AcuteLine(*(given[f"{k}_{n}"] for k in ("when", "whom", "phone", "note")))
            for n in range(1, ACUTE_LINES + 1)
        ]

    @staticmethod
    def begin(version: int, lines: Sequence[AcuteLine], valid_from: date) -> dict[str, Any]:
        """The newest version as the beginning of the next."""
        found: dict[str, Any] = {"valid_from": valid_from, "seen_version": version}
        for n, line in enumerate(lines, start=1):
            found |= {f"when_{n}": line.when, f"whom_{n}": line.whom}
            found |= {f"phone_{n}": line.phone, f"note_{n}": line.note}
        return found


def _choose(form: forms.Form, name: str, found: Sequence[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(found)
