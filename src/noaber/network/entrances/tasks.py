"""Sending links and clearing up, through the queue."""

from __future__ import annotations

import procrastinate
from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.sealed import unseal
from noaber.network.entrances import services

PATIENT = procrastinate.RetryStrategy(max_attempts=4, exponential_wait=4)


@app.task(name="entrances.send_links", queue="post", retry=PATIENT)
def send_links(*, sealed_address: str) -> None:
    """Send a link to whoever has this address, if anyone has."""
    services.send_links(unseal(sealed_address), now=clock.now())


@app.periodic(cron="23 3 * * *")
@app.task(name="entrances.sweep", queue="events", queueing_lock="entrances.sweep")
def sweep(timestamp: int) -> None:
    """Forget old codes, links and lines."""
    services.sweep(now=clock.now())
