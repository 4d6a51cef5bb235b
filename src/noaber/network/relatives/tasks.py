"""Each afternoon: a reminder for relatives who asked for one."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.network.relatives.reminding import remind_all


@app.periodic(cron="0 15 * * *")
@app.task(name="relatives.remind", queue="post", queueing_lock="relatives.remind")
def remind_relatives(timestamp: int) -> None:
    """Queue what is due tomorrow."""
    remind_all(now=clock.now())
