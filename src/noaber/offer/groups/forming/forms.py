"""What who holds people and who forms groups fill in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.hallway.ui.days import day_field
from noaber.knowledge.group_forming import forming, kinds
from noaber.knowledge.languages import LANGUAGES
from noaber.offer.groups.forming import rules, words
from noaber.offer.groups.forming.services import LONGEST_REFERENCE, themes
from noaber.offer.groups.forming.types import NewProposal, NewWait

Choices = Sequence[tuple[str, Any]]
ANSWERS = [("yes", _("ja")), ("no", _("nee")), ("later", _("later"))]
TELL = {"required": _("Vul dit in."), "max_length": _("Maak dit korter.")}
CHOOSE = {"required": _("Kies er een."), "invalid_choice": _("Kies er een uit de lijst.")}
NUMBER = {
    "required": _("Vul een getal in."),
    "invalid": _("Schrijf een getal."),
    "min_value": _("Dit getal is te klein."),
    "max_value": _("Dit getal is te groot."),
}


def give_choices(form: forms.Form, name: str, choices: Choices) -> None:
    """What there is to choose from now."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class OnceForm(forms.Form):
    """A form that makes something once, however often it is sent."""

    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"once_key": uuid4().hex, **(initial or {})}
        super().__init__(*args, **kwargs)

    def choose(self, field: str, choices: Choices) -> None:
        """What there is to choose from now."""
        give_choices(self, field, choices)


class WaitForm(OnceForm):
    """Somebody who waits for a group, without a name."""

    organisation = forms.ChoiceField(label=_("Organisatie"), error_messages=CHOOSE)
    reference = forms.CharField(
        label=_("Uw eigen kenmerk"),
        help_text=_("Een nummer waaraan alleen u weet wie dit is. Geen naam, geboortedatum of BSN."),
        max_length=LONGEST_REFERENCE,
        error_messages=TELL,
    )
    kind = forms.ChoiceField(label=_("Wat voor groep"), error_messages=CHOOSE)
    theme = forms.ChoiceField(label=_("Waarover"), error_messages=CHOOSE)
    municipality = forms.ChoiceField(label=_("Gemeente"), error_messages=CHOOSE)
    postcode = forms.RegexField(
        r"^[1-9][0-9]{3}$",
        label=_("Postcode, alleen de cijfers"),
        required=False,
        error_messages={"invalid": _("Schrijf vier cijfers, zoals 7607.")},
    )
    day_parts = forms.MultipleChoiceField(
        label=_("Welke dagdelen passen"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens één dagdeel.")},
    )
    travel_km = forms.IntegerField(
        label=_("Hoe ver wil deze persoon reizen, in kilometers"),
        min_value=1,
        max_value=100,
        error_messages=NUMBER,
    )
    language = forms.ChoiceField(label=_("Taal in de groep"), error_messages=CHOOSE)
    age_band = forms.ChoiceField(label=_("Leeftijd"), error_messages=CHOOSE)
    since = day_field(_("Wacht sinds"))
    consented_on = day_field(
        _("Wanneer vond deze persoon het goed om voor een groep te worden gevraagd?"),
        help_text=_("Zonder eigen ja staat niemand op deze lijst. Een ja geldt een jaar."),
    )

    def __init__(self, *args: Any, organisations: Choices, towns: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["travel_km"].initial = forming().travel_km
        self.choose("organisation", organisations)
        self.choose("kind", [("", _("Kies")), *((kind.code, kind.label) for kind in kinds().values())])
        self.choose("theme", [("", _("Kies")), *themes().items()])
        self.choose("municipality", [("", _("Kies een gemeente")), *towns])
        self.choose("day_parts", [(code, words.part(code)) for code in rules.DAY_PARTS])
        self.choose("language", language_choices())
        self.choose("age_band", [("", _("Kies")), *forming().ages.items()])

    def new(self) -> NewWait:
        """What was filled in."""
        given = dict(self.cleaned_data)
        given.pop("organisation")
        given["municipality_id"] = UUID(given.pop("municipality"))
        given["day_parts"] = tuple(given["day_parts"])
        return NewWait(**given)


def language_choices() -> list[tuple[str, str]]:
    """Dutch first."""
    others = [(code, name) for code, name in LANGUAGES if code != "nl" and "-" not in code]
    return [("nl", "Nederlands"), *others]


class FileForm(forms.Form):
    """A file with people who wait."""

    organisation = forms.ChoiceField(label=_("Organisatie"), error_messages=CHOOSE)
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Een tabel als CSV, hoogstens 2.000 regels."),
        error_messages={"required": _("Kies een bestand."), "empty": _("Dit bestand is leeg.")},
    )

    def __init__(self, *args: Any, organisations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give_choices(self, "organisation", organisations)


class WithdrawForm(forms.Form):
    """Somebody goes off the list."""

    because = forms.CharField(
        label=_("Waarom"),
        help_text=_("In een paar woorden, zonder naam. Bijvoorbeeld: begon ergens anders."),
        max_length=200,
        required=False,
        error_messages=TELL,
    )


class AnswerForm(forms.Form):
    """What a person said."""

    answer = forms.ChoiceField(choices=ANSWERS, error_messages=CHOOSE)


class LetGoForm(forms.Form):
    """Why a proposal does not go through."""

    because = forms.CharField(
        label=_("Waarom gaat het niet door?"),
        help_text=_("Iedereen die u vroeg, kan dit lezen. Schrijf geen namen."),
        max_length=300,
        error_messages=TELL,
    )


class ProposalForm(OnceForm):
    """A group as an organiser proposes it."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=200)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    title = forms.CharField(label=_("Naam van de groep"), max_length=120, error_messages=TELL)
    venue = forms.CharField(label=_("Plek"), max_length=120, error_messages=TELL)
    room = forms.ChoiceField(label=_("Ruimte van het netwerk"), required=False, error_messages=CHOOSE)
    starts_on = day_field(_("Eerste keer"))
    from_time = forms.TimeField(
        label=_("Hoe laat"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Vul een tijd in."), "invalid": _("Schrijf een tijd, zoals 19:00.")},
    )
    minutes = forms.IntegerField(
        label=_("Hoeveel minuten per keer"), min_value=30, max_value=480, error_messages=NUMBER
    )
    sessions = forms.IntegerField(label=_("Hoeveel keer"), min_value=1, max_value=52, error_messages=NUMBER)
    deadline = day_field(
        _("Antwoord uiterlijk op"), help_text=_("Is er dan niet genoeg ja, dan gaat het niet door.")
    )
    leaders = forms.MultipleChoiceField(
        label=_("Begeleiders"),
        help_text=_("Kies er twee, van twee organisaties."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies twee begeleiders van twee organisaties.")},
    )
    carried_by = forms.ChoiceField(
        label=_("Welke organisatie draagt de groep"),
        help_text=_("Haar nummer staat erbij, en zij houdt de groep bij."),
        error_messages=CHOOSE,
    )
    cost_by = forms.ChoiceField(
        label=_("Hoe worden de kosten verdeeld"),
        widget=forms.RadioSelect,
        choices=[
            ("participants", _("Naar het aantal mensen van elke organisatie")),
            ("equal", _("Elke organisatie evenveel")),
        ],
        initial="participants",
        error_messages=CHOOSE,
    )
    euros_per_hour = forms.DecimalField(
        label=_("Euro voor een uur van een begeleider"),
        min_value=0,
        max_value=500,
        decimal_places=2,
        localize=True,
        error_messages=NUMBER,
    )
    leader_hours = forms.DecimalField(
        label=_("Uren van één begeleider per keer"),
        help_text=_("Met voorbereiden en nawerk."),
        min_value=Decimal("0.5"),
        max_value=24,
        decimal_places=1,
        localize=True,
        error_messages=NUMBER,
    )
    other_euros = forms.DecimalField(
        label=_("Andere kosten in euro, over alle keren"),
        help_text=_("Bijvoorbeeld zaalhuur en koffie."),
        min_value=0,
        max_value=20000,
        decimal_places=2,
        localize=True,
        error_messages=NUMBER,
    )

    def __init__(
        self, *args: Any, rooms: Choices, leaders: Choices, organisations: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choose("room", [("", _("Geen, alleen de plek hierboven")), *rooms])
        self.choose("leaders", leaders)
        self.choose("carried_by", organisations)

    def new(self) -> NewProposal:
        """What was filled in, with money in cents."""
        given = dict(self.cleaned_data)
        room = given.pop("room")
        return NewProposal(
            room_id=UUID(room) if room else None,
            leader_ids=tuple(UUID(one) for one in given.pop("leaders")),
            carried_by_id=UUID(given.pop("carried_by")),
            cents_per_hour=int(given.pop("euros_per_hour") * 100),
            other_cents=int(given.pop("other_euros") * 100),
            **given,
        )
