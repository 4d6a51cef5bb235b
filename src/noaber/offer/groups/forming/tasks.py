"""Each night: let go of proposals whose last day passed without enough yes."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.offer.groups.forming.services_starting import fall_after_deadline


@app.periodic(cron="25 0 * * *")
@app.task(name="groups.forming.fall", queue="events", queueing_lock="groups.forming.fall")
def let_late_proposals_go(timestamp: int) -> None:
    """Everybody keeps her place in the queue and her date."""
    fall_after_deadline(now=clock.now())
