"""An entry as Open Referral HSDS 3.1 says it, and back. Pure: no database, no clock.

Everything that HSDS has a field for stands there; the rest travels as attributes with our published terms.
What a source sends that we have no field for is kept in `extra` and given out again as it came, except the
people: HSDS contacts carry names, and a public page holds no person. Source: Open Referral HSDS 3.0 and 3.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from noaber.offer.directory import hsds_terms
from noaber.offer.directory.hsds_reading import refused, to_record
from noaber.offer.directory.hsds_terms import (
    DAYS,
    FACT,
    MODE,
    OUTCOME,
    PEOPLE,
    PLACES_UNIT,
    attribute,
    made,
)
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord

__all__ = [
    "VERSION",
    "Around",
    "at_location",
    "from_record",
    "listed",
    "organization",
    "refused",
    "to_record",
]

VERSION = "3.1"


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
        if code == "assured_by" and value != record.organisation:
            continue  # in a file of another a colleague's name may stand here
        if value:
            rows.append(attribute(pk, FACT, code, "true" if value is True else str(value)))
    return rows


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
