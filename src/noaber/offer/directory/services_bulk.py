"""Many new entries at once, for lists of others: some twenty statements where one by one takes thousands."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from noaber.hallway.clock import day_of
from noaber.hallway.outbox import services as outbox
from noaber.network.partners import queries as partners
from noaber.offer.directory import errors, keeping
from noaber.offer.directory.checking import check
from noaber.offer.directory.events import EntryChanged
from noaber.offer.directory.models import Confirmation, Place, Schedule, Service, ServiceAtPlace
from noaber.offer.directory.types_record import PlaceRecord, ServiceRecord
from noaber.offer.directory.upkeep import weighing


@transaction.atomic
def add_records(
    *,
    region_id: UUID,
    records: Sequence[ServiceRecord],
    now: datetime,
    origin: str,
    confirmed: str = Confirmation.Kind.OWNER,
    by: str = "",
) -> list[UUID]:
    """Add entries that are not there yet; their ids in the same order. All of them, or none.

    The same as `keep_record` for each, with one revision for all: they become visible together. `confirmed`
    says what a day of checking in a record is a confirmation by.

    Raises:
        Invalid: a record that cannot be kept. IntegrityError: an id, key or name is taken.
    """
    places = {place.slug: place.pk for place in partners.municipalities_of(region_id)}
    rows = [_row(region_id, record, places, origin, now) for record in records]
    if not rows:
        return []
    days = [
        Confirmation(
            service=row,
            kind=confirmed,
            on=row.assured_on,
            by=row.assured_by,
            reference=f"{row.assured_on.isoformat()} {by or row.assured_by}"[:80],
        )
        for row in rows
        if row.assured_on is not None
    ]
    sites = [(row, one) for row, record in zip(rows, records, strict=True) for one in record.places]
    number = keeping.next_revision(region_id)
    for row in rows:
        row.revision = number
    Service.objects.bulk_create(rows, batch_size=500)
    Confirmation.objects.bulk_create(days, batch_size=500)
    _keep_places(region_id, sites, places)
    Schedule.objects.bulk_create(
        [
            keeping.schedule_row(row, None, one)
            for row, record in zip(rows, records, strict=True)
            for one in record.schedules
        ],
        batch_size=500,
    )
    _weigh([row for row in rows if row.assured_on is not None], now)
    for row in rows:
        event = EntryChanged(service_id=row.pk, region_id=region_id, revision=number, at=now)
        outbox.publish(event, now=now)
    return [row.pk for row in rows]


def _row(
    region_id: UUID, record: ServiceRecord, places: dict[str, UUID], origin: str, now: datetime
) -> Service:
    faults = check(record)
    if faults:
        raise errors.not_right(faults)
    row = Service(region_id=region_id, source=record.source, source_key=record.source_key)
    row.pk = record.service_id or row.pk
    said = keeping.tracked_of(record)
    keeping.take_over(row, record, set(said) - {"municipality"})
    row.municipality_id = places.get(record.municipality)
    row.extra = dict(record.extra)
    filled = [key for key, value in said.items() if value not in ("", None, [], False)]
    row.origins = {key: {"from": origin, "at": now.isoformat()} for key in filled}
    row.assured_on, row.assured_by = record.assured_on, record.assured_by[:200]
    row.last_modified_at = now
    return row


def _keep_places(
    region_id: UUID, sites: list[tuple[Service, PlaceRecord]], municipalities: dict[str, UUID]
) -> None:
    spots: dict[UUID, Place] = {}
    here: list[ServiceAtPlace] = []
    hours: list[Schedule] = []
    for row, one in sites:
        place_id = one.place_id or uuid.uuid4()
        spots[place_id] = Place(
            pk=place_id,
            region_id=region_id,
            **keeping.place_fields(one, municipalities.get(one.municipality)),
        )
        at = ServiceAtPlace(
            pk=one.at_id or uuid.uuid4(), service=row, place_id=place_id, description=one.description.strip()
        )
        here.append(at)
        hours += [keeping.schedule_row(row, at, each) for each in one.schedules]
    there = set(Place.objects.filter(pk__in=spots, region_id=region_id).values_list("pk", flat=True))
    Place.objects.bulk_create([spots[pk] for pk in spots if pk not in there], batch_size=500)
    ServiceAtPlace.objects.bulk_create(here, batch_size=500)
    Schedule.objects.bulk_create(hours, batch_size=500)


def _weigh(rows: list[Service], now: datetime) -> None:
    for part in _parts(rows):
        found = weighing.of_rows(part, today=day_of(now))
        for row in part:
            row.ageing_on, row.stale_on = found[row.pk].ageing_on, found[row.pk].stale_on
        Service.objects.bulk_update(part, ["ageing_on", "stale_on"])


def _parts(rows: list[Service]) -> Iterator[list[Service]]:
    for at in range(0, len(rows), 500):
        yield rows[at : at + 500]
