"""How to look around in the demo: one line for each role."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.accounts.models import Account
from noaber.network.partners.models import Membership
from noaber.network.residents.models import Resident
from noaber.network.residents.services import give_card

ROLE_WORDS = {
    "referrer": "Huisarts",
    "guide": "Gespreksvoerder",
    "planner": "Planner",
    "programme_manager": "Programmamanager",
    "privacy_officer": "Privacyfunctionaris",
    "organisation_admin": "Beheerder van een organisatie",
    "operator": "Technisch beheer",
    "host": "Gastvrouw van een steunpunt",
    "kwartiermaker": "Kwartiermaker in een wijk",
    "editor": "Redacteur van de sociale kaart",
    "group_leader": "Groepsbegeleider",
    "group_organiser": "Organisator van groepen",
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way to look around in the demo: for which role, as whom, where, and how."""

    role: str
    name: str
    address: str
    how: str


def sign_ins(region: str, base_url: str) -> list[SignIn]:
    """The demo accounts. Residents get a fresh card at each start; professionals sign in with one click."""
    found = [
        SignIn(role=ROLE_WORDS[m.role], name=m.account.name, address=f"{base_url}/demo/", how="één klik")
        for m in Membership.objects.filter(account__is_demo=True, period__contains=clock.today())
        .select_related("account")
        .order_by("role", "account__name")
    ]
    with transaction.atomic(), gate.as_system("demo: kaarten uitgeven"):
        for account in Account.objects.filter(is_demo=True, resident__isnull=False).order_by("name"):
            resident = Resident.objects.get(account=account)
            card = give_card(resident.pk, now=clock.now())
            found.append(
                SignIn(
                    "Inwoner",
                    account.name,
                    f"{base_url}/mijn/",
                    f"code {card.code}, pincode {card.pin or 'zelf gekozen'}",
                )
            )
    return found
