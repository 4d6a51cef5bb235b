"""What a resident asks about a look, and what the privacy officer answers.

Whoever has no page of her own asks by phone or letter; the officer notes it under the number on her papers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import hooks, services
from noaber.hallway.audit.events import LookExplained, LookQuestioned
from noaber.hallway.audit.models import AuditEntry, LookQuestion
from noaber.hallway.audit.queries import LogLine, Look, as_look, log_line, one_look, person_number
from noaber.hallway.outbox.services import publish

LONGEST = 1200
ANSWER_WITHIN = timedelta(days=7)
Outcome = LookQuestion.Outcome

OUTCOME_WORDS = {
    Outcome.IN_ORDER: gettext_lazy("Het hoorde bij het werk"),
    Outcome.MISTAKE: gettext_lazy("Het was een vergissing"),
    Outcome.NOT_ALLOWED: gettext_lazy("Het had niet gemogen"),
}
VIA_WORDS = {
    LookQuestion.Via.PAGE: gettext_lazy("op de eigen pagina"),
    LookQuestion.Via.PHONE: gettext_lazy("telefonisch"),
    LookQuestion.Via.PAPER: gettext_lazy("op papier"),
}


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question as she reads it back."""

    id: UUID
    asked_at: datetime
    question: str
    about: Look | None
    answer: str = ""
    outcome: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class OfficerQuestion:
    """A question as the privacy officer reads it. The resident is a number."""

    id: UUID
    person: str
    asked_at: datetime
    via: str
    late: bool
    question: str = ""
    about: LogLine | None = None
    answer: str = ""
    outcome: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""


def check_words(words: str) -> str:
    """The words without space around them; they may not be empty or longer than a page."""
    found = words.strip()
    if not found:
        raise Invalid("nothing_written", happened=_("Schrijf eerst iets op."), fields={"words": "leeg"})
    if len(found) > LONGEST:
        raise Invalid(
            "too_long",
            happened=_("Dit is te lang. Gebruik hoogstens 1.200 tekens."),
            fields={"words": "te lang"},
        )
    return found


@transaction.atomic
def ask(*, actor: Actor, about: UUID, words: str, once_key: str, now: datetime) -> UUID:
    """She asks why somebody looked. The same `once_key` twice is one question."""
    one_look(actor, about)
    resident_id = _own(actor)
    entry = AuditEntry.objects.get(event_id=about)
    region_id = entry.region_id or hooks.region_of(None, resident_id)
    if region_id is None:
        raise gate.not_here()
    row, fresh = LookQuestion.objects.get_or_create(
        once_key=once_key,
        defaults={
            "region_id": region_id,
            "resident_id": resident_id,
            "about_id": about,
            "about_account_id": entry.account_id,
            "question": check_words(words),
            "asked_at": now,
        },
    )
    if fresh:
        _log(actor, services.Action.CREATE, "audit.question.ask", row, "om iets te vragen over wie keek", now)
        publish(LookQuestioned(question_id=row.pk, region_id=region_id), now=now)
    return row.pk


@transaction.atomic
def note(*, actor: Actor, code: str, via: str, words: str, once_key: str, now: datetime) -> UUID:
    """The privacy officer notes a question that came by phone or on paper, under the number on her papers."""
    gate.require_act(actor, "audit.review")
    person = hooks.find_person(code)
    if person is None or person.region_id not in actor.regions(Role.PRIVACY_OFFICER):
        raise Invalid(
            "unknown_number",
            happened=_("Dit nummer kennen wij hier niet."),
            now_what=_("Kijk op de brief of vraag het nummer nog eens. Het begint met V en een streepje."),
            fields={"code": "onbekend"},
        )
    with gate.as_system("een vraag op papier of aan de telefoon noteren"):
        row, fresh = LookQuestion.objects.get_or_create(
            once_key=once_key,
            defaults={
                "region_id": person.region_id,
                "resident_id": person.resident_id,
                "via": LookQuestion.Via(via),
                "question": check_words(words),
                "asked_at": now,
            },
        )
    if fresh:
        _log(
            actor,
            services.Action.CREATE,
            "audit.question.note",
            row,
            purpose="om uw vraag op te schrijven",
            now=now,
        )
    return row.pk


@transaction.atomic
def answer(*, actor: Actor, question_id: UUID, words: str, outcome: str, now: datetime) -> None:
    """The officer says what came of it; from then on she reads it on her own page."""
    with gate.as_system("een vraag over wie keek beantwoorden"):
        row = _for_officer(actor, question_id, lock=True)
        if row.answered_at is not None:
            raise Conflict(
                "already_answered",
                happened=_("Deze vraag is al beantwoord."),
                why=_("Iemand was u voor."),
                now_what=_("Lees het antwoord hieronder."),
            )
        row.answer = check_words(words)
        row.outcome = Outcome(outcome)
        row.answered_at, row.answered_by = now, actor.name
        row.save(update_fields=["answer", "outcome", "answered_at", "answered_by"])
    _log(
        actor,
        services.Action.UPDATE,
        "audit.question.answer",
        row,
        purpose="om uw vraag te beantwoorden",
        now=now,
    )
    publish(LookExplained(question_id=row.pk, resident_id=row.resident_id), now=now)


def own_questions(actor: Actor, *, now: datetime) -> list[OwnQuestion]:
    """What she asked about looks, newest first. Answers count as read from now on."""
    resident_id = _own(actor)
    rows = list(LookQuestion.objects.filter(resident_id=resident_id).order_by("-asked_at"))
    about = AuditEntry.objects.filter(
        event_id__in=[row.about_id for row in rows if row.about_id], resident_id=resident_id
    )
    looks = {row.event_id: as_look(row) for row in about}
    found = [
        OwnQuestion(
            id=row.pk,
            asked_at=row.asked_at,
            question=row.question,
            about=looks.get(row.about_id) if row.about_id else None,
            answer=row.answer,
            outcome=str(OUTCOME_WORDS[Outcome(row.outcome)]) if row.outcome else "",
            answered_at=row.answered_at,
            answered_by=row.answered_by,
            fresh=row.answered_at is not None and row.read_at is None,
        )
        for row in rows
    ]
    new = [question.id for question in found if question.fresh]
    if new:
        LookQuestion.objects.filter(pk__in=new).update(read_at=now)
    return found


def for_officer(actor: Actor, *, now: datetime) -> list[OfficerQuestion]:
    """All questions of the officer's regions without a word of them: what waits first, oldest first."""
    gate.require_act(actor, "audit.review")
    regions = actor.regions(Role.PRIVACY_OFFICER)
    with gate.as_system("de rij van vragen over wie keek"):
        rows = LookQuestion.objects.filter(region_id__in=regions).defer("question", "answer")
        new = list(rows.filter(answered_at__isnull=True).order_by("asked_at"))
        done = list(rows.filter(answered_at__isnull=False).order_by("-answered_at")[:50])
    return [_shown(row, now) for row in (*new, *done)]


def read_for_officer(actor: Actor, question_id: UUID, *, now: datetime) -> OfficerQuestion:
    """One question with its words and the look it is about; logged with the reason she will read."""
    with gate.as_system("een vraag over wie keek lezen"):
        row = _for_officer(actor, question_id)
    _log(
        actor,
        services.Action.READ,
        "audit.question.read",
        row,
        purpose="om uw vraag te beantwoorden",
        now=now,
    )
    entry = AuditEntry.objects.filter(event_id=row.about_id).first() if row.about_id else None
    return _shown(row, now, words=True, about=log_line(entry) if entry else None)


def waiting(actor: Actor) -> int:
    """How many questions of the officer's regions wait for an answer; for the menu of her pages."""
    with gate.as_system("vragen over wie keek tellen"):
        mine = LookQuestion.objects.filter(region_id__in=actor.regions(Role.PRIVACY_OFFICER))
        return mine.filter(answered_at__isnull=True).count()


def _own(actor: Actor) -> UUID:
    if actor.resident_id is None:
        raise gate.not_here()
    return actor.resident_id


def _for_officer(actor: Actor, question_id: UUID, *, lock: bool = False) -> LookQuestion:
    gate.require_act(actor, "audit.review")
    rows = LookQuestion.objects.select_for_update() if lock else LookQuestion.objects.all()
    row = rows.filter(pk=question_id, region_id__in=actor.regions(Role.PRIVACY_OFFICER)).first()
    if row is None:
        raise gate.not_here()
    return row


def _shown(
    row: LookQuestion, now: datetime, *, words: bool = False, about: LogLine | None = None
) -> OfficerQuestion:
    return OfficerQuestion(
        id=row.pk,
        person=person_number(row.resident_id),
        asked_at=row.asked_at,
        via=str(VIA_WORDS[LookQuestion.Via(row.via)]),
        late=row.answered_at is None and row.asked_at + ANSWER_WITHIN < now,
        question=row.question if words else "",
        about=about,
        answer=row.answer if words else "",
        outcome=str(OUTCOME_WORDS[Outcome(row.outcome)]) if row.outcome else "",
        answered_at=row.answered_at,
        answered_by=row.answered_by,
    )


def _log(actor: Actor, action: str, event_type: str, row: LookQuestion, purpose: str, now: datetime) -> None:
    services.record(
        actor=actor,
        action=action,
        event_type=event_type,
        resident_id=row.resident_id,
        object_kind="look_question",
        object_id=row.pk,
        part="uw vraag over wie keek",
        purpose=purpose,
        basis="eigen gegevens" if actor.resident_id == row.resident_id else "rol",
        now=now,
        acting=None if actor.resident_id == row.resident_id else Role.PRIVACY_OFFICER,
    )
