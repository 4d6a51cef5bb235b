"""An entry in words, for the list and for its own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from noaber.hallway.ui.formatting import clock_time, long_date, number, relative_day
from noaber.knowledge.languages import language_name
from noaber.knowledge.offer_terms import load_terms
from noaber.offer.directory.asking import PROFESSIONAL, YOUNG
from noaber.offer.directory.facets import is_free
from noaber.offer.directory.opening import Opening, Slot, hours_of, opening_at
from noaber.offer.directory.queries_entry import Entry
from noaber.offer.directory.types_record import ServiceRecord

SHORT = 220
_SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Card:
    """One entry in a list. `number` is its pin on the map, 0 without one."""

    service_id: str
    title: str
    kind: str
    text: str
    state: str
    state_word: str
    where: str
    distance: str
    who: str
    cost: str
    when: str
    when_language: str
    """Of which language its own words are: Dutch as kept, or empty for the language of the page."""
    languages: str
    fresh: str
    stale: bool
    number: int = 0
    alert: str = ""
    details: tuple[tuple[str, str], ...] = field(default=())


def card(
    entry: Entry, *, now: datetime, audience: str = "", distance_km: float | None = None, number: int = 0
) -> Card:
    """How one entry reads in a list; `now` is local."""
    record = entry.record
    opening = opening_at(hours_of(record), now, entry.differs)
    state, word = state_of(record, opening, now)
    return Card(
        service_id=str(entry.service_id),
        title=record.name,
        kind=_capital(form_of(entry)),
        text=shortened(text_for(record, audience)),
        state=state,
        state_word=word,
        where=where_words(entry),
        distance=distance_words(distance_km),
        who=record.organisation,
        cost=cost_words(record),
        when=record.when or week_words(opening),
        when_language="nl" if record.when else "",
        languages=language_words(record.languages),
        fresh=fresh_words(entry, today=now.date()),
        stale=entry.is_stale(now.date()),
        number=number,
        alert=record.alert,
        details=details_for_professionals(record) if audience == PROFESSIONAL else (),
    )


def text_for(record: ServiceRecord, audience: str) -> str:
    """The text for whoever reads; the plain one where there is no other."""
    own = {YOUNG: record.text_young, PROFESSIONAL: record.text_professional}.get(audience, "")
    return own or record.text


def shortened(text: str, longest: int = SHORT) -> str:
    """The first sentences that fit; never half a word."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    cut = flat[:longest]
    end = cut.rfind(". ")
    return cut[: end + 1] if end > longest // 3 else cut[: max(cut.rfind(" "), 1)] + " …"


def state_of(record: ServiceRecord, opening: Opening, now: datetime) -> tuple[str, str]:
    """The mark of an entry and its word: open now, this week, by referral, or ask."""
    if record.status == "temporarily closed":
        return "stop", _("Tijdelijk dicht")
    if record.needs_referral:
        return "next", _("Via uw huisarts")
    if opening.now is not None and opening.now.closes is not None:
        return "done", _("Nu open, tot %(time)s") % {"time": clock_words(opening.now.closes)}
    if opening.next_on == now.date() and opening.next_slot and opening.next_slot.opens:
        return "done", _("Vandaag open, vanaf %(time)s") % {"time": clock_words(opening.next_slot.opens)}
    if record.starts_this_week:
        return "done", _("Kan deze week")
    if opening.next_on is not None and (opening.next_on - now.date()).days < _SOON_DAYS:
        return "done", _("Kan deze week")
    return "next", _("Vraag wanneer het kan")


def open_words(opening: Opening, now: datetime) -> str:
    """When one can go, in a sentence; empty when nobody can say."""
    if not opening.known:
        return ""
    if opening.now is not None and opening.now.closes is not None:
        return _("Nu open, tot %(time)s") % {"time": clock_words(opening.now.closes)}
    if opening.next_on is None or opening.next_slot is None:
        return _("Nu dicht. Bel om te vragen wanneer het weer open is.")
    day = relative_day(opening.next_on, now.date())
    if (opening.next_on - now.date()).days > 2:
        day = long_date(opening.next_on)
    if opening.next_slot.opens is None:
        return _("Nu dicht. Weer open: %(day)s.") % {"day": day}
    time_words = clock_words(opening.next_slot.opens)
    if opening.next_on == now.date():
        return _("Vandaag open, vanaf %(time)s") % {"time": time_words}
    return _("Nu dicht. Weer open: %(day)s, vanaf %(time)s.") % {"day": day, "time": time_words}


def clock_words(at: time) -> str:
    """'10.30 uur'."""
    return clock_time(datetime.combine(date(2000, 1, 3), at))


def slot_words(slot: Slot) -> str:
    """'10.00 uur – 12.00 uur', or what is known of it."""
    if slot.opens is None:
        return _("Open")
    if slot.closes is None:
        return _("vanaf %(time)s") % {"time": clock_words(slot.opens)}
    return _("%(start)s tot %(end)s") % {"start": clock_words(slot.opens), "end": clock_words(slot.closes)}


def week_words(opening: Opening) -> str:
    """The first day of the week with hours, to show in a list where no words were given."""
    if opening.next_on is None or opening.next_slot is None:
        return ""
    return f"{_capital(long_date(opening.next_on))}, {slot_words(opening.next_slot)}"


def fresh_words(entry: Entry, *, today: date) -> str:
    """When somebody last looked, and by whom when that is the provider itself."""
    record = entry.record
    if record.assured_on is None or entry.is_stale(today):
        return _("Lang niet nagekeken. Bel eerst even.")
    day = long_date(record.assured_on, year=True)
    if record.assured_by and record.assured_by == record.organisation:
        return _("Nagekeken op %(day)s door %(who)s") % {"day": day, "who": record.assured_by}
    return _("Nagekeken op %(day)s") % {"day": day}


def where_words(entry: Entry) -> str:
    """The town, or how far it reaches."""
    cities = sorted({place.city for place in entry.record.places if place.city})
    if len(cities) == 1:
        return cities[0]
    if len(cities) > 1:
        return _("%(place)s en nog %(n)s plekken") % {"place": cities[0], "n": len(cities) - 1}
    if entry.record.mode == "online":
        return _("Online")
    if entry.record.mode == "phone":
        return _("Door te bellen")
    return entry.municipality or _("Hele regio")


def distance_words(km: float | None) -> str:
    """'1,2 km'; less than a kilometre in hundreds of metres."""
    if km is None:
        return ""
    if km < 0.95:
        return _("%(n)s meter") % {"n": max(100, round(km * 10) * 100)}
    return _("%(n)s km") % {"n": number(km, 1 if km < 10 else 0)}


def cost_words(record: ServiceRecord) -> str:
    """What it costs, in the words of the entry, else the amount."""
    if record.cost and record.cost.strip(" .").casefold() != "gratis":
        return record.cost
    if is_free(record):
        return _("Gratis")
    if record.cost_eur_cents is not None:
        return f"€ {number(record.cost_eur_cents / 100, 2)}"
    return ""


def language_words(codes: Iterable[str]) -> str:
    """Which languages are spoken besides Dutch."""
    return ", ".join(_(language_name(code)) for code in codes if code != "nl")


def term_names(record: ServiceRecord, taxonomy: str) -> list[str]:
    """The names of its terms of one word list, as the page speaks them."""
    terms = load_terms()
    return [
        _(terms[code].name) for code in record.terms if code in terms and terms[code].taxonomy == taxonomy
    ]


def form_of(entry: Entry) -> str:
    """What one does there; without a word for that, which kind of help it is."""
    names = term_names(entry.record, "form")
    return names[0] if names else _(entry.kind_label)


def details_for_professionals(record: ServiceRecord) -> tuple[tuple[str, str], ...]:
    """What a professional wants to know at once: line, referral, free places and of which day that is."""
    rows = [(_("Lijn"), ", ".join(term_names(record, "line")))]
    referral = _("Verwijzing nodig") if record.needs_referral else _("Zonder verwijzing")
    rows.append((_("Aanmelden"), referral))
    if record.free_places is not None and record.free_places_on is not None:
        words = _("%(n)s, op %(day)s") % {"n": record.free_places, "day": long_date(record.free_places_on)}
        rows.append((_("Vrije plekken"), words))
    return tuple((term, words) for term, words in rows if words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
