"""Keeping the offers: adding, editing, confirming, ending, merging."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from noaber.hallway import clock
from noaber.offer.directory import errors, keeping
from noaber.offer.directory.models import Confirmation, Service
from noaber.offer.directory.types import NewService
from noaber.offer.directory.types_record import ServiceRecord
from noaber.offer.directory.upkeep import weighing

CHECKS = frozenset(
    {
        Confirmation.Kind.OWNER,
        Confirmation.Kind.MAIL,
        Confirmation.Kind.EDITED,
        Confirmation.Kind.SOURCE,
        Confirmation.Kind.WAIT,
    }
)
"""Happenings in which somebody looked whether the words are right."""


@transaction.atomic
def keep_record(
    *,
    region_id: UUID,
    record: ServiceRecord,
    now: datetime,
    origin: str = keeping.LOCAL,
    keep: frozenset[str] = frozenset(),
    by: str = "",
) -> tuple[UUID, list[str]]:
    """Add an entry or bring it to what the record says; its id, and which fields changed. Twice is once.

    The row is found by `service_id`, else by source and key, else by name and place among our own. `origin`
    is noted at each field that changed: 'local', or the slug of a source. Fields in `keep` are left as they
    are. `by` is the organisation that edits, for the history. When the record tells a `version`, the row must
    still have it.

    Raises:
        Conflict: someone else edited it since that version, or the name is taken in this place.
        Invalid: fields that cannot be kept, each with its reason.
    """
    row = _found(region_id, record)
    if row is None:
        row = Service(region_id=region_id, source=record.source, source_key=record.source_key)
        if record.service_id:
            row.pk = record.service_id
    elif record.version and row.version != record.version:
        raise errors.changed_meanwhile()
    try:
        with transaction.atomic():
            changed = keeping.write(row, record, origin=origin, now=now, keep=keep, by=by)
    except IntegrityError as fault:
        if "a_service_once_per_place" in str(fault) or "directory_service_pkey" in str(fault):
            raise errors.already_there() from fault
        raise
    if record.assured_on is not None:
        confirm(service_id=row.pk, on=record.assured_on, by=record.assured_by, now=now)
    return row.pk, changed


def _found(region_id: UUID, record: ServiceRecord) -> Service | None:
    rows = Service.objects.select_for_update().filter(region_id=region_id)
    if record.service_id:
        return rows.filter(pk=record.service_id).first()
    if record.source:
        return rows.filter(source=record.source, source_key=record.source_key).first()
    place = keeping.municipality_id(region_id, record.municipality)
    ours = rows.filter(source="", name=record.name.strip())
    return (ours.filter(municipality_id=place) if place else ours.filter(municipality__isnull=True)).first()


@transaction.atomic
def confirm(
    *,
    service_id: UUID,
    on: date,
    now: datetime,
    kind: str = Confirmation.Kind.OWNER,
    by: str = "",
    reference: str = "",
) -> bool:
    """Something showed that on this day it was still true; whether that was news.

    One happening (`reference`) confirms once. An older look never replaces a newer one. Use of an entry lifts
    the trust in it, and is no check: only who looked at the words themselves sets the day of the last check.
    """
    row = Service.objects.select_for_update().filter(pk=service_id).first()
    if row is None:
        return False
    _, news = Confirmation.objects.get_or_create(
        service=row,
        kind=kind,
        reference=reference or f"{on.isoformat()} {by}"[:80],
        defaults={"on": on, "by": by[:200]},
    )
    if news:
        if kind in CHECKS and (row.assured_on is None or row.assured_on < on):
            row.assured_on, row.assured_by = on, by[:200]
        weighing.weigh(row, now=now)
        keeping.stamp(row, now)
        row.save(update_fields=["assured_on", "assured_by", "ageing_on", "stale_on", "revision"])
    return news


@transaction.atomic
def weigh_again(*, service_id: UUID, now: datetime) -> None:
    """Something lowered or lifted the trust in an entry, such as a report or a mail that came back."""
    row = Service.objects.select_for_update().filter(pk=service_id).first()
    if row is None:
        return
    before = row.ageing_on, row.stale_on
    weighing.weigh(row, now=now)
    if (row.ageing_on, row.stale_on) != before:
        keeping.stamp(row, now)
        row.save(update_fields=["ageing_on", "stale_on", "revision"])


@transaction.atomic
def end_service(
    *,
    service_id: UUID,
    now: datetime | None = None,
    status: str = Service.Status.DEFUNCT,
    origin: str = keeping.LOCAL,
    by: str = "",
) -> None:
    """It is no longer there, or there again. What residents chose earlier stays readable."""
    row = Service.objects.select_for_update().filter(pk=service_id).first()
    if row is None or row.status == status:
        return
    before, row.status = row.status, status
    row.version += 1
    row.last_modified_at = now or clock.now()
    row.origins = {**row.origins, "status": {"from": origin, "at": row.last_modified_at.isoformat()}}
    keeping.stamp(row, row.last_modified_at)
    row.save(update_fields=["status", "version", "revision", "last_modified_at", "origins"])
    keeping.note_change(
        row, {"status": [str(before), str(status)]}, origin=origin, by=by, now=row.last_modified_at
    )


@transaction.atomic
def merge(*, stays_id: UUID, goes_id: UUID, now: datetime) -> None:
    """Two entries were one. What pointed at the one that goes finds the one that stays."""
    rows = {row.pk: row for row in Service.objects.select_for_update().filter(pk__in=[stays_id, goes_id])}
    stays, goes = rows[stays_id], rows[goes_id]
    goes.merged_into, goes.status = stays, Service.Status.DEFUNCT
    goes.version += 1
    goes.last_modified_at = now
    Service.objects.filter(merged_into=goes).update(merged_into=stays)
    keeping.stamp(goes, now)
    goes.save(update_fields=["merged_into", "status", "version", "revision", "last_modified_at"])


def keep_service(*, region_id: UUID, service: NewService) -> UUID:
    """Add an offer, or bring the one with this name in this place up to date. Twice is once."""
    record = ServiceRecord(
        name=service.name,
        kind=service.kind,
        text=service.text,
        organisation_id=service.organisation_id,
        municipality=service.municipality,
        when=service.when,
        cost=service.cost,
        needs_referral=service.needs_referral,
        starts_this_week=service.starts_this_week,
        assured_on=service.checked_on,
    )
    return keep_record(region_id=region_id, record=record, now=clock.now())[0]


def confirm_service(*, service_id: UUID, on: date) -> None:
    """Someone looked: on this day it was still true."""
    confirm(service_id=service_id, on=on, now=clock.now())
