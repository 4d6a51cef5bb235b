"""Counting tries to get in, in the database, so that all processes count together.

The count must survive a refusal: a view that uses this answers, it does not raise.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from noaber.hallway.accounts.models import Attempt


def fingerprint(kind: str, text: str) -> str:
    """What is kept of a card number or an address: enough to count, too little to read."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()


def allows(kind: str, text: str, *, limit: int, window: timedelta, now: datetime) -> bool:
    """Count one try for this `text` and say whether it stays within `limit` tries per `window`.

    Two tries at the same moment are counted one after the other.
    """
    key = fingerprint(kind, text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    Attempt.objects.filter(key=key, at__lte=now - window).delete()
    before = Attempt.objects.filter(key=key).count()
    if before >= limit:
        return False
    Attempt.objects.create(key=key, at=now)
    return True


def is_calm(
    kind: str, text: str, *, limit: int, window: timedelta = timedelta(minutes=15), now: datetime
) -> bool:
    """Whether this `text` stays within its tries; counts nothing."""
    key = fingerprint(kind, text)
    return Attempt.objects.filter(key=key, at__gt=now - window).count() < limit


def forget(kind: str, text: str) -> None:
    """Forget the tries of this text, after the right answer was given."""
    Attempt.objects.filter(key=fingerprint(kind, text)).delete()


def sweep(*, now: datetime, older_than: timedelta = timedelta(days=1)) -> int:
    """Remove tries that no window counts any more."""
    removed, _ = Attempt.objects.filter(at__lt=now - older_than).delete()
    return removed
