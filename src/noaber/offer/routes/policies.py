"""Who keeps wayfinders and agreements, who agrees, and who reads."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind, Role
from noaber.offer.routes.models import RouteCard, Wayfinder

EDIT = gate.ActRule(
    "routes.edit", frozenset({Role.EDITOR}), "De redacteur schrijft de afspraken van de regio op."
)
KEEP_WAYFINDERS = gate.ActRule(
    "wayfinders.keep",
    frozenset({Role.EDITOR, Role.ORGANISATION_ADMIN}),
    "De redacteur, en de beheerder voor de eigen organisatie.",
)
TELL = gate.ActRule(
    "routes.tell",
    frozenset({Role.REFERRER, Role.GUIDE}),
    "Wie verwijst, zegt of een afspraak is gevolgd.",
)
COUNT = gate.ActRule(
    "routes.count",
    frozenset({Role.EDITOR, Role.PROGRAMME_MANAGER}),
    "De redacteur en wie de regio stuurt, lezen hoe afspraken worden gevolgd.",
)

Relation = Callable[[Actor], Q | None]


def region_staff(actor: Actor) -> Q | None:
    """Everyone with a role in the region."""
    regions = actor.regions() if actor.kind is Kind.STAFF else ()
    return Q(region_id__in=regions) if regions else None


def editor(actor: Actor) -> Q | None:
    """The editor of the region."""
    regions = actor.regions(Role.EDITOR)
    return Q(region_id__in=regions) if regions else None


def _admin_of(field: str) -> Relation:
    def condition(actor: Actor) -> Q | None:
        mine = actor.organisations(Role.ORGANISATION_ADMIN)
        return Q(**{f"{field}__in": mine}) if mine else None

    return condition


def herself(actor: Actor) -> Q | None:
    """The wayfinder whose row it is."""
    return Q(account_id=actor.account_id) if actor.kind is Kind.STAFF and actor.account_id else None


def register() -> None:
    """Called once at start."""
    for act in (EDIT, KEEP_WAYFINDERS, TELL, COUNT):
        gate.register_act(act)
    admin = _admin_of("organisation_id")
    gate.register(
        gate.Resource(
            "wayfinder",
            Wayfinder,
            {"region_staff": region_staff, "editor": editor, "own_admin": admin, "herself": herself},
        ),
        [
            gate.Rule("wayfinder", "see", "region_staff", because="Zij vond goed dat de regio haar kent."),
            gate.Rule("wayfinder", "keep", "editor", because="De redacteur houdt de lijst bij."),
            gate.Rule("wayfinder", "keep", "own_admin", because="Het is een eigen collega."),
            gate.Rule("wayfinder", "withdraw", "editor", because="Wie haar ja opschreef, haalt haar weg."),
            gate.Rule("wayfinder", "withdraw", "own_admin", because="Het is een eigen collega."),
            gate.Rule("wayfinder", "withdraw", "herself", because="Zij beslist of zij genoemd wordt."),
        ],
    )
    gate.register(
        gate.Resource(
            "route_card",
            RouteCard,
            {"region_staff": region_staff, "editor": editor, "owner_admin": _admin_of("owner_id")},
        ),
        [
            gate.Rule("route_card", "see", "region_staff", because="Afspraken zijn voor wie verwijst."),
            gate.Rule("route_card", "edit", "editor", because="De redacteur schrijft ze op."),
            gate.Rule("route_card", "agree", "owner_admin", because="Wie eigenaar is, gaat akkoord."),
            gate.Rule("route_card", "withdraw", "editor", because="De redacteur schrijft ze op."),
            gate.Rule("route_card", "withdraw", "owner_admin", because="Wie eigenaar is, kan stoppen."),
        ],
    )
