"""Who may send a referral, and who may read the letter."""

from __future__ import annotations

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.network.consents import queries as consents
from noaber.network.consents.types import LETTER as LETTER_OF_HERS
from noaber.pathways.referrals.models import Letter, PracticeKey, Referral

SEND = gate.ActRule("referral.send", frozenset({Role.REFERRER}), "Een huisarts of praktijk verwijst.")

KEEP = gate.ActRule(
    "practice_key.keep",
    frozenset({Role.REFERRER, Role.ORGANISATION_ADMIN}),
    "Wie verwijst of beheert, geeft de link en de computers van de praktijk uit.",
)


def practice(actor: Actor) -> Q | None:
    """The practice that sent it."""
    mine = actor.organisations(Role.REFERRER)
    return Q(organisation_id__in=mine) if mine else None


def practice_of_letter(actor: Actor) -> Q | None:
    """The practice to which the letter goes, once it has gone; where the region asks it, with her consent."""
    mine = actor.organisations(Role.REFERRER)
    if not mine:
        return None
    agreed = consents.consented(
        LETTER_OF_HERS, thing="conversation_id", version="version", organisation="referral__organisation_id"
    )
    gone = Q(referral__organisation_id__in=mine, released_at__isnull=False)
    return gone & (Q(release_on__isnull=False) | Q(agreed))


def own_practice(actor: Actor) -> Q | None:
    """The practice whose link or computer it is."""
    mine = actor.organisations(Role.REFERRER, Role.ORGANISATION_ADMIN)
    return Q(organisation_id__in=mine) if mine else None


def herself(actor: Actor) -> Q | None:
    """The resident the letter is about."""
    return Q(referral__help_request__resident_id=actor.resident_id) if actor.resident_id else None


def objected(actor: Actor) -> Q | None:
    """A letter to which the resident objected; only she herself still sees it.

    Someone of the practice may be a resident elsewhere: that opens nobody else's letter.
    """
    everyone = Q(
        consents.objected_for(
            LETTER_OF_HERS,
            resident="referral__help_request__resident_id",
            thing="conversation_id",
            organisation="referral__organisation_id",
        )
    )
    if actor.resident_id is None:
        return everyone
    return everyone & ~Q(referral__help_request__resident_id=actor.resident_id)


REFERRAL = gate.Resource(name="referral", model=Referral, relations={"practice": practice})
PRACTICE_KEY = gate.Resource(name="practice_key", model=PracticeKey, relations={"own_practice": own_practice})
LETTER = gate.Resource(
    name="letter",
    model=Letter,
    relations={"practice": practice_of_letter, "herself": herself, "objected": objected},
)


def register() -> None:
    """Called once at start."""
    gate.register_act(SEND)
    gate.register_act(KEEP)
    gate.register(
        PRACTICE_KEY, [gate.Rule("practice_key", "keep", "own_practice", because="De eigen praktijk.")]
    )
    gate.register(
        REFERRAL,
        [
            gate.Rule("referral", "read", "practice", because="De eigen verwijzing."),
            gate.Rule("referral", "renew_card", "practice", because="De praktijk gaf de eerste kaart ook."),
        ],
    )
    gate.register(
        LETTER,
        [
            gate.Rule("letter", "read", "practice", because="De brief is aan hen."),
            gate.Rule("letter", "read", "herself", because="Het gaat over haar."),
            gate.Rule("letter", "steer", "herself", because="Zij beslist of de brief gaat."),
            gate.Rule("letter", "read", "objected", gate.Effect.DENY, "Haar bezwaar wint altijd."),
        ],
    )
