"""An entry taken in from its HSDS form; what has another shape is named by field, all at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from noaber.ground.errors import Invalid
from noaber.offer.directory import errors, hsds_terms
from noaber.offer.directory.hsds_terms import DAYS, FACT, MODE, OUTCOME, PEOPLE, PLACES_UNIT, made
from noaber.offer.directory.models import Service
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord

Parsed = TypeVar("Parsed")
_SERVICE = frozenset(
    "id organization_id name alternate_name description url email status application_process fees_description"
    " minimum_age maximum_age assured_date alert last_modified".split()
)
_LISTS = frozenset("phones languages cost_options attributes service_areas capacities".split())
_LOCATION = frozenset(
    "id location_type name transportation latitude longitude addresses accessibility".split()
)
_SCHEDULE = frozenset(
    "id service_id location_id service_at_location_id valid_from valid_to freq interval byday opens_at"
    " closes_at notes wkst".split()
)


def to_record(entry: Any, *, source: str = "", partners: Mapping[str, UUID] | None = None) -> ServiceRecord:
    """An entry from its HSDS form. `partners`: ids of organisations by name in small letters.

    Without `source` the ids are ours and stay; with a source its id becomes `source_key` and our ids follow
    from it, so that two maps that copied each other never fight over one row.

    Raises:
        Invalid: something in it has another shape than HSDS says; per field which.
    """
    read = _Reading(entry)
    pk = read.uuid("id")
    who = read.inner("organization")
    organisation = who.text("name")
    facts, kind, mode, terms, unknown = _sorted_attributes(read)
    own = not source
    hours, when = _hours_of(read, pk, source)
    record = ServiceRecord(
        service_id=pk if own else None,
        name=read.text("name"),
        kind=kind or Service.Kind.OTHER,
        organisation_id=(partners or {}).get(organisation.casefold()),
        organisation="" if organisation == "Onbekend" else organisation,
        municipality=_municipality(read),
        alternate_name=read.text("alternate_name"),
        text=read.text("description"),
        text_young=facts.get("text_young", ""),
        text_professional=facts.get("text_professional", ""),
        terms=tuple(sorted(terms)),
        status=read.text("status") or "active",
        mode=mode or Service.Mode.LIVE,
        when=when,
        cost=read.text("fees_description"),
        cost_eur_cents=_cents(read),
        phone=next((row.text("number") for row in read.rows("phones")), ""),
        email=read.text("email"),
        website=read.text("url"),
        languages=tuple(sorted({row.text("code") for row in read.rows("languages")} - {""})),
        min_age=read.whole("minimum_age"),
        max_age=read.whole("maximum_age"),
        needs_referral=facts.get("needs_referral") == "true",
        how_to_start=read.text("application_process"),
        starts_this_week=facts.get("starts_this_week") == "true",
        alert=read.text("alert"),
        assured_on=read.day("assured_date"),
        assured_by=facts.get("assured_by", ""),
        source=source or facts.get("source", ""),
        source_key=str(pk) if source else facts.get("source_key", ""),
        source_url=facts.get("source_url", ""),
        places=tuple(_place_of(row, source) for row in read.rows("service_at_locations")),
        schedules=hours,
        extra=_left_over(read, unknown, who),
        last_modified_at=read.moment("last_modified"),
        **_free_places(read),
    )
    if read.faults:
        raise errors.not_right(read.faults)
    return record


class _Reading:
    """Reads a JSON object and notes what has another shape, instead of stopping at the first."""

    def __init__(self, entry: Any, path: str = "", faults: dict[str, str] | None = None) -> None:
        self.faults: dict[str, str] = {} if faults is None else faults
        self.path = path
        if not isinstance(entry, dict):
            self._wrong("", _("een blok met velden"))
            entry = {}
        self.entry: dict[str, Any] = entry

    def _wrong(self, key: str, wanted: str) -> None:
        where = f"{self.path}{key}" or "id"
        self.faults[where] = _("Verwacht werd %(wanted)s.") % {"wanted": wanted}

    def text(self, key: str) -> str:
        value = self.entry.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._wrong(key, _("tekst"))
            return ""
        return value.strip()

    def uuid(self, key: str) -> UUID:
        try:
            return UUID(str(self.entry.get(key)))
        except ValueError:
            self._wrong(key, _("een uuid"))
            return UUID(int=0)

    def number(self, key: str) -> float | None:
        value = self.entry.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self._wrong(key, _("een getal"))
            return None
        return float(value)

    def whole(self, key: str) -> int | None:
        value = self.number(key)
        if value is not None and (value != value or abs(value) > 1_000_000):
            self._wrong(key, _("een getal"))
            return None
        return None if value is None else int(value)

    def day(self, key: str) -> date | None:
        return self._parsed(key, lambda text: date.fromisoformat(text[:10]), _("een datum"))

    def hour(self, key: str) -> time | None:
        return self._parsed(key, _time, _("een tijd"))

    def moment(self, key: str) -> datetime | None:
        return self._parsed(key, _instant, _("een datum met tijd"))

    def _parsed(self, key: str, parse: Callable[[str], Parsed], wanted: str) -> Parsed | None:
        text = self.text(key)
        if not text:
            return None
        try:
            return parse(text)
        except ValueError:
            self._wrong(key, wanted)
            return None

    def inner(self, key: str) -> _Reading:
        value = self.entry.get(key)
        return _Reading({} if value is None else value, f"{self.path}{key}.", self.faults)

    def rows(self, key: str) -> list[_Reading]:
        value = self.entry.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong(key, _("een lijst"))
            return []
        return [_Reading(one, f"{self.path}{key}[{i}].", self.faults) for i, one in enumerate(value)]


def _time(text: str) -> time:
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(:\d{2})?(Z|[+-]\d{2}:?\d{2})?", text)
    if not found:
        raise ValueError(text)
    return time(int(found[1]), int(found[2]))


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _sorted_attributes(
    read: _Reading,
) -> tuple[dict[str, str], str, str, set[str], list[dict[str, Any]]]:
    """Facts, kind, mode, our terms, and the attributes that are not ours."""
    facts: dict[str, str] = {}
    kind = mode = ""
    codes: set[str] = set()
    unknown: list[dict[str, Any]] = []
    for row in read.rows("attributes"):
        term_id = row.text("taxonomy_term_id") or row.inner("taxonomy_term").text("id")
        one = hsds_terms.terms().get(term_id)
        if one is None:
            unknown.append(row.entry)
        elif one.taxonomy == FACT:
            facts[one.code] = row.text("value")
        elif one.taxonomy == OUTCOME:
            kind = one.code
        elif one.taxonomy == MODE:
            mode = one.code
        else:
            codes.add(one.code)
    return facts, kind, mode, codes, unknown


def _hours_of(read: _Reading, pk: UUID, source: str) -> tuple[tuple[ScheduleRecord, ...], str]:
    """The schedules of the entry itself, and the words for them."""
    found, when = [], ""
    for row in read.rows("schedules"):
        if row.text("id") == made("when", pk) or (
            row.text("description") and not row.text("byday") and not when
        ):
            when = row.text("description")
            if row.text("id") == made("when", pk):
                continue
        if row.text("byday") or row.text("opens_at") or row.text("notes") or row.text("valid_from"):
            found.append(_schedule_of(row, source))
    return tuple(found), when[:200]


def _schedule_of(row: _Reading, source: str) -> ScheduleRecord:
    days = [day.strip()[-2:] for day in row.text("byday").split(",") if day.strip()]
    if any(day not in DAYS for day in days):
        row._wrong("byday", _("dagen als MO,TU"))
    pk = row.uuid("id")
    weekly = row.text("freq") in ("", "WEEKLY")
    extra = {key: value for key, value in row.entry.items() if key not in _SCHEDULE | PEOPLE}
    if not weekly:
        extra |= {key: row.entry[key] for key in ("freq", "byday", "interval") if key in row.entry}
    return ScheduleRecord(
        schedule_id=UUID(made(source, pk)) if source else pk,
        weekdays=tuple(sorted(DAYS.index(day) + 1 for day in days if day in DAYS)) if weekly else (),
        every_weeks=max(1, row.whole("interval") or 1) if weekly else 1,
        opens_at=row.hour("opens_at"),
        closes_at=row.hour("closes_at"),
        valid_from=row.day("valid_from"),
        valid_until=row.day("valid_to"),
        notes=row.text("notes"),
        extra=extra,
    )


def _place_of(row: _Reading, source: str) -> PlaceRecord:
    where = row.inner("location")
    address = next(iter(where.rows("addresses")), where.inner("address"))
    at, pk = row.uuid("id"), where.uuid("id")
    return PlaceRecord(
        place_id=UUID(made(source, pk)) if source else pk,
        at_id=UUID(made(source, at)) if source else at,
        type=where.text("location_type") or "physical",
        name=where.text("name"),
        street=", ".join(p for p in (address.text("address_1"), address.text("address_2")) if p),
        postal_code=address.text("postal_code"),
        city=address.text("city"),
        province=address.text("state_province"),
        municipality=address.text("region"),
        latitude=where.number("latitude"),
        longitude=where.number("longitude"),
        accessibility=next((one.text("description") for one in where.rows("accessibility")), ""),
        directions=where.text("transportation"),
        description=row.text("description"),
        schedules=tuple(_schedule_of(one, source) for one in row.rows("schedules")),
        extra={
            key: value for key, value in where.entry.items() if key not in _LOCATION | PEOPLE | {"phones"}
        },
    )


def _municipality(read: _Reading) -> str:
    rows = read.rows("service_areas")
    return next((row.text("extent") for row in rows if row.text("extent_type") == "municipality"), "")


def _cents(read: _Reading) -> int | None:
    for row in read.rows("cost_options"):
        amount = row.number("amount")
        if amount is not None and row.text("currency") in ("", "EUR"):
            return round(amount * 100)
    return None


def _free_places(read: _Reading) -> dict[str, Any]:
    for row in read.rows("capacities"):
        if row.inner("unit").text("id") == PLACES_UNIT["id"]:
            moment = row.moment("updated")
            if moment is not None:
                return {"free_places": row.whole("available"), "free_places_on": moment.date()}
    return {}


def _left_over(read: _Reading, unknown: list[dict[str, Any]], who: _Reading) -> dict[str, Any]:
    """What we have no field for, as it came; without people."""
    found: dict[str, Any] = {}
    for key, value in read.entry.items():
        if key in _SERVICE | PEOPLE or key in {"schedules", "service_at_locations", "organization"}:
            continue
        if key in _LISTS:
            rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
            value = unknown if key == "attributes" else _unread(key, rows)
        if value not in (None, "", [], {}):
            found[key] = value
    about = {
        key: value
        for key, value in who.entry.items()
        if key not in {"id", "name", "services", "locations"} | PEOPLE
        and not (key == "description" and value == who.text("name"))
    }
    return found | ({"organization": about} if about else {})


def _unread(key: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a list that `to_record` did not read."""
    if key in {"phones", "cost_options"}:
        return rows[1:]
    if key == "languages":
        return [row for row in rows if not row.get("code")]
    if key == "service_areas":
        return [row for row in rows if row.get("extent_type") not in ("municipality", "region")]
    return [row for row in rows if (row.get("unit") or {}).get("id") != PLACES_UNIT["id"]]


def refused(fault: Invalid) -> str:
    """The fields of a refusal in one line, for a report by row."""
    return "; ".join(f"{key}: {words}" for key, words in fault.fields.items())
