"""Plain functions that make a region and its people, for tests and for the demo.

The cast is invented. `make_region` gives Twente's rules in the plain form in which a region keeps them.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify

from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.network.partners.models import (
    Certificate,
    Location,
    Membership,
    Municipality,
    Organisation,
    Professional,
    Region,
    Room,
    WorkingPattern,
)

PASSWORD = "een lange zin voor Noaber"  # noqa: S105  # opens accounts of tests only
"""The password of every account that a test signs in with; it opens nothing outside the tests."""

MADE_AT = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
MADE_ON = date(2025, 7, 1)

_BASIS = {"source": "test", "certainty": "assumed", "doubt": None}

SETTINGS: dict[str, Any] = {
    "region": "twente",
    "referral": {
        "who_may_refer": ["gp", "case_meeting"],
        "who_basis": _BASIS,
        "minimum_age_years": 18,
        "age_basis": _BASIS,
    },
    "composition": {
        "min_professionals": 2,
        "max_professionals": 3,
        "min_domains": 2,
        "required_groups": [["ggz"], ["lived_experience", "municipality", "social"]],
        "ggz_member": "big_or_ggz_list",
        "lived_experience": "before_or_after_allowed",
        "trained_guide_required": False,
        "basis": _BASIS,
        "lived_experience_basis": _BASIS,
    },
    "modes": {
        "default": "live",
        "allowed": ["live", "online"],
        "duration_minutes": 60,
        "basis": _BASIS,
        "duration_basis": _BASIS,
    },
    "first_conversation": {
        "norm_days": 14,
        "hard": False,
        "moments": ["at_gp", "after_gp"],
        "basis": _BASIS,
        "moments_basis": _BASIS,
    },
    "second_conversation": {"max_conversations": 2, "counts_for_kpi": False, "basis": _BASIS},
    "host_certificate": {"code": "network_intake", "required": False, "target_share": 0.9, "basis": _BASIS},
    "report": {
        "within_days": 7,
        "resident_reads_first_days": 3,
        "to_gp": "unless_objection",
        "letter_within_days": 14,
        "basis": _BASIS,
        "limits_basis": _BASIS,
    },
    "follow_up": {"next_step_within_days": 7, "limit_days": 42, "basis": _BASIS},
    "outcomes": {
        "triage_forbidden": False,
        "kpi_classes": {
            "multidisciplinary_ggz": "specialist_ggz",
            "monodisciplinary_ggz": "not_specialist_ggz",
            "social_domain": "not_specialist_ggz",
            "social_basis": "not_specialist_ggz",
            "own_network": "not_specialist_ggz",
            "none": "not_specialist_ggz",
            "other": "not_specialist_ggz",
            "unknown": "specialist_ggz",
        },
        "derive_from_offers": [],
        "basis": _BASIS,
    },
    "tables": [],
    "norms": [],
    "cashiers": [],
    "cashiers_basis": _BASIS,
    "leave_link": {"label": "Het weer", "url": "https://www.knmi.nl"},
}


def _number(id: str, kind: str, name: str, phone: str, *, invented: bool) -> dict[str, Any]:
    return {
        "id": id,
        "kind": kind,
        "name": name,
        "phone": phone,
        "also_phone": None,
        "hours": "dag en nacht",
        "free_of_charge": True,
        "website": None,
        "national": not invented,
        "checked_on": "2026-11-22",
        "invented_for_demo": invented,
        "source": "test",
    }


HELP_NUMBERS: list[dict[str, Any]] = [
    _number("alarm", "emergency", "Alarmnummer", "112", invented=False),
    _number("zelfmoordpreventie", "suicide_prevention", "113 Zelfmoordpreventie", "113", invented=False),
    _number("huisartsenpost", "gp_out_of_hours", "Huisartsenpost", "088-000 0101", invented=True),
]

GROUP_OF_DOMAIN = {
    "ggz": "ggz",
    "social_work": "social",
    "lived_experience": "lived_experience",
    "gp_care": "primary_care",
    "municipality": "municipality",
}


def make_region(slug: str = "twente", name: str = "Mentaal Gezond Twente", **settings: Any) -> Region:
    """A region with Twente's rules; `settings` replace whole parts, such as `composition={...}`."""
    rules = {**deepcopy(SETTINGS), "region": slug, **settings}
    return Region.objects.create(
        slug=slug, name=name, settings=rules, help_numbers=deepcopy(HELP_NUMBERS), loaded_at=MADE_AT
    )


def make_municipality(region: Region, name: str = "Almelo", **more: Any) -> Municipality:
    """A municipality of this region."""
    return Municipality.objects.create(region=region, slug=slugify(name), name=name, **more)


def make_organisation(
    region: Region, name: str = "Dimence Groep", domain: str = "ggz", **more: Any
) -> Organisation:
    """A partner; `roles=["planning_office"]` makes it the office that plans."""
    return Organisation.objects.create(
        **{
            "region": region,
            "slug": slugify(name),
            "name": name,
            "domain": domain,
            "phone": "088-000 0200",
            **more,
        }
    )


def make_account(
    name: str = "Sanne Bakker", email: str | None = None, password: str | None = PASSWORD, **more: Any
) -> Account:
    """Someone who can sign in. Without `email` the address is made from the name and always new."""
    address = email if email is not None else f"{slugify(name)}.{uuid4().hex[:6]}@voorbeeld.example"
    return Account.objects.create_user(
        email=address, password=password, name=name, **{"created_at": MADE_AT, **more}
    )


def make_member(
    account: Account,
    organisation: Organisation,
    role: Role | str = Role.GUIDE,
    from_on: date = MADE_ON,
    until_on: date | None = None,
) -> Membership:
    """A role at an organisation, from a day up to and not including another."""
    return Membership.objects.create(
        account=account, organisation=organisation, role=str(role), period=DateRange(from_on, until_on)
    )


def make_professional(
    organisation: Organisation,
    name: str = "Sanne Bakker",
    account: Account | None = None,
    *,
    profession: str = "psychologist",
    domain_group: str | None = None,
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5),
    from_time: time = time(9),
    until_time: time = time(17),
    certificates: tuple[str, ...] = ("network_intake",),
    **more: Any,
) -> Professional:
    """Someone who holds conversations, with hours on these weekdays (1 is Monday) and valid certificates."""
    person = Professional.objects.create(
        **{
            "organisation": organisation,
            "name": name,
            "account": account,
            "profession": profession,
            "domain_group": domain_group or GROUP_OF_DOMAIN.get(organisation.domain, "other"),
            "languages": ["nl"],
            "phone": "088-000 0300",
            "begins_on": MADE_ON,
            **more,
        }
    )
    WorkingPattern.objects.bulk_create(
        WorkingPattern(professional=person, weekday=day, from_time=from_time, until_time=until_time)
        for day in weekdays
    )
    Certificate.objects.bulk_create(
        Certificate(professional=person, kind=kind, obtained_on=MADE_ON, expires_on=date(2029, 1, 4))
        for kind in certificates
    )
    return person


def make_staff(organisation: Organisation, name: str, role: Role | str, **more: Any) -> Account:
    """An account with a role that runs: the shortest way to someone who works here."""
    account = make_account(name, **more)
    make_member(account, organisation, role)
    return account


def make_room(municipality: Municipality, name: str = "Kamer 1", location: Location | None = None) -> Room:
    """A room in a neutral place, open from eight to ten in the evening."""
    place = location or Location.objects.create(
        municipality=municipality, name=f"Huis van de buurt {municipality.name}", address="Dorpsstraat 1"
    )
    return Room.objects.create(location=place, name=name, opens=time(8), closes=time(22))
