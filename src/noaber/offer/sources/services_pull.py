"""A source is read: when it is time, when an editor asks, or on trial. One run at a time per source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.outbox.services import is_inline
from noaber.hallway.post import services as post
from noaber.offer.sources import rules
from noaber.offer.sources.errors import OutOfReach, Unreadable
from noaber.offer.sources.models import Source, SourceEntry, SourceRun
from noaber.offer.sources.services_duplicates import look_for_duplicates
from noaber.offer.sources.services_fetch import fetched, reader_of
from noaber.offer.sources.services_take import AT_ONCE, Tally, said_by, take_entries, withdraw
from noaber.offer.sources.types import ReadEntry, ReadList

State, RunState = Source.State, SourceRun.State
MOST_FAULTS = 200
SHOWN_ON_TRIAL = 10
GIVEN_UP_AFTER = timedelta(hours=2)
"""A run that still says 'busy' after this lost its process."""


def ask_for_run(
    *, actor: Actor, source_id: UUID, trial: bool = False, accept_smaller: bool = False, now: datetime
) -> UUID:
    """Queue a pull or a trial of a source. One that already waits or runs is given again."""
    source = gate.get(actor, "edit", Source.objects.select_for_update(), resource="source", pk=source_id)
    purpose = SourceRun.Purpose.TRIAL if trial else SourceRun.Purpose.PULL
    busy = source.runs.filter(
        purpose=purpose,
        state__in=(RunState.QUEUED, RunState.RUNNING),
        accept_smaller=accept_smaller,
        asked_at__gt=now - GIVEN_UP_AFTER,
    ).first()
    if busy is not None:
        return busy.pk
    run = SourceRun.objects.create(
        region_id=source.region_id,
        source=source,
        purpose=purpose,
        asked_at=now,
        accept_smaller=accept_smaller,
    )
    queue_run(run)
    return run.pk


def queue_run(run: SourceRun) -> None:
    """Give the work to the queue, in this transaction."""
    if not is_inline():
        app.configure_task("sources.run", queue="sources").defer(run_id=str(run.pk))


def due_sources(now: datetime) -> list[UUID]:
    """The sources whose time has come."""
    rows = Source.objects.filter(active=True).exclude(kind=Source.Kind.FILE)
    return [row.pk for row in rows if rules.is_due(row.tried_at, row.worked_at, row.every_hours, now)]


def pull(source_id: UUID, *, now: datetime) -> SourceRun | None:
    """Read a source at once; nothing when it is being read already."""
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=source_id)
        run = SourceRun.objects.create(
            region_id=source.region_id, source=source, purpose=SourceRun.Purpose.PULL, asked_at=now
        )
    return carry_out(run.pk, now=now)


def carry_out(run_id: UUID, *, now: datetime) -> SourceRun | None:
    """Do the work of one run of a source. Nothing of the network happens inside a transaction.

    Returns None when the work was done already, or when another run of this source is busy.
    """
    run = _begin(run_id, now)
    if run is None or run.source is None:
        return None
    source = run.source
    trial = run.purpose == SourceRun.Purpose.TRIAL
    try:
        found = fetched(
            source, reader_of(source.region_id, source), only_first=SHOWN_ON_TRIAL if trial else 0
        )
    except (OutOfReach, Unreadable) as fault:
        state = State.UNREACHABLE if isinstance(fault, OutOfReach) else State.UNREADABLE
        return _failed(run, state, fault.why, now)
    if trial:
        return _shown(run, found or ReadList(()), now)
    if found is None:
        return _unchanged(run, now)
    there = [entry for entry in found.entries if entry.key]
    if not run.accept_smaller and rules.is_suspect(len(there), source.entries_last):
        words = _("De bron geeft nu %(now)s keer aanbod. De vorige keer waren dat er %(last)s.")
        return _failed(run, State.SHRUNK, words % {"now": len(there), "last": source.entries_last or 0}, now)
    tally = _taken_over(run, source, found, now)
    return _worked(run, found, len(there), tally, now)


def _begin(run_id: UUID, now: datetime) -> SourceRun | None:
    """Mark a run as busy; the database lets one run of a source be so."""
    with transaction.atomic():
        run = SourceRun.objects.select_for_update().filter(pk=run_id, state=RunState.QUEUED).first()
        if run is None or run.source_id is None:
            return None
        _locked(run)
        close_lost(now)
        run.state, run.started_at = RunState.RUNNING, now
        try:
            with transaction.atomic():
                run.save(update_fields=["state", "started_at"])
        except IntegrityError:
            run.state, run.started_at, run.ended_at = RunState.NOTHING, None, now
            run.words = _("Deze bron werd al opgehaald.")
            run.save(update_fields=["state", "started_at", "ended_at", "words"])
            return None
    return SourceRun.objects.select_related("source").get(pk=run_id)


def close_lost(now: datetime) -> int:
    """Say of work whose process was lost that it stopped; how many. Nothing half was kept of a file."""
    lost = SourceRun.objects.filter(state=RunState.RUNNING, started_at__lt=now - GIVEN_UP_AFTER)
    words = _("Dit werk is halverwege gestopt. Probeer het opnieuw.")
    return lost.update(state=RunState.REFUSED, ended_at=now, words=words, content=None)


def _taken_over(run: SourceRun, source: Source, found: ReadList, now: datetime) -> Tally:
    tally = Tally()
    known = {row.key: row for row in SourceEntry.objects.filter(source=source)}
    for number, part in enumerate(_parts(found.entries)):
        with transaction.atomic():
            take_entries(source, part, known, tally, now)
        if number % 10 == 0:
            SourceRun.objects.filter(pk=run.pk).update(
                rows=len(found.entries), rows_done=min(len(found.entries), (number + 1) * AT_ONCE)
            )
    with transaction.atomic():
        withdraw(source, {entry.key for entry in found.entries if entry.key}, tally, now)
    with transaction.atomic():
        look_for_duplicates(source.region_id, tally.touched, now=now)
    return tally


def _parts(entries: tuple[ReadEntry, ...]) -> Iterator[tuple[ReadEntry, ...]]:
    for at in range(0, len(entries), AT_ONCE):
        yield entries[at : at + AT_ONCE]


def _locked(run: SourceRun) -> Source:
    return Source.objects.select_for_update(of=("self",)).get(runs=run.pk)


# --- how it ends ----------------------------------------------------------------------------------------


@transaction.atomic
def _worked(run: SourceRun, found: ReadList, there: int, tally: Tally, now: datetime) -> SourceRun:
    source = _locked(run)
    source.state, source.why = State.WELL, ""
    source.tried_at = source.worked_at = now
    source.entries_last = there
    source.headers = list(found.headers)
    source.etag, source.modified = (found.etag, found.modified) if not tally.faults else ("", "")
    source.save()
    tell(run, tally)
    run.rows = run.rows_done = len(found.entries)
    news = tally.new or tally.changed or tally.withdrawn or tally.faults or tally.asked
    return ended(run, RunState.DONE if news else RunState.NOTHING, now)


@transaction.atomic
def _unchanged(run: SourceRun, now: datetime) -> SourceRun:
    source = _locked(run)
    source.state, source.why = State.WELL, ""
    source.tried_at = source.worked_at = now
    source.save(update_fields=["state", "why", "tried_at", "worked_at"])
    run.same = run.rows = run.rows_done = source.entries_last or 0
    run.words = _("De bron zegt zelf dat er niets is veranderd.")
    return ended(run, RunState.NOTHING, now)


@transaction.atomic
def _failed(run: SourceRun, state: str, why: str, now: datetime) -> SourceRun:
    """Nothing changes, and the editor hears it once, not every hour."""
    run.words = why[:400]
    if run.purpose != SourceRun.Purpose.TRIAL:
        source = _locked(run)
        news = source.state != state
        source.state, source.why, source.tried_at = state, why[:300], now
        source.save(update_fields=["state", "why", "tried_at"])
        if news:
            _tell_editor(source, now)
    return ended(run, RunState.REFUSED, now)


@transaction.atomic
def _shown(run: SourceRun, found: ReadList, now: datetime) -> SourceRun:
    run.rows = run.rows_done = len(found.entries)
    records = [entry.record for entry in found.entries if entry.record is not None]
    run.sample = [said_by(record) | {"source_key": record.source_key} for record in records]
    run.new = len(records)
    if found.headers:
        Source.objects.filter(runs=run.pk).update(headers=list(found.headers))
    tell(run, Tally(new=len(records), faults=list(found.faults)))
    return ended(run, RunState.DONE, now)


def tell(run: SourceRun, tally: Tally) -> None:
    """Put the counts and the faults in the run; the caller saves."""
    run.new, run.changed, run.same, run.withdrawn = tally.new, tally.changed, tally.same, tally.withdrawn
    run.refused = len({fault.row for fault in tally.faults})
    if tally.asked:
        run.words = ngettext(
            "De bron veranderde %(n)s veld dat wij zelf schreven. U mag kiezen.",
            "De bron veranderde %(n)s velden die wij zelf schreven. U mag kiezen.",
            tally.asked,
        ) % {"n": tally.asked}
    run.faults = [
        {"row": fault.row, "field": fault.field, "reason": fault.reason}
        for fault in tally.faults[:MOST_FAULTS]
    ]


def ended(run: SourceRun, state: str, now: datetime) -> SourceRun:
    """Write down how a run ended; the file it came in is thrown away."""
    run.state, run.ended_at = state, max(now, run.asked_at)
    run.content = None
    run.save()
    return run


def _tell_editor(source: Source, now: datetime) -> None:
    address = source.editor.email if source.editor and source.editor.is_active else ""
    post.queue(
        key=f"source {source.pk} {source.state} {now.isoformat()}",
        address=address or "",
        subject=_("Een bron van de sociale kaart vraagt uw aandacht"),
        body="\n\n".join(
            [
                _("Bron: %(name)s.") % {"name": source.name},
                source.why,
                _("Er is niets veranderd: wat er stond, staat er nog."),
                _("Kijk bij Bronnen wat u kunt doen."),
            ]
        ),
        now=now,
        account_id=source.editor_id,
    )
