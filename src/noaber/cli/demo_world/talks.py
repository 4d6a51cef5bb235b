"""What surrounds the demo's conversations: webs, notes, corrected minutes, and a peer worker before one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np
from numpy.random import Generator

from noaber.cli.demo_world.history import Historian
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.knowledge.questionnaires import Questionnaire, questionnaire
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations.models import Conversation, Participation
from noaber.pathways.conversations.services.notes import keep_note
from noaber.pathways.conversations.services.peer import allows_separate, book_peer
from noaber.pathways.conversations.services.time import NewTime, correct_time
from noaber.pathways.conversations.services.web import WebAnswers, fill_in_web, show_web
from noaber.pathways.conversations.types import PeerBooking

SEED = 42
SHARE_WEBS, SHARE_SHOWN, SHARE_CORRECTED = 0.35, 0.7, 0.5
MINUTES = (30, 45, 50, 60, 75, 90)
NOTES = (
    "Begin met wat goed ging vorige week. Vraag naar de zus.",
    "Wil liever lopen dan zitten. Praat makkelijker als er iets te doen is.",
    "Let op: kan slecht tegen volle ruimtes. Rustige kamer geregeld.",
)
HER_WORDS = (
    "Sinds ik niet meer werk, zie ik bijna niemand. En ik slaap slecht.",
    "",
    "De avonden zijn lang.",
    "",
)
BEFORE = {"body": 3, "feeling": 3, "meaning": 6, "good_life": 4, "together": 3, "every_day": 4}
NOW = {"body": 5, "feeling": 6, "meaning": 7, "good_life": 5, "together": 2, "every_day": None}
ALONE = {"body": 6, "feeling": 4, "meaning": 5, "good_life": 4, "together": 3, "every_day": 7}


def fill(past: Historian, *, today: date) -> int:
    """Webs, notes, minutes and a peer worker for requests that are open. Returns how many webs there are."""
    rng = np.random.default_rng(SEED)
    asked = questionnaire()
    webs = _of_the_cast(past, asked, today)
    rows = Conversation.objects.filter(
        region=past.staff.region,
        help_request__phase__in=HelpRequest.OPEN,
        help_request__resident__account__is_demo=False,
        state__in=[Conversation.State.PLANNED, Conversation.State.HELD],
    )
    apart = 0
    for row in rows.order_by("period", "pk"):
        webs += _web(past, row, asked, rng, today)
        if row.state == Conversation.State.HELD and rng.random() < SHARE_CORRECTED:
            _minutes(past, row, rng)
        if row.state == Conversation.State.PLANNED and apart < 2:
            apart += _peer_before(past, row, today)
    return webs


def _of_the_cast(past: Historian, asked: Questionnaire, today: date) -> int:
    """Fatma filled in two webs and shows the second; Mila keeps hers to herself. A guide made a note."""
    found = 0
    for row in Conversation.objects.filter(
        region=past.staff.region, help_request__resident__account__is_demo=True
    ).select_related("help_request__resident__account"):
        account = row.help_request.resident.account
        her = past.resident(row.help_request_id)
        if account is not None and account.name.startswith("Fatma"):
            _fill(her, asked, BEFORE, ("together",), HER_WORDS[0], clock.at(today - timedelta(days=8), 20))
            web = _fill(
                her, asked, NOW, ("together", "body"), HER_WORDS[0], clock.at(today - timedelta(days=1), 20)
            )
            show_web(
                actor=her,
                web_id=web,
                conversation_id=row.pk,
                now=clock.at(today - timedelta(days=1), 20, 10),
            )
            _note(past, row, NOTES[0], clock.at(today - timedelta(days=1), 16))
            found += 2
        elif account is not None and account.name.startswith("Mila"):
            _fill(her, asked, ALONE, ("feeling",), HER_WORDS[2], clock.at(today - timedelta(days=9), 19))
            found += 1
    return found


def _fill(
    her: Actor,
    asked: Questionnaire,
    values: Mapping[str, int | None],
    talk: tuple[str, ...],
    note: str,
    at: datetime,
) -> UUID:
    return fill_in_web(actor=her, asked=asked, answers=WebAnswers(values, frozenset(talk), note), now=at)


def _web(past: Historian, row: Conversation, asked: Questionnaire, rng: Generator, today: date) -> int:
    if rng.random() >= SHARE_WEBS:
        return 0
    day = min(clock.day_of(row.period.lower), today) - timedelta(days=1)
    if day <= clock.day_of(row.help_request.received_at):
        return 0
    middle = int(rng.integers(3, 7))
    values = {
        question.id: None if rng.random() < 0.1 else int(np.clip(middle + rng.integers(-2, 3), 0, 10))
        for question in asked.questions
    }
    talk = [area.id for area in asked.areas if rng.random() < 0.3]
    her = past.resident(row.help_request_id)
    at = clock.at(day, 20, int(rng.integers(60)))
    web = _fill(her, asked, values, tuple(talk), HER_WORDS[int(rng.integers(len(HER_WORDS)))], at)
    if rng.random() < SHARE_SHOWN:
        show_web(actor=her, web_id=web, conversation_id=row.pk, now=at + timedelta(minutes=2))
    return 1


def _note(past: Historian, row: Conversation, words: str, at: datetime) -> None:
    seat = row.participations.filter(active=True).select_related("professional__account").first()
    if seat is not None and seat.professional.account is not None:
        keep_note(actor=past.actor(seat.professional.account), conversation_id=row.pk, words=words, now=at)


def _minutes(past: Historian, row: Conversation, rng: Generator) -> None:
    seats = list(
        row.participations.filter(active=True).select_related("professional__account", "time").order_by("pk")
    )
    accounts = [seat.professional.account for seat in seats if seat.professional.account is not None]
    actors = [past.actor(account) for account in accounts]
    guide = next((a for a in actors if gate.allowed(a, "hold", row, resource="conversation")), None)
    if guide is None:
        return
    minutes = MINUTES[int(rng.integers(len(MINUTES)))]
    correct_time(
        actor=guide,
        conversation_id=row.pk,
        times=[NewTime(s.pk, s.time.started_at, minutes, s.time.title) for s in seats],
        now=row.period.upper + timedelta(minutes=20),
    )


def _peer_before(past: Historian, row: Conversation, today: date) -> int:
    """A peer worker an hour before, where the region has it so and somebody is free."""
    start = row.period.lower - timedelta(hours=1)
    day = clock.day_of(start)
    if not allows_separate(past.staff.region.settings) or day <= today:
        return 0
    if row.participations.filter(active=True, domain_group="lived_experience").exists():
        return 0
    busy = Participation.objects.filter(
        active=True, period__overlap=(start - timedelta(minutes=30), start + timedelta(hours=1))
    ).values_list("professional_id", flat=True)
    person = next(
        (
            p
            for p in past.by_group["lived_experience"]
            if day.isoweekday() in past.weekdays[p.pk] and p.pk not in set(busy)
        ),
        None,
    )
    if person is None:
        return 0
    book_peer(
        actor=past.planner,
        conversation_id=row.pk,
        booking=PeerBooking(person.pk, "before", start, 30),
        now=clock.at(today - timedelta(days=1), 17),
    )
    return 1
