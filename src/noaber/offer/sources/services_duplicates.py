"""Entries that may be one: found, merged field by field by an editor, or said to be different for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.offer.directory import queries as directory
from noaber.offer.directory import services as keeping
from noaber.offer.directory.models import Service
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord
from noaber.offer.sources import errors, rules
from noaber.offer.sources.models import Duplicate, SourceEntry

State = Duplicate.State
LIVING = (Service.Status.ACTIVE, Service.Status.CLOSED)


def look_for_duplicates(region_id: UUID, fresh: Iterable[UUID], *, now: datetime) -> int:
    """Note the pairs in which one of these entries may be another; how many are new."""
    wanted = {str(key) for key in fresh}
    if not wanted:
        return 0
    everything = list(_sketches(region_id))
    pairs = rules.pairs([one for one in everything if one.key in wanted], everything)
    rows = [
        Duplicate(
            region_id=region_id,
            one_id=UUID(one),
            other_id=UUID(other),
            score=like.score,
            reasons=list(like.reasons),
            found_at=now,
        )
        for one, other, like in pairs
    ]
    before = Duplicate.objects.filter(region_id=region_id).count()
    Duplicate.objects.bulk_create(rows, ignore_conflicts=True)
    return Duplicate.objects.filter(region_id=region_id).count() - before


def _sketches(region_id: UUID) -> Iterable[rules.Sketch]:
    rows = (
        Service.objects.filter(region_id=region_id, status__in=LIVING)
        .select_related("organisation", "municipality")
        .prefetch_related("at_places__place")
    )
    for row in rows:
        place = next((at.place for at in row.at_places.all()), None)
        spot = (place.latitude, place.longitude) if place else (None, None)
        yield rules.Sketch(
            key=str(row.pk),
            name=row.name,
            organisation=row.organisation.name if row.organisation else row.provider_name,
            municipality=row.municipality.slug if row.municipality else "",
            phone=row.phone,
            site=row.website,
            postal_code=place.postal_code.replace(" ", "") if place else "",
            spot=(spot[0], spot[1]) if spot[0] is not None and spot[1] is not None else None,
            source=row.source,
        )


@transaction.atomic
def say_different(*, actor: Actor, duplicate_id: UUID, now: datetime) -> None:
    """These are two things; nobody is asked again."""
    row = _open(actor, duplicate_id)
    row.state, row.decided_at = State.DIFFERENT, now
    row.save(update_fields=["state", "decided_at"])


@transaction.atomic
def merge_pair(
    *,
    actor: Actor,
    duplicate_id: UUID,
    take_from: Mapping[str, str],
    versions: Mapping[str, int],
    now: datetime,
) -> UUID:
    """Make one entry of two; its id. `take_from`: per field the id of the entry whose value stays.

    An entry of our own stays when there is one, else the first. What the other source says keeps its link, so
    that its next list does not bring the other back. `versions` are those that the editor compared.

    Raises:
        Conflict: another editor decided first, or one of the two was edited meanwhile.
    """
    row = _open(actor, duplicate_id)
    both = list(Service.objects.select_for_update().filter(pk__in=(row.one_id, row.other_id)).order_by("pk"))
    if len(both) < 2 or any(one.merged_into_id for one in both):
        raise errors.decided_already()
    if any(versions.get(str(one.pk)) != one.version for one in both):
        raise errors.changed_meanwhile()
    stays = next((one for one in both if not one.source), both[0])
    goes = next(one for one in both if one.pk != stays.pk)
    theirs = directory.record(row.region_id, goes.pk, living=False)
    chosen = {name for name, taken in take_from.items() if taken == str(goes.pk)}
    keeping.merge(stays_id=stays.pk, goes_id=goes.pk, now=now)
    _write_chosen(stays, goes, theirs, chosen, now)
    SourceEntry.objects.filter(service_id=goes.pk).update(service_id=stays.pk)
    _close_others(row, goes.pk, stays.pk, now)
    row.state, row.decided_at = State.MERGED, now
    row.save(update_fields=["state", "decided_at"])
    return stays.pk


def _open(actor: Actor, duplicate_id: UUID) -> Duplicate:
    row = gate.get(
        actor, "edit", Duplicate.objects.select_for_update(), resource="duplicate", pk=duplicate_id
    )
    if row.state != State.OPEN:
        raise errors.decided_already()
    return row


def _write_chosen(
    stays: Service, goes: Service, theirs: ServiceRecord, chosen: set[str], now: datetime
) -> None:
    """Write the fields that were chosen from the one that goes, each with its own origin."""
    if not chosen:
        return
    tracked = set(directory.tracked_of(theirs))
    ours = directory.record(stays.region_id, stays.pk, living=False)
    by_origin: dict[str, set[str]] = {}
    for name in chosen & tracked - {"status"}:
        origin = (goes.origins.get(name) or {}).get("from") or goes.source or rules.LOCAL
        by_origin.setdefault(origin, set()).add(name)
    for origin, names in by_origin.items():
        values = {name: value for one in names for name, value in _values(theirs, one).items()}
        keeping.keep_record(
            region_id=stays.region_id,
            record=replace(ours, **values, version=0, assured_on=None),
            now=now,
            origin=origin,
            keep=frozenset(tracked - names),
        )


def _values(theirs: ServiceRecord, name: str) -> dict[str, Any]:
    if name == "organisation":
        return {"organisation": theirs.organisation, "organisation_id": theirs.organisation_id}
    if name == "places":
        return {"places": tuple(_without_ids(place) for place in theirs.places)}
    if name == "schedules":
        return {"schedules": tuple(_hours(one) for one in theirs.schedules)}
    if name == "free_places":
        return {"free_places": theirs.free_places, "free_places_on": theirs.free_places_on}
    return {name: getattr(theirs, name)}


def _without_ids(place: PlaceRecord) -> PlaceRecord:
    """The same place; what ties it to the entry that goes is made anew."""
    return replace(place, at_id=None, schedules=tuple(_hours(one) for one in place.schedules))


def _hours(one: ScheduleRecord) -> ScheduleRecord:
    return replace(one, schedule_id=None)


def _close_others(row: Duplicate, goes: UUID, stays: UUID, now: datetime) -> None:
    """Other open pairs with the one that went: asked of the one that stayed, once."""
    others = Duplicate.objects.select_for_update().filter(Q(one_id=goes) | Q(other_id=goes), state=State.OPEN)
    for each in others.exclude(pk=row.pk):
        third = each.other_id if each.one_id == goes else each.one_id
        each.state, each.decided_at = State.MERGED, now
        each.save(update_fields=["state", "decided_at"])
        if third != stays:
            first, second = sorted((third, stays))
            Duplicate.objects.get_or_create(
                one_id=first,
                other_id=second,
                defaults={
                    "region_id": row.region_id,
                    "score": each.score,
                    "reasons": each.reasons,
                    "found_at": now,
                },
            )
