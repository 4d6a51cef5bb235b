"""Plain functions that make wayfinders and agreements, for tests and for the demo. Everyone is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateRange

from noaber.network.partners.models import Municipality, Organisation
from noaber.offer.routes.models import RouteCard, RouteVersion, Wayfinder

MADE_AT = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
MADE_ON = date(2027, 1, 4)


def make_wayfinder(
    organisation: Organisation, place: Municipality, name: str = "Truus Wegwijs", **more: Any
) -> Wayfinder:
    """Someone who agreed to be named to everyone, until the end of the year."""
    return Wayfinder.objects.create(
        **{
            "region_id": organisation.region_id,
            "organisation": organisation,
            "municipality": place,
            "name": name,
            "phone": "0546-000 140",
            "degree": Wayfinder.Degree.PUBLIC,
            "said": Wayfinder.Said.SPOKEN,
            "agreed_on": MADE_ON,
            "begins_on": MADE_ON,
            "ends_on": date(2027, 12, 31),
            "languages": ["nl"],
            "recorded_at": MADE_AT,
            "once_key": uuid4().hex,
            **more,
        }
    )


def make_route(owner: Organisation, question: str = "Slaapt slecht en piekert", **more: Any) -> RouteVersion:
    """An agreement that applies from January on, with one version."""
    card = RouteCard.objects.create(
        region_id=owner.region_id, owner=owner, made_at=MADE_AT, once_key=uuid4().hex
    )
    return RouteVersion.objects.create(
        **{
            "card": card,
            "number": 1,
            "state": RouteVersion.State.AGREED,
            "question": question,
            "first_choice": "De POH van de eigen praktijk.",
            "then": "Online zelf aan de slag.",
            "words": ["slaapt slecht", "piekert"],
            "valid_from": MADE_ON,
            "in_force": DateRange(MADE_ON, None),
            "changed_at": MADE_AT,
            **more,
        }
    )
