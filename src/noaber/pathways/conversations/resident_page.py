"""What a resident reads of her own question: gathered here, worded in `resident_words`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit.queries import Look, looks_at
from noaber.hallway.clock import day_of
from noaber.knowledge.codes import load_codes
from noaber.network.partners import queries as partners
from noaber.network.residents import queries as residents
from noaber.network.residents.queries import TAKE_UP_DAYS, may_take_up
from noaber.network.residents.types import Chosen, HolderCard, Thread
from noaber.offer.directory import queries as directory
from noaber.offer.directory.types import OfferCard
from noaber.pathways.conversations.models import OwnStatement, Report
from noaber.pathways.conversations.queries import agreed_steps, of_thread
from noaber.pathways.conversations.queries.corrections import corrections_of
from noaber.pathways.conversations.services import read_report
from noaber.pathways.conversations.types import ConversationCard, CorrectionView, StepView
from noaber.pathways.referrals import queries as referrals
from noaber.pathways.referrals.types import LetterView

WITH_CONSENT = "with_consent"
LOOKS = 3
OFFERS = 3


@dataclass(frozen=True, slots=True)
class ReportLine:
    """That there is a report, and whether it waits for her decision."""

    conversation_id: UUID
    written_at: datetime
    read: bool
    decided: bool


@dataclass(frozen=True, slots=True)
class MyChoice:
    """What she chose, with when and where it is as long as it exists."""

    chosen: Chosen
    offer: OfferCard | None


@dataclass(frozen=True, slots=True)
class MyQuestion:
    """Everything on 'Mijn vraag'.

    `appointment` is ahead or going on; `over` has ended and nobody recorded yet what became of it;
    `called_off` still stood when she asked to wait.
    """

    thread: Thread
    now: datetime
    appointment: ConversationCard | None
    over: ConversationCard | None
    called_off: ConversationCard | None
    last: ConversationCard | None
    reports: tuple[ReportLine, ...]
    phone: HolderCard
    report_within_days: int
    week: tuple[OfferCard, ...]
    chosen: tuple[MyChoice, ...]
    looks: tuple[Look, ...]
    take_up_until: date | None
    steps: tuple[StepView, ...] = ()

    @property
    def today(self) -> date:
        """The day on which she looks."""
        return day_of(self.now)

    @property
    def is_open(self) -> bool:
        """The question is not closed."""
        return self.thread.phase != "closed"

    @property
    def to_decide(self) -> ReportLine | None:
        """The report that waits for her decision."""
        return next((line for line in self.reports if not line.decided), None)


def my_question(actor: Actor, *, now: datetime) -> MyQuestion:
    """The resident's own question with all that hangs on it; her look is logged like any other."""
    current = residents.current_request(actor)
    thread = residents.read_thread(
        actor, current.id, action="read", purpose="om uw eigen vraag te zien", now=now
    )
    settings = partners.settings_of(thread.region_id)
    cards = of_thread(actor, thread.id, now=now)
    planned = next((c for c in cards if c.state == "planned"), None) if thread.phase != "closed" else None
    stands = planned if planned is not None and not _put_off(planned, thread) else None
    ended = stands is not None and stands.ends_at <= now
    choices = residents.chosen_meanwhile(actor, thread.id)
    return MyQuestion(
        thread=thread,
        now=now,
        appointment=None if ended else stands,
        over=stands if ended else None,
        called_off=planned if stands is None else None,
        last=next((c for c in reversed(cards) if c.state != "planned"), None),
        reports=_reports(actor, cards),
        phone=_phone_of(thread),
        report_within_days=int(settings["report"]["within_days"]),
        week=_week(thread, choices),
        chosen=_chosen(thread, choices),
        looks=_recent_looks(actor, now),
        take_up_until=_take_up_until(thread, now),
        steps=agreed_steps(actor, thread.id),
    )


def appointment_of(actor: Actor, help_request_id: UUID, *, now: datetime) -> ConversationCard | None:
    """The conversation that stands, if any."""
    return next((c for c in of_thread(actor, help_request_id, now=now) if c.state == "planned"), None)


def who_to_ring(actor: Actor, *, now: datetime) -> HolderCard:
    """Her fixed person, or the planning office as long as there is none."""
    current = residents.current_request(actor)
    thread = residents.read_thread(
        actor, current.id, action="read", purpose="om te zien wie u kunt bellen", now=now
    )
    return _phone_of(thread)


def _phone_of(thread: Thread) -> HolderCard:
    """The one to ring, with the profession as a word."""
    if thread.holder is None:
        return _office(thread.region_id)
    known = load_codes().professions.get(thread.holder.profession)
    word = gettext(known.label) if known else thread.holder.profession
    return replace(thread.holder, profession=word[:1].upper() + word[1:])


def _put_off(card: ConversationCard, thread: Thread) -> bool:
    return thread.postponed_until is not None and day_of(card.starts_at) < thread.postponed_until


def _office(region_id: UUID) -> HolderCard:
    office = partners.planning_office(region_id)
    if office is None:
        return HolderCard(name="", organisation="", phone="")
    return HolderCard(name="", organisation=office.name, phone=office.phone)


def _week(thread: Thread, choices: list[Chosen]) -> tuple[OfferCard, ...]:
    if thread.phase == "closed":
        return ()
    taken = {choice.service_id for choice in choices}
    offers = directory.this_week(thread.region_id, thread.municipality_id, limit=OFFERS + len(taken))
    return tuple(offer for offer in offers if offer.service_id not in taken)[:OFFERS]


def _chosen(thread: Thread, choices: list[Chosen]) -> tuple[MyChoice, ...]:
    if not choices:
        return ()
    offers = directory.some(thread.region_id, [choice.service_id for choice in choices])
    return tuple(MyChoice(choice, offers.get(choice.service_id)) for choice in choices)


def _reports(actor: Actor, cards: list[ConversationCard]) -> tuple[ReportLine, ...]:
    held = [c.id for c in cards if c.state == "held"]
    if not held:
        return ()
    rows = gate.visible(
        actor, "read", Report.objects.filter(conversation_id__in=held).defer("body"), resource="report"
    )
    letters = referrals.letters_of(actor, conversation_ids=held)
    return tuple(
        ReportLine(
            conversation_id=row.conversation_id,
            written_at=row.written_at,
            read=row.resident_read_at is not None,
            decided=_decided(row, letters.get(row.conversation_id)),
        )
        for row in rows.order_by("-written_at")
    )


def _decided(row: Report, letter: LetterView | None) -> bool:
    if letter is None:
        return row.resident_read_at is not None
    return letter.objected or letter.released_at is not None


def _recent_looks(actor: Actor, now: datetime) -> tuple[Look, ...]:
    """The last looks, one for each person and purpose."""
    seen: dict[tuple[str, str], Look] = {}
    for look in looks_at(actor, now=now, limit=60):
        seen.setdefault((look.who, look.purpose), look)
    return tuple(seen.values())[:LOOKS]


def _take_up_until(thread: Thread, now: datetime) -> date | None:
    if thread.closed_at is None or not may_take_up(
        closed_at=thread.closed_at, because=thread.closed_because, now=now
    ):
        return None
    return day_of(thread.closed_at + timedelta(days=TAKE_UP_DAYS))


@dataclass(frozen=True, slots=True)
class MyReport:
    """A report as the resident reads it, and what she decided about the letter to her GP."""

    conversation_id: UUID
    body: str
    author: str
    written_at: datetime
    steps: tuple[StepView, ...]
    letter: LetterView | None
    letter_needs_consent: bool
    phone: HolderCard
    version: int = 1
    statement: str = ""
    corrections: tuple[CorrectionView, ...] = ()

    @property
    def state(self) -> str:
        """'own' (there is no letter), 'kept' (she objected), 'sent' or 'open'."""
        if self.letter is None:
            return "own"
        if self.letter.objected:
            return "kept"
        return "sent" if self.letter.released_at else "open"


def my_report(actor: Actor, conversation_id: UUID, *, now: datetime) -> MyReport:
    """Her own report; the first reading is noted."""
    report = read_report(actor=actor, conversation_id=conversation_id, now=now)
    letter = referrals.letters_of(actor, conversation_ids=[conversation_id]).get(conversation_id)
    region_id = report.conversation.region_id
    setting = partners.settings_of(region_id)["report"]
    steps = report.conversation.steps.all()
    return MyReport(
        conversation_id=conversation_id,
        body=report.body,
        author=report.author.name,
        written_at=report.written_at,
        steps=tuple(StepView(s.words, s.kind, s.try_on, s.return_on) for s in steps),
        letter=letter,
        letter_needs_consent=setting["to_gp"] == WITH_CONSENT,
        phone=who_to_ring(actor, now=now),
        version=report.version,
        statement=own_statement(actor, conversation_id),
        corrections=corrections_of(conversation_id),
    )


def require_report(actor: Actor, conversation_id: UUID) -> None:
    """Go on only when this report is hers."""
    rows = Report.objects.filter(conversation_id=conversation_id)
    if not gate.visible(actor, "decide", rows, resource="report").exists():
        raise gate.not_here()


def own_statement(actor: Actor, conversation_id: UUID) -> str:
    """What she says beside her own report."""
    if actor.resident_id is None:
        return ""
    row = OwnStatement.objects.filter(conversation_id=conversation_id, resident_id=actor.resident_id).first()
    return row.words if row else ""
