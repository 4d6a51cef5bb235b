"""Each working day: end what stops, ask providers whose figures grow old. Each week: forget old starts."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.offer.care_programmes import services, services_lists
from noaber.offer.care_programmes.keeping import asking


@app.periodic(cron="10 8 * * 1-5")
@app.task(name="care_programmes.ask", queue="events", queueing_lock="care_programmes.ask")
def ask_providers(timestamp: int) -> None:
    """At most one mail a provider; how often is agreed in `knowledge/waits`."""
    with gate.as_system("programma's die stoppen van de kaart halen"):
        services.end_entries(now=clock.now())
    asking.ask_providers(now=clock.now())


@app.periodic(cron="50 3 * * 0")
@app.task(name="care_programmes.forget", queue="events", queueing_lock="care_programmes.forget")
def forget_old_starts(timestamp: int) -> None:
    """Once a week; how long they are kept stands in `knowledge/waits`."""
    with gate.as_system("oude startlijsten weghalen"):
        services_lists.forget_old(now=clock.now())
