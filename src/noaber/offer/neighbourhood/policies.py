"""Who may see and do what in an area: its team of today, and who steers the region."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind, Role
from noaber.offer.neighbourhood.models import (
    Activity,
    Area,
    FollowUp,
    Inventory,
    KeyPerson,
    Signal,
    TeamMember,
)
from noaber.offer.neighbourhood.types import ConsentItem

OPEN = gate.ActRule(
    "neighbourhood.open",
    frozenset({Role.KWARTIERMAKER, Role.PROGRAMME_MANAGER}),
    "Wie een wijk gastvrij maakt, en wie de regio stuurt.",
)
STEER = gate.ActRule(
    "neighbourhood.steer",
    frozenset({Role.PROGRAMME_MANAGER}),
    "De programmamanager kiest de wijken en zet de teams klaar.",
)


def own_areas(actor: Actor) -> QuerySet[Area] | None:
    """The areas in whose team this actor works today, for an organisation where that role still runs."""
    mine = actor.organisations(Role.KWARTIERMAKER)
    if not mine or actor.account_id is None:
        return None
    seats = TeamMember.objects.filter(
        account_id=actor.account_id, organisation_id__in=mine, period__contains=clock.today()
    )
    regions = actor.regions(Role.KWARTIERMAKER)
    return Area.objects.filter(pk__in=seats.values("area_id"), region_id__in=regions)


def team(actor: Actor) -> Q | None:
    """The team of the area."""
    areas = own_areas(actor)
    return None if areas is None else Q(pk__in=areas.values("pk"))


def steering(actor: Actor) -> Q | None:
    """Who steers the region of the area."""
    regions = actor.regions(Role.PROGRAMME_MANAGER)
    return Q(region_id__in=regions) if regions else None


def region_staff(actor: Actor) -> Q | None:
    """Everyone with a role in the region."""
    regions = actor.regions() if actor.kind is Kind.STAFF else ()
    return Q(region_id__in=regions) if regions else None


def _of_area(relation: Callable[[Actor], Q | None]) -> Callable[[Actor], Q | None]:
    """The same relation for what belongs to an area."""

    def condition(actor: Actor) -> Q | None:
        found = relation(actor)
        return None if found is None else Q(area__in=Area.objects.filter(found).values("pk"))

    return condition


def agreed_to_region(actor: Actor) -> Q | None:
    """Professionals of the region, for a key person who said that they may know her."""
    regions = actor.regions() if actor.kind is Kind.STAFF else ()
    if not regions:
        return None
    return Q(area__region_id__in=regions, consent_items__contains=[str(ConsentItem.REGION)])


def plans_here(actor: Actor) -> Q | None:
    """A kwartiermaker, for the municipalities in which her areas lie."""
    areas = own_areas(actor)
    return None if areas is None else Q(municipality_id__in=areas.values("municipality_id"))


def kwartiermakers(actor: Actor) -> Q | None:
    """Every kwartiermaker of the region reads what is organised in it."""
    regions = actor.regions(Role.KWARTIERMAKER)
    return Q(region_id__in=regions) if regions else None


TEAM_WHY = "Het team van de wijk werkt hier."
STEER_WHY = "Wie de regio stuurt, leest wat er gebeurt."


def register() -> None:
    """Called once at start."""
    gate.register_act(OPEN)
    gate.register_act(STEER)
    gate.register(
        gate.Resource("area", Area, {"team": team, "steering": steering, "region_staff": region_staff}),
        [
            gate.Rule("area", "see", "team", because=TEAM_WHY),
            gate.Rule("area", "see", "steering", because=STEER_WHY),
            gate.Rule("area", "work", "team", because=TEAM_WHY),
            gate.Rule("area", "manage", "steering", because="Wie stuurt, stelt het team samen."),
            gate.Rule("area", "acute", "region_staff", because="In nood telt niet in welk team u zit."),
        ],
    )
    for name, model in (("inventory", Inventory), ("signal", Signal), ("follow_up", FollowUp)):
        gate.register(
            gate.Resource(name, model, {"team": _of_area(team), "steering": _of_area(steering)}),
            [
                gate.Rule(name, "see", "team", because=TEAM_WHY),
                gate.Rule(name, "see", "steering", because=STEER_WHY),
                gate.Rule(name, "work", "team", because=TEAM_WHY),
            ],
        )
    gate.register(
        gate.Resource("team_member", TeamMember, {"steering": _of_area(steering)}),
        [gate.Rule("team_member", "end", "steering", because="Wie stuurt, stelt het team samen.")],
    )
    gate.register(
        gate.Resource(
            "key_person",
            KeyPerson,
            {
                "team": _of_area(team),
                "steering": _of_area(steering),
                "agreed_to_region": agreed_to_region,
            },
        ),
        [
            gate.Rule("key_person", "see", "team", because="Zij gaf toestemming aan het team."),
            gate.Rule("key_person", "see", "agreed_to_region", because="Zij vond dat goed."),
            gate.Rule("key_person", "end", "team", because="Wie haar ja opschreef, haalt haar weg."),
            gate.Rule("key_person", "end", "steering", because="Zij mag ook de regio bellen om te stoppen."),
        ],
    )
    gate.register(
        gate.Resource(
            "activity",
            Activity,
            {"plans_here": plans_here, "kwartiermakers": kwartiermakers, "steering": steering},
        ),
        [
            gate.Rule("activity", "see", "kwartiermakers", because="Zo organiseert niemand iets dubbel."),
            gate.Rule("activity", "see", "steering", because=STEER_WHY),
            gate.Rule("activity", "change", "plans_here", because="Wie in de gemeente werkt, houdt dit bij."),
            gate.Rule("activity", "change", "steering", because="Wie stuurt, houdt alles bij."),
        ],
    )
