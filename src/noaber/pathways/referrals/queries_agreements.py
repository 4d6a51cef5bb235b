"""Which referral agreements stand beside a question. Nothing of the question is kept or logged."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from noaber.network.partners import queries as partners
from noaber.offer.routes import queries, queries_cards
from noaber.offer.routes.types import RouteCardView, WayfinderCard

MOST_WAYFINDERS = 2


def agreements(
    region_id: UUID, typed: str, said: str, *, on: date, place_id: UUID | None = None
) -> dict[str, Any]:
    """The agreements that fit what was typed, with the one that was chosen first; for a part of a page."""
    found = queries_cards.cards_for(region_id, typed, on=on)
    version, _colon, choice = said.partition(":")
    chosen = next((card for card in found if str(card.version_id) == version), None)
    if chosen is None and version:
        chosen = _applies(region_id, version, on)
        found = [chosen, *found][: queries_cards.MOST_SHOWN] if chosen is not None else found
    return {
        "agreements": found,
        "wayfinders": _wayfinders(region_id, found, place_id, on),
        "route_said": f"{chosen.version_id}:{choice}" if chosen is not None else "",
    }


def _wayfinders(
    region_id: UUID, found: list[RouteCardView], place_id: UUID | None, on: date
) -> list[WayfinderCard]:
    """Who can think along about what was agreed, in the municipality of the practice or of the resident."""
    terms = {code for card in found for code in card.text.terms}
    if not terms:
        return []
    slug = partners.municipality_in(region_id, place_id).slug if place_id is not None else ""
    return queries.wayfinders_for(region_id, slug, terms, public=False, today=on, limit=MOST_WAYFINDERS)


def _applies(region_id: UUID, version: str, on: date) -> RouteCardView | None:
    try:
        found = queries_cards.version_in(region_id, UUID(version))
    except ValueError:
        return None
    return found if found is not None and (found.last_on is None or found.last_on >= on) else None
