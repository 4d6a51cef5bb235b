"""Erasing what was promised, and looking for what passed its term."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.holdings import erasing, sweeping


@app.periodic(cron="*/10 * * * *")
@app.task(name="holdings.erase_due", queue="events", queueing_lock="holdings.erase_due")
def erase_due(timestamp: int) -> None:
    """Erase each request whose days to think are over, and destroy each list that was confirmed."""
    now = clock.now()
    with gate.as_system("zien wat gewist moet worden"):
        requests, lists = erasing.due(now=now), sweeping.confirmed()
    for request_id in requests:
        erasing.carry_out(request_id, now=now)
    for list_id in lists:
        sweeping.destroy(list_id, now=now)


@app.periodic(cron="20 4 * * *")
@app.task(name="holdings.sweep", queue="events", queueing_lock="holdings.sweep")
def sweep_terms(timestamp: int) -> None:
    """Propose what passed its term."""
    with gate.as_system("zoeken wat zijn termijn voorbij is"):
        sweeping.sweep(now=clock.now())
