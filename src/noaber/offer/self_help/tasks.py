"""Reminders go out by day, within three hours of the hour that was chosen."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.offer.self_help import services


@app.periodic(cron="5 6-21 * * *")  # in UTC: eight in the morning is six there in summer
@app.task(name="self_help.remind", queue="events", queueing_lock="self_help.remind")
def remind(timestamp: int) -> None:
    """Remind who asked for it."""
    services.remind(now=clock.now())
