"""Letters go when their day has come."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.pathways.referrals.queries import due_letters
from noaber.pathways.referrals.services import release_letter

log = logging.getLogger(__name__)


class LettersStayed(Exception):
    """Some letters whose day had come could not go; the others went."""


@app.periodic(cron="*/5 * * * *")
@app.task(name="referrals.release_letters", queue="events", queueing_lock="referrals.release_letters")
def release_due_letters(timestamp: int) -> None:
    """Release every letter whose day has come, each by itself: one that fails does not keep the others here.

    What failed is tried again in five minutes. The job itself ends as failed, so that the operator sees it.
    """
    now = clock.now()
    with gate.as_system("zoeken welke brieven gaan"):
        due = due_letters(clock.day_of(now))
    stayed = 0
    for letter_id in due:
        try:
            with gate.as_system("een brief vrijgeven"):
                release_letter(letter_id=letter_id, now=now)
        except Exception:
            stayed += 1
            log.exception("a letter whose day has come could not go")
    if stayed:
        raise LettersStayed(f"{stayed} of {len(due)}")
