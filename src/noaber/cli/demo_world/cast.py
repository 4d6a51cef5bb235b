"""The few people a visitor meets by name, and the things that went wrong on purpose."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from noaber.cli.demo_world.history import Historian
from noaber.cli.demo_world.plan import next_workday
from noaber.cli.demo_world.together import play_together
from noaber.hallway import clock
from noaber.hallway.accounts.models import Account
from noaber.hallway.outbox.models import OutboxEvent
from noaber.hallway.post.models import Message
from noaber.network.partners.models import Municipality, Professional
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations import services as conversations
from noaber.pathways.conversations.types import Booking, NewStep
from noaber.pathways.referrals import services as referrals
from noaber.pathways.referrals.types import NewReferral


def _appointments(today: date) -> tuple[tuple[str, date, time], ...]:
    """Fatma's, Mila's and the one to record today: place, day and hour."""
    return (
        ("Almelo", next_workday(today + timedelta(days=1)), time(10, 30)),
        ("Enschede", _workday_before(today - timedelta(days=2)), time(13, 0)),
        ("Borne", _workday_before(today - timedelta(days=1)), time(9, 0)),
    )


def keep_free(past: Historian, today: date) -> None:
    """Nobody else takes the hours of the cast."""
    for place, day, slot in _appointments(today):
        room = past.staff.rooms[_place(past, place).pk][0]
        past.diary.take([*(p.pk for p in _table(past)), room.pk], day, slot)


def play_cast(past: Historian, today: date) -> None:
    """Fatma, Mila, work for Sanne today, and a few things a user would notice."""
    _fatma(past, today)
    _mila(past, today)
    _to_record_today(past, today)
    _twice_referred(past, today)
    _nobody_holds(past, today)
    _nothing_fits(past, today)
    _post_and_outbox(past, today)
    play_together(past, today)


def _refer(
    past: Historian,
    *,
    name: str,
    place: str,
    question: str,
    at: datetime,
    wishes: str = "",
    language: str = "nl",
    demo: bool = False,
    key: str = "",
) -> UUID:
    noor = past.staff.cast["noor"]
    sent = referrals.send_referral(
        actor=past.actor(noor),
        referral=NewReferral(
            name=name,
            phone="06 0000 0123",
            question=question,
            wishes=wishes,
            language=language,
            consent=True,
            municipality_id=_place(past, place).pk,
            once_key=key,
            email=f"{name.split()[0].lower()}@voorbeeld.example" if demo else "",
        ),
        now=at,
    )
    if demo:
        account = HelpRequest.objects.select_related("resident").get(pk=sent.help_request_id).resident_id
        Account.objects.filter(resident__pk=account).update(is_demo=True, name=name)
    return sent.help_request_id


def _place(past: Historian, name: str) -> Municipality:
    return next(p for p in past.staff.municipalities if p.name == name)


def _table(past: Historian) -> list[Professional]:
    wanted = {past.staff.cast[k].pk for k in ("sanne", "bram", "henk")}
    return [p for p in past.staff.pool if p.account_id in wanted]


def _hold_by_sanne(past: Historian, thread: UUID, at: datetime) -> None:
    sanne = next(p for p in past.staff.pool if p.account_id == past.staff.cast["sanne"].pk)
    residents.take_hold(
        help_request_id=thread,
        account_id=past.staff.cast["sanne"].pk,
        name=sanne.name,
        organisation_id=sanne.organisation_id,
        now=at,
    )


def _book(past: Historian, thread: UUID, place: str, day: date, slot: time, at: datetime) -> UUID:
    people = _table(past)
    room = past.staff.rooms[_place(past, place).pk][0]
    return conversations.book_conversation(
        actor=past.planner,
        help_request_id=thread,
        now=at,
        booking=Booking(
            starts_at=clock.at(day, slot.hour, slot.minute),
            mode="live",
            room_id=room.pk,
            professional_ids=tuple(p.pk for p in people),
        ),
    )


def _fatma(past: Historian, today: date) -> None:
    sent = clock.at(today - timedelta(days=10), 11, 20)
    thread = _refer(
        past,
        name="Fatma Yilmaz",
        place="Almelo",
        at=sent,
        demo=True,
        question="Slaapt slecht en komt de deur niet meer uit sinds zij haar werk verloor. "
        "Wil weer onder de mensen komen.",
        wishes="Neemt misschien haar zus mee",
    )
    _hold_by_sanne(past, thread, sent + timedelta(days=1))
    residents.offer_meanwhile(help_request_id=thread, words="Inloop De Brug Almelo")
    place, day, slot = _appointments(today)[0]
    _book(past, thread, place, day, slot, sent + timedelta(days=2))


def _mila(past: Historian, today: date) -> None:
    sent = clock.at(today - timedelta(days=13), 9, 5)
    thread = _refer(
        past,
        name="Mila Jansen",
        place="Enschede",
        at=sent,
        demo=True,
        question="Na de scheiding alleen. Mist mensen om mee te praten en piekert over werk.",
    )
    _hold_by_sanne(past, thread, sent + timedelta(days=1))
    place, day, slot = _appointments(today)[1]
    conversation = _book(past, thread, place, day, slot, sent + timedelta(days=2))
    held = clock.at(day, 14, 5)
    sanne = past.actor(past.staff.cast["sanne"])
    conversations.hold_conversation(
        actor=sanne,
        conversation_id=conversation,
        outcome="social_basis",
        now=held,
        steps=[
            NewStep(
                words="Elke dinsdag naar de inloop",
                kind="social_basis",
                try_on=today + timedelta(days=5),
                return_on=today + timedelta(days=42),
            ),
            NewStep(
                words="Elke dag een kwartier naar buiten",
                kind="own_network",
                try_on=day,
                return_on=today,
            ),
        ],
    )
    conversations.write_report(
        actor=sanne,
        conversation_id=conversation,
        now=clock.at(today - timedelta(days=1), 15, 10),
        body="Wij spraken over de tijd na de scheiding en over werk. U vertelde dat de avonden lang zijn. "
        "Samen kozen wij: elke dinsdag naar de inloop. Over zes weken kijken wij samen terug.",
    )


def _workday_before(day: date) -> date:
    while next_workday(day) != day:
        day -= timedelta(days=1)
    return day


def _to_record_today(past: Historian, today: date) -> None:
    sent = clock.at(today - timedelta(days=9), 14, 30)
    thread = _refer(
        past,
        name="Tjitske Blokzijl",
        place="Borne",
        at=sent,
        question="Zorgt voor haar moeder en is op. Wil weten wie kan helpen.",
    )
    _hold_by_sanne(past, thread, sent + timedelta(days=1))
    residents.offer_meanwhile(help_request_id=thread, words="Mantelzorglunch")
    _book(
        past,
        thread,
        "Borne",
        _workday_before(today - timedelta(days=1)),
        time(9, 0),
        sent + timedelta(days=2),
    )


def _twice_referred(past: Historian, today: date) -> None:
    first = clock.at(today - timedelta(days=4), 16, 10)
    for number in range(2):
        thread = _refer(
            past,
            name="Berend Haarmolen",
            place="Almelo",
            at=first + timedelta(hours=number),
            question="Heeft paniek in de bus en durft niet meer naar de winkel.",
        )
        _hold_by_sanne(past, thread, first + timedelta(days=1))
        residents.offer_meanwhile(help_request_id=thread, words="Buiten Adem: wandelen tegen de winterdip")


def _nobody_holds(past: Historian, today: date) -> None:
    _refer(
        past,
        name="Imane Kuipersma",
        place="Losser",
        at=clock.at(today - timedelta(days=6), 10),
        question="Heeft schulden en schaamt zich. Post blijft liggen.",
    )


def _nothing_fits(past: Historian, today: date) -> None:
    thread = _refer(
        past,
        name="Oksana Nowickaja",
        place="Haaksbergen",
        at=clock.at(today - timedelta(days=3), 9),
        language="fa",
        wishes="Spreekt alleen Farsi",
        question="Is net verhuisd, kent niemand en is veel moe.",
    )
    _hold_by_sanne(past, thread, clock.at(today - timedelta(days=2), 9))
    residents.offer_meanwhile(help_request_id=thread, words="Inloop De Brug Haaksbergen")


def _post_and_outbox(past: Historian, today: date) -> None:
    given_up = clock.at(today - timedelta(days=9), 0)
    lost = Message.objects.filter(state=Message.State.SENT, created_at__lt=given_up).order_by("-created_at")[
        :3
    ]
    for message in lost:
        message.state = Message.State.FAILED
        message.attempts, message.sent_at, message.last_failure = 10, None, "SMTPServerDisconnected"
        message.save(update_fields=["state", "attempts", "sent_at", "last_failure"])
    for event in OutboxEvent.objects.order_by("-occurred_at")[3:5]:
        event.attempts, event.last_failure = 4, ""
        event.save(update_fields=["attempts", "last_failure"])
