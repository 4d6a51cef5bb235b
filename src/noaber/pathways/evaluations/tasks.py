"""Each morning: three questions for residents and relatives whose conversation was a week ago."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.pathways.evaluations import services


@app.periodic(cron="10 9 * * *")
@app.task(name="evaluations.ask", queue="events", queueing_lock="evaluations.ask")
def ask_those_at_home(timestamp: int) -> None:
    """Ask whoever has not been asked yet."""
    with gate.as_system("drie vragen versturen"):
        services.ask_those_at_home(now=clock.now())
