"""A question of hers to whoever holds her request, and the answer. Sealed, logged, oldest first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from noaber.ground.errors import Conflict, Invalid
from noaber.ground.identifiers import contains_bsn
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.outbox.services import publish
from noaber.network.residents.events import QuestionAnswered, QuestionAsked
from noaber.network.residents.models import HelpRequest, Question
from noaber.network.residents.telling import tell
from noaber.network.residents.types import Asked, Waiting

LONGEST = 1200
MOST_WAITING = 5
SHOWN = 30
EVENTS = {
    audit.Action.CREATE: "question.ask",
    audit.Action.READ: "question.read",
    audit.Action.UPDATE: "question.answer",
}
ASKED_WORDS = gettext_noop("U stelde een vraag")
ANSWERED_WORDS = gettext_noop("U kreeg antwoord op uw vraag")


def _check(words: str, field: str) -> str:
    text = words.strip()
    wrong = ""
    if not text:
        wrong = _("Schrijf eerst iets op.")
    elif len(text) > LONGEST:
        wrong = _("Maak deze tekst korter. Er passen %(most)s tekens in, er staan er nu %(now)s.") % {
            "most": LONGEST,
            "now": len(text),
        }
    elif contains_bsn(text):
        wrong = _("Haal het burgerservicenummer weg. Wij bewaren dat niet.")
    if wrong:
        raise Invalid("question_text", happened=wrong, fields={field: wrong})
    return text


def ask(*, actor: Actor, help_request_id: UUID, words: str, once_key: str, now: datetime) -> UUID:
    """Put a question to whoever holds her request. The same `once_key` twice is one question.

    Raises `Invalid` for an empty, too long or unfit text, and `Conflict` when too many wait for an answer.
    """
    text = _check(words, "words")
    try:
        return _ask(actor, help_request_id, text, once_key, now)
    except IntegrityError:
        return Question.objects.values_list("pk", flat=True).get(
            once_key=once_key, help_request_id=help_request_id
        )


@transaction.atomic
def _ask(actor: Actor, help_request_id: UUID, text: str, once_key: str, now: datetime) -> UUID:
    thread = HelpRequest.objects.select_for_update().filter(pk=help_request_id).first()
    thread = gate.require(actor, "steer", thread, resource="help_request")
    earlier = Question.objects.filter(once_key=once_key, help_request=thread).first()
    if earlier is not None:
        return earlier.pk
    if thread.phase == HelpRequest.Phase.CLOSED:
        raise Conflict(
            "help_request_closed",
            happened=_("Uw vraag is al afgerond."),
            why=_("Niemand houdt hem nu vast."),
            now_what=_("Bel uw huisarts. Die kan een nieuwe vraag sturen."),
        )
    if thread.questions.filter(answered_at__isnull=True).count() >= MOST_WAITING:
        raise Conflict(
            "too_many_questions",
            happened=_("Er wachten al vragen van u op antwoord."),
            why=_("Uw vaste persoon is er nog niet aan toegekomen."),
            now_what=_("Bel als het niet kan wachten."),
        )
    row = Question.objects.create(help_request=thread, words=text, asked_at=now, once_key=once_key)
    tell(thread.pk, at=now, words=ASKED_WORDS, kind="asked")
    _log(actor, row, thread, audit.Action.CREATE, "om uw vraag te sturen", now)
    publish(QuestionAsked(question_id=row.pk), now=now)
    return row.pk


def own_questions(actor: Actor, help_request_id: UUID, *, now: datetime) -> tuple[Asked, ...]:
    """Her questions with their answers, newest first; an answer she had not seen is `is_new` this once."""
    rows = gate.visible(actor, "read", Question.objects.all(), resource="question")
    found = list(
        rows.filter(help_request_id=help_request_id)
        .select_related("answered_by", "help_request")
        .order_by("-asked_at")[:SHOWN]
    )
    fresh = [row.pk for row in found if row.answered_at is not None and row.answer_read_at is None]
    shown = tuple(_as_asked(row, is_new=row.pk in fresh) for row in found)
    if found:
        _log(actor, found[0], found[0].help_request, audit.Action.READ, "om uw eigen vragen te zien", now)
    if fresh:
        Question.objects.filter(pk__in=fresh).update(answer_read_at=now)
    return shown


def _as_asked(row: Question, *, is_new: bool = False) -> Asked:
    return Asked(
        id=row.pk,
        words=row.words,
        asked_at=row.asked_at,
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by=row.answered_by.name if row.answered_by else "",
        is_new=is_new,
    )


def how_many_wait(actor: Actor) -> tuple[int, datetime | None]:
    """How many questions wait that this colleague must answer or watch, and since when. Shows nobody."""
    if not actor.has(Role.GUIDE, Role.PLANNER):
        return 0, None
    rows = gate.visible(actor, "see_that_it_waits", Question.objects.all(), resource="question")
    rows = rows.filter(answered_at__isnull=True, help_request__phase__in=HelpRequest.OPEN)
    found = rows.aggregate(number=Count("pk"), oldest=Min("asked_at"))
    return found["number"], found["oldest"]


def waiting_questions(actor: Actor, *, now: datetime) -> tuple[Waiting, ...]:
    """Questions without an answer that this colleague must answer or keep an eye on, oldest first.

    Whoever may answer sees who asked; the planning office sees that it waits, and with whom.
    """
    if not actor.has(Role.GUIDE, Role.PLANNER):
        return ()
    rows = gate.visible(actor, "see_that_it_waits", Question.objects.all(), resource="question")
    rows = rows.filter(answered_at__isnull=True, help_request__phase__in=HelpRequest.OPEN)
    found = list(
        rows.select_related("help_request__resident", "help_request__holder")
        .order_by("asked_at", "pk")
        .defer("words", "help_request__question", "help_request__wishes")[:200]
    )
    may = set(
        gate.visible(actor, "answer", Question.objects.all(), resource="question")
        .filter(pk__in=[row.pk for row in found])
        .values_list("pk", flat=True)
    )
    audit.record_reads(
        actor=actor,
        residents=[row.help_request.resident_id for row in found],
        event_type="question.list",
        object_kind="question",
        part="dat u iets vroeg",
        purpose="om u antwoord te geven",
        now=now,
    )
    return tuple(
        Waiting(
            id=row.pk,
            help_request_id=row.help_request_id,
            code=row.help_request.code,
            asked_at=row.asked_at,
            holder=row.help_request.holder.name if row.help_request.holder else "",
            may_answer=row.pk in may,
            resident_name=row.help_request.resident.name if row.pk in may else "",
        )
        for row in found
    )


def _to_answer(actor: Actor, question_id: UUID, *, lock: bool = False) -> Question:
    rows = Question.objects.select_related("help_request__resident", "help_request__holder", "answered_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    return gate.get(actor, "answer", rows, resource="question", pk=question_id)


def question_to_answer(actor: Actor, question_id: UUID, *, now: datetime) -> tuple[Waiting, Asked]:
    """One question for whoever may answer it, with the answer if it has one."""
    row = _to_answer(actor, question_id)
    thread = row.help_request
    _log(actor, row, thread, audit.Action.READ, "om u antwoord te geven", now)
    waits = Waiting(
        id=row.pk,
        help_request_id=thread.pk,
        code=thread.code,
        asked_at=row.asked_at,
        holder=thread.holder.name if thread.holder else "",
        may_answer=True,
        resident_name=thread.resident.name,
        words=row.words,
    )
    return waits, _as_asked(row)


@transaction.atomic
def answer_question(*, actor: Actor, question_id: UUID, words: str, now: datetime) -> None:
    """Answer her. An answer is given once; a second, other one is refused and keeps what was typed."""
    text = _check(words, "words")
    row = _to_answer(actor, question_id, lock=True)
    if row.answered_at is not None:
        if row.answer == text and row.answered_by_id == actor.account_id:
            return
        raise Conflict(
            "already_answered",
            happened="Deze vraag heeft al een antwoord.",
            why="Iemand gaf het terwijl u bezig was.",
            now_what="Lees het antwoord. Bel de inwoner als u er iets bij wilt zeggen.",
        )
    row.answer, row.answered_at, row.answered_by_id = text, now, actor.account_id
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    tell(row.help_request_id, at=now, words=ANSWERED_WORDS, kind="answered", by=actor.name)
    _log(actor, row, row.help_request, audit.Action.UPDATE, "om u antwoord te geven", now)
    publish(QuestionAnswered(question_id=row.pk), now=now)


def _log(
    actor: Actor, row: Question, thread: HelpRequest, action: audit.Action, purpose: str, now: datetime
) -> None:
    audit.record(
        actor=actor,
        action=action,
        event_type=EVENTS[action],
        resident_id=thread.resident_id,
        object_kind="question",
        object_id=row.pk,
        part="wat u vroeg",
        purpose=purpose,
        now=now,
    )
