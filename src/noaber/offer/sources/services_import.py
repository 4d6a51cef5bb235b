"""A file that an editor sends: all of it is kept, or nothing, with a report line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from noaber.ground.errors import NoaberError
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.network.partners import queries as partners
from noaber.offer.directory import services as keeping
from noaber.offer.directory import services_bulk as bulk
from noaber.offer.directory.models import Service
from noaber.offer.directory.types_record import ServiceRecord
from noaber.offer.sources import rules
from noaber.offer.sources.errors import Unreadable, no_such_source, unreadable
from noaber.offer.sources.models import Source, SourceEntry, SourceRun
from noaber.offer.sources.services_duplicates import look_for_duplicates
from noaber.offer.sources.services_fetch import read_file, reader_of
from noaber.offer.sources.services_pull import ended, queue_run, tell
from noaber.offer.sources.services_take import WORTH_IT, Tally, take_entries, withdraw
from noaber.offer.sources.types import Fault, ReadEntry, ReadList

MOST_BYTES = 25_000_000
State = SourceRun.State


class _Refused(Exception):
    """Leaves the transaction, so that nothing of the file is kept."""


@transaction.atomic
def send_file(
    *,
    actor: Actor,
    region_id: UUID,
    source_id: UUID | None,
    name: str,
    content: bytes,
    whole_list: bool,
    now: datetime,
) -> UUID:
    """Take in a file and queue its reading; the id of the run. Sent twice while it waits is sent once."""
    gate.require_act(actor, "sources.edit")
    partners.region(region_id)
    if source_id is not None:
        gate.get(actor, "edit", Source.objects.filter(region_id=region_id), resource="source", pk=source_id)
    sign = hashlib.sha256(content).hexdigest()
    waiting = SourceRun.objects.select_for_update().filter(
        region_id=region_id, file_hash=sign, state__in=(State.QUEUED, State.RUNNING)
    )
    busy = next((run for run in waiting if run.source_id == source_id), None)
    if busy is not None:
        return busy.pk
    run = SourceRun.objects.create(
        region_id=region_id,
        source_id=source_id,
        purpose=SourceRun.Purpose.FILE,
        asked_at=now,
        whole_list=whole_list and source_id is not None,
        file_name=_bare(name),
        file_hash=sign,
        content=content,
    )
    queue_run(run)
    return run.pk


def _bare(name: str) -> str:
    """The name of a file without folders and without signs that turn the reading direction."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(sign for sign in last if sign.isprintable())[:200]


def is_file(run_id: UUID) -> bool:
    """Whether this run is of a file."""
    return SourceRun.objects.filter(pk=run_id, purpose=SourceRun.Purpose.FILE).exists()


def import_file(run_id: UUID, *, now: datetime) -> SourceRun | None:
    """Read a file and keep all of it, or nothing when anything is wrong. Twice is once."""
    run = _begin(run_id, now)
    if run is None:
        return None
    try:
        found = read_file(bytes(run.content or b""), reader_of(run.region_id, run.source))
        tally = keep_list(run.region_id, run.source, found, whole_list=run.whole_list, now=now)
    except Unreadable as fault:
        run.words = " ".join((fault.why, fault.now_what))[:400]
        return ended(run, State.REFUSED, now)
    run.rows = run.rows_done = len(found.entries)
    tell(run, tally)
    if tally.faults:
        run.words = _("Er is niets overgenomen. Verbeter deze regels en stuur het bestand opnieuw.")
        return ended(run, State.REFUSED, now)
    if not (tally.new or tally.changed or tally.withdrawn or tally.asked):
        run.words = _("Alles uit dit bestand stond er al. Er is niets veranderd en niets dubbel.")
        return ended(run, State.NOTHING, now)
    return ended(run, State.DONE, now)


def _begin(run_id: UUID, now: datetime) -> SourceRun | None:
    with transaction.atomic():
        rows = SourceRun.objects.select_for_update(of=("self",)).select_related("source")
        run = rows.filter(pk=run_id, state=State.QUEUED).first()
        if run is None:
            return None
        run.state, run.started_at = State.RUNNING, now
        try:
            with transaction.atomic():
                run.save(update_fields=["state", "started_at"])
        except IntegrityError:
            run.words = _("Deze bron wordt net bijgewerkt. Stuur het bestand zo nog een keer.")
            run.started_at = None
            ended(run, State.REFUSED, now)
            return None
    return run


def keep_list(
    region_id: UUID,
    source: Source | None,
    found: ReadList,
    *,
    whole_list: bool,
    now: datetime,
    dry_run: bool = False,
) -> Tally:
    """Keep a whole list in one transaction; with any fault, or on a dry run, nothing of it stays.

    Raises:
        Unreadable: it says to be the whole list and is much smaller than the last.
    """
    tally = Tally(faults=list(found.faults))
    if tally.faults:
        return tally
    if whole_list and source is not None and rules.is_suspect(len(found.entries), source.entries_last):
        why = _("Dit bestand heeft %(now)s regels. De vorige hele lijst had er %(last)s.")
        raise unreadable(
            why % {"now": len(found.entries), "last": source.entries_last or 0},
            now_what=_("Klopt dat, laat dan 'hele lijst' uit en haal weg wat er niet meer is."),
        )
    try:
        with transaction.atomic():
            _keep(region_id, source, found.entries, whole_list, tally, now)
            _let_go(tally.faults or dry_run)
    except _Refused:
        pass
    return tally


def _let_go(refused: object) -> None:
    if refused:
        raise _Refused


def _keep(
    region_id: UUID,
    source: Source | None,
    entries: Sequence[ReadEntry],
    whole_list: bool,
    tally: Tally,
    now: datetime,
) -> None:
    if source is None:
        _keep_own(region_id, entries, tally, now)
    else:
        known = {row.key: row for row in SourceEntry.objects.filter(source=source)}
        take_entries(source, entries, known, tally, now)
        if whole_list:
            withdraw(source, {entry.key for entry in entries}, tally, now)
        Source.objects.filter(pk=source.pk).update(
            state=Source.State.WELL,
            why="",
            tried_at=now,
            worked_at=now,
            entries_last=len(entries) if whole_list else source.entries_last,
        )
    if not tally.faults:
        look_for_duplicates(region_id, tally.touched, now=now)


def _keep_own(region_id: UUID, entries: Sequence[ReadEntry], tally: Tally, now: datetime) -> None:
    """Entries of our own; what came from a source before keeps that source."""
    rows = Service.objects.filter(region_id=region_id)
    there = set(rows.values_list("pk", flat=True))
    new = [one.record for one in entries if one.record and one.record.service_id not in {None, *there}]
    if len(new) >= WORTH_IT and _added_at_once(region_id, new, tally, now):
        done = {record.service_id for record in new}
        entries = [one for one in entries if one.record and one.record.service_id not in done]
    for entry in entries:
        record = entry.record
        if record is None:
            continue
        fresh = record.service_id is not None and record.service_id not in there
        try:
            with transaction.atomic():
                service_id, changed = keeping.keep_record(
                    region_id=region_id,
                    record=replace(record, version=0),
                    now=now,
                    origin=(record.source if fresh else "") or rules.LOCAL,
                )
        except NoaberError as fault:
            tally.faults.append(Fault(entry.row, "", f"{fault.happened} {fault.why}"))
            continue
        except IntegrityError:
            tally.faults.append(Fault(entry.row, "", _("Een nummer in deze regel is al in gebruik.")))
            continue
        _count(tally, service_id, bool(changed), service_id not in there)
        there.add(service_id)


def _added_at_once(region_id: UUID, new: Sequence[ServiceRecord], tally: Tally, now: datetime) -> bool:
    """Add entries that come with an id of ours that is not here, such as after moving house."""
    try:
        with transaction.atomic():
            for origin in sorted({record.source for record in new}):
                tally.touched += bulk.add_records(
                    region_id=region_id,
                    records=[replace(one, version=0) for one in new if one.source == origin],
                    now=now,
                    origin=origin or rules.LOCAL,
                )
    except (NoaberError, IntegrityError):
        tally.touched.clear()
        return False
    tally.new += len(new)
    return True


def _count(tally: Tally, service_id: UUID, changed: bool, new: bool) -> None:
    tally.new += new
    tally.changed += changed and not new
    tally.same += not changed and not new
    if changed or new:
        tally.touched.append(service_id)


def take_file(
    region_id: UUID, content: bytes, source: str, *, dry_run: bool, now: datetime
) -> dict[str, Any]:
    """A file from the command line: counts, and each fault by line; `source` is a slug, empty for our own.

    Raises:
        Missing: there is no such source. Unreadable: it is no list.
    """
    there = Source.objects.filter(region_id=region_id, slug=source).first() if source else None
    if source and there is None:
        raise no_such_source(source)
    found = read_file(content, reader_of(region_id, there))
    tally = keep_list(region_id, there, found, whole_list=False, now=now, dry_run=dry_run)
    return {
        "new": tally.new,
        "changed": tally.changed,
        "same": tally.same,
        "faults": [{"row": one.row, "field": one.field, "reason": one.reason} for one in tally.faults],
    }
