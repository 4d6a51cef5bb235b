"""The queue: sources whose time has come, and the work that an editor asked for."""

from __future__ import annotations

from uuid import UUID

from procrastinate import exceptions
from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.offer.sources.services_import import import_file, is_file
from noaber.offer.sources.services_pull import carry_out, close_lost, due_sources, pull


@app.periodic(cron="7,22,37,52 * * * *")
@app.task(name="sources.look", queue="sources", queueing_lock="sources.look")
def look_at_sources(timestamp: int) -> None:
    """Give each source whose time has come a job of its own; say of lost work that it stopped."""
    close_lost(clock.now())
    for source_id in due_sources(clock.now()):
        try:
            app.configure_task(
                "sources.pull",
                queue="sources",
                lock=f"source {source_id}",
                queueing_lock=f"source {source_id}",
            ).defer(source_id=str(source_id))
        except exceptions.AlreadyEnqueued:
            continue


@app.task(name="sources.pull", queue="sources")
def pull_source(*, source_id: str) -> None:
    """Read one source."""
    pull(UUID(source_id), now=clock.now())


@app.task(name="sources.run", queue="sources")
def run(*, run_id: str) -> None:
    """Do what an editor asked: a pull, a trial or a file."""
    if is_file(UUID(run_id)):
        import_file(UUID(run_id), now=clock.now())
    else:
        carry_out(UUID(run_id), now=clock.now())
