"""Each night: forget key persons whose consent is over."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.offer.neighbourhood.services_people import empty_what_ended


@app.periodic(cron="20 0 * * *")
@app.task(name="neighbourhood.forget", queue="events", queueing_lock="neighbourhood.forget")
def forget_key_persons(timestamp: int) -> None:
    """Nothing of them stays; no page shows them since midnight."""
    empty_what_ended(now=clock.now())
