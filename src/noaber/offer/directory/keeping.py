"""Writing one entry down: checked, in the order of the region, with the origin of each field."""

from __future__ import annotations

import uuid
from dataclasses import fields
from datetime import datetime
from threading import local
from typing import Any
from uuid import UUID

from django.db import connection

from noaber.hallway.outbox import services as outbox
from noaber.network.partners import queries as partners
from noaber.offer.directory import errors
from noaber.offer.directory.checking import check
from noaber.offer.directory.events import EntryChanged
from noaber.offer.directory.models import EntryChange, Place, Schedule, Service, ServiceAtPlace
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord

LOCAL = "local"
PLAIN = (
    "alternate_name",
    "text_young",
    "text_professional",
    "kind",
    "status",
    "mode",
    "when",
    "cost",
    "cost_eur_cents",
    "phone",
    "email",
    "website",
    "min_age",
    "max_age",
    "needs_referral",
    "how_to_start",
    "starts_this_week",
    "free_places",
    "free_places_on",
    "alert",
    "source_url",
)
"""Fields that the record and the row call the same."""
TRACKED = (
    "name",
    "text",
    "organisation",
    "municipality",
    "terms",
    "languages",
    "places",
    "schedules",
    *PLAIN[:-1],
)
"""Fields whose origin is kept."""


_written_in = local()


def next_revision(region_id: UUID) -> int:
    """The next number of this region; its row stays locked until the commit, so numbers commit in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO directory_revision (region_id, number) VALUES (%s, 1)"
            " ON CONFLICT (region_id) DO UPDATE SET number = directory_revision.number + 1"
            " RETURNING number, pg_current_xact_id()::text",
            [region_id],
        )
        number, _written_in.transaction = cursor.fetchone() or (0, "")
    return int(number)


def written_here(transaction: str | None) -> bool:
    """Whether this transaction, by its number, wrote entries: what it sees of them may be rolled back."""
    return transaction is not None and transaction == getattr(_written_in, "transaction", None)


def stamp(row: Service, now: datetime) -> None:
    """Give the row its revision and tell that it changed; the row is saved by the caller."""
    row.revision = next_revision(row.region_id)
    outbox.publish(
        EntryChanged(service_id=row.pk, region_id=row.region_id, revision=row.revision, at=now), now=now
    )


def write(
    row: Service, record: ServiceRecord, *, origin: str, now: datetime, keep: frozenset[str], by: str = ""
) -> list[str]:
    """Bring a row (new or locked) to what the record says, except `keep`; which fields changed.

    The places and schedules are replaced as a whole when they differ. Nothing is saved when nothing changed.
    What stood there before is kept as a change, with `by` (an organisation).
    """
    faults = check(record)
    if faults:
        raise errors.not_right(faults)
    before = None if row._state.adding else tracked(row)
    wanted = {key: value for key, value in tracked_of(record).items() if key not in keep}
    changed = [key for key, value in wanted.items() if before is None or before[key] != value]
    if before is not None and not changed and dict(row.extra) == dict(record.extra):
        return []
    take_over(row, record, set(wanted))
    row.extra = dict(record.extra)
    origins: dict[str, Any] = dict(row.origins)
    for key in changed:
        if before is not None or wanted[key] not in ("", None, [], False):
            origins[key] = {"from": origin, "at": now.isoformat()}
    row.origins = origins
    row.version += 0 if row._state.adding else 1
    row.last_modified_at = now
    fresh = row._state.adding
    stamp(row, now)
    row.save()
    if fresh or "places" in changed or "schedules" in changed:
        _place(row, record, places="places" in wanted, schedules="schedules" in wanted)
    if before is not None and changed:
        note_change(row, {key: [before[key], wanted[key]] for key in changed}, origin=origin, by=by, now=now)
    return changed


def note_change(row: Service, what: dict[str, list[Any]], *, origin: str, by: str, now: datetime) -> None:
    """Keep what stood there before, under the version that the row has now."""
    EntryChange.objects.create(
        service=row, version=row.version, at=now, origin=origin[:60], by=by[:200], fields=what
    )


def take_over(row: Service, record: ServiceRecord, wanted: set[str]) -> None:
    """Put these fields of the record in the row; the caller saves it, and its places and hours."""
    for key in PLAIN:
        if key in wanted or key == "source_url":
            value = getattr(record, key)
            setattr(row, key, value.strip() if isinstance(value, str) else value)
    if "name" in wanted:
        row.name = record.name.strip()
    if "text" in wanted:
        row.description = record.text.strip()
    if "terms" in wanted:
        row.terms = sorted(set(record.terms))
    if "languages" in wanted:
        row.languages = sorted(set(record.languages))
    if "municipality" in wanted:
        row.municipality_id = municipality_id(row.region_id, record.municipality)
    if "organisation" in wanted:
        row.organisation_id = record.organisation_id
        row.provider_name = "" if record.organisation_id else record.organisation.strip()[:200]


def municipality_id(region_id: UUID, slug: str) -> UUID | None:
    """The municipality with this slug in the region; nothing for an empty or unknown one."""
    if not slug:
        return None
    return next((m.pk for m in partners.municipalities_of(region_id) if m.slug == slug), None)


def _place(row: Service, record: ServiceRecord, *, places: bool, schedules: bool) -> None:
    """Replace the places and the hours; ids that came with the record stay the same."""
    old = list(row.at_places.values_list("place_id", flat=True)) if places else []
    if places:
        row.at_places.all().delete()
    if schedules:
        row.schedules.filter(at_place__isnull=True).delete()
        Schedule.objects.bulk_create([schedule_row(row, None, one) for one in record.schedules])
    if not places:
        return
    for one in record.places:
        place_id = one.place_id or uuid.uuid4()
        Place.objects.update_or_create(
            pk=place_id,
            region_id=row.region_id,
            defaults=place_fields(one, municipality_id(row.region_id, one.municipality)),
        )
        at = ServiceAtPlace.objects.create(
            pk=one.at_id or uuid.uuid4(), service=row, place_id=place_id, description=one.description.strip()
        )
        Schedule.objects.bulk_create([schedule_row(row, at, schedule) for schedule in one.schedules])
    Place.objects.filter(pk__in=old, services_here__isnull=True).delete()


def place_fields(one: PlaceRecord, municipality: UUID | None) -> dict[str, Any]:
    """The fields of a place as its row has them."""
    return {
        "municipality_id": municipality,
        "type": one.type,
        "name": one.name.strip(),
        "street": one.street.strip(),
        "postal_code": one.postal_code.strip().upper(),
        "city": one.city.strip(),
        "province": one.province.strip(),
        "latitude": one.latitude,
        "longitude": one.longitude,
        "accessibility": one.accessibility.strip(),
        "directions": one.directions.strip(),
        "extra": dict(one.extra),
    }


def schedule_row(row: Service, at: ServiceAtPlace | None, one: ScheduleRecord) -> Schedule:
    """Hours as a row, not saved."""
    return Schedule(
        pk=one.schedule_id or uuid.uuid4(),
        service=row,
        at_place=at,
        weekdays=sorted(set(one.weekdays)),
        every_weeks=one.every_weeks,
        opens_at=one.opens_at,
        closes_at=one.closes_at,
        valid_from=one.valid_from,
        valid_until=one.valid_until,
        notes=one.notes.strip(),
        extra=dict(one.extra),
    )


# --- the row as a record -------------------------------------------------------------------------------


def as_record(row: Service) -> ServiceRecord:
    """The whole entry. The caller prefetches places, schedules, municipality and organisation."""
    hours = list(row.schedules.all())
    return ServiceRecord(
        service_id=row.pk,
        name=row.name,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name if row.organisation else row.provider_name,
        municipality=row.municipality.slug if row.municipality else "",
        text=row.description,
        terms=tuple(row.terms),
        languages=tuple(row.languages),
        assured_on=row.assured_on,
        assured_by=row.assured_by,
        source=row.source,
        source_key=row.source_key,
        places=tuple(_place_record(at, hours) for at in sorted(row.at_places.all(), key=lambda a: str(a.pk))),
        schedules=_hours(hours, None),
        extra=row.extra,
        version=row.version,
        last_modified_at=row.last_modified_at,
        **{key: getattr(row, key) for key in PLAIN},
    )


def _place_record(at: ServiceAtPlace, hours: list[Schedule]) -> PlaceRecord:
    place = at.place
    return PlaceRecord(
        place_id=place.pk,
        at_id=at.pk,
        type=place.type,
        name=place.name,
        street=place.street,
        postal_code=place.postal_code,
        city=place.city,
        province=place.province,
        municipality=place.municipality.slug if place.municipality else "",
        latitude=place.latitude,
        longitude=place.longitude,
        accessibility=place.accessibility,
        directions=place.directions,
        description=at.description,
        schedules=_hours(hours, at.pk),
        extra=place.extra,
    )


def _hours(rows: list[Schedule], at_id: UUID | None) -> tuple[ScheduleRecord, ...]:
    found = [
        ScheduleRecord(
            schedule_id=row.pk,
            weekdays=tuple(row.weekdays),
            every_weeks=row.every_weeks,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            notes=row.notes,
            extra=row.extra,
        )
        for row in rows
        if row.at_place_id == at_id
    ]
    return tuple(sorted(found, key=lambda s: (s.weekdays, str(s.opens_at), s.notes, str(s.schedule_id))))


def tracked(row: Service) -> dict[str, Any]:
    """The tracked fields of a row as it stands, to compare."""
    return tracked_of(as_record(whole().get(pk=row.pk)))


def whole() -> Any:
    """Rows with everything that a record needs, in six queries however many rows."""
    return Service.objects.select_related("municipality", "organisation").prefetch_related(
        "at_places__place__municipality", "schedules"
    )


def tracked_of(record: ServiceRecord) -> dict[str, Any]:
    """The tracked fields of a record, without ids that the database gives itself."""
    found = {key: _bare(getattr(record, key)) for key in TRACKED}
    found["organisation"] = (
        str(record.organisation_id) if record.organisation_id else record.organisation.strip()
    )
    found["terms"], found["languages"] = sorted(set(record.terms)), sorted(set(record.languages))
    found["places"] = sorted((_plain_place(place) for place in record.places), key=str)
    found["schedules"] = sorted((_plain_hours(one) for one in record.schedules), key=str)
    return found


def _bare(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _plain_place(place: PlaceRecord) -> tuple[Any, ...]:
    parts = [
        _bare(getattr(place, field.name))
        for field in fields(place)
        if field.name not in {"place_id", "at_id", "schedules", "extra", "postal_code"}
    ]
    hours = sorted((_plain_hours(one) for one in place.schedules), key=str)
    return (*parts, place.postal_code.strip().upper(), tuple(hours))


def _plain_hours(one: ScheduleRecord) -> tuple[Any, ...]:
    return (
        tuple(sorted(set(one.weekdays))),
        one.every_weeks,
        one.opens_at,
        one.closes_at,
        one.valid_from,
        one.valid_until,
        one.notes.strip(),
    )
