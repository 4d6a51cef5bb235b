"""Who may prepare, and which practice may decide."""

from __future__ import annotations

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.network.companions.queries_links import register_links
from noaber.pathways.preparations.models import Preparation

MAKE = gate.ActRule(
    "preparation.make", frozenset({Role.HOST}), "Wie haar helpt, vult de aanvraag samen met haar in."
)
DECIDE = gate.ActRule("preparation.decide", frozenset({Role.REFERRER}), "De praktijk bevestigt of weigert.")


def hosts(actor: Actor) -> Q | None:
    """The hosts of the organisation that prepared it."""
    mine = actor.organisations(Role.HOST)
    return Q(organisation_id__in=mine) if mine else None


def practice(actor: Actor) -> Q | None:
    """The practice that was chosen, as long as it waits."""
    mine = actor.organisations(Role.REFERRER)
    return Q(practice_id__in=mine, state=Preparation.State.WAITING) if mine else None


PREPARATION = gate.Resource(
    name="preparation", model=Preparation, relations={"hosts": hosts, "practice": practice}
)
RULES = [
    gate.Rule(
        "preparation", "follow", "hosts", because="Het steunpunt houdt haar vast tot de praktijk beslist."
    ),
    gate.Rule(
        "preparation", "decide", "practice", because="De praktijk beslist, en ziet alleen wat nodig is."
    ),
]


def links(actor: Actor) -> list[dict[str, str]]:
    """On the first page of a host."""
    from django.urls import reverse
    from django.utils.translation import gettext as _

    if not gate.may_act(actor, "preparation.make"):
        return []
    return [
        {
            "url": reverse("preparations:prepare"),
            "label": _("Zij heeft nog geen vraag bij ons: vraag samen aan"),
        },
        {"url": reverse("preparations:mine"), "label": _("Aanvragen die u samen deed")},
    ]


def register() -> None:
    """Called once at start."""
    gate.register(PREPARATION, RULES)
    gate.register_act(MAKE)
    gate.register_act(DECIDE)
    register_links(links)
