"""An entry as Open Referral HSDS 3.1 says it, and back. Pure: no database, no clock.

Everything that HSDS has a field for stands there; the rest travels as attributes with our published terms.
What a source sends that we have no field for is kept in `extra` and given out again as it came, except the
people: HSDS contacts carry names, and a public page holds no person. Source: Open Referral HSDS 3.0 and 3.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from noaber.ground.errors import Invalid
from noaber.offer.directory import errors, hsds_terms
from noaber.offer.directory.hsds_terms import FACT, MODE, OUTCOME, attribute, made
from noaber.offer.directory.models import Service
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord

VERSION = "3.1"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PLACES_UNIT = {"id": made("unit", "place"), "name": "plek"}
PEOPLE = frozenset({"contacts", "assurer_email", "metadata"})
"""Never taken over from a source, never given out: they name people, or who typed what."""
_SERVICE = frozenset(
    "id organization_id name alternate_name description url email status application_process fees_description"
    " minimum_age maximum_age assured_date alert last_modified".split()
)
_LOCATION = frozenset(
    "id location_type name transportation latitude longitude addresses accessibility".split()
)
_SCHEDULE = frozenset(
    "id service_id location_id service_at_location_id valid_from valid_to freq interval byday opens_at"
    " closes_at notes wkst".split()
)


@dataclass(frozen=True, slots=True)
class Around:
    """The region an entry stands in: its name, and the names of its municipalities by slug."""

    region: str = ""
    municipalities: Mapping[str, str] = field(default_factory=dict)


# --- ours, said in HSDS --------------------------------------------------------------------------------


def from_record(record: ServiceRecord, around: Around) -> dict[str, Any]:
    """The whole entry, fully nested (HSDS `compiled/service`)."""
    pk = str(record.service_id)
    found = listed(record)
    found["organization"] = organization(record)
    nested: dict[str, list[dict[str, Any]]] = {
        "phones": _phones(record),
        "schedules": _schedules(record),
        "service_areas": [_area(record, around)],
        "service_at_locations": [at_location(record, place) for place in record.places],
        "languages": [
            {"id": made("language", pk, code), "service_id": pk, "code": code}
            for code in sorted(record.languages)
        ],
        "cost_options": _costs(record),
        "capacities": _capacities(record),
        "attributes": _attributes(record),
    }
    for key, rows in nested.items():
        rows = [*rows, *record.extra.get(key, [])]
        if rows:
            found[key] = rows
    for key, value in record.extra.items():
        found.setdefault(key, value)
    return found


def listed(record: ServiceRecord) -> dict[str, Any]:
    """The entry with its own fields only (HSDS `compiled/service_list`)."""
    fields = {
        "id": str(record.service_id),
        "organization_id": organization(record)["id"],
        "name": record.name,
        "alternate_name": record.alternate_name,
        "description": record.text,
        "url": record.website,
        "email": record.email,
        "status": record.status,
        "application_process": record.how_to_start,
        "fees_description": record.cost,
        "minimum_age": record.min_age,
        "maximum_age": record.max_age,
        "assured_date": record.assured_on.isoformat() if record.assured_on else None,
        "alert": record.alert,
        "last_modified": _moment(record.last_modified_at),
    }
    return {key: value for key, value in fields.items() if value not in (None, "")}


def organization(record: ServiceRecord) -> dict[str, Any]:
    """Who offers it. HSDS wants a description; the name stands in where there is none."""
    name = record.organisation or "Onbekend"
    extra = record.extra.get("organization", {})
    return {
        **{key: value for key, value in extra.items() if key not in PEOPLE},
        "id": str(record.organisation_id)
        if record.organisation_id
        else made("organization", name.casefold()),
        "name": name,
        "description": extra.get("description") or name,
    }


def at_location(record: ServiceRecord, place: PlaceRecord) -> dict[str, Any]:
    """The entry at one of its places (HSDS `service_at_location`)."""
    at = str(place.at_id)
    found: dict[str, Any] = {
        "id": at,
        "service_id": str(record.service_id),
        "location_id": str(place.place_id),
        "location": _location(place),
    }
    if place.description:
        found["description"] = place.description
    if place.schedules:
        found["schedules"] = [{**_schedule(one), "service_at_location_id": at} for one in place.schedules]
    return found


def _location(place: PlaceRecord) -> dict[str, Any]:
    pk = str(place.place_id)
    found: dict[str, Any] = {key: value for key, value in place.extra.items() if key not in PEOPLE}
    found |= {"id": pk, "location_type": place.type}
    if place.name:
        found["name"] = place.name
    if place.directions:
        found["transportation"] = place.directions
    if place.latitude is not None:
        found |= {"latitude": place.latitude, "longitude": place.longitude}
    if place.street or place.city or place.postal_code:
        found["addresses"] = [
            {
                "id": made("address", pk),
                "location_id": pk,
                "address_1": place.street,
                "city": place.city,
                "region": place.municipality,
                "state_province": place.province,
                "postal_code": place.postal_code,
                "country": "NL",
                "address_type": "physical" if place.type == "physical" else place.type,
            }
        ]
    if place.accessibility:
        found["accessibility"] = [
            {"id": made("accessibility", pk), "location_id": pk, "description": place.accessibility}
        ]
    return found


def _schedules(record: ServiceRecord) -> list[dict[str, Any]]:
    pk = str(record.service_id)
    rows = [{**_schedule(one), "service_id": pk} for one in record.schedules]
    if record.when:
        rows.append({"id": made("when", pk), "service_id": pk, "description": record.when})
    return rows


def _schedule(one: ScheduleRecord) -> dict[str, Any]:
    found: dict[str, Any] = {**one.extra, "id": str(one.schedule_id)}
    if one.weekdays:
        found["freq"] = "WEEKLY"
        found["byday"] = ",".join(DAYS[day - 1] for day in sorted(one.weekdays))
        found["interval"] = one.every_weeks
        found["wkst"] = "MO"
    for key, value in (
        ("valid_from", one.valid_from),
        ("valid_to", one.valid_until),
        ("opens_at", one.opens_at),
        ("closes_at", one.closes_at),
    ):
        if value is not None:
            found[key] = value.isoformat()
    if one.notes:
        found["notes"] = one.notes
    return found


def _phones(record: ServiceRecord) -> list[dict[str, Any]]:
    pk = str(record.service_id)
    return [{"id": made("phone", pk), "service_id": pk, "number": record.phone}] if record.phone else []


def _area(record: ServiceRecord, around: Around) -> dict[str, Any]:
    pk = str(record.service_id)
    slug = record.municipality
    return {
        "id": made("area", pk),
        "service_id": pk,
        "name": around.municipalities.get(slug, slug) if slug else around.region or "Hele regio",
        "extent": slug,
        "extent_type": "municipality" if slug else "region",
    }


def _costs(record: ServiceRecord) -> list[dict[str, Any]]:
    if record.cost_eur_cents is None:
        return []
    pk = str(record.service_id)
    euros = record.cost_eur_cents / 100
    return [{"id": made("cost", pk), "service_id": pk, "amount": euros, "currency": "EUR"}]


def _capacities(record: ServiceRecord) -> list[dict[str, Any]]:
    if record.free_places is None or record.free_places_on is None:
        return []
    pk = str(record.service_id)
    at = datetime.combine(record.free_places_on, time(12), UTC)
    return [
        {
            "id": made("capacity", pk),
            "service_id": pk,
            "unit": dict(PLACES_UNIT),
            "available": record.free_places,
            "updated": _moment(at),
        }
    ]


def _attributes(record: ServiceRecord) -> list[dict[str, Any]]:
    pk = record.service_id
    known = hsds_terms.codes()
    rows = [attribute(pk, OUTCOME, record.kind), attribute(pk, MODE, record.mode)]
    rows += [attribute(pk, known[code].taxonomy, code) for code in sorted(record.terms) if code in known]
    for code in hsds_terms.FACTS:
        value = getattr(record, code)
        if value:
            rows.append(attribute(pk, FACT, code, "true" if value is True else str(value)))
    return rows


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


# --- HSDS, taken in ------------------------------------------------------------------------------------


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
        return self._parsed(key, lambda text: date.fromisoformat(text[:10]), _("een datum"))  # type: ignore[return-value]

    def hour(self, key: str) -> time | None:
        return self._parsed(key, _time, _("een tijd"))  # type: ignore[return-value]

    def moment(self, key: str) -> datetime | None:
        return self._parsed(key, _instant, _("een datum met tijd"))  # type: ignore[return-value]

    def _parsed(self, key: str, parse: Any, wanted: str) -> Any:
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
    lists = {
        "phones": lambda rows: rows[1:],
        "languages": lambda rows: [row for row in rows if not row.get("code")],
        "cost_options": lambda rows: rows[1:],
        "attributes": lambda rows: unknown,
        "service_areas": lambda rows: [
            row for row in rows if row.get("extent_type") not in ("municipality", "region")
        ],
        "capacities": lambda rows: [
            row for row in rows if (row.get("unit") or {}).get("id") != PLACES_UNIT["id"]
        ],
    }
    found: dict[str, Any] = {}
    for key, value in read.entry.items():
        if key in _SERVICE | PEOPLE or key in {"schedules", "service_at_locations", "organization"}:
            continue
        if key in lists:
            value = lists[key](
                [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
            )
        if value not in (None, "", [], {}):
            found[key] = value
    about = {
        key: value
        for key, value in who.entry.items()
        if key not in {"id", "name", "services", "locations"} | PEOPLE
        and not (key == "description" and value == who.text("name"))
    }
    return found | ({"organization": about} if about else {})


def refused(fault: Invalid) -> str:
    """The fields of a refusal in one line, for a report by row."""
    return "; ".join(f"{key}: {words}" for key, words in fault.fields.items())
