"""Wishes, questions and relatives of a few invented people, so that those pages are alive in the demo."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from noaber.cli.demo_world.history import Historian
from noaber.hallway import clock
from noaber.hallway.access.types import Actor
from noaber.hallway.accounts.models import Account
from noaber.network.relatives import services as relatives
from noaber.network.relatives.types import NewRelative
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.types import Wishes
from noaber.pathways.conversations.models import Conversation


def fill(past: Historian, *, today: date) -> None:
    """Fatma, Mila, and every sixth of those who wait; each through the real services."""
    _fatma(past, _thread_of("Fatma Yilmaz"), today)
    _mila(past, _thread_of("Mila Jansen"), today)
    _others(past, today)


def _thread_of(name: str) -> HelpRequest:
    account = Account.objects.get(name=name, is_demo=True)
    return HelpRequest.objects.select_related("resident").get(resident__account=account)


def _ask(actor: Actor, thread: HelpRequest, words: str, key: str, when: date, hour: int) -> UUID:
    return residents.ask(
        actor=actor,
        help_request_id=thread.pk,
        words=words,
        once_key=f"demo:{key}:{thread.pk}",
        now=clock.at(when, hour, 40),
    )


def _fatma(past: Historian, thread: HelpRequest, today: date) -> None:
    her = past.resident(thread.pk)
    person = thread.resident
    residents.save_wishes(
        actor=her,
        wishes=Wishes(
            mode=thread.mode,
            language=person.language,
            spoken=thread.language,
            times=("2m", "2a", "4m"),
            gender="woman",
            phone=person.phone,
            email=person.email,
            may_mail=bool(person.email),
            may_text=True,
        ),
        now=clock.at(today - timedelta(days=6), 19, 10),
    )
    asked = _ask(her, thread, "Mag mijn zus mee naar het gesprek?", "zus", today - timedelta(days=5), 20)
    residents.answer_question(
        actor=past.actor(past.staff.cast["sanne"]),
        question_id=asked,
        words="Ja, graag zelfs. U kiest zelf wie er meekomt. Zij hoeft niets mee te nemen.",
        now=clock.at(today - timedelta(days=4), 9, 15),
    )
    _ask(her, thread, "Duurt het lang? Ik vind lang praten moeilijk.", "lang", today - timedelta(days=1), 21)
    relatives.invite(
        actor=her,
        new=NewRelative(
            name="Mijn zus Aylin",
            channel="text",
            address="0600000199",
            word="zonnebloem",
            items=("appointment", "expect"),
            comes_along=True,
            once_key=f"demo:zus:{thread.pk}",
        ),
        now=clock.at(today - timedelta(days=4), 19),
    )


def _mila(past: Historian, thread: HelpRequest, today: date) -> None:
    her = past.resident(thread.pk)
    _ask(
        her,
        thread,
        "Kan ik bij de inloop ook zonder afspraak komen?",
        "inloop",
        today - timedelta(days=1),
        12,
    )
    relatives.invite(
        actor=her,
        new=NewRelative(
            name="Buurvrouw Wil",
            channel="paper",
            address="",
            word="koffiepot",
            once_key=f"demo:buurvrouw:{thread.pk}",
        ),
        now=clock.at(today - timedelta(days=2), 16),
    )


def _others(past: Historian, today: date) -> None:
    """Every sixth of those who wait has wishes of her own; every eighteenth of them rings nobody."""
    waiting = HelpRequest.objects.filter(
        region=past.staff.region, phase__in=[HelpRequest.Phase.RECEIVED, HelpRequest.Phase.PLANNED]
    )
    taken = Conversation.objects.filter(state="planned").values_list("help_request_id", flat=True)
    rows = waiting.exclude(resident__account__is_demo=True).exclude(pk__in=taken)
    for number, thread in enumerate(rows.select_related("resident").order_by("received_at", "pk")[::6]):
        person = thread.resident
        residents.save_wishes(
            actor=past.resident(thread.pk),
            wishes=Wishes(
                mode=thread.mode,
                language=person.language,
                spoken=thread.language,
                times=("1m", "3m", "5m") if number % 2 else ("2a", "4a"),
                gender=("woman", "", "man")[number % 3],
                phone=person.phone,
                email=person.email,
                may_mail=bool(person.email),
                may_ring=number % 3 != 2 or not person.email,
                may_leave_message=number % 4 == 1,
            ),
            now=clock.at(today - timedelta(days=1), 17, 5),
        )
