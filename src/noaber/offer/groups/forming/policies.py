"""Who may do what when a group forms: who holds a person, and who brings people together."""

from __future__ import annotations

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.offer.groups.models_forming import FitGapReport, FormingQuestion, GroupProposal, WaitingFor

HOLDERS = (Role.GUIDE, Role.GROUP_LEADER, Role.ORGANISATION_ADMIN)
READS_FIT_GAP = (Role.PROGRAMME_MANAGER, Role.GROUP_ORGANISER)

HOLD = gate.ActRule(
    "groups.hold", frozenset(HOLDERS), "Wie mensen kent die op een groep wachten, houdt de lijst bij."
)
FORM = gate.ActRule(
    "groups.form", frozenset({Role.GROUP_ORGANISER}), "Wie groepen vormt over organisaties heen."
)
FIT_GAP = gate.ActRule(
    "groups.fit_gap", frozenset(READS_FIT_GAP), "Wie stuurt of groepen vormt, ziet wat er is en wat er mist."
)
WANT = gate.ActRule(
    "groups.want", frozenset({Role.PROGRAMME_MANAGER}), "De regio zegt zelf hoeveel groepen zij wil."
)


def holder(actor: Actor) -> Q | None:
    """The organisation that holds the person."""
    mine = actor.organisations(*HOLDERS)
    return Q(organisation_id__in=mine) if mine else None


def organiser(actor: Actor) -> Q | None:
    """Who forms groups in the region."""
    regions = actor.regions(Role.GROUP_ORGANISER)
    return Q(region_id__in=regions) if regions else None


def reader(actor: Actor) -> Q | None:
    """Who steers the region or forms groups in it."""
    regions = actor.regions(*READS_FIT_GAP)
    return Q(region_id__in=regions) if regions else None


def register() -> None:
    """Called once at start."""
    for act in (HOLD, FORM, FIT_GAP, WANT):
        gate.register_act(act)
    why = "De eigen organisatie kent deze persoon."
    for name, model in (("waiting_for_group", WaitingFor), ("forming_question", FormingQuestion)):
        gate.register(
            gate.Resource(name, model, {"holder": holder}),
            [gate.Rule(name, action, "holder", because=why) for action in ("see", "change")],
        )
    gate.register(
        gate.Resource("group_proposal", GroupProposal, {"organiser": organiser}),
        [
            gate.Rule("group_proposal", action, "organiser", because="Wie groepen vormt in de regio.")
            for action in ("see", "decide")
        ],
    )
    gate.register(
        gate.Resource("group_fit_gap", FitGapReport, {"reader": reader}),
        [gate.Rule("group_fit_gap", "see", "reader", because="Wie stuurt of groepen vormt.")],
    )
