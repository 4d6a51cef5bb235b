"""What goes by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.pathways.preparations.services import forget_words


@app.periodic(cron="20 4 * * *")
@app.task(name="preparations.forget_words", queue="events", queueing_lock="preparations.forget_words")
def forget_old_words(timestamp: int) -> None:
    """Empty old preparations."""
    forget_words(now=clock.now())
