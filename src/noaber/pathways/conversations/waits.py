"""How long people waited for their first conversation, for whoever is about to refer."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.clock import day_of
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.referrals import queries as referrals
from noaber.pathways.referrals.types import WaitFigure

WINDOW_DAYS = 90
SMALLEST_GROUP = 5


def wait_figure(region_id: UUID, municipality_id: UUID | None, now: datetime) -> WaitFigure | None:
    """Whole days from receipt to a first conversation that was held in the last `WINDOW_DAYS` days.

    Days on which the resident herself wanted to wait are counted too. A municipality with fewer than
    `SMALLEST_GROUP` people gets the figure of the whole region; with too few there as well nothing is shown.
    """
    waits = _waits(region_id, now)
    own = sorted(days for place, _, days in waits if place == municipality_id)
    if len(own) >= SMALLEST_GROUP:
        name = next(name for place, name, _ in waits if place == municipality_id)
        return _figure(name, own, len(own), now)
    everyone = sorted(days for _, _, days in waits)
    if len(everyone) < max(10, SMALLEST_GROUP):
        return None
    return _figure("", everyone, len(everyone) // 10 * 10, now)


def _waits(region_id: UUID, now: datetime) -> list[tuple[UUID, str, int]]:
    with gate.as_system("wachttijden tellen, zonder iets van iemand te tonen"):
        rows = list(
            Conversation.objects.filter(
                region_id=region_id,
                state=Conversation.State.HELD,
                number=1,
                held_at__lte=now,
                held_at__gt=now - timedelta(days=WINDOW_DAYS),
            ).values_list("municipality_id", "municipality__name", "help_request__received_at", "held_at")
        )
    return [
        (place, name, (day_of(held) - day_of(received)).days) for place, name, received, held in rows if held
    ]


def _figure(place: str, days: list[int], n: int, now: datetime) -> WaitFigure:
    return WaitFigure(
        place=place,
        p50_days=percentile(days, 50),
        p90_days=percentile(days, 90),
        n=n,
        window_days=WINDOW_DAYS,
        as_of=now,
    )


def percentile(ordered: list[int], share: int) -> int:
    """The smallest value that at least `share` percent of the ordered values do not exceed (nearest rank)."""
    return ordered[max(0, ceil(share * len(ordered) / 100) - 1)]


def register() -> None:
    """Called once at start."""
    referrals.register_waits(wait_figure)
