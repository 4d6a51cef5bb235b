"""Who may see a help request. Relations are data: rows of Involvement that begin and end."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from noaber.hallway.access import gate
from noaber.hallway.access.grants import Known
from noaber.hallway.access.types import Actor, Kind, Role
from noaber.hallway.accounts import frame
from noaber.network.residents.models import HelpRequest, Involvement, Question, Resident

Part = Involvement.Part


def resident_of(account_id: UUID, on: date) -> Known:
    """The resident behind an account, if it is one."""
    found = Resident.objects.filter(account_id=account_id).values_list("pk", "language").first()
    return Known(resident_id=found[0], language=found[1]) if found else Known()


def region_of(actor: Actor) -> UUID | None:
    """The region of a resident's newest request."""
    if actor.resident_id is None:
        return None
    newest = HelpRequest.objects.filter(resident_id=actor.resident_id).order_by("-received_at")
    return newest.values_list("region_id", flat=True).first()


def _living(**match: object) -> Exists:
    return Exists(Involvement.objects.filter(help_request=OuterRef("pk"), until__isnull=True, **match))


def herself(actor: Actor) -> Q | None:
    """The resident whose request it is."""
    return Q(resident_id=actor.resident_id) if actor.resident_id else None


def own_resident(actor: Actor) -> Q | None:
    """Staff on their own file: that goes through the resident's door, never through work."""
    if actor.kind is not Kind.STAFF or actor.account_id is None:
        return None
    return Q(resident__account_id=actor.account_id)


def practice_that_referred(actor: Actor) -> Q | None:
    """The practice of the referrer."""
    mine = actor.organisations(Role.REFERRER)
    return Q(_living(part=Part.REFERRER, organisation_id__in=mine)) if mine else None


def planning_office(actor: Actor) -> Q | None:
    """The office that plans conversations where this request came in."""
    mine = actor.organisations(Role.PLANNER)
    return Q(_living(part=Part.PLANNER, organisation_id__in=mine)) if mine else None


def holder(actor: Actor) -> Q | None:
    """The one who holds this request, as long as the role at the organisation lasts."""
    mine = actor.organisations(Role.GUIDE, Role.PLANNER)
    if not mine or actor.account_id is None:
        return None
    return Q(_living(part=Part.HOLDER, account_id=actor.account_id, organisation_id__in=mine))


def guide(actor: Actor) -> Q | None:
    """Who takes part in its conversation, as long as the role at the organisation lasts."""
    mine = actor.organisations(Role.GUIDE)
    if not mine or actor.account_id is None:
        return None
    return Q(_living(part=Part.GUIDE, account_id=actor.account_id, organisation_id__in=mine))


HELP_REQUEST = gate.Resource(
    name="help_request",
    model=HelpRequest,
    relations={
        "herself": herself,
        "own_resident": own_resident,
        "practice_that_referred": practice_that_referred,
        "planning_office": planning_office,
        "holder": holder,
        "guide": guide,
    },
)


def _rows(action: str, **relations: str) -> list[gate.Rule]:
    allow = [gate.Rule("help_request", action, r, because=why) for r, why in relations.items()]
    return [
        *allow,
        gate.Rule("help_request", action, "own_resident", gate.Effect.DENY, "Nooit het eigen dossier."),
    ]


RULES = [
    *_rows(
        "follow",
        herself="Het is haar vraag.",
        practice_that_referred="De praktijk die verwees, ziet hoe het staat.",
        planning_office="Wie plant, ziet wie wacht en hoe lang.",
        holder="De vaste persoon.",
        guide="Wie het gesprek voert.",
    ),
    *_rows(
        "read",
        herself="Het is haar vraag.",
        practice_that_referred="De praktijk schreef de vraag zelf.",
        holder="De vaste persoon bereidt voor.",
        guide="Wie het gesprek voert, bereidt voor.",
        planning_office="Wie plant, moet kunnen bellen.",
    ),
    *_rows("plan", planning_office="Plannen is hun werk."),
    *_rows("hold_conversation", guide="Wie het gesprek voert, legt het vast."),
    *_rows("steer", herself="Zij beslist zelf."),
]


def asked_herself(actor: Actor) -> Q | None:
    """The resident who asked."""
    return Q(help_request__resident_id=actor.resident_id) if actor.resident_id else None


def own_question(actor: Actor) -> Q | None:
    """Staff who asked it themselves, as a resident."""
    if actor.kind is not Kind.STAFF or actor.account_id is None:
        return None
    return Q(help_request__resident__account_id=actor.account_id)


def holds_the_request(actor: Actor) -> Q | None:
    """Whoever holds the request now, as long as the role at the organisation lasts."""
    mine = actor.organisations(Role.GUIDE, Role.PLANNER)
    if not mine or actor.account_id is None:
        return None
    return Q(_part_in(part=Part.HOLDER, account_id=actor.account_id, organisation_id__in=mine))


def office_without_holder(actor: Actor) -> Q | None:
    """The planning office, as long as nobody holds the request."""
    mine = actor.organisations(Role.PLANNER)
    if not mine:
        return None
    return Q(_part_in(part=Part.PLANNER, organisation_id__in=mine), help_request__holder__isnull=True)


def office_that_plans(actor: Actor) -> Q | None:
    """The planning office: it sees that a question waits, not what it says."""
    mine = actor.organisations(Role.PLANNER)
    return Q(_part_in(part=Part.PLANNER, organisation_id__in=mine)) if mine else None


def _part_in(**match: object) -> Exists:
    living = Involvement.objects.filter(help_request=OuterRef("help_request_id"), until__isnull=True)
    return Exists(living.filter(**match))


QUESTION = gate.Resource(
    name="question",
    model=Question,
    relations={
        "asked_herself": asked_herself,
        "own_question": own_question,
        "holds_the_request": holds_the_request,
        "office_without_holder": office_without_holder,
        "office_that_plans": office_that_plans,
    },
)
NEVER_OWN = "Nooit het eigen dossier."
QUESTION_RULES = [
    gate.Rule("question", "read", "asked_herself", because="Het is haar vraag."),
    gate.Rule("question", "answer", "holds_the_request", because="Zij vroeg het haar vaste persoon."),
    gate.Rule("question", "answer", "office_without_holder", because="Er is nog geen vaste persoon."),
    gate.Rule("question", "answer", "own_question", gate.Effect.DENY, NEVER_OWN),
    gate.Rule("question", "see_that_it_waits", "holds_the_request", because="Zij moet antwoorden."),
    gate.Rule(
        "question", "see_that_it_waits", "office_that_plans", because="Niemand blijft zonder antwoord."
    ),
    gate.Rule("question", "see_that_it_waits", "own_question", gate.Effect.DENY, NEVER_OWN),
]

ALARMS = gate.ActRule(
    "alarms.see",
    frozenset({Role.PLANNER}),
    "De planner ziet welke vraag geen houder, datum of iets voor nu heeft.",
)


def register() -> None:
    """Called once at start."""
    gate.register_provider(resident_of)
    frame.register_region_of(region_of)
    gate.register(HELP_REQUEST, RULES)
    gate.register(QUESTION, QUESTION_RULES)
    gate.register_act(ALARMS)
