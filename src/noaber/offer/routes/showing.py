"""How wayfinders stand beside what was found in the directory."""

from __future__ import annotations

from datetime import date

from noaber.offer.directory.queries import PagePart, Sought, register_beside
from noaber.offer.routes import queries

MOST_BESIDE = 3


def beside(sought: Sought, today: date) -> PagePart | None:
    """Who can think along for this place and these subjects; nothing when nobody agreed to be named."""
    found = queries.wayfinders_for(
        sought.region_id,
        sought.municipality,
        sought.terms,
        public=sought.public,
        today=today,
        limit=MOST_BESIDE,
    )
    if not found:
        return None
    return PagePart("routes/_wayfinders.html", {"wayfinders": found, "municipality": sought.municipality})


def register() -> None:
    """Called once at start."""
    register_beside(beside)
