"""What the names in a copy are called on screen. The names themselves are English and stay the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from noaber.hallway.ui.formatting import long_date, moment, phone

LABELS = {
    "asked": gettext_lazy("De vraag was"),
    "day": gettext_lazy("Dag"),
    "group": gettext_lazy("Groep"),
    "hour": gettext_lazy("Hoe laat"),
    "how_it_goes": gettext_lazy("Hoe het met u ging"),
    "leaders_see_phone": gettext_lazy("De begeleiders zien uw nummer"),
    "module": gettext_lazy("Module"),
    "moment": gettext_lazy("Moment"),
    "on": gettext_lazy("Op"),
    "placed_at": gettext_lazy("U kreeg een plek op"),
    "placed_by": gettext_lazy("Wie u aanmeldde"),
    "score": gettext_lazy("Cijfer"),
    "status": gettext_lazy("Stand"),
    "step": gettext_lazy("Stap"),
    "was_there": gettext_lazy("Wanneer u er was"),
    "weekdays": gettext_lazy("Dagen"),
    "wrote": gettext_lazy("Wat u schreef"),
    "address": gettext_lazy("Adres of nummer"),
    "action": gettext_lazy("Wat er gebeurde"),
    "agreed_at": gettext_lazy("U vond het goed op"),
    "answer": gettext_lazy("Antwoord"),
    "answered_at": gettext_lazy("Beantwoord op"),
    "asked_at": gettext_lazy("Gevraagd op"),
    "asked_of": gettext_lazy("Gevraagd aan"),
    "answers": gettext_lazy("Uw antwoorden"),
    "at": gettext_lazy("Wanneer"),
    "author": gettext_lazy("Geschreven door"),
    "basis": gettext_lazy("Op welke grond"),
    "body": gettext_lazy("Tekst"),
    "by": gettext_lazy("Door"),
    "changed_at": gettext_lazy("Veranderd op"),
    "channel": gettext_lazy("Hoe"),
    "chosen_meanwhile": gettext_lazy("Wat u koos voor nu"),
    "choices": gettext_lazy("Uw keuzes"),
    "chosen_at": gettext_lazy("Gekozen op"),
    "closed_at": gettext_lazy("Afgerond op"),
    "code": gettext_lazy("Nummer"),
    "consent_given": gettext_lazy("U gaf toestemming"),
    "agreement": gettext_lazy("Afspraak tussen professionals"),
    "agreement_followed": gettext_lazy("Die afspraak is gevolgd"),
    "correction": gettext_lazy("Wat volgens u niet klopte"),
    "decided_at": gettext_lazy("Besloten op"),
    "device": gettext_lazy("Toestel"),
    "done_at": gettext_lazy("Gedaan op"),
    "earlier_version": gettext_lazy("Eerdere versie"),
    "email": gettext_lazy("E-mailadres"),
    "ended_at": gettext_lazy("Gestopt op"),
    "ended_because": gettext_lazy("Waarom het niet doorging"),
    "entered_at": gettext_lazy("Binnengekomen op"),
    "entered_by": gettext_lazy("Overgenomen door"),
    "ends_at": gettext_lazy("Tot"),
    "filled_on": gettext_lazy("Ingevuld op"),
    "from_on": gettext_lazy("Vanaf"),
    "gender": gettext_lazy("Met wie u liever praat"),
    "given_at": gettext_lazy("Gekregen op"),
    "goes_on": gettext_lazy("Gaat weg op"),
    "helper": gettext_lazy("Wie u hielp"),
    "held_at": gettext_lazy("Was op"),
    "history": gettext_lazy("Wat er gebeurde"),
    "holder": gettext_lazy("Uw vaste persoon"),
    "holder_organisation": gettext_lazy("Werkt bij"),
    "how": gettext_lazy("Hoe"),
    "comes_along": gettext_lazy("Komt mee"),
    "invited_at": gettext_lazy("Uitgenodigd op"),
    "items": gettext_lazy("Wat diegene mag zien"),
    "name_may_be_told": gettext_lazy("De naam mag worden genoemd"),
    "known_since": gettext_lazy("Bij ons bekend sinds"),
    "language": gettext_lazy("Taal"),
    "lived_experience_reason": gettext_lazy("Waarom er geen ervaringsdeskundige was"),
    "kind": gettext_lazy("Soort"),
    "linked_at": gettext_lazy("Gekoppeld op"),
    "made_at": gettext_lazy("Gemaakt op"),
    "main": gettext_lazy("Belangrijkste stap"),
    "may_leave_message": gettext_lazy("Een bericht achterlaten mag"),
    "may_mail": gettext_lazy("Mailen mag"),
    "may_post": gettext_lazy("Een brief sturen mag"),
    "may_ring": gettext_lazy("Bellen mag"),
    "may_text": gettext_lazy("Een sms sturen mag"),
    "meanwhile": gettext_lazy("Wat u nu al kunt doen"),
    "mode": gettext_lazy("Hoe u wilt praten"),
    "municipality": gettext_lazy("Gemeente"),
    "name": gettext_lazy("Naam"),
    "next_on": gettext_lazy("Volgende datum"),
    "next_step": gettext_lazy("Volgende stap"),
    "number": gettext_lazy("Het hoeveelste gesprek"),
    "note": gettext_lazy("Aantekening"),
    "objected_at": gettext_lazy("U maakte bezwaar op"),
    "opened_at": gettext_lazy("Voor het eerst gelezen op"),
    "organisation": gettext_lazy("Organisatie"),
    "outcome": gettext_lazy("Uitkomst"),
    "own_statement": gettext_lazy("Wat u er zelf bij zei"),
    "part": gettext_lazy("Wat"),
    "person": gettext_lazy("Wie u graag wilt spreken"),
    "phase": gettext_lazy("Waar uw vraag nu is"),
    "phone": gettext_lazy("Telefoon"),
    "place": gettext_lazy("Plek"),
    "post_address": gettext_lazy("Adres voor brieven"),
    "postponed": gettext_lazy("Wanneer u wilde wachten"),
    "prepared_at": gettext_lazy("Samen gedaan op"),
    "printed_at": gettext_lazy("Afgedrukt op"),
    "printed_by": gettext_lazy("Afgedrukt door"),
    "proposed_at": gettext_lazy("Voorgesteld op"),
    "purpose": gettext_lazy("Waarom"),
    "questionnaire": gettext_lazy("Vragenlijst"),
    "question": gettext_lazy("Vraag"),
    "read_at": gettext_lazy("U las het op"),
    "reason": gettext_lazy("Reden"),
    "received_at": gettext_lazy("Binnen op"),
    "referrer": gettext_lazy("Wie u verwees"),
    "return_on": gettext_lazy("Terugkijken op"),
    "revoked_at": gettext_lazy("Gestopt op"),
    "role": gettext_lazy("Rol"),
    "second": gettext_lazy("Tweede stap"),
    "seen_at": gettext_lazy("Laatst gekeken op"),
    "sent_at": gettext_lazy("Verstuurd op"),
    "shown_at_conversation": gettext_lazy("Wanneer anderen het zagen"),
    "signed_on": gettext_lazy("Getekend op"),
    "since": gettext_lazy("Sinds"),
    "statement": gettext_lazy("Wat u er zelf bij zei"),
    "started_at": gettext_lazy("Begonnen op"),
    "starts_at": gettext_lazy("Begint om"),
    "succeeded": gettext_lazy("Gelukt"),
    "state": gettext_lazy("Hoe het staat"),
    "times_on_this_day": gettext_lazy("Hoe vaak"),
    "times": gettext_lazy("Wanneer u kunt"),
    "to": gettext_lazy("Aan"),
    "try_on": gettext_lazy("Proberen op"),
    "until": gettext_lazy("Tot"),
    "until_on": gettext_lazy("Tot"),
    "version": gettext_lazy("Versie"),
    "wants_to_talk_about": gettext_lazy("Hier wilt u over praten"),
    "way": gettext_lazy("Hoe"),
    "withdrawn_at": gettext_lazy("Teruggenomen op"),
    "went_at": gettext_lazy("Weg op"),
    "what": gettext_lazy("Wat"),
    "who": gettext_lazy("Wie"),
    "who_may_see_it": gettext_lazy("Wie het mag zien"),
    "wishes": gettext_lazy("Uw wensen"),
    "with": gettext_lazy("Met wie"),
    "words": gettext_lazy("Wat"),
    "written_at": gettext_lazy("Geschreven op"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the page: a word and a text, or a word and a list below it. `long`: text of its own.

    `dutch`: the text stands as it is held, in Dutch or in the words of whoever wrote it.
    """

    label: str
    text: str = ""
    below: tuple[tuple[Line, ...], ...] = ()
    long: bool = False
    dutch: bool = False


def label(name: str) -> str:
    """The word for a name; a name that is not in the list is shown as it is."""
    return str(LABELS.get(name) or name.replace("_", " ").capitalize())


def lines(item: Mapping[str, Any]) -> tuple[Line, ...]:
    """One item as lines to read; what is empty is left out."""
    found = []
    for name, value in item.items():
        if value is None or value == "" or value == []:
            continue
        if isinstance(value, Sequence) and not isinstance(value, str) and isinstance(value[0], Mapping):
            found.append(Line(label(name), below=tuple(lines(inner) for inner in value)))
        else:
            text = said(name, value)
            held = value[0] if isinstance(value, Sequence) else value
            found.append(
                Line(label(name), text, long=len(text) > 90 or "\n" in text, dutch=isinstance(held, str))
            )
    return tuple(found)


def said(name: str, value: Any) -> str:
    """One value in words."""
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nee")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return long_date(value, year=True)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(said(name, inner) for inner in value)
    return phone(str(value)) if name == "phone" else str(value)
