"""The queue on the same PostgreSQL. Jobs are retried; their effect is counted once in `Handling`."""

from __future__ import annotations

import procrastinate
from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.outbox.queries import forgotten
from noaber.hallway.outbox.services import defer_delivery, deliver, remove_old

PATIENT = procrastinate.RetryStrategy(max_attempts=12, exponential_wait=3)


@app.task(name="outbox.deliver", queue="events", retry=PATIENT)
def deliver_event(*, event_id: str) -> None:
    """Tell one event to its listeners."""
    deliver(event_id, now=clock.now())


@app.periodic(cron="*/2 * * * *")
@app.task(name="outbox.sweep", queue="events", queueing_lock="outbox.sweep")
def sweep_events(timestamp: int) -> None:
    """Give a job to any event that lost its own, for instance after a hard stop."""
    for event_id in forgotten():
        defer_delivery(event_id)


@app.periodic(cron="20 3 * * *")
@app.task(name="outbox.remove_old", queue="events", queueing_lock="outbox.remove_old")
def remove_old_events(timestamp: int) -> None:
    """Remove what everyone heard long ago."""
    remove_old(now=clock.now())
