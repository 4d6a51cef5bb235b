"""Each working day: ask providers whose figures grow old, and remind who did not answer yet."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.offer.care_programmes.keeping import asking


@app.periodic(cron="10 8 * * 1-5")
@app.task(name="care_programmes.ask", queue="events", queueing_lock="care_programmes.ask")
def ask_providers(timestamp: int) -> None:
    """At most one mail a provider; how often is agreed in `knowledge/waits`."""
    with gate.as_system("aanbieders vragen of de wachttijd nog klopt"):
        asking.ask_providers(now=clock.now())
