"""Looking up accounts for pages."""

from __future__ import annotations

from datetime import date

from noaber.hallway.access.grants import actor_for
from noaber.hallway.access.scope import as_system
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.accounts import navigation
from noaber.hallway.accounts.models import Account
from noaber.hallway.accounts.types import DemoPerson


def demo_people(*, on: date) -> list[DemoPerson]:
    """The invented cast, in the order of the journey: resident, referrer, planner and so on."""
    with as_system("demo: mensen tonen"):
        people = [
            (actor_for(account, on=on, second_factor=True), account)
            for account in Account.objects.filter(is_demo=True, is_active=True).order_by("name")
        ]
    return [
        DemoPerson(key=account.pk, name=account.name, role=_role(actor), does=navigation.does(actor))
        for actor, account in sorted(people, key=lambda pair: _place(pair[0]))
    ]


def _place(actor: Actor) -> int:
    if actor.kind is Kind.RESIDENT:
        return 0
    role = navigation.role_of(actor)
    return navigation.JOURNEY.index(role) + 1 if role else len(navigation.JOURNEY) + 1


def _role(actor: Actor) -> str:
    if actor.kind is Kind.RESIDENT:
        return str(navigation.RESIDENT_WORD)
    return navigation.role_words(actor) or str(navigation.NO_ROLE_WORD)
