"""Sending, through the queue."""

from __future__ import annotations

import procrastinate
from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.post.services import remove_old, send

PATIENT = procrastinate.RetryStrategy(max_attempts=10, exponential_wait=4)


@app.task(name="post.send", queue="post", retry=PATIENT)
def send_message(*, message_id: str) -> None:
    """Send one message."""
    send(message_id, now=clock.now())


@app.periodic(cron="40 3 * * *")
@app.task(name="post.remove_old", queue="post", queueing_lock="post.remove_old")
def remove_old_messages(timestamp: int) -> None:
    """Remove what was sent long ago."""
    remove_old(now=clock.now())
