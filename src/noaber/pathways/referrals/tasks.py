"""Letters go when their day has come."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.pathways.referrals.queries import due_letters
from noaber.pathways.referrals.services import release_letter


@app.periodic(cron="*/5 * * * *")
@app.task(name="referrals.release_letters", queue="events", queueing_lock="referrals.release_letters")
def release_due_letters(timestamp: int) -> None:
    """Release every letter whose day has come, all or none; what fails is tried again in five minutes."""
    now = clock.now()
    with gate.as_system("brieven vrijgeven"):
        for letter_id in due_letters(clock.day_of(now)):
            release_letter(letter_id=letter_id, now=now)
