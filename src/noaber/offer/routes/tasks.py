"""Wayfinders whose last day has passed are emptied every night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.offer.routes.services import forget_wayfinders


@app.periodic(cron="20 3 * * *")
@app.task(name="routes.forget_wayfinders", queue="events", queueing_lock="routes.forget_wayfinders")
def forget_past_wayfinders(timestamp: int) -> None:
    """Nothing is kept of someone who is a wayfinder no more."""
    with gate.as_system("wegwijzers van wie de laatste dag voorbij is"):
        forget_wayfinders(now=clock.now())
