"""What the log does by itself: weigh the week early every morning, and seal new lines every minute."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.audit.sealing import forget_old, seal_all
from noaber.hallway.audit.weighing import weigh_everywhere


@app.periodic(cron="40 4 * * *")
@app.task(name="audit.weigh", queue="events", queueing_lock="audit.weigh")
def weigh(timestamp: int) -> None:
    """Put looks that nobody can explain in the privacy officer's queue."""
    weigh_everywhere(now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queue="events", queueing_lock="audit.seal")
def seal_log(timestamp: int) -> None:
    """Give every new line its place in the chain and publish the head."""
    seal_all(now=clock.now())


@app.periodic(cron="10 3 * * *")
@app.task(name="audit.seal_late", queue="events", queueing_lock="audit.seal_late")
def seal_late(timestamp: int) -> None:
    """Look once a day in the whole log for lines that came very late."""
    seal_all(now=clock.now(), everywhere=True)


@app.periodic(cron="50 3 * * *")
@app.task(name="audit.forget_old", queue="events", queueing_lock="audit.forget_old")
def forget_old_lines(timestamp: int) -> None:
    """Forget lines older than their term, and keep from where the chain goes on."""
    forget_old(now=clock.now())
