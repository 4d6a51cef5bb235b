"""Post: once, neutral, and asked again before it goes."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_string

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from noaber.hallway.outbox.services import inline
from noaber.hallway.post import queries, services
from noaber.hallway.post.models import Message

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
State = Message.State


class Mailbox(socketserver.ThreadingTCPServer):
    """A mail server that listens on this machine and keeps what it gets; `full` refuses."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.got: list[str] = []
        self.full = False


class Talk(socketserver.StreamRequestHandler):
    """As much of SMTP as one mail needs."""

    def handle(self) -> None:
        box = self.server
        assert isinstance(box, Mailbox)
        self.wfile.write(b"220 test\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                body = b""
                while not body.endswith(b"\r\n.\r\n"):
                    body += self.rfile.readline()
                box.got.append(body.decode())
            elif word == b"MAIL" and box.full:
                self.wfile.write(b"452 full\r\n")
                continue
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    with Mailbox() as box:
        threading.Thread(target=box.serve_forever, daemon=True).start()
        settings.MAIL_URL = f"smtp://127.0.0.1:{box.server_address[1]}"
        yield box
        box.shutdown()


def queue(key: str = "k", **more: object) -> Message | None:
    wanted = {
        "address": "noor@voorbeeld.example",
        "subject": "Afspraak",
        "body": "Er is een afspraak.",
        **more,
    }
    services.queue(key=key, now=NOW, **wanted)  # type: ignore[arg-type]
    return Message.objects.filter(key=key).first()


def sent(message: Message | None) -> Message:
    assert message is not None
    services.send(str(message.pk), now=NOW)
    message.refresh_from_db()
    return message


@pytest.mark.django_db
def test_the_same_key_twice_is_one_message_and_one_job() -> None:
    queue()
    queue(subject="Iets anders")
    assert Message.objects.get().subject == "Afspraak"
    assert ProcrastinateJob.objects.filter(task_name="post.send").count() == 1


@pytest.mark.django_db
def test_without_an_address_nothing_is_queued() -> None:
    assert queue(address="") is None


@pytest.mark.django_db
def test_an_act_that_fails_sends_nothing() -> None:
    def act() -> None:
        with transaction.atomic():
            queue()
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  # any failure of the act
        act()
    assert not Message.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="post.send").exists()


@pytest.mark.django_db
def test_the_address_is_sealed_in_the_database() -> None:
    queue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM post_message")
        assert "noor" not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_message_is_sent_once_also_when_asked_twice(mailbox: Mailbox) -> None:
    message = queue()
    assert sent(message).state == State.SENT
    sent(message)
    assert len(mailbox.got) == 1


@pytest.mark.django_db
def test_a_full_mail_server_is_tried_again_and_then_it_goes_once(mailbox: Mailbox) -> None:
    message = queue()
    mailbox.full = True
    with pytest.raises(services.NotSent):
        sent(message)
    assert message is not None
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.FAILED, 1)
    assert "noor" not in message.last_failure
    assert [m.pk for m in queries.failing()] == [message.pk]
    mailbox.full = False
    assert sent(message).state == State.SENT
    assert len(mailbox.got) == 1
    assert queries.counts() == {"sent": 1}


@pytest.mark.django_db
def test_a_mail_server_that_is_away_counts_as_a_try(settings: Settings) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:9"
    message = queue()
    with pytest.raises(services.NotSent):
        sent(message)
    assert Message.objects.get().state == State.FAILED


@pytest.mark.django_db
def test_an_objection_in_the_meantime_holds_the_message_back(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_guards", {})
    mood = {"may": True}
    services.register_guard("lamp", lambda which: mood["may"] and which == "7")
    first, late = queue("a", guard="lamp", guard_id="7"), queue("b", guard="lamp", guard_id="7")
    assert sent(first).state == State.SENT
    mood["may"] = False
    assert sent(late).state == State.WITHHELD
    assert len(mailbox.got) == 1
    mood["may"] = True
    assert sent(late).state == State.WITHHELD, "held back stays held back"
    assert len(mailbox.got) == 1


@pytest.mark.django_db
def test_a_guard_that_does_not_exist_sends_nothing(mailbox: Mailbox) -> None:
    with pytest.raises(KeyError):
        sent(queue(guard="unknown", guard_id="7"))
    assert mailbox.got == []
    assert Message.objects.get().state == State.QUEUED


@pytest.mark.django_db
def test_the_mail_has_one_name_at_every_try_and_carries_the_calendar(mailbox: Mailbox) -> None:
    ics = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Afspraak\r\nEND:VCALENDAR\r\n"
    message = queue(calendar=ics, calendar_method="REQUEST")
    assert message is not None
    sent(message)
    mail = message_from_string(mailbox.got[0])
    assert mail["Message-ID"] == f"<{message.pk}@noaber>" == services.as_mail(message, NOW)["Message-ID"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.walk()][1:] == ["text/plain", "text/calendar"]


@pytest.mark.django_db
def test_the_past_of_the_demo_sends_nothing(mailbox: Mailbox) -> None:
    with inline():
        message = queue()
    assert message is not None
    assert (message.state, message.sent_at) == (State.SENT, NOW)
    assert mailbox.got == []
    assert not ProcrastinateJob.objects.filter(task_name="post.send").exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_message_send_it_once(mailbox: Mailbox) -> None:
    message = queue()
    assert message is not None
    together = threading.Barrier(2, timeout=20)

    def work() -> None:
        try:
            together.wait()
            services.send(str(message.pk), now=NOW)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    assert len(mailbox.got) == 1
