"""A support point with a host, and a woman with a card, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.network.partners.factories import make_municipality, make_organisation, make_region, make_staff
from noaber.network.partners.models import Municipality, Organisation, Region
from noaber.network.residents.factories import make_card, make_help_request, make_resident
from noaber.network.residents.models import HelpRequest, Resident
from noaber.network.residents.types import Card

NOW = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)


@dataclass(slots=True)
class SupportPoint:
    """Henk is host at Ixta Noa; Truus came in with her card; Ilse plans."""

    region: Region
    almelo: Municipality
    ixta: Organisation
    office: Organisation
    practice: Organisation
    henk: Account
    ilse: Account
    noor: Account
    truus: Resident
    thread: HelpRequest
    card: Card


def make_support_point(*, now: datetime = NOW, phone: str = "06-00000012") -> SupportPoint:
    """Everyone that a step together needs."""
    region = make_region()
    almelo = make_municipality(region)
    ixta = make_organisation(region, "Ixta Noa", "ervaringsdeskundigheid", municipality=almelo)
    office = make_organisation(region, "Netwerkbureau", "gemeente", roles=["planning_office"])
    practice = make_organisation(region, "Praktijk De Linde", "huisartsenzorg", municipality=almelo)
    ilse = make_staff(office, "Ilse Kamp", Role.PLANNER)
    noor = make_staff(practice, "Noor de Wit", Role.REFERRER)
    truus = make_resident(almelo, "Truus Holtkamp", phone=phone, email="")
    thread = make_help_request(
        truus, referrer=noor, practice=practice, planning_office=office, received_at=now
    )
    return SupportPoint(
        region=region,
        almelo=almelo,
        ixta=ixta,
        office=office,
        practice=practice,
        henk=make_staff(ixta, "Henk Oude Vrielink", Role.HOST),
        ilse=ilse,
        noor=noor,
        truus=truus,
        thread=thread,
        card=make_card(truus, now=now),
    )


def account_of(point: SupportPoint) -> Account:
    """Her own account, as when she signs in herself."""
    with gate.as_system("test"):
        return Account.objects.get(resident=point.truus)
