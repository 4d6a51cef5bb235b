"""Who may see and do what in a group: who leads it today, who takes part, who placed her, who steers."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind, Role
from noaber.offer.groups.models import Enrolment, Group, Leader, Session

BOARD = gate.ActRule(
    "groups.board",
    frozenset({Role.GROUP_ORGANISER, Role.PROGRAMME_MANAGER}),
    "Wie groepen organiseert en wie de regio stuurt.",
)
LEAD = gate.ActRule("groups.lead", frozenset({Role.GROUP_LEADER}), "Wie groepen begeleidt.")
PLACE = gate.ActRule(
    "groups.place",
    frozenset({Role.REFERRER, Role.GUIDE}),
    "Wie iemand verwees of met haar sprak, mag haar aanmelden als zij dat wil.",
)


def led_groups(actor: Actor) -> QuerySet[Leader] | None:
    """Where this actor leads today, for an organisation where that role still runs."""
    mine = actor.organisations(Role.GROUP_LEADER)
    if not mine or actor.account_id is None:
        return None
    return Leader.objects.filter(
        account_id=actor.account_id, organisation_id__in=mine, period__contains=clock.today()
    )


def leader(actor: Actor) -> Q | None:
    """Who leads the group today."""
    seats = led_groups(actor)
    return None if seats is None else Q(pk__in=seats.values("group_id"))


def in_region(*roles: Role) -> Callable[[Actor], Q | None]:
    """Who holds one of these roles in the region of the group."""

    def condition(actor: Actor) -> Q | None:
        regions = actor.regions(*roles)
        return Q(region_id__in=regions) if regions else None

    return condition


def leader_of_its_group(actor: Actor) -> Q | None:
    """Who leads the group to which it belongs."""
    seats = led_groups(actor)
    return None if seats is None else Q(group_id__in=seats.values("group_id"))


def herself(actor: Actor) -> Q | None:
    """The resident who takes part."""
    if actor.kind is not Kind.RESIDENT or actor.resident_id is None:
        return None
    return Q(resident_id=actor.resident_id)


def placer(actor: Actor) -> Q | None:
    """The organisation that placed her, in the role in which that is done."""
    mine = actor.organisations(Role.REFERRER, Role.GUIDE)
    return Q(placed_by_id__in=mine) if mine else None


def own_resident(actor: Actor) -> Q | None:
    """Staff on their own enrolment: that goes through the resident's door, never through work."""
    if actor.kind is not Kind.STAFF or actor.account_id is None:
        return None
    return Q(resident__account_id=actor.account_id)


LEADER_WHY = "Wie de groep begeleidt."
BOARD_WHY = "Wie groepen organiseert of de regio stuurt, ziet hoe vol ze zijn."


def register() -> None:
    """Called once at start."""
    for act in (BOARD, LEAD, PLACE):
        gate.register_act(act)
    gate.register(
        gate.Resource(
            "group",
            Group,
            {
                "leader": leader,
                "organiser": in_region(Role.GROUP_ORGANISER),
                "steering": in_region(Role.PROGRAMME_MANAGER),
            },
        ),
        [
            gate.Rule("group", "lead", "leader", because=LEADER_WHY),
            gate.Rule("group", "board", "organiser", because=BOARD_WHY),
            gate.Rule("group", "board", "steering", because=BOARD_WHY),
            gate.Rule("group", "keep", "organiser", because="Wie organiseert, stelt de groep samen."),
            gate.Rule("group", "keep", "steering", because="Wie stuurt, houdt alles bij."),
            gate.Rule("group", "decide", "organiser", because="Wie organiseert, legt het besluit vast."),
            gate.Rule("group", "decide", "steering", because="Wie stuurt, besluit over meer of minder."),
        ],
    )
    gate.register(
        gate.Resource(
            "enrolment",
            Enrolment,
            {
                "leader": leader_of_its_group,
                "herself": herself,
                "placer": placer,
                "own_resident": own_resident,
            },
        ),
        [
            gate.Rule("enrolment", "see", "leader", because=LEADER_WHY),
            gate.Rule("enrolment", "see", "placer", because="Wie haar aanmeldde, ziet hoe het staat."),
            gate.Rule("enrolment", "manage", "leader", because=LEADER_WHY),
            gate.Rule("enrolment", "own", "herself", because="Het is haar plek."),
            *[
                gate.Rule("enrolment", action, "own_resident", gate.Effect.DENY, "Nooit het eigen dossier.")
                for action in ("see", "manage")
            ],
        ],
    )
    gate.register(
        gate.Resource("group_session", Session, {"leader": leader_of_its_group}),
        [gate.Rule("group_session", "lead", "leader", because=LEADER_WHY)],
    )
