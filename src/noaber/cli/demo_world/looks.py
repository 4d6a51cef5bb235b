"""Who looked without a reason that anybody can see: the officer's week in the demo, and her question."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from noaber.cli.demo_world.history import Historian
from noaber.cli.demo_world.staff import demo_account, join
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind, Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.audit import marks, questions, reviewing, services, weighing
from noaber.hallway.audit.models import AuditEntry, ReviewItem
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.services import involve, release

COUSIN = "Emre Yilmaz"
FAMILY = "Ik ken deze man. Hij is een neef van mijn ex-man. Waarom keek hij 's avonds laat bij mij?"
GUESSES = 14


def fill(past: Historian, *, today: date) -> None:
    """A cousin who looked at night, an ex-colleague who tries addresses, and someone who worked late."""
    monday = weighing.monday_of(today)
    fatma = thread_of(past, "Fatma Yilmaz")
    mila = thread_of(past, "Mila Jansen")
    look = _cousin(past, fatma, today)
    _guesser(past, today)
    _worked_late(past, mila, monday - timedelta(days=7))
    _looked_at_night(past, mila, monday - timedelta(days=7))
    weighing.weigh_week(past.staff.region.pk, monday - timedelta(days=7), now=clock.at(monday, 4, 40))
    _decide(past, monday)
    _ask_sanne(past, monday)
    _fatma_asks(past, fatma, look, today)
    _mila_was_answered(past, mila, today)
    weighing.weigh_week(past.staff.region.pk, monday, now=clock.at(today, 4, 40))
    gate.tell_database(Actor(kind=Kind.SYSTEM, purpose="demo: het verleden vullen"))


def thread_of(past: Historian, name: str) -> HelpRequest:
    """The thread of someone of the cast."""
    account = Account.objects.get(name=name, is_demo=True)
    found = HelpRequest.objects.filter(resident__account=account, region=past.staff.region)
    return found.select_related("resident").earliest("received_at")


def _look(actor: Actor, thread: HelpRequest, at: datetime, purpose: str) -> UUID:
    services.record(
        actor=actor,
        action=services.Action.READ,
        event_type="help_request.read",
        resident_id=thread.resident_id,
        object_kind="help_request",
        object_id=thread.pk,
        part="uw vraag",
        purpose=purpose,
        basis="rol en betrokkenheid",
        now=at,
    )
    return AuditEntry.objects.latest("pk").event_id


def _cousin(past: Historian, thread: HelpRequest, today: date) -> UUID:
    """He sat at her table for a few days, and looked on three evenings after ten."""
    began = clock.at(today - timedelta(days=6), 10)
    account = demo_account(COUSIN, clock.at(today - timedelta(days=400), 9))
    place = past.staff.pool[0].organisation
    join(account, place, Role.GUIDE, today - timedelta(days=400))
    involve(thread.pk, part="guide", account_id=account.pk, organisation_id=place.pk, now=began)
    actor = gate.actor_for(account, on=today, second_factor=True, address="10.4.0.23")
    found = UUID(int=0)
    for back in (3, 2, 1):
        at = clock.at(today - timedelta(days=back), 22, 50 - 7 * back)
        found = _look(actor, thread, at, "om uw gesprek voor te bereiden")
    release(thread.pk, part="guide", account_id=account.pk, now=clock.at(today, 0, 30))
    return found


def _guesser(past: Historian, today: date) -> None:
    """Karel left in the winter and tries addresses that he still remembers."""
    karel = past.staff.cast["karel"]
    actor = gate.actor_for(karel, on=today, second_factor=True, address="10.4.0.77")
    for number in range(GUESSES):
        services.record_denial(
            actor=actor,
            what="conversations:conversation",
            now=clock.at(today - timedelta(days=1), 17, number * 3),
            guessed=f"/gesprekken/{UUID(int=number)}/",
        )


def _worked_late(past: Historian, thread: HelpRequest, monday: date) -> None:
    """Bram looked on three evenings in the week before; there was a reason."""
    bram = past.actor(past.staff.cast["bram"])
    for day in range(3):
        _look(bram, thread, clock.at(monday + timedelta(days=day), 22, 10 + day), "om samen terug te kijken")


def _looked_at_night(past: Historian, thread: HelpRequest, monday: date) -> None:
    """Sanne looked on three nights; the privacy officer asked her why, and she did not answer yet."""
    sanne = past.actor(past.staff.cast["sanne"])
    for day in range(2, 5):
        _look(sanne, thread, clock.at(monday + timedelta(days=day), 23, 4 + day), "om een dag te plannen")


def _decide(past: Historian, monday: date) -> None:
    petra, bram = past.actor(past.staff.cast["petra"]), past.actor(past.staff.cast["bram"])
    item = ReviewItem.objects.filter(account_id=bram.signed_in_id, week_on=monday - timedelta(days=7)).first()
    if item is None:
        return
    asked, told, decided = (clock.at(monday, hour, 12) for hour in (9, 13, 15))
    reviewing.ask_colleague(
        actor=petra,
        item_id=item.pk,
        words="U keek drie avonden na tien uur. Kunt u zeggen waarom?",
        now=asked,
    )
    reviewing.reply(
        actor=bram, item_id=item.pk, words="Zij belde 's avonds. Ik had die week late dienst.", now=told
    )
    reviewing.decide(
        actor=petra,
        item_id=item.pk,
        decision=ReviewItem.Decision.IN_ORDER,
        because="Hij had late dienst. Het rooster klopt daarmee.",
        now=decided,
    )


def _ask_sanne(past: Historian, monday: date) -> None:
    sanne = past.staff.cast["sanne"]
    item = ReviewItem.objects.filter(account_id=sanne.pk, week_on=monday - timedelta(days=7)).first()
    if item is not None:
        reviewing.ask_colleague(
            actor=past.actor(past.staff.cast["petra"]),
            item_id=item.pk,
            words="U keek drie keer na elf uur 's avonds. Wilt u zeggen waarom?",
            now=clock.at(monday + timedelta(days=1), 9, 30),
        )


def _herself(thread: HelpRequest) -> Actor:
    return gate.actor_for(thread.resident.account, on=clock.day_of(thread.received_at), second_factor=True)


def _fatma_asks(past: Historian, thread: HelpRequest, look: UUID, today: date) -> None:
    her, at = _herself(thread), clock.at(today - timedelta(days=1), 23, 5)
    marks.add_acquaintance(actor=her, name=COUSIN, now=at)
    questions.ask(actor=her, about=look, words=FAMILY, once_key=f"demo:{thread.pk}", now=at)


def _mila_was_answered(past: Historian, thread: HelpRequest, today: date) -> None:
    her, asked = _herself(thread), clock.at(today - timedelta(days=4), 10, 30)
    about = AuditEntry.objects.filter(resident_id=thread.resident_id, occurred_at__lt=asked, result="0")
    line = about.exclude(account_id=her.account_id).order_by("-occurred_at").first()
    if line is None:
        return
    question = questions.ask(
        actor=her,
        about=line.event_id,
        words="Ik ken deze naam niet. Wie is dit?",
        once_key=f"demo:{thread.pk}",
        now=asked,
    )
    questions.answer(
        actor=past.actor(past.staff.cast["petra"]),
        question_id=question,
        words="Deze persoon werkt in het team dat uw gesprek voorbereidt. U hoeft niets te doen.",
        outcome="in_order",
        now=clock.at(today - timedelta(days=3), 9, 40),
    )
