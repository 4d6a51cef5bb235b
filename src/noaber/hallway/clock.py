"""The one clock, read at the edge only: a view, a task, the command line, a test.

Everything deeper takes `now` as an argument. The demo has a fixed day; its hours pass as ours do.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """This instant in UTC; in the demo on the demo's own day."""
    if settings.FIXED_NOW is not None:
        return settings.FIXED_NOW.astimezone(UTC)
    real = datetime.now(UTC)
    if settings.DEMO_TODAY is None:
        return real
    local = real.astimezone(AMSTERDAM)
    return datetime.combine(settings.DEMO_TODAY, local.timetz()).astimezone(UTC)


def today() -> date:
    """The date in Amsterdam."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The Amsterdam date of an instant."""
    return moment.astimezone(AMSTERDAM).date()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That local time on that day as a UTC instant; of a doubled hour the first."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM).astimezone(UTC)
