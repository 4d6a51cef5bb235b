"""Plain functions that make offers, for tests and for the demo."""

from __future__ import annotations

from datetime import date
from typing import Any

from noaber.network.partners.models import Municipality, Region
from noaber.offer.directory import keeping
from noaber.offer.directory.models import Service
from noaber.offer.directory.upkeep.asking_owner import answer as answer_as_owner
from noaber.offer.directory.upkeep.asking_owner import ask_owners, token_of
from noaber.offer.directory.upkeep.gaps import kept_of, known_words
from noaber.offer.directory.upkeep.queries_desk import growing_old
from noaber.offer.directory.upkeep.rules_gaps import months_back

__all__ = [
    "answer_as_owner",
    "ask_owners",
    "growing_old",
    "kept_of",
    "known_words",
    "make_service",
    "months_back",
    "token_of",
]


def make_service(
    region: Region, name: str = "Inloop De Brug", municipality: Municipality | None = None, **more: Any
) -> Service:
    """Something to go to this week, free, without a referral."""
    return Service.objects.create(
        **{
            "region": region,
            "municipality": municipality,
            "name": name,
            "description": "Koffie, praten, of gewoon even zitten.",
            "kind": Service.Kind.SOCIAL_BASIS,
            "when": "Dinsdag 10.00 – 12.00 uur",
            "cost": "Gratis",
            "starts_this_week": True,
            "assured_on": date(2027, 6, 14),
            "revision": keeping.next_revision(region.pk),
            **more,
        }
    )
