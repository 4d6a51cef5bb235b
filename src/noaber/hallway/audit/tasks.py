"""What the log does by itself: weigh the week, early every morning."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.audit.weighing import weigh_everywhere


@app.periodic(cron="40 4 * * *")
@app.task(name="audit.weigh", queue="events", queueing_lock="audit.weigh")
def weigh(timestamp: int) -> None:
    """Put looks that nobody can explain in the privacy officer's queue."""
    weigh_everywhere(now=clock.now())
