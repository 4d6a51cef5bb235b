"""A worker that is killed in the middle leaves nothing half done, and what it left is picked up once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings
from tests.reliability.mailserver import CountingServer

from noaber.cli.state import CHECKOUT
from noaber.hallway.accounts.models import Attempt
from noaber.hallway.outbox import queries as outbox
from noaber.hallway.outbox.models import Handling, OutboxEvent
from noaber.hallway.outbox.tasks import sweep_events
from noaber.hallway.post import queries, services
from noaber.hallway.post.models import Message
from noaber.hallway.post.tasks import sweep_messages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NOW = datetime(2027, 7, 1, 9, tzinfo=UTC)

WORKER = """
import os, signal, sys
from dataclasses import dataclass
from datetime import UTC, datetime
import django
django.setup()
from noaber.hallway.accounts.models import Attempt
from noaber.hallway.outbox import registry, services as outbox
from noaber.hallway.post import services as post

now = datetime(2027, 7, 1, 9, tzinfo=UTC)
what, thing, dies = sys.argv[1], sys.argv[2], sys.argv[3] == "dies"

@dataclass
class BellRang:
    number: int

def hear(event, now):
    Attempt.objects.create(key="heard", at=now)
    if dies:
        os.kill(os.getpid(), signal.SIGKILL)

registry.listen(BellRang, hear)
if what == "event":
    outbox.deliver(thing, now=now)
else:
    whole = post._hand_over
    def hand_over(message, now):
        whole(message, now)
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
    post._hand_over = hand_over
    post.send(thing, now=now)
"""


def worker(what: str, thing: UUID, *, dies: bool, mail_url: str = "database:") -> int:
    """A worker of its own process; the result is how it ended."""
    return subprocess.run(
        [sys.executable, "-c", WORKER, what, str(thing), "dies" if dies else "lives"],
        env={**os.environ, "NOABER_MAIL_URL": mail_url, "PYTHONPATH": str(CHECKOUT / "src")},
        check=False,
    ).returncode


@pytest.fixture
def bell() -> UUID:
    """An event whose job is gone, as after a kill."""
    return OutboxEvent.objects.create(name="BellRang", payload={"number": 1}, occurred_at=NOW).pk


@pytest.fixture
def mail() -> Iterator[CountingServer]:
    with CountingServer() as server:
        yield server


@pytest.fixture
def message(mail: CountingServer, settings: Settings) -> Message:
    settings.MAIL_URL = mail.url
    with transaction.atomic():
        services.queue(
            key="proof", address="iemand@voorbeeld.example", subject="Bericht", body="Neutraal.", now=NOW
        )
    return Message.objects.get()


def test_a_worker_killed_in_a_listener_leaves_no_half_effect(bell: UUID) -> None:
    assert worker("event", bell, dies=True) == -signal.SIGKILL
    assert (Attempt.objects.count(), Handling.objects.count()) == (0, 0)
    assert OutboxEvent.objects.get().delivered_at is None


def test_the_next_worker_has_the_effect_once_however_often_it_is_asked(bell: UUID) -> None:
    worker("event", bell, dies=True)
    assert [worker("event", bell, dies=False) for _ in range(2)] == [0, 0]
    assert (Attempt.objects.count(), Handling.objects.count()) == (1, 1)


def test_two_workers_at_the_same_moment_have_one_effect(bell: UUID) -> None:
    threads = [
        threading.Thread(target=worker, args=("event", bell), kwargs={"dies": False}) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Attempt.objects.count(), Handling.objects.count()) == (1, 1)
    assert OutboxEvent.objects.get().delivered_at is not None


def test_an_event_without_a_job_gets_one_and_only_one(bell: UUID) -> None:
    assert outbox.forgotten() == [bell]
    for _ in range(3):
        sweep_events.func(timestamp=0)
    assert ProcrastinateJob.objects.filter(task_name="outbox.deliver", status="todo").count() == 1


def test_a_worker_killed_after_the_mail_server_took_it_sends_the_same_mail_again(
    message: Message, mail: CountingServer
) -> None:
    assert worker("mail", message.pk, dies=True, mail_url=mail.url) == -signal.SIGKILL
    message.refresh_from_db()
    assert message.state == Message.State.QUEUED
    for _ in range(2):
        services.send(str(message.pk), now=NOW)
    assert dict(mail.arrived) == {f"<{message.pk}@noaber>": 2}


def test_a_message_without_a_job_gets_one_and_only_one(message: Message, settings: Settings) -> None:
    settings.FIXED_NOW = NOW
    assert queries.forgotten(now=NOW) == []
    other = Message.objects.create(
        key="lost", address="iemand@voorbeeld.example", subject="Bericht", body="Neutraal.", created_at=NOW
    )
    assert queries.forgotten(now=NOW) == [other.pk]
    for _ in range(3):
        sweep_messages.func(timestamp=0)
    jobs = ProcrastinateJob.objects.filter(task_name="post.send", status="todo")
    assert sorted(job.args["message_id"] for job in jobs) == sorted([str(message.pk), str(other.pk)])


def test_what_is_done_or_held_back_or_too_old_is_not_picked_up(message: Message) -> None:
    for state in (Message.State.SENT, Message.State.WITHHELD):
        Message.objects.create(
            key=str(uuid4()), address="a@voorbeeld.example", subject="", body="", created_at=NOW, state=state
        )
    Message.objects.create(
        key="old",
        address="a@voorbeeld.example",
        subject="",
        body="",
        created_at=NOW - queries.TRIED_FOR * 2,
        state=Message.State.FAILED,
    )
    assert queries.forgotten(now=NOW) == []
