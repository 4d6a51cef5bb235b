"""The referral as it is typed: four fields, and what may be added."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from noaber.ground.errors import Invalid
from noaber.ground.identifiers import contains_bsn
from noaber.knowledge.languages import LANGUAGES
from noaber.offer.routes.queries_cards import reasons
from noaber.offer.routes.services_cards import check_choice, choice_of
from noaber.offer.routes.types import RouteChoice
from noaber.pathways.referrals import rules
from noaber.pathways.referrals.types import Choice, Desk, NewReferral

MODE_WORDS: dict[str, str | Promise] = {
    "live": _("Op een plek in de buurt"),
    "online": _("Online, met beeld"),
    "hybrid": _("Deels online"),
}
# Signs that turn text around on screen: a name could then read as another one.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
MORE = (
    *("municipality", "email", "mode", "language", "wishes"),
    *("gender", "may_text", "may_leave_message", "post_address"),
)
"""The fields that are folded away until somebody needs them."""

CONSENT = _(
    "De inwoner is %(age)s jaar of ouder, weet hiervan, en vindt het goed dat wij bellen en deze vraag lezen"
)
_BSN = _("Haal het burgerservicenummer weg. Wij bewaren dat niet.")


def _longest(most: int, now: int) -> str:
    return str(_("Maak deze tekst korter. Er passen %(most)s tekens in, er staan er nu %(now)s.")) % {
        "most": most,
        "now": now,
    }


class AgreementForm(forms.Form):
    """Whether an agreement about this question was followed; everything may stay empty."""

    route = forms.CharField(required=False, max_length=60)
    route_reason = forms.ChoiceField(required=False, label=_("Waarom anders?"), choices=reasons)
    route_words = forms.CharField(
        required=False,
        label=_("In een paar woorden"),
        help_text=_("Schrijf niets over de inwoner: geen namen, nummers of data."),
    )

    def clean(self) -> dict[str, Any]:
        """An agreement that was not followed has a reason, and no words about a person."""
        given: dict[str, Any] = super().clean() or {}
        choice = self.route_choice()
        for key, words in (check_choice(choice) if choice is not None else {}).items():
            self.add_error(f"route_{key}", words)
        return given

    def route_choice(self) -> RouteChoice | None:
        """The agreement that was followed or not, when something was chosen: '<version>:followed'."""
        given = self.cleaned_data
        version, _colon, said = given.get("route", "").partition(":")
        return choice_of(version, said, given.get("route_reason", ""), given.get("route_words", ""))


class ReferralForm(AgreementForm):
    """Name, phone, question and consent. Everything else may stay empty."""

    name = forms.CharField(
        label=_("1. Hoe heet de inwoner?"), error_messages={"required": _("Vul de naam van de inwoner in.")}
    )
    phone = forms.CharField(
        label=_("2. Op welk nummer kunnen wij bellen?"),
        widget=forms.TextInput(attrs={"type": "tel"}),
        error_messages={"required": _("Vul een telefoonnummer met 10 cijfers in.")},
    )
    question = forms.CharField(
        label=_("3. Wat is de vraag, in een of twee zinnen?"),
        help_text=_(
            "Schrijf het zoals u het tegen de inwoner zou zeggen. De inwoner leest mee. "
            "Hoogstens 1.200 tekens."
        ),
        widget=forms.Textarea,
        error_messages={"required": _("Schrijf de vraag in een of twee zinnen.")},
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Zet dit vinkje als de inwoner het goed vindt.")}
    )
    danger = forms.BooleanField(
        required=False,
        label=_("Er is nu gevaar, of ik twijfel"),
        help_text=_("U ziet dan meteen wie u kunt bellen. Wij versturen nog niets."),
    )
    municipality = forms.ChoiceField(
        label=_("Gemeente waar de inwoner woont"), error_messages={"required": _("Kies een gemeente.")}
    )
    email = forms.EmailField(
        required=False,
        max_length=254,
        label=_("E-mailadres van de inwoner"),
        help_text=_("Voor een bericht bij een afspraak. Daarin staat nooit waar het over gaat."),
        error_messages={
            "invalid": _("Vul een heel e-mailadres in, zoals naam@voorbeeld.nl. Of laat het leeg.")
        },
    )
    mode = forms.ChoiceField(required=False, label=_("Hoe wil de inwoner praten?"))
    language = forms.ChoiceField(required=False, label=_("In welke taal?"), choices=LANGUAGES, initial="nl")
    wishes = forms.CharField(
        required=False,
        label=_("Nog iets over dag, plek of wie erbij is?"),
        help_text=_("Bijvoorbeeld: liefst in de ochtend, of graag met een vrouw."),
        widget=forms.Textarea,
    )
    gender = forms.ChoiceField(
        required=False,
        label=_("Met wie praat de inwoner het liefst?"),
        choices=[("", _("Maakt niet uit")), ("woman", _("Een vrouw")), ("man", _("Een man"))],
    )
    may_text = forms.BooleanField(required=False, label=_("Een sms sturen mag"))
    may_leave_message = forms.BooleanField(
        required=False,
        label=_("Een bericht achterlaten mag, op de voicemail of bij huisgenoten"),
    )
    post_address = forms.CharField(
        required=False,
        label=_("Adres voor brieven"),
        help_text=_("Alleen als de inwoner post van ons wil. De inwoner kan dit later veranderen."),
    )
    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        first = {"once_key": uuid4().hex, "municipality": desk.home.key if desk.home else ""}
        first |= kwargs.pop("initial", None) or {}
        super().__init__(*args, **{"initial": first, **kwargs})
        places = [(place.key, place.words) for place in desk.municipalities]
        empty = [] if desk.home else [("", _("Kies een gemeente"))]
        modes = [(mode, MODE_WORDS[mode]) for mode in desk.modes if mode in MODE_WORDS]
        self._choose("municipality", [*empty, *places])
        self._choose("mode", [("", _("Maakt niet uit")), *modes])
        self.fields["consent"].label = CONSENT % {"age": desk.minimum_age_years}

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = choices

    @property
    def more_is_open(self) -> bool:
        """Something in the folded part was filled in or needs attention, so it must be open."""
        if not self.is_bound:
            return bool(self.initial.get("wishes"))
        usual = {"municipality": self.initial.get("municipality", ""), "language": "nl"}
        return any(name in self.errors or (self[name].value() or "") != usual.get(name, "") for name in MORE)

    def _text(self, name: str, most: int) -> str:
        text = _TURNS.sub("", self.cleaned_data[name]).strip()
        if len(text) > most:
            raise ValidationError(_longest(most, len(text)))
        if contains_bsn(text):
            raise ValidationError(_BSN)
        return text

    def clean_name(self) -> str:
        """A name of any letters, without a citizen service number."""
        return self._text("name", rules.MAX_NAME)

    def clean_question(self) -> str:
        """One or two sentences, without a citizen service number."""
        return self._text("question", rules.MAX_QUESTION)

    def clean_wishes(self) -> str:
        """Wishes in own words, likewise."""
        return self._text("wishes", rules.MAX_WISHES)

    def clean_post_address(self) -> str:
        """An address without a citizen service number."""
        return self._text("post_address", rules.MAX_ADDRESS)

    def clean_phone(self) -> str:
        """The number as digits; what is wrong with it is said with the count."""
        try:
            return rules.clean_phone(self.cleaned_data["phone"])
        except Invalid as wrong:
            raise ValidationError(wrong.fields["phone"]) from wrong

    def referral(self) -> NewReferral:
        """What the service takes."""
        given = self.cleaned_data
        return NewReferral(
            name=given["name"],
            phone=given["phone"],
            question=given["question"],
            consent=given["consent"],
            municipality_id=UUID(given["municipality"]),
            email=given["email"],
            wishes=given["wishes"],
            mode=given["mode"],
            language=given["language"] or "nl",
            gender=given["gender"],
            may_text=given["may_text"],
            may_leave_message=given["may_leave_message"],
            post_address=given["post_address"],
            once_key=given["once_key"],
            route=self.route_choice(),
        )


class LinkReferralForm(ReferralForm):
    """The same by the link of the practice: nobody is signed in, so the name of who writes is typed."""

    sender = forms.CharField(
        label=_("5. Uw eigen naam"), error_messages={"required": _("Vul uw eigen naam in.")}
    )

    def clean_sender(self) -> str:
        """A name, as for the resident."""
        return self._text("sender", rules.MAX_NAME)


class ShortPinInput(forms.PasswordInput):
    """Never sent back in a page."""


class DeviceReferralForm(ReferralForm):
    """The same on a computer of the practice: who writes says so with a short pin."""

    who = forms.ChoiceField(label=_("5. Wie bent u?"), error_messages={"required": _("Kies uw naam.")})
    pin = forms.CharField(
        label=_("Uw korte pincode"),
        max_length=12,
        widget=ShortPinInput,
        error_messages={"required": _("Vul uw korte pincode in.")},
    )

    def __init__(self, *args: Any, writers: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("who", [("", _("Kies uw naam")), *((each.key, each.words) for each in writers)])


class KeyForm(forms.Form):
    """What a new link or practice computer is called, and for which organisation it is."""

    organisation = forms.ChoiceField(label=_("Voor welke organisatie?"))
    label = forms.CharField(
        required=False,
        max_length=80,
        label=_("Naam van deze computer"),
        help_text=_("Bijvoorbeeld: balie, of spreekkamer 2."),
    )

    def __init__(self, *args: Any, practices: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [(str(pk), name) for pk, name in practices.items()]
        if len(practices) == 1:
            field.initial = next(iter(field.choices))[0]
            field.widget = forms.HiddenInput()


class ShortPinForm(forms.Form):
    """A short pin for the computers of the practice."""

    pin = forms.CharField(
        label=_("Uw korte pincode"),
        help_text=_("Vier tot zes cijfers. Niet de pincode van uw bankpas."),
        max_length=12,
        widget=ShortPinInput,
        error_messages={"required": _("Vul een korte pincode in.")},
    )
