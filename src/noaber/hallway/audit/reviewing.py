"""The privacy officer's week: looks that nobody can explain, heaviest first, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from noaber.ground.errors import Conflict
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind, Role
from noaber.hallway.access.words import roles_in_log
from noaber.hallway.audit import services
from noaber.hallway.audit.events import ColleagueAsked, ColleagueReplied
from noaber.hallway.audit.models import AuditEntry, ReviewItem
from noaber.hallway.audit.queries import LogLine, log_line
from noaber.hallway.audit.questions import check_words
from noaber.hallway.audit.signals_in_words import in_words
from noaber.hallway.outbox.services import publish

DECIDE_WITHIN = timedelta(days=7)
BREACH_WITHIN = timedelta(hours=72)
"""Within so many hours after it is known a breach is told to the authority (AVG article 33)."""

LINES_SHOWN = 40
Decision = ReviewItem.Decision


@dataclass(frozen=True, slots=True)
class Weighed:
    """One item of the queue as the officer sees it."""

    id: UUID
    week_on: date
    who: str
    role: str
    organisation: str
    score: int
    reasons: tuple[str, ...]
    found_at: datetime
    lines: int
    late: bool
    state: str
    asked_at: datetime | None = None
    asked_words: str = ""
    replied_at: datetime | None = None
    reply: str = ""
    decision: str = ""
    because: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    tell_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a colleague is asked: the words of the officer and the own lines it is about."""

    id: UUID
    words: str
    asked_at: datetime
    lines: tuple[LogLine, ...]
    reply: str = ""
    replied_at: datetime | None = None


def queue(actor: Actor, *, now: datetime) -> tuple[list[Weighed], list[Weighed]]:
    """What is open in the officer's regions, late and heavy first; and what was decided in the last weeks."""
    gate.require_act(actor, "audit.review")
    with gate.as_system("de week van de privacyfunctionaris tonen"):
        rows = ReviewItem.objects.filter(region_id__in=actor.regions(Role.PRIVACY_OFFICER))
        waiting = [_weighed(row, now) for row in rows.filter(decided_at__isnull=True)]
        done = [
            _weighed(row, now) for row in rows.filter(decided_at__isnull=False).order_by("-decided_at")[:30]
        ]
    services.record(
        actor=actor,
        action=services.Action.READ,
        event_type="audit.week",
        resident_id=None,
        object_kind="audit_log",
        purpose="om te bewaken wie kijkt",
        basis="rol",
        now=now,
        acting=Role.PRIVACY_OFFICER,
    )
    return sorted(waiting, key=lambda item: (not item.late, -item.score, item.who)), done


def one_item(actor: Actor, item_id: UUID, *, now: datetime) -> tuple[Weighed, list[LogLine]]:
    """One item with the lines that caused it. That somebody shares a surname or street is logged for her."""
    with gate.as_system("een week van een collega bekijken"):
        row = _for_officer(actor, item_id).first()
        if row is None:
            raise gate.not_here()
        weighed = _weighed(row, now)
    entries = _entries(row.lines)
    near = {line for signal in row.signals if signal["code"] in NEAR for line in signal["lines"]}
    services.record_reads(
        actor=actor,
        residents=[e.resident_id for e in entries if e.resident_id and str(e.event_id) in near],
        event_type="audit.weigh",
        object_kind="review_item",
        part="uw nummer, en of een collega u kent",
        purpose="om te bewaken wie kijkt",
        now=now,
        acting=Role.PRIVACY_OFFICER,
    )
    return weighed, [log_line(entry) for entry in entries]


NEAR = frozenset({"surname", "street", "colleague", "acquaintance"})
"""Signals that say something of the resident herself."""


@transaction.atomic
def decide(*, actor: Actor, item_id: UUID, decision: str, because: str, now: datetime) -> None:
    """The officer decides, with a reason. After that nobody changes it, and the database refuses it too."""
    with gate.as_system("een week van een collega beoordelen"):
        row = _open_item(actor, item_id)
        row.decision = Decision(decision)
        row.because = check_words(because)
        row.decided_at, row.decided_by = now, actor.name
        row.save(update_fields=["decision", "because", "decided_at", "decided_by"])
    _log(actor, services.Action.UPDATE, "audit.decided", row.pk, now)


@transaction.atomic
def ask_colleague(*, actor: Actor, item_id: UUID, words: str, now: datetime) -> None:
    """The officer asks the colleague why. A mail says only that there is a question."""
    with gate.as_system("een collega vragen waarom"):
        row = _open_item(actor, item_id)
        if row.asked_at is not None:
            raise Conflict(
                "already_asked",
                happened=_("U hebt het al gevraagd."),
                now_what=_("Wacht op het antwoord, of beslis zonder."),
            )
        row.asked_at, row.asked_words = now, check_words(words)
        row.save(update_fields=["asked_at", "asked_words"])
    _log(actor, services.Action.UPDATE, "audit.asked", row.pk, now)
    publish(ColleagueAsked(item_id=row.pk, account_id=row.account_id), now=now)


def asked_of_me(actor: Actor, item_id: UUID) -> Asked:
    """What the privacy officer asks this colleague. For anybody else it is not there."""
    with gate.as_system("een vraag van de privacyfunctionaris lezen"):
        row = _of_colleague(actor).filter(pk=item_id).first()
        if row is None or row.asked_at is None:
            raise gate.not_here()
        words, reply = row.asked_words, row.reply
    lines = tuple(log_line(entry) for entry in _entries(row.lines))
    return Asked(row.pk, words, row.asked_at, lines, reply, row.replied_at)


@transaction.atomic
def reply(*, actor: Actor, item_id: UUID, words: str, now: datetime) -> None:
    """The colleague says why, once."""
    with gate.as_system("een vraag van de privacyfunctionaris beantwoorden"):
        row = _of_colleague(actor).select_for_update().filter(pk=item_id).first()
        if row is None:
            raise gate.not_here()
        if row.replied_at is not None or row.decided_at is not None:
            raise Conflict(
                "already_replied",
                happened=_("Hier valt niets meer te antwoorden."),
                why=_("Uw antwoord is al binnen, of er is al beslist."),
                now_what=_("Wilt u nog iets zeggen? Bel de privacyfunctionaris."),
            )
        row.reply, row.replied_at = check_words(words), now
        row.save(update_fields=["reply", "replied_at"])
    _log(actor, services.Action.UPDATE, "audit.replied", row.pk, now)
    publish(ColleagueReplied(item_id=row.pk, region_id=row.region_id), now=now)


def questions_for_me(actor: Actor) -> list[UUID]:
    """Questions of the privacy officer that wait for this colleague, oldest first."""
    if actor.kind is not Kind.STAFF or actor.account_id is None:
        return []
    with gate.as_system("kijken of er een vraag wacht"):
        rows = _of_colleague(actor).filter(replied_at__isnull=True, decided_at__isnull=True)
        return list(rows.order_by("asked_at").values_list("pk", flat=True))


def overdue(*, now: datetime, regions: Sequence[UUID] | None = None) -> int:
    """How many items wait for a decision for more than a week; of these regions, or of all."""
    with gate.as_system("tellen wat te lang wacht"):
        rows = ReviewItem.objects.filter(decided_at__isnull=True, found_at__lt=now - DECIDE_WITHIN)
        return (rows if regions is None else rows.filter(region_id__in=regions)).count()


def _entries(lines: Sequence[str]) -> list[AuditEntry]:
    found = AuditEntry.objects.filter(event_id__in=lines[:400]).order_by("-occurred_at", "-pk")
    return list(found[:LINES_SHOWN])


def _for_officer(actor: Actor, item_id: UUID) -> QuerySet[ReviewItem]:
    gate.require_act(actor, "audit.review")
    return ReviewItem.objects.filter(pk=item_id, region_id__in=actor.regions(Role.PRIVACY_OFFICER))


def _of_colleague(actor: Actor) -> QuerySet[ReviewItem]:
    return ReviewItem.objects.filter(account_id=actor.signed_in_id, asked_at__isnull=False)


def _open_item(actor: Actor, item_id: UUID) -> ReviewItem:
    row = _for_officer(actor, item_id).select_for_update().first()
    if row is None:
        raise gate.not_here()
    if row.account_id == actor.account_id:
        raise Conflict(
            "own_week",
            happened=_("Dit gaat over u zelf."),
            why=_("Niemand beoordeelt wat hij zelf las."),
            now_what=_("Vraag het een andere privacyfunctionaris."),
        )
    if row.decided_at is not None:
        raise Conflict(
            "already_decided",
            happened=_("Hier is al over beslist."),
            why=_("Een beslissing blijft zoals zij is."),
            now_what=_("Lees de beslissing hieronder."),
        )
    return row


def _weighed(row: ReviewItem, now: datetime) -> Weighed:
    told = row.decided_at + BREACH_WITHIN if row.decided_at and row.decision == Decision.REPORTED else None
    return Weighed(
        id=row.pk,
        week_on=row.week_on,
        who=row.actor_name,
        role=roles_in_log(row.role),
        organisation=row.organisation_name,
        score=row.score,
        reasons=tuple(in_words(signal) for signal in row.signals),
        found_at=row.found_at,
        lines=len(row.lines),
        late=row.decided_at is None and row.found_at + DECIDE_WITHIN < now,
        state=_state(row),
        asked_at=row.asked_at,
        asked_words=row.asked_words,
        replied_at=row.replied_at,
        reply=row.reply,
        decision=str(DECISION_WORDS[Decision(row.decision)]) if row.decision else "",
        because=row.because,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        tell_before=told,
    )


def _state(row: ReviewItem) -> str:
    if row.decided_at is not None:
        return str(row.decision)
    if row.asked_at is None:
        return "new"
    return "asked" if row.replied_at is None else "replied"


DECISION_WORDS: Mapping[Any, Any] = {Decision.IN_ORDER: "in orde", Decision.REPORTED: "gemeld"}


def _log(actor: Actor, action: str, event_type: str, item_id: UUID, now: datetime) -> None:
    officer = actor.has(Role.PRIVACY_OFFICER) and event_type != "audit.replied"
    services.record(
        actor=actor,
        action=action,
        event_type=event_type,
        resident_id=None,
        object_kind="review_item",
        object_id=item_id,
        purpose="om te bewaken wie kijkt",
        basis="rol",
        now=now,
        acting=Role.PRIVACY_OFFICER if officer else None,
    )
