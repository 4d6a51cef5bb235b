"""Reminders go out by day, within three hours of the hour that was chosen."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.offer.self_help import services


@app.periodic(cron="5 7-21 * * *")
@app.task(name="self_help.remind", queue="events", queueing_lock="self_help.remind")
def remind(timestamp: int) -> None:
    """Remind who asked for it."""
    with gate.as_system("herinneren aan wat iemand zelf wil doen"):
        services.remind(now=clock.now())
