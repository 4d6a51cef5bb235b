"""The directory as a file: a table for people, HSDS for programs. The same in, the same out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from uuid import UUID

from noaber.ground.safe_csv import safe_lines
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.network.partners import queries as partners
from noaber.offer.directory import hsds
from noaber.offer.directory import queries as directory
from noaber.offer.directory.models import Service
from noaber.offer.directory.types_record import ServiceRecord
from noaber.offer.sources.columns import OWN
from noaber.offer.sources.reading import nested
from noaber.offer.sources.reading.records import as_json

KIND, STATUS, MODE = (dict(c.choices) for c in (Service.Kind, Service.Status, Service.Mode))


def may_carry_out(actor: Actor) -> tuple[UUID, tuple[UUID, ...] | None]:
    """What this actor may take along: the region, and None for all of it or else the own organisations."""
    gate.require_act(actor, "directory.export")
    regions = actor.regions(Role.EDITOR)
    if regions:
        return regions[0], None
    own = actor.organisations(Role.ORGANISATION_ADMIN, Role.HOST)
    return actor.regions(Role.ORGANISATION_ADMIN, Role.HOST)[0], own


def whole(region_id: UUID, organisations: Iterable[UUID] | None = None) -> Iterator[ServiceRecord]:
    """Every entry that was not merged away, also what is not there now; or those of these organisations."""
    rows = Service.objects.filter(region_id=region_id, merged_into__isnull=True)
    if organisations is not None:
        rows = rows.filter(organisation_id__in=list(organisations))
    return directory.records(region_id, service_ids=rows.values_list("pk", flat=True), living=False)


def living(region_id: UUID) -> Iterator[ServiceRecord]:
    """What anyone may see and take along."""
    return directory.records(region_id)


def csv_lines(records: Iterable[ServiceRecord]) -> Iterator[str]:
    """A table with one line for each entry; places and hours stand whole in their cells."""
    return safe_lines([column.heading for column in OWN], (_cells(record) for record in records))


def _cells(record: ServiceRecord) -> list[object]:
    words = {
        "id": str(record.service_id),
        "kind": KIND[record.kind],
        "status": STATUS[record.status],
        "mode": MODE[record.mode],
        "terms": ", ".join(record.terms),
        "languages": ", ".join(record.languages),
        "places": as_json([nested.plain_place(one) for one in record.places]) if record.places else "",
        "schedules": as_json([nested.plain_hours(one) for one in record.schedules])
        if record.schedules
        else "",
        "extra": as_json(dict(record.extra)) if record.extra else "",
    }
    return [words[c.field] if c.field in words else _plain(getattr(record, c.field)) for c in OWN]


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value


def hsds_lines(region_id: UUID, records: Iterable[ServiceRecord]) -> Iterator[str]:
    """A JSON list of whole HSDS services, one on each line. When we last wrote them is left out."""
    region = partners.region(region_id)
    names = {place.slug: place.name for place in partners.municipalities_of(region_id)}
    around = hsds.Around(region.name, names)
    before = "[\n"
    for record in records:
        entry = hsds.from_record(record, around)
        entry.pop("last_modified", None)
        yield before + json.dumps(entry, ensure_ascii=False, sort_keys=True, default=str)
        before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"
