"""Who may see a conversation, its steps and its report."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind, Role
from noaber.network.consents import queries as consents
from noaber.network.consents.types import REPORT as REPORT_OF_HERS
from noaber.network.residents.models import Involvement
from noaber.pathways.conversations.models import Conversation, Correction, Report, ReportVersion

Part = Involvement.Part


def _living(path: str, **match: object) -> Exists:
    return Exists(Involvement.objects.filter(help_request=OuterRef(path), until__isnull=True, **match))


def herself(actor: Actor) -> Q | None:
    """The resident whose conversation it is."""
    return Q(help_request__resident_id=actor.resident_id) if actor.resident_id else None


def guide(actor: Actor) -> Q | None:
    """Who takes part in this very conversation, or holds the request, while the role lasts."""
    mine = actor.organisations(Role.GUIDE)
    if not mine or actor.account_id is None:
        return None
    return Q(
        _living(
            "help_request_id",
            part__in=[Part.GUIDE, Part.HOLDER],
            account_id=actor.account_id,
            organisation_id__in=mine,
        )
    )


def planning_office(actor: Actor) -> Q | None:
    """The office that plans."""
    mine = actor.organisations(Role.PLANNER)
    return Q(_living("help_request_id", part=Part.PLANNER, organisation_id__in=mine)) if mine else None


def own_file(actor: Actor) -> Q | None:
    """Never the own file through the door of work."""
    if actor.kind is not Kind.STAFF or actor.account_id is None:
        return None
    return Q(help_request__resident__account_id=actor.account_id)


def report_herself(actor: Actor) -> Q | None:
    """The resident the report is about."""
    return Q(conversation__help_request__resident_id=actor.resident_id) if actor.resident_id else None


def report_guide(actor: Actor) -> Q | None:
    """Who took part in the conversation."""
    mine = actor.organisations(Role.GUIDE)
    if not mine or actor.account_id is None:
        return None
    return Q(
        _living(
            "conversation__help_request_id",
            part__in=[Part.GUIDE, Part.HOLDER],
            account_id=actor.account_id,
            organisation_id__in=mine,
        )
    )


def report_own_file(actor: Actor) -> Q | None:
    """Never the report about oneself through the door of work."""
    if actor.kind is not Kind.STAFF or actor.account_id is None:
        return None
    return Q(conversation__help_request__resident__account_id=actor.account_id)


def report_objected(actor: Actor) -> Q | None:
    """A report she does not want this actor's organisations to read. Its author keeps what was written."""
    if actor.kind is Kind.RESIDENT or actor.account_id is None:
        return None
    refused = consents.objected_to(
        actor, REPORT_OF_HERS, resident="conversation__help_request__resident_id", thing="conversation_id"
    )
    return Q(refused) & ~Q(author_id=actor.account_id)


def version_shared(actor: Actor) -> Q | None:
    """A version that she lets an organisation of this actor read, at this moment."""
    shared = consents.shared_with(actor, REPORT_OF_HERS, thing="conversation_id", version="version")
    return Q(shared) if shared is not None else None


def version_objected(actor: Actor) -> Q | None:
    """Her objection, also where a consent of hers still stands."""
    refused = consents.objected_to(actor, REPORT_OF_HERS, resident="resident_id", thing="conversation_id")
    return Q(refused)


def version_own_file(actor: Actor) -> Q | None:
    """Never the own file through the door of work. Asked of the row itself: its thread is behind a lock."""
    if actor.kind is not Kind.STAFF or actor.resident_id is None:
        return None
    return Q(resident_id=actor.resident_id)


def correction_guide(actor: Actor) -> Q | None:
    """Who may read the report mends it, or answers."""
    guides = report_guide(actor)
    if guides is None:
        return None
    rows = Report.objects.filter(guides, conversation_id=OuterRef("conversation_id"))
    refused = report_objected(actor)
    return Q(Exists(rows.exclude(refused) if refused is not None else rows))


CONVERSATION = gate.Resource(
    name="conversation",
    model=Conversation,
    relations={"herself": herself, "guide": guide, "planning_office": planning_office, "own_file": own_file},
)
REPORT = gate.Resource(
    name="report",
    model=Report,
    relations={
        "herself": report_herself,
        "guide": report_guide,
        "own_file": report_own_file,
        "objected": report_objected,
    },
)
VERSION = gate.Resource(
    name="report_version",
    model=ReportVersion,
    relations={"shared": version_shared, "objected": version_objected, "own_file": version_own_file},
)
CORRECTION = gate.Resource(
    name="correction",
    model=Correction,
    relations={"guide": correction_guide, "own_file": version_own_file},
)


def register() -> None:
    """Called once at start."""
    deny = gate.Effect.DENY
    gate.register(
        CONVERSATION,
        [
            gate.Rule("conversation", "see_appointment", "herself", because="Het is haar afspraak."),
            gate.Rule("conversation", "see_appointment", "guide", because="Wie het gesprek voert."),
            gate.Rule("conversation", "see_appointment", "planning_office", because="Wie plant."),
            gate.Rule("conversation", "see_appointment", "own_file", deny, "Nooit het eigen dossier."),
            gate.Rule("conversation", "hold", "guide", because="Wie het gesprek voert, legt het vast."),
            gate.Rule("conversation", "hold", "own_file", deny, "Nooit het eigen dossier."),
            gate.Rule("conversation", "rebook", "planning_office", because="Plannen is hun werk."),
            gate.Rule("conversation", "rebook", "own_file", deny, "Nooit het eigen dossier."),
        ],
    )
    gate.register(
        REPORT,
        [
            gate.Rule("report", "read", "herself", because="Zij leest het als eerste."),
            gate.Rule("report", "read", "guide", because="Wie erbij was."),
            gate.Rule("report", "read", "own_file", deny, "Nooit het eigen dossier."),
            gate.Rule("report", "read", "objected", deny, "Haar bezwaar wint altijd."),
            gate.Rule("report", "decide", "herself", because="Zij beslist."),
            gate.Rule("report", "decide", "own_file", deny, "Nooit het eigen dossier."),
        ],
    )
    gate.register(
        VERSION,
        [
            gate.Rule("report_version", "read_shared", "shared", because="Zij deelt het met hen."),
            gate.Rule("report_version", "read_shared", "objected", deny, "Haar bezwaar wint altijd."),
            gate.Rule("report_version", "read_shared", "own_file", deny, "Nooit het eigen dossier."),
        ],
    )
    gate.register(
        CORRECTION,
        [
            gate.Rule("correction", "answer", "guide", because="Wie het verslag schreef, verbetert het."),
            gate.Rule("correction", "answer", "own_file", deny, "Nooit het eigen dossier."),
        ],
    )
    gate.register_act(
        gate.ActRule(
            "reports.shared.see",
            frozenset(consents.READERS),
            "Wie helpt bij een organisatie, leest wat met die organisatie is gedeeld.",
        )
    )
    gate.register_act(
        gate.ActRule("board.see", frozenset({Role.PLANNER}), "Wie plant, ziet wie wacht en hoe lang.")
    )
    gate.register_act(
        gate.ActRule(
            "conversations.hold", frozenset({Role.GUIDE}), "Gespreksvoerders zien hun eigen gesprekken."
        )
    )
