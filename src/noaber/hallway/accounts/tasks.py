"""Mail about accounts, and clearing old counts, through the queue."""

from __future__ import annotations

import procrastinate
from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.accounts import throttle
from noaber.hallway.accounts.services import send_password_mail
from noaber.hallway.sealed import unseal

PATIENT = procrastinate.RetryStrategy(max_attempts=6, exponential_wait=4)


@app.task(name="accounts.password_mail", queue="post", retry=PATIENT)
def mail_password_link(*, sealed_email: str) -> None:
    """Mail the link for a new password, if the address is one of ours."""
    send_password_mail(unseal(sealed_email), now=clock.now())


@app.periodic(cron="17 3 * * *")
@app.task(name="accounts.sweep_attempts", queue="events", queueing_lock="accounts.sweep_attempts")
def sweep_attempts(timestamp: int) -> None:
    """Forget tries of yesterday and before."""
    throttle.sweep(now=clock.now())
