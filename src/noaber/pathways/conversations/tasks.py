"""Every morning: what there is to look back on, and notes whose work is done."""

from __future__ import annotations

from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.pathways.conversations.services.notes import throw_away_old_notes
from noaber.pathways.conversations.services.steps import remind_of_step, steps_to_remind_of


@app.periodic(cron="10 7 * * *")
@app.task(name="conversations.look_back", queue="events", queueing_lock="conversations.look_back")
def remind_of_steps(timestamp: int) -> None:
    """Tell residents and holders that the day has come; a step that was told is not told again."""
    now = clock.now()
    with gate.as_system("herinneren aan terugkijken"):
        for step_id in steps_to_remind_of(clock.day_of(now)):
            remind_of_step(step_id=step_id, now=now)


@app.periodic(cron="40 2 * * *")
@app.task(name="conversations.old_notes", queue="events", queueing_lock="conversations.old_notes")
def throw_away_notes(timestamp: int) -> None:
    """Throw away the notes whose work is done."""
    with gate.as_system("oude aantekeningen weggooien"):
        throw_away_old_notes(now=clock.now())
