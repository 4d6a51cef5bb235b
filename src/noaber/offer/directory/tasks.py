"""Once a week: ask the owners of what grows old whether it is still true."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.offer.directory.upkeep import asking_owner


@app.periodic(cron="20 8 * * 2")
@app.task(name="directory.ask_owners", queue="events", queueing_lock="directory.ask_owners")
def ask_owners(timestamp: int) -> None:
    """Mail each owner at most once in two weeks, and note which mails came back."""
    with gate.as_system("aanbieders vragen of het nog klopt"):
        asking_owner.ask_owners(now=clock.now())
