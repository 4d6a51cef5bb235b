"""One entry in words, whole: for its own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from noaber.hallway.ui.formatting import long_date
from noaber.offer.directory import drawing, opening, queries_entry, showing
from noaber.offer.directory.asking import PROFESSIONAL
from noaber.offer.directory.queries_entry import Entry
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord

AROUND_KM = 4.0
"""So far around an entry the sketch goes."""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line of the week: the day, its times, and whether it is today."""

    day: str
    times: tuple[str, ...]
    today: bool


@dataclass(frozen=True, slots=True)
class Where:
    """A place with its address and what one should know to come in."""

    name: str
    address: str
    accessibility: str
    directions: str
    note: str
    week: tuple[DayLine, ...]
    open_words: str
    open_now: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the page of an entry says."""

    text: str
    text_is_own: bool
    state: str
    state_word: str
    open_words: str
    week: tuple[DayLine, ...]
    holidays: tuple[str, ...]
    extra_hours: tuple[str, ...]
    places: tuple[Where, ...]
    drawing: drawing.Drawing | None
    for_whom: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    fresh: str
    stale: bool
    by_whom: str
    source_name: str
    source_url: str
    where: str
    form: str
    online: bool


def told(entry: Entry, *, now: datetime, audience: str = "", towns: Sequence[drawing.Spot] = ()) -> Told:
    """How the page of an entry reads at this local moment."""
    record = entry.record
    hours = opening.hours_of(record)
    whole = opening.opening_at(hours, now, entry.differs)
    state, word = showing.state_of(record, whole, now)
    several = len([place for place in record.places if place.type == "physical"]) > 1
    return Told(
        text=showing.text_for(record, audience),
        text_is_own=showing.text_for(record, audience) != record.text,
        state=state,
        state_word=word,
        open_words=showing.open_words(whole, now),
        week=() if several else _week(whole, now.date()),
        holidays=tuple(long_date(day) for day in whole.holidays),
        extra_hours=_in_words_only(hours),
        places=tuple(
            _where(place, entry, now, alone=not several) for place in record.places if _is_shown(place)
        ),
        drawing=_map(record, towns),
        for_whom=_for_whom(record),
        facts=_facts(entry, audience),
        fresh=showing.fresh_words(entry, today=now.date()),
        stale=entry.is_stale(now.date()),
        by_whom=_by_whom(entry),
        source_name=_source_name(record),
        source_url=record.source_url if record.source else "",
        where=showing.where_words(entry),
        form=showing.form_of(entry),
        online=record.mode in {"online", "hybrid"},
    )


def _is_shown(place: PlaceRecord) -> bool:
    return place.type == "physical" and bool(place.name or place.street or place.city)


def _where(place: PlaceRecord, entry: Entry, now: datetime, *, alone: bool) -> Where:
    here = opening.opening_at((*entry.record.schedules, *place.schedules), now, entry.differs)
    town = " ".join(part for part in (place.postal_code, place.city) if part)
    return Where(
        name=place.name,
        address=", ".join(part for part in (place.street, town) if part),
        accessibility=place.accessibility,
        directions=place.directions,
        note=place.description,
        week=() if alone else _week(here, now.date()),
        open_words="" if alone else showing.open_words(here, now),
        open_now=here.now is not None,
    )


def _week(found: opening.Opening, today: date) -> tuple[DayLine, ...]:
    """Seven lines from Monday; a day without hours is closed."""
    if not found.known or not any(day.slots for day in found.week):
        return ()
    return tuple(
        DayLine(
            day=str(WEEKDAYS[day.on.weekday()]),
            times=tuple(_slot(slot) for slot in day.slots),
            today=day.on == today,
        )
        for day in found.week
    )


def _slot(slot: opening.Slot) -> str:
    return f"{showing.slot_words(slot)} ({slot.notes})" if slot.notes else showing.slot_words(slot)


def _in_words_only(hours: tuple[ScheduleRecord, ...]) -> tuple[str, ...]:
    """What is said of the hours but cannot be put in a week."""
    return tuple(one.notes for one in hours if one.notes and not one.weekdays and one.opens_at is None)


def _for_whom(record: ServiceRecord) -> tuple[str, ...]:
    names = showing.term_names(record, "target_group")
    low, high = record.min_age, record.max_age
    if low is not None and high is not None:
        names.append(_("Van %(low)s tot en met %(high)s jaar") % {"low": low, "high": high})
    elif low is not None:
        names.append(_("Vanaf %(low)s jaar") % {"low": low})
    elif high is not None:
        names.append(_("Tot en met %(high)s jaar") % {"high": high})
    return tuple(names) or (_("Iedereen is welkom"),)


def _facts(entry: Entry, audience: str) -> tuple[tuple[str, str], ...]:
    record = entry.record
    languages = showing.language_words(record.languages)
    rows = [
        (_("Waar het over gaat"), ", ".join(showing.term_names(record, "life_area"))),
        (_("Wat u daar doet"), ", ".join(showing.term_names(record, "form"))),
        (_("Kosten"), showing.cost_words(record) or _("Niet bekend. Vraag het als u belt.")),
        (_("Taal"), _("Nederlands, en ook: %(languages)s") % {"languages": languages} if languages else ""),
        (_("Verwijzing"), _("U heeft een verwijzing nodig") if record.needs_referral else _("Niet nodig")),
        (_("Van wie"), record.organisation),
    ]
    if audience == PROFESSIONAL:
        details = dict(showing.details_for_professionals(record))
        rows += [(term, words) for term, words in details.items() if term != _("Aanmelden")]
    return tuple((term, words) for term, words in rows if words)


def _by_whom(entry: Entry) -> str:
    """Who looked, when that is an organisation we know; never a person."""
    name = entry.record.assured_by
    if name and (name == entry.record.organisation or queries_entry.is_organisation(entry.region_id, name)):
        return name
    return ""


def _source_name(record: ServiceRecord) -> str:
    """The site of the map that owns this entry."""
    if not record.source:
        return ""
    return urlsplit(record.source_url).hostname or record.source


def _map(record: ServiceRecord, towns: Sequence[drawing.Spot]) -> drawing.Drawing | None:
    spots = [
        drawing.Spot(place.name or record.name, place.latitude, place.longitude, number=number)
        for number, place in enumerate((p for p in record.places if _is_shown(p)), 1)
        if place.latitude is not None and place.longitude is not None
    ]
    if len(spots) == 1:
        only = (spots[0].latitude, spots[0].longitude)
        return drawing.draw(spots, towns, centre=only, radius_km=AROUND_KM, around=False)
    return drawing.draw(spots, towns) if spots else None
