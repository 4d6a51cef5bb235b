"""Sending, through the queue."""

from __future__ import annotations

import procrastinate
from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.post.queries import forgotten
from noaber.hallway.post.services import defer_sending, remove_old, send

PATIENT = procrastinate.RetryStrategy(max_attempts=10, exponential_wait=4)


@app.task(name="post.send", queue="post", retry=PATIENT)
def send_message(*, message_id: str) -> None:
    """Send one message."""
    send(message_id, now=clock.now())


@app.periodic(cron="1-59/2 * * * *")
@app.task(name="post.sweep", queue="post", queueing_lock="post.sweep")
def sweep_messages(timestamp: int) -> None:
    """Give a job to any message that lost its own, for instance after a hard stop."""
    for message_id in forgotten(now=clock.now()):
        defer_sending(message_id)


@app.periodic(cron="40 3 * * *")
@app.task(name="post.remove_old", queue="post", queueing_lock="post.remove_old")
def remove_old_messages(timestamp: int) -> None:
    """Remove what was sent long ago."""
    remove_old(now=clock.now())
