"""Every hour: what is older than a day goes."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.drafts.services import remove_old


@app.periodic(cron="41 * * * *")
@app.task(name="drafts.remove_old", queue="events", queueing_lock="drafts.remove_old")
def remove_old_drafts(timestamp: int) -> None:
    """Remove what waited too long."""
    remove_old(now=clock.now())
