"""From an entry to its forms and back.

A place or a line of hours keeps what the form does not show (coordinates, dates, what a source sent) as long
as it is the same place or line.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import QueryDict

from noaber.knowledge.offer_terms import load_taxonomies
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord
from noaber.offer.directory.upkeep.forms_entry import EntryForm, HoursForm, PlaceForm

SPARE_PLACES = 1
SPARE_HOURS = 2
MOST_ROWS = 60
PLAIN = (
    *("name", "alternate_name", "municipality", "kind", "mode", "text", "text_young", "text_professional"),
    *("how_to_start", "when", "cost", "phone", "email", "website", "min_age", "max_age", "needs_referral"),
    *("starts_this_week", "free_places", "free_places_on", "alert"),
)
"""Fields that the form and the record call the same."""


@dataclass(slots=True)
class Forms:
    """The form of an entry with those of its places and hours."""

    entry: EntryForm
    places: list[PlaceForm]
    hours: list[HoursForm]

    @property
    def all(self) -> list[Any]:
        """Every form on the page."""
        return [self.entry, *self.places, *self.hours]

    def is_valid(self) -> bool:
        """Whether all of them are right; each is looked at, so that every mistake shows."""
        judged = [form.is_valid() for form in self.all]
        return all(judged)

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong in one of them."""
        return any(form.is_bound and form.errors for form in self.all)


def forms_of(
    record: ServiceRecord, *, owner_email: str, data: QueryDict | None = None, **choices: Any
) -> Forms:
    """The forms of this entry, filled in; or bound to what came in."""
    places = [place_initial(place) for place in record.places]
    hours = [hours_initial(one, where) for where, one in all_hours(record)]
    named = [place_words(place) for place in record.places]
    entry = EntryForm(data, initial=entry_initial(record, owner_email), **choices)
    rows = _rows(data, "plek", len(places), SPARE_PLACES)
    lines = _rows(data, "tijd", len(hours), SPARE_HOURS)
    return Forms(
        entry,
        [PlaceForm(data, initial=_at(places, n), prefix=f"plek{n}") for n in range(rows)],
        [HoursForm(data, initial=_at(hours, n), prefix=f"tijd{n}", places=named) for n in range(lines)],
    )


def _at(initial: Sequence[dict[str, Any]], n: int) -> dict[str, Any]:
    return initial[n] if n < len(initial) else {}


def _rows(data: QueryDict | None, prefix: str, known: int, spare: int) -> int:
    """How many rows the page had; a page that came in may have more than the entry has now."""
    if data is None:
        return known + spare
    sent = [int(key[len(prefix) :].split("-")[0] or 0) for key in data if _is_row(key, prefix)]
    return min(MOST_ROWS, max([known + spare, *(n + 1 for n in sent)]))


def _is_row(key: str, prefix: str) -> bool:
    number = key[len(prefix) :].split("-")[0] if key.startswith(prefix) else ""
    return number.isascii() and number.isdigit() and len(number) < 4


def all_hours(record: ServiceRecord) -> list[tuple[int | None, ScheduleRecord]]:
    """Every line of hours with the number of its place; None for those of all places."""
    found: list[tuple[int | None, ScheduleRecord]] = [(None, one) for one in record.schedules]
    for number, place in enumerate(record.places):
        found += [(number, one) for one in place.schedules]
    return found


def entry_initial(record: ServiceRecord, owner_email: str) -> dict[str, Any]:
    """What the form of this entry begins with."""
    initial: dict[str, Any] = {key: getattr(record, key) for key in PLAIN}
    for taxonomy in load_taxonomies().values():
        codes = {term.code for term in taxonomy.terms}
        initial[f"terms_{taxonomy.code}"] = [code for code in record.terms if code in codes]
    return initial | {
        "version": record.version,
        "once_key": record.service_id or uuid.uuid4(),
        "organisation": str(record.organisation_id or ""),
        "provider": "" if record.organisation_id else record.organisation,
        "languages": list(record.languages),
        "cost_euro": None if record.cost_eur_cents is None else record.cost_eur_cents / 100,
        "owner_email": owner_email,
        "looked": True,
    }


def place_initial(place: PlaceRecord) -> dict[str, Any]:
    """What the form of this place begins with."""
    keys = ("at_id", "type", "name", "street", "postal_code", "city", "accessibility", "directions")
    return {key: getattr(place, key) for key in keys}


def hours_initial(one: ScheduleRecord, where: int | None) -> dict[str, Any]:
    """What the form of this line of hours begins with."""
    keys = ("schedule_id", "opens_at", "closes_at", "every_weeks", "notes")
    return {key: getattr(one, key) for key in keys} | {"days": list(one.weekdays), "where": where}


def place_words(place: PlaceRecord) -> str:
    """A place in a few words."""
    parts = (place.name, place.street, " ".join(p for p in (place.postal_code, place.city) if p))
    return ", ".join(part for part in parts if part)


# --- and back --------------------------------------------------------------------------------------------


def record_of(forms: Forms, base: ServiceRecord) -> ServiceRecord:
    """The entry as the (valid) forms have it; what they do not show stays as in `base`."""
    given = forms.entry.cleaned_data
    organisation_id = UUID(given["organisation"]) if given.get("organisation") else None
    known = {code for taxonomy in load_taxonomies().values() for code in (t.code for t in taxonomy.terms)}
    chosen = [code for name in load_taxonomies() for code in given[f"terms_{name}"]]
    euro = given["cost_euro"]
    schedules, at_places = _hours(forms.hours, base)
    return replace(
        base,
        **{key: _plain(given[key]) for key in PLAIN},
        organisation_id=organisation_id,
        organisation="" if organisation_id else given.get("provider", ""),
        languages=tuple(given["languages"]) + tuple(_unknown_languages(base)),
        terms=tuple(chosen) + tuple(code for code in base.terms if code not in known),
        cost_eur_cents=None if euro is None else round(euro * 100),
        places=_places(forms.places, base, at_places),
        schedules=schedules,
        version=given["version"] or 0,
        service_id=base.service_id or given["once_key"],
    )


def _plain(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _unknown_languages(base: ServiceRecord) -> Iterable[str]:
    choices = dict(EntryForm.base_fields["languages"].choices)  # type: ignore[attr-defined]  # a choice field
    return (code for code in base.languages if code not in choices)


def _places(
    forms: Sequence[PlaceForm], base: ServiceRecord, hours: Mapping[int, tuple[ScheduleRecord, ...]]
) -> tuple[PlaceRecord, ...]:
    known = {place.at_id: place for place in base.places}
    numbers = {place.at_id: number for number, place in enumerate(base.places)}
    found = []
    for form in forms:
        given = form.cleaned_data
        if given["remove"] or form.is_blank():
            continue
        before = known.get(given["at_id"])
        typed = {
            key: given[key]
            for key in ("name", "street", "postal_code", "city", "accessibility", "directions")
        }
        typed["type"] = given["type"] or "physical"
        if before is None:
            found.append(PlaceRecord(**typed))
            continue
        moved = any(typed[key] != getattr(before, key) for key in ("street", "postal_code", "city"))
        elsewhere: dict[str, Any] = {"latitude": None, "longitude": None, "municipality": ""} if moved else {}
        own = hours.get(numbers[before.at_id], ())
        found.append(replace(before, **typed, **elsewhere, schedules=own))
    return tuple(found)


def _hours(
    forms: Sequence[HoursForm], base: ServiceRecord
) -> tuple[tuple[ScheduleRecord, ...], dict[int, tuple[ScheduleRecord, ...]]]:
    """Those that hold everywhere, and those of each place."""
    known = {one.schedule_id: one for _where, one in all_hours(base)}
    everywhere: list[ScheduleRecord] = []
    at: dict[int, list[ScheduleRecord]] = {}
    for form in forms:
        given = form.cleaned_data
        if given["remove"] or form.is_blank():
            continue
        before = known.get(given["schedule_id"]) or ScheduleRecord()
        line = replace(
            before,
            weekdays=tuple(sorted(given["days"])),
            opens_at=given["opens_at"],
            closes_at=given["closes_at"],
            every_weeks=given["every_weeks"] or 1,
            notes=given["notes"],
        )
        where = given["where"]
        (everywhere if where is None else at.setdefault(where, [])).append(line)
    return tuple(everywhere), {number: tuple(lines) for number, lines in at.items()}
