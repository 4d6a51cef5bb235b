"""A programme as the thought of who refers, with what can start meanwhile: for the form of the practice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from noaber.ground.errors import Missing
from noaber.offer.care_programmes import queries
from noaber.offer.care_programmes.reading.beside import chosen
from noaber.offer.directory import hooks


@dataclass(frozen=True, slots=True)
class Thought:
    """What the practice thinks of. `weeks` is what the provider says in all; `meanwhile` may be empty."""

    programme: str
    provider: str
    weeks: float | None
    meanwhile: str


def thought(programme_id: str, region_id: UUID, *, now: datetime) -> Thought | None:
    """The programme with this id in this region with what fits beside it; None when it is not there."""
    try:
        row = queries.one(UUID(programme_id), now=now)
    except (ValueError, Missing):
        return None
    if row.region_id != region_id or row.ended_on is not None:
        return None
    offers = hooks.starting(hooks.Sought(region_id), now=now)
    first = chosen(row, offers, near=(None, None), age=None, now=now)[:1]
    weeks = row.claim.total_weeks if row.claim and row.ranks else None
    return Thought(row.name, row.provider, weeks, first[0].name if first else "")
