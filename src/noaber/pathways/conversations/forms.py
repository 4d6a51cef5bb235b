"""What a planner and a guide fill in. Each form ends in one of the room's own frozen types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from noaber.hallway.clock import AMSTERDAM
from noaber.hallway.ui.days import DayInput
from noaber.knowledge.codes import load_codes
from noaber.pathways.conversations.types import (
    Availability,
    Booking,
    NewStep,
    PersonAt,
    ServiceChoice,
    read_choice,
)

MODE_WORDS = {
    "live": gettext_lazy("op een plek in de buurt"),
    "online": gettext_lazy("online"),
    "hybrid": gettext_lazy("deels online"),
}
STATE_WORDS = {
    "free": gettext_lazy("vrij"),
    "outside": gettext_lazy("buiten eigen uren"),
    "away": gettext_lazy("afwezig of vrije dag"),
    "taken": gettext_lazy("bezet"),
}
REASONS = [
    (gettext_noop("op uw verzoek"), gettext_lazy("De inwoner vraagt het")),
    (gettext_noop("een gespreksvoerder kan niet"), gettext_lazy("Een gespreksvoerder kan niet")),
    (gettext_noop("de ruimte kan niet"), gettext_lazy("De ruimte kan niet")),
    (gettext_noop("om een andere reden"), gettext_lazy("Een andere reden")),
]
MOST_STEPS = 6
REPORT_LENGTH = 40_000


def _person_words(there: PersonAt) -> str:
    """'Sanne Bakker, psycholoog, Dimence Groep'; and what stands in the way."""
    person = there.person
    words = ", ".join([person.name, person.profession, person.organisation])
    return words if there.state == "free" else f"{words} ({STATE_WORDS[there.state]})"


def local_moment(day: date, at: time) -> datetime:
    """That time on the Amsterdam clock as an instant; of a doubled hour the first.

    Raises ValidationError for the hour that the clock skips in spring.
    """
    moment = datetime.combine(day, at, AMSTERDAM)
    if moment.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValidationError(_("Deze tijd bestaat niet: de klok gaat dan een uur vooruit."))
    return moment.astimezone(UTC)


class BoardForm(forms.Form):
    """What the planner wants to see."""

    zoek = forms.CharField(label=gettext_lazy("Zoek"), required=False, max_length=60)
    gemeente = forms.ChoiceField(label=gettext_lazy("Gemeente"), required=False)
    stand = forms.ChoiceField(
        label=gettext_lazy("Stand"),
        required=False,
        choices=[
            ("", gettext_lazy("Alles wat wacht")),
            ("open", gettext_lazy("Zonder vaste datum")),
            ("late", gettext_lazy("Over de norm")),
            ("booked", gettext_lazy("Met vaste datum")),
            ("after", gettext_lazy("Na het gesprek")),
        ],
    )

    def __init__(self, *args: Any, places: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].choices = [("", _("Alle gemeenten")), *places]  # type: ignore[attr-defined]
        self.fields["zoek"].widget.attrs["placeholder"] = _("Nummer of plaats")


class SearchFromForm(forms.Form):
    """From which day to look."""

    vanaf = forms.DateField(label=gettext_lazy("Niet vóór"), required=False, widget=DayInput())


class BookingForm(forms.Form):
    """One proposal, as the page wrote it down; and the reason where the region wants one."""

    choice = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": gettext_lazy("Kies een tijd uit de lijst.")}
    )
    reason = forms.CharField(
        label=gettext_lazy("Waarom zonder ervaringsdeskundige?"), required=False, max_length=200
    )

    def clean_choice(self) -> Booking:
        """Start, manner, room and people, as `Proposal.choice` wrote them."""
        try:
            return read_choice(self.cleaned_data["choice"])
        except ValueError:
            raise ValidationError(_("Kies een tijd uit de lijst.")) from None

    def booking(self) -> Booking:
        """What was chosen, with its reason."""
        chosen: Booking = self.cleaned_data["choice"]
        return replace(chosen, lived_experience_reason=self.cleaned_data["reason"])


class MomentForm(forms.Form):
    """The moment for which the planner looks who is there."""

    dag = forms.DateField(label=gettext_lazy("Dag"), widget=DayInput())
    tijd = forms.TimeField(
        label=gettext_lazy("Tijd"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        """A moment that exists and is still to come."""
        given = super().clean() or {}
        if "dag" in given and "tijd" in given:
            moment = local_moment(given["dag"], given["tijd"])
            if moment <= self.now:
                raise ValidationError({"dag": _("Kies een moment in de toekomst.")})
            if moment - self.now > timedelta(days=366):
                raise ValidationError({"dag": _("Kies een dag binnen een jaar.")})
            given["starts_at"] = moment
        return given


class HandmadeForm(forms.Form):
    """People, place and manner chosen by hand, for one moment."""

    mensen = forms.MultipleChoiceField(
        label=gettext_lazy("Wie zit aan tafel?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kies wie aan tafel zit.")},
    )
    manier = forms.ChoiceField(label=gettext_lazy("Hoe praten zij?"))
    ruimte = forms.ChoiceField(label=gettext_lazy("Ruimte"), required=False)
    reden = forms.CharField(
        label=gettext_lazy("Waarom zonder ervaringsdeskundige?"), required=False, max_length=200
    )

    def __init__(self, *args: Any, there: Availability, modes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = there
        self.fields["mensen"].choices = [  # type: ignore[attr-defined]
            (str(p.person.professional_id), _person_words(p)) for p in there.people if p.state != "taken"
        ]
        self.fields["manier"].choices = [(m, MODE_WORDS[m]) for m in modes]  # type: ignore[attr-defined]
        self.fields["ruimte"].choices = [  # type: ignore[attr-defined]
            ("", _("Geen: het gesprek is online")),
            *(
                (str(r.room_id), f"{r.municipality}: {r.name} ({STATE_WORDS[r.state]})")
                for r in there.rooms
                if r.state != "taken"
            ),
        ]

        best = next((r for r in there.rooms if r.state == "free"), None)
        if best is not None and self.initial.get("manier") != "online":
            self.initial.setdefault("ruimte", str(best.room_id))

    @property
    def free(self) -> list[tuple[str, list[Any]]]:
        """The boxes of who is free, by domain group."""
        return self._boxes(lambda person: person.state == "free")

    @property
    def others(self) -> list[tuple[str, list[Any]]]:
        """The boxes of who has other hours, or is away; the planner may have rung them."""
        return self._boxes(lambda person: person.state in {"outside", "away"})

    def _boxes(self, wanted: Callable[[PersonAt], bool]) -> list[tuple[str, list[Any]]]:
        boxes = {str(box.data["value"]): box for box in self["mensen"]}
        people = [p for p in self.there.people if wanted(p) and str(p.person.professional_id) in boxes]
        return [
            (group, [boxes[str(p.person.professional_id)] for p in some])
            for group, some in groupby(people, key=lambda p: p.person.group)
        ]

    def clean(self) -> dict[str, Any]:
        """A place where people of flesh and blood must sit somewhere."""
        given = super().clean() or {}
        if given.get("manier") != "online" and not given.get("ruimte"):
            raise ValidationError({"ruimte": _("Kies een ruimte.")})
        return given

    def booking(self) -> Booking:
        """What was chosen."""
        given = self.cleaned_data
        return Booking(
            starts_at=self.there.starts_at,
            mode=given["manier"],
            room_id=UUID(given["ruimte"]) if given["ruimte"] and given["manier"] != "online" else None,
            professional_ids=tuple(UUID(pk) for pk in given["mensen"]),
            lived_experience_reason=given["reden"],
        )


class ReasonForm(forms.Form):
    """Why an appointment changes; the resident reads it. No free text: a reason is never about health."""

    because = forms.ChoiceField(
        label=gettext_lazy("Waarom?"),
        choices=REASONS,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("De inwoner leest deze reden."),
        error_messages={"required": gettext_lazy("Kies een reden.")},
    )


class HolderForm(forms.Form):
    """Who holds the request."""

    account_id = forms.UUIDField(error_messages={"required": gettext_lazy("Kies iemand uit de lijst.")})


class StepForm(forms.Form):
    """One thing the resident wants to try."""

    words = forms.CharField(
        label=gettext_lazy("Wat spraken jullie af?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    service = forms.ChoiceField(label=gettext_lazy("Uit de sociale kaart"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Soort"), required=False)
    try_on = forms.DateField(label=gettext_lazy("Proberen vanaf"), required=False, widget=DayInput())
    return_on = forms.DateField(label=gettext_lazy("Terugkijken op"), required=False, widget=DayInput())

    def __init__(
        self, *args: Any, services: Iterable[ServiceChoice] = (), held_on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.held_on = held_on
        self.known = {str(s.id): s for s in services}
        kinds = load_codes().offer_kinds.values()
        self.fields["kind"].choices = [("", _("Kies")), *((k.code, k.label) for k in kinds)]  # type: ignore[attr-defined]
        self.fields["service"].choices = [  # type: ignore[attr-defined]
            ("", _("Niet uit de lijst")),
            *((key, service.name) for key, service in self.known.items()),
        ]

    @property
    def is_empty(self) -> bool:
        """Nothing was filled in."""
        return not any(self.cleaned_data.get(name) for name in self.fields)

    def clean(self) -> dict[str, Any]:
        """Something from the directory brings its own name and kind."""
        given = super().clean() or {}
        service = self.known.get(given.get("service") or "")
        if service is not None:
            given["words"] = given.get("words") or service.name
            given["kind"] = given.get("kind") or service.kind
        filled = [name for name in ("kind", "try_on", "return_on") if given.get(name)]
        if filled and not given.get("words") and "words" not in self.errors:
            self.add_error("words", _("Schrijf op wat jullie afspraken."))
        if given.get("words") and not given.get("kind") and "kind" not in self.errors:
            self.add_error("kind", _("Kies wat voor hulp dit is."))
        self._check_dates(given)
        return given

    def _check_dates(self, given: dict[str, Any]) -> None:
        first, back = given.get("try_on"), given.get("return_on")
        if first and first < self.held_on:
            self.add_error("try_on", _("Deze dag ligt vóór het gesprek."))
        if back and back < max(first or self.held_on, self.held_on):
            self.add_error("return_on", _("Kijk terug op een latere dag."))

    def step(self) -> NewStep:
        """What was agreed."""
        given = self.cleaned_data
        return NewStep(
            words=given["words"].strip(),
            kind=given["kind"],
            service_id=UUID(given["service"]) if given["service"] else None,
            try_on=given["try_on"],
            return_on=given["return_on"],
        )


def outcome_choices(allowed: Iterable[str]) -> list[tuple[str, str]]:
    """The outcomes of the region with one line of explanation each, in the order of the code table."""
    wanted = set(allowed)
    return [
        (o.code, format_html("<strong>{}.</strong> {}", o.label[:1].upper() + o.label[1:], o.explanation))
        for o in load_codes().outcomes.values()
        if o.code in wanted
    ]


class OutcomeForm(forms.Form):
    """The one main outcome."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Wat is de hoofduitkomst?"),
        help_text=gettext_lazy("Kies er één. Andere stappen staan hierboven."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies één hoofduitkomst.")},
    )

    def __init__(self, *args: Any, allowed: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = outcome_choices(allowed)  # type: ignore[attr-defined]


class NothingAgreedForm(forms.Form):
    """Where no outcome is asked: the conversation itself was enough."""

    nothing = forms.BooleanField(
        label=gettext_lazy("Er is niets afgesproken. Het gesprek was genoeg."), required=False
    )


class ReportForm(forms.Form):
    """The short report."""

    body = forms.CharField(
        label=gettext_lazy("Verslag"),
        max_length=REPORT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": gettext_lazy("Schrijf een paar zinnen.")},
    )
