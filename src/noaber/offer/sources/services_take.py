"""Taking a list over, entry by entry: new, changed, the same, gone; and what a source says otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from noaber.ground.errors import NoaberError
from noaber.offer.directory import queries as directory
from noaber.offer.directory import services as keeping
from noaber.offer.directory import services_bulk as bulk
from noaber.offer.directory.models import Confirmation, Service
from noaber.offer.directory.types_record import ServiceRecord
from noaber.offer.sources import rules
from noaber.offer.sources.models import Difference, Source, SourceEntry
from noaber.offer.sources.types import Fault, ReadEntry

AT_ONCE = 50
"""Entries in one transaction of a pull: others who write wait no longer than these take."""

WORTH_IT = 5
"""From so many new entries they are added at once."""


@dataclass(slots=True)
class Tally:
    """What came of a list."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0
    asked: int = 0
    """Fields for the editor to choose."""
    faults: list[Fault] = field(default_factory=list)
    touched: list[UUID] = field(default_factory=list)
    """Entries to look for duplicates of."""


def plain(value: Any) -> Any:
    """A value as JSON keeps it, so that what was kept and what comes can be compared."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def said_by(record: ServiceRecord) -> dict[str, Any]:
    """What a source says of an entry, field by field."""
    fields = directory.tracked_of(record)
    return dict(plain(fields)) | {
        "source_url": record.source_url,
        "extra": plain(dict(record.extra)),
        "assured_on": record.assured_on.isoformat() if record.assured_on else None,
    }


def take_entries(
    source: Source,
    entries: Sequence[ReadEntry],
    known: Mapping[str, SourceEntry],
    tally: Tally,
    now: datetime,
) -> None:
    """Take over these entries, in the transaction of the caller. A bad one is refused and harms no other."""
    seen: list[UUID] = []
    fresh = _fresh(source, entries, known)
    if len(fresh) >= WORTH_IT and _added_at_once(source, fresh, tally, now):
        done = {entry.key for entry in fresh}
        entries = [entry for entry in entries if entry.record is None or entry.key not in done]
    for entry in entries:
        if entry.record is None:
            tally.faults += entry.faults
            continue
        row = known.get(entry.key)
        said = said_by(entry.record)
        sign = rules.fingerprint(said)
        if row is not None and row.fingerprint == sign and row.gone_at is None:
            tally.same += 1
            seen.append(row.pk)
            continue
        try:
            with transaction.atomic():
                _take(source, entry.key, entry.record, row, said, sign, tally, now)
        except NoaberError as fault:
            tally.faults.append(Fault(entry.row, "", fault.sentence()))
        except IntegrityError:
            tally.faults.append(Fault(entry.row, "", "Een nummer in deze regel is al in gebruik."))
    SourceEntry.objects.filter(pk__in=seen).update(seen_at=now)


def _fresh(source: Source, entries: Sequence[ReadEntry], known: Mapping[str, SourceEntry]) -> list[ReadEntry]:
    """The entries of which nobody ever heard."""
    new = [entry for entry in entries if entry.record is not None and entry.key not in known]
    there = Service.objects.filter(
        region_id=source.region_id, source=source.slug, source_key__in=[entry.key for entry in new]
    )
    adopted = set(there.values_list("source_key", flat=True))
    return [entry for entry in new if entry.key not in adopted]


def _added_at_once(source: Source, fresh: Sequence[ReadEntry], tally: Tally, now: datetime) -> bool:
    """Add many new entries in a few statements; False when one does not fit, and nothing was added."""
    records = [replace(entry.record, version=0) for entry in fresh if entry.record is not None]
    try:
        added = bulk.add_records(
            region_id=source.region_id,
            records=[replace(one, assured_by=source.name if one.assured_on else "") for one in records],
            now=now,
            origin=source.slug,
            confirmed=Confirmation.Kind.SOURCE,
            by=source.name,
        )
    except (NoaberError, IntegrityError):
        return False
    said = [said_by(record) for record in records]
    SourceEntry.objects.bulk_create(
        [
            SourceEntry(
                source=source,
                key=entry.key,
                service_id=service_id,
                fingerprint=rules.fingerprint(words),
                said=words,
                seen_at=now,
            )
            for entry, service_id, words in zip(fresh, added, said, strict=True)
        ],
        batch_size=500,
    )
    tally.new += len(added)
    tally.touched += added
    return True


def _take(
    source: Source,
    key: str,
    record: ServiceRecord,
    row: SourceEntry | None,
    said: dict[str, Any],
    sign: str,
    tally: Tally,
    now: datetime,
) -> None:
    service = Service.objects.filter(pk=row.service_id).first() if row else _adopted(source, key)
    bare = replace(record, assured_on=None, assured_by="", version=0)
    if service is None:
        service_id, _changed = keeping.keep_record(
            region_id=source.region_id, record=bare, now=now, origin=source.slug, by=source.name
        )
        tally.new += 1
        SourceEntry.objects.create(
            source=source, key=key, service_id=service_id, fingerprint=sign, said=said, seen_at=now
        )
    else:
        service_id, changed = _bring_up_to_date(source, service, bare, row, said, tally, now)
        came_back = row is not None and row.gone_at is not None
        tally.changed += 1 if changed or came_back else 0
        tally.same += 0 if changed or came_back else 1
        SourceEntry.objects.update_or_create(
            source=source,
            key=key,
            defaults={
                "service_id": service_id,
                "fingerprint": sign,
                "said": said,
                "seen_at": now,
                "gone_at": None,
            },
        )
    tally.touched.append(service_id)
    if record.assured_on is not None:
        keeping.confirm(
            service_id=service_id,
            on=record.assured_on,
            now=now,
            kind=Confirmation.Kind.SOURCE,
            by=source.name,
            reference=f"{source.slug} {record.assured_on.isoformat()}",
        )


def _adopted(source: Source, key: str) -> Service | None:
    """An entry with this source and key that came in another way, such as a file of our own."""
    return Service.objects.filter(region_id=source.region_id, source=source.slug, source_key=key).first()


def _bring_up_to_date(
    source: Source,
    service: Service,
    record: ServiceRecord,
    row: SourceEntry | None,
    said: Mapping[str, Any],
    tally: Tally,
    now: datetime,
) -> tuple[UUID, bool]:
    """Write what this source may write; for what we wrote and the source changed, ask the editor."""
    stays_id = directory.stays(service.pk)
    if stays_id != service.pk:
        service = Service.objects.get(pk=stays_id)
    owns = service.source == source.slug
    ours = directory.record(source.region_id, service.pk, living=False)
    here = plain(directory.tracked_of(ours))
    before = row.said if row else {}
    kept = set()
    for name, value in here.items():
        if rules.may_write(name, service.origins, source.slug, owns=owns):
            continue
        kept.add(name)
        if row is not None and before.get(name) != said[name]:
            tally.asked += _ask(row, name, ours=value, theirs=said[name], now=now)
    if row is not None and row.gone_at is None and before.get("status") == said["status"]:
        kept.add("status")  # whoever ended it here, ended it; the source said nothing new
    wanted = replace(
        record,
        service_id=service.pk,
        source=service.source,
        source_key=service.source_key,
        source_url=record.source_url if owns else ours.source_url,
        extra=record.extra if owns else ours.extra,
    )
    service_id, changed = keeping.keep_record(
        region_id=source.region_id,
        record=wanted,
        now=now,
        origin=source.slug,
        keep=frozenset(kept),
        by=source.name,
    )
    return service_id, bool(changed)


def _ask(row: SourceEntry, name: str, *, ours: Any, theirs: Any, now: datetime) -> int:
    """Put both values before the editor; 0 when they became equal and there is nothing to ask."""
    if ours == theirs:
        Difference.objects.filter(entry=row, field=name, state=Difference.State.OPEN).delete()
        return 0
    Difference.objects.update_or_create(
        entry=row,
        field=name,
        state=Difference.State.OPEN,
        defaults={"ours": ours, "theirs": theirs, "found_at": now},
    )
    return 1


def withdraw(source: Source, there: Iterable[str], tally: Tally, now: datetime) -> None:
    """What the source no longer has vanishes; it stays with us, hidden, until it comes back."""
    gone = source.entries.filter(gone_at__isnull=True).exclude(key__in=list(there)).select_related("service")
    for row in gone:
        row.gone_at = now
        row.save(update_fields=["gone_at"])
        tally.withdrawn += 1
        if _is_nobody_elses(source, row):
            keeping.end_service(
                service_id=row.service_id,
                now=now,
                status=Service.Status.INACTIVE,
                origin=source.slug,
                by=source.name,
            )


def _is_nobody_elses(source: Source, row: SourceEntry) -> bool:
    """Whether only this source knew it: no other source has it, and no entry of ours was merged into it."""
    others = SourceEntry.objects.filter(service_id=row.service_id, gone_at__isnull=True).exclude(pk=row.pk)
    own_part = Service.objects.filter(merged_into_id=row.service_id, source="")
    return row.service.source == source.slug and not others.exists() and not own_part.exists()
