"""Who may see a web, a guide's notes and an agreed step."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind, Role
from noaber.network.residents.models import Involvement
from noaber.pathways.conversations.models import AgreedStep, GuideNote, Participation, Web, WebShare

TABLE = (Involvement.Part.GUIDE, Involvement.Part.HOLDER)


def _at_the_table(actor: Actor, conversation: str, thread: str) -> Q | None:
    """Who sits at this very conversation, as long as role and part last."""
    mine = actor.organisations(Role.GUIDE)
    if not mine or actor.account_id is None:
        return None
    sits = Participation.objects.filter(
        conversation=OuterRef(conversation), active=True, professional__account_id=actor.account_id
    )
    part = Involvement.objects.filter(
        help_request=OuterRef(thread),
        until__isnull=True,
        part__in=TABLE,
        account_id=actor.account_id,
        organisation_id__in=mine,
    )
    return Q(Exists(sits)) & Q(Exists(part))


def web_herself(actor: Actor) -> Q | None:
    """Whose web it is."""
    return Q(resident_id=actor.resident_id) if actor.resident_id else None


def web_table(actor: Actor) -> Q | None:
    """Who sits at a conversation where she shows this web now."""
    sits = _at_the_table(actor, "conversation_id", "conversation__help_request_id")
    if sits is None:
        return None
    return Q(Exists(WebShare.objects.filter(sits, web=OuterRef("pk"), ended_at__isnull=True)))


def web_own_file(actor: Actor) -> Q | None:
    """Never the own file through the door of work."""
    if actor.kind is not Kind.STAFF or actor.account_id is None:
        return None
    return Q(resident__account_id=actor.account_id)


def note_table(actor: Actor) -> Q | None:
    """Who sits at the conversation that the note is about."""
    return _at_the_table(actor, "conversation_id", "conversation__help_request_id")


def note_own_file(actor: Actor) -> Q | None:
    """Never the own file through the door of work."""
    if actor.kind is not Kind.STAFF or actor.account_id is None:
        return None
    return Q(conversation__help_request__resident__account_id=actor.account_id)


def step_herself(actor: Actor) -> Q | None:
    """Whose step it is."""
    return Q(conversation__help_request__resident_id=actor.resident_id) if actor.resident_id else None


def step_holder(actor: Actor) -> Q | None:
    """Who held that conversation, or holds the request."""
    mine = actor.organisations(Role.GUIDE)
    if not mine or actor.account_id is None:
        return None
    return Q(
        Exists(
            Involvement.objects.filter(
                help_request=OuterRef("conversation__help_request_id"),
                until__isnull=True,
                part__in=TABLE,
                account_id=actor.account_id,
                organisation_id__in=mine,
            )
        )
    )


WEB = gate.Resource(
    name="web",
    model=Web,
    relations={"herself": web_herself, "table": web_table, "own_file": web_own_file},
)
NOTE = gate.Resource(
    name="guide_note", model=GuideNote, relations={"table": note_table, "own_file": note_own_file}
)
STEP = gate.Resource(
    name="agreed_step",
    model=AgreedStep,
    relations={"herself": step_herself, "holder": step_holder, "own_file": note_own_file},
)


def register() -> None:
    """Called once at start."""
    deny = gate.Effect.DENY
    gate.register(
        WEB,
        [
            gate.Rule("web", "show", "herself", because="Het is haar web; zij laat het zien of niet."),
            gate.Rule("web", "show", "own_file", deny, "Nooit het eigen dossier."),
            gate.Rule("web", "read", "table", because="Zij laat het zien bij dit gesprek."),
            gate.Rule("web", "read", "own_file", deny, "Nooit het eigen dossier."),
        ],
    )
    gate.register(
        NOTE,
        [
            gate.Rule("guide_note", "read", "table", because="Wie het gesprek voert."),
            gate.Rule("guide_note", "read", "own_file", deny, "Nooit het eigen dossier."),
        ],
    )
    gate.register(
        STEP,
        [
            gate.Rule("agreed_step", "answer", "herself", because="Zij zegt hoe het ging."),
            gate.Rule("agreed_step", "answer", "own_file", deny, "Nooit het eigen dossier."),
            gate.Rule("agreed_step", "read", "holder", because="Wie met haar terugkijkt."),
            gate.Rule("agreed_step", "read", "own_file", deny, "Nooit het eigen dossier."),
        ],
    )
    gate.register_act(
        gate.ActRule(
            "funding.see",
            frozenset({Role.PROGRAMME_MANAGER}),
            "Wie het programma leidt, ziet aantallen en minuten per betaler.",
        )
    )
