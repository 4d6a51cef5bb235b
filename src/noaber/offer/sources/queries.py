"""What an editor sees of the sources. Nothing here is about a person, so nothing is logged."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.network.partners.models import Membership, Region
from noaber.offer.sources import words
from noaber.offer.sources.models import Difference, Duplicate, Source, SourceRun
from noaber.offer.sources.types_page import (
    FaultRow,
    RunPage,
    RunRow,
    SampleEntry,
    SourceCard,
    SourcePage,
    SourcesPage,
)

RUNS = 30
FILES = 10


def region_of(actor: Actor) -> Region:
    """The region whose directory this actor edits."""
    gate.require_act(actor, "sources.edit")
    return Region.objects.get(pk=sorted(actor.regions(Role.EDITOR))[0])


def sources_page(actor: Actor) -> SourcesPage:
    """Every source of the region with its state, and what waits for a choice."""
    region = region_of(actor)
    mine = _sources(actor).order_by("name")
    files = _runs(actor).filter(purpose=SourceRun.Purpose.FILE).order_by("-asked_at")[:FILES]
    return SourcesPage(
        region_id=region.pk,
        region_slug=region.slug,
        sources=tuple(_card(row) for row in mine),
        differences=_open_differences(actor).count(),
        duplicates=_open_pairs(actor).count(),
        files=tuple(_run(row) for row in files),
    )


def source_page(actor: Actor, source_id: UUID) -> SourcePage:
    """One source with its history."""
    row = _source(actor, source_id)
    runs = tuple(_run(run) for run in _runs(actor).filter(source=row).order_by("-asked_at")[:RUNS])
    return SourcePage(
        card=_card(row),
        runs=runs,
        may_accept_smaller=row.state == Source.State.SHRUNK,
        last=next((run for run in runs if run.purpose != "trial" and not run.busy and run.rows), None),
    )


def settings_of(actor: Actor, source_id: UUID) -> Source:
    """The row whose settings a form shows."""
    return _source(actor, source_id)


def run_page(actor: Actor, run_id: UUID) -> RunPage:
    """One run with its faults."""
    row = gate.get(actor, "edit", _with_source(), resource="source_run", pk=run_id)
    faults = tuple(FaultRow(f["row"], f["field"], f["reason"]) for f in row.faults)
    return RunPage(
        run=_run(row),
        faults=faults,
        more_faults=max(0, row.refused - len({fault.row for fault in faults})),
        sample=tuple(_sample(entry) for entry in row.sample),
        trial=row.purpose == SourceRun.Purpose.TRIAL,
        whole_list=row.whole_list,
    )


def choices(actor: Actor) -> list[tuple[str, str]]:
    """The sources to which a file may belong."""
    return [(str(row.pk), row.name) for row in _sources(actor).order_by("name")]


def editors(actor: Actor) -> list[tuple[str, str]]:
    """Who may be named as the editor of a source: those who hold that role in the region today."""
    region = region_of(actor)
    rows = Membership.objects.filter(
        role=str(Role.EDITOR), organisation__region_id=region.pk, period__contains=clock.today()
    ).select_related("account")
    return sorted({(str(row.account_id), row.account.name) for row in rows}, key=lambda pair: pair[1])


def owners(actor: Actor) -> list[tuple[str, str]]:
    """The partners to whom a source may belong."""
    region = region_of(actor)
    return [(str(row.pk), row.name) for row in region.organisations.order_by("name")]


def _sources(actor: Actor) -> QuerySet[Source]:
    rows = Source.objects.select_related("editor").annotate(
        there=Count("entries", filter=Q(entries__gone_at__isnull=True), distinct=True),
        asked=Count(
            "entries__differences", filter=Q(entries__differences__state=Difference.State.OPEN), distinct=True
        ),
    )
    return gate.visible(actor, "edit", rows, resource="source")


def _source(actor: Actor, source_id: UUID) -> Source:
    return gate.get(actor, "edit", _sources(actor), resource="source", pk=source_id)


def _with_source() -> QuerySet[SourceRun]:
    return SourceRun.objects.select_related("source").defer("content")


def _runs(actor: Actor) -> QuerySet[SourceRun]:
    return gate.visible(actor, "edit", _with_source(), resource="source_run")


def _open_differences(actor: Actor) -> QuerySet[Difference]:
    rows = Difference.objects.filter(state=Difference.State.OPEN)
    return gate.visible(actor, "edit", rows, resource="difference")


def _open_pairs(actor: Actor) -> QuerySet[Duplicate]:
    rows = Duplicate.objects.filter(state=Duplicate.State.OPEN)
    return gate.visible(actor, "edit", rows, resource="duplicate")


def _card(row: Source) -> SourceCard:
    pulled = row.kind != Source.Kind.FILE
    hours = row.every_hours if row.state in (Source.State.WELL, Source.State.NEW) else 1
    return SourceCard(
        source_id=row.pk,
        name=row.name,
        kind_words=row.get_kind_display(),
        state=row.state,
        state_words=row.get_state_display(),
        why=row.why,
        active=row.active,
        pulled=pulled,
        worked_at=row.worked_at,
        next_at=row.tried_at + timedelta(hours=hours) if row.tried_at and row.active and pulled else None,
        editor=row.editor.name if row.editor else "",
        entries=getattr(row, "there", 0),
        differences=getattr(row, "asked", 0),
    )


def _run(row: SourceRun) -> RunRow:
    return RunRow(
        run_id=row.pk,
        purpose=row.purpose,
        purpose_words=row.get_purpose_display(),
        state=row.state,
        state_words=row.get_state_display(),
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        source_id=row.source_id,
        source_name=row.source.name if row.source else "",
        file_name=row.file_name,
        words=row.words,
        rows=row.rows,
        rows_done=row.rows_done,
        new=row.new,
        changed=row.changed,
        same=row.same,
        withdrawn=row.withdrawn,
        refused=row.refused,
    )


def _sample(entry: dict[str, object]) -> SampleEntry:
    skipped = {"name", "extra", "status", "mode"}
    lines = [
        (words.field_word(name), words.value_words(name, value))
        for name, value in entry.items()
        if name not in skipped and value not in (None, "", [], False)
    ]
    return SampleEntry(str(entry.get("name", "")), tuple(lines))
