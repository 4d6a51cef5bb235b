"""An editor looks after the sources: adds one, changes its settings, chooses between two texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.network.partners.models import Municipality, Organisation
from noaber.offer.directory import queries as directory
from noaber.offer.directory import services as keeping
from noaber.offer.directory.errors import changed_meanwhile
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord
from noaber.offer.sources import errors, rules
from noaber.offer.sources.models import Difference, Source
from noaber.offer.sources.queries import region_of
from noaber.offer.sources.reading import nested
from noaber.offer.sources.words import PLACE

SETTINGS = ("name", "kind", "address", "every_hours", "link", "active", "columns")


@transaction.atomic
def add_source(*, actor: Actor, settings: Mapping[str, Any], now: datetime) -> UUID:
    """Add a source to the region of this editor, who looks after it unless another is named.

    One with the same name and address is given again: a form that is sent twice makes one source.
    """
    region = region_of(actor)
    same = Source.objects.filter(region=region, name=settings["name"], address=settings.get("address", ""))
    there = same.first()
    if there is not None:
        return there.pk
    chosen = {key: settings[key] for key in SETTINGS if key in settings}
    return Source.objects.create(
        region=region,
        slug=_free_slug(region.pk, settings["name"]),
        editor_id=settings.get("editor_id") or actor.signed_in_id,
        owner_id=settings.get("owner_id"),
        **chosen,
    ).pk


def _free_slug(region_id: UUID, name: str) -> str:
    base = slugify(name)[:50].strip("-") or "bron"
    base = f"bron-{base}" if base == rules.LOCAL else base
    taken = set(Source.objects.filter(region_id=region_id).values_list("slug", flat=True))
    return next(
        slug for n in range(len(taken) + 1) if (slug := base if not n else f"{base}-{n + 1}") not in taken
    )


@transaction.atomic
def save_source(
    *, actor: Actor, source_id: UUID, settings: Mapping[str, Any], version: int, now: datetime
) -> None:
    """Change the settings of a source. What was fetched with the old ones is fetched anew.

    Raises:
        Conflict: another editor changed them since this version.
    """
    row = gate.get(actor, "edit", Source.objects.select_for_update(), resource="source", pk=source_id)
    if row.version != version:
        raise changed_meanwhile()
    before = (row.address, row.kind, row.columns, row.link)
    for key in SETTINGS:
        if key in settings:
            setattr(row, key, settings[key])
    row.editor_id, row.owner_id = settings.get("editor_id"), settings.get("owner_id")
    if before != (row.address, row.kind, row.columns, row.link):
        row.etag, row.modified = "", ""
    row.version += 1
    row.save()


@transaction.atomic
def decide(*, actor: Actor, difference_id: UUID, take_theirs: bool, now: datetime) -> None:
    """Keep our own text, or take that of the source; from then on the source keeps that field up to date.

    Raises:
        Conflict: another editor chose first.
    """
    rows = Difference.objects.select_for_update(of=("self",)).select_related("entry__source")
    row = gate.get(actor, "edit", rows, resource="difference", pk=difference_id)
    if row.state != Difference.State.OPEN:
        raise errors.decided_already()
    if take_theirs:
        _write(row, now)
    row.state = Difference.State.THEIRS if take_theirs else Difference.State.OURS
    row.decided_at = now
    row.save(update_fields=["state", "decided_at"])


def _write(row: Difference, now: datetime) -> None:
    source = row.entry.source
    ours = directory.record(source.region_id, row.entry.service_id, living=False)
    keeping.keep_record(
        region_id=source.region_id,
        record=replace(ours, **value_of(row.field, row.theirs), version=0, assured_on=None),
        now=now,
        origin=source.slug,
        keep=frozenset(directory.tracked_of(ours)) - {row.field},
        by=source.name,
    )


def value_of(name: str, said: Any) -> dict[str, Any]:
    """A field as a record has it, from the plain form in which what a source said is kept."""
    if name == "organisation":
        partner = Organisation.objects.filter(pk=said).first() if _is_id(said) else None
        return {"organisation": partner.name if partner else said, "organisation_id": partner and partner.pk}
    if name == "municipality":
        known = Municipality.objects.filter(slug=said).exists()
        return {name: said if known else ""}
    if name == "places":
        return {name: tuple(_place(one) for one in said)}
    if name == "schedules":
        return {name: tuple(_hours(one) for one in said)}
    if name in {"terms", "languages"}:
        return {name: tuple(said)}
    if name.endswith("_on") and said:
        return {name: datetime.fromisoformat(said).date()}
    return {name: said}


def _is_id(said: Any) -> bool:
    try:
        UUID(str(said))
    except ValueError:
        return False
    return True


HOURS = ("weekdays", "every_weeks", "opens_at", "closes_at", "valid_from", "valid_until", "notes")


def _place(said: list[Any]) -> PlaceRecord:
    """A place from the list in which `tracked_of` says it: its words, its postcode, its hours."""
    *values, hours = said
    return PlaceRecord(**dict(zip(PLACE, values, strict=True)), schedules=tuple(_hours(one) for one in hours))


def _hours(said: list[Any]) -> ScheduleRecord:
    plain = {name: value for name, value in zip(HOURS, said, strict=True) if value not in (None, "")}
    return nested.hours_of(plain)
