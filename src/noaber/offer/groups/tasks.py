"""Each quarter of an hour: unanswered places go on to the next. Each night: names that served are emptied."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.offer.groups.services_enrolling import run_out
from noaber.offer.groups.services_forgetting import empty_names


@app.periodic(cron="*/15 * * * *")
@app.task(name="groups.run_out", queue="events", queueing_lock="groups.run_out")
def pass_on_offers(timestamp: int) -> None:
    """Nobody waits behind an offer that ran out."""
    run_out(now=clock.now())


@app.periodic(cron="35 0 * * *")
@app.task(name="groups.empty", queue="events", queueing_lock="groups.empty")
def empty_what_served(timestamp: int) -> None:
    """Nothing stays of who took part without a page, some weeks after she left."""
    empty_names(now=clock.now())
