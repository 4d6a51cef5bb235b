"""Plain functions that make areas with a team, for tests and for the demo."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateRange

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.accounts.models import Account
from noaber.network.partners.models import Municipality, Organisation
from noaber.offer.neighbourhood.models import Activity, Area, KeyPerson, TeamMember

BEGAN = date(2026, 2, 2)


def make_area(place: Municipality, name: str = "Nieuwstraatkwartier", **more: Any) -> Area:
    """A neighbourhood inside a municipality."""
    return Area.objects.create(
        **{"region": place.region, "municipality": place, "name": name, "began_on": BEGAN, **more}
    )


def seat(
    area: Area,
    account: Account,
    organisation: Organisation,
    from_on: date = BEGAN,
    until_on: date | None = None,
    **more: Any,
) -> TeamMember:
    """A place in the team, up to and not including a day."""
    return TeamMember.objects.create(
        **{
            "area": area,
            "account": account,
            "organisation": organisation,
            "period": DateRange(from_on, until_on),
            "hours_per_week": Decimal(4),
            "added_at": clock.at(from_on, 9),
            **more,
        }
    )


def make_key_person(area: Area, name: str = "Zwaantje Pols", **more: Any) -> KeyPerson:
    """Someone who said yes to the team, a month ago, for a year."""
    with gate.as_system("een sleutelpersoon voor een proef"):
        return KeyPerson.objects.create(
            **{
                "area": area,
                "name": name,
                "knows": "Kent de gezinnen rond het plein.",
                "reach": "06 0000 0777",
                "consent_items": ["reach", "team"],
                "consent_said": "spoken",
                "consent_on": clock.today() - timedelta(days=30),
                "consent_until": clock.today() + timedelta(days=335),
                "recorded_by_name": "Roos Temmink",
                "recorded_at": clock.now(),
                "once_key": uuid4().hex,
                **more,
            }
        )


def make_activity(place: Municipality, title: str = "Avond over schaamte", **more: Any) -> Activity:
    """Something that is organised in a week."""
    day = clock.today() + timedelta(days=7)
    return Activity.objects.create(
        **{
            "region": place.region,
            "municipality": place,
            "kind": "taboo_breaking",
            "title": title,
            "text": "U hoeft niets te zeggen. Luisteren mag ook.",
            "starts_on": day,
            "ends_on": day,
            "changed_by_name": "Roos Temmink",
            "changed_at": clock.now(),
            "once_key": uuid4().hex,
            **more,
        }
    )
