"""The technical administrator's page: what failed, without anything of a person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from noaber.hallway.access.types import Role
from noaber.hallway.accounts.tests.signing import enter, someone
from noaber.hallway.outbox.models import OutboxEvent
from noaber.hallway.post.models import Message

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def operator(client: Client) -> Client:
    enter(client, someone(Role.OPERATOR))
    return client


def failed_message() -> Message:
    return Message.objects.create(
        key=str(uuid4()),
        address="canary@voorbeeld.example",
        subject="Canary onderwerp",
        body="Canary tekst",
        state=Message.State.FAILED,
        attempts=3,
        last_failure="SMTPServerDisconnected",
        created_at=NOW,
    )


def failed_event() -> OutboxEvent:
    return OutboxEvent.objects.create(
        name="LampLit", payload={"words": "Canary"}, occurred_at=NOW, attempts=2, last_failure="Broken"
    )


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.OPERATOR])
def test_only_the_operator_sees_it_or_tries_again(client: Client, role: Role) -> None:
    message = failed_message()
    enter(client, someone(role))
    assert client.get("/beheer/stand/").status_code == 404
    assert client.post(f"/beheer/stand/message/{message.pk}/opnieuw/").status_code == 404
    message.refresh_from_db()
    assert message.state == Message.State.FAILED


def test_it_shows_what_failed_and_nothing_of_what_was_in_it(operator: Client) -> None:
    failed_message()
    failed_event()
    page = operator.get("/beheer/stand/").content.decode()
    for word in ["LampLit", "Broken", "SMTPServerDisconnected", "PostgreSQL", "De tabellen zijn bij"]:
        assert word in page
    assert "anary" not in page


def test_without_a_worker_it_says_so(operator: Client) -> None:
    assert "Er draait geen werker" in operator.get("/beheer/stand/").content.decode()


def test_trying_again_queues_one_job_each(operator: Client) -> None:
    message, event = failed_message(), failed_event()
    assert operator.post(f"/beheer/stand/message/{message.pk}/opnieuw/").status_code == 302
    assert operator.post(f"/beheer/stand/event/{event.pk}/opnieuw/").status_code == 302
    tasks = ProcrastinateJob.objects.filter(status="todo").values_list("task_name", flat=True)
    assert sorted(tasks) == ["outbox.deliver", "post.send"]
    message.refresh_from_db()
    assert message.state == Message.State.QUEUED


def test_trying_again_what_is_done_already_is_a_polite_refusal(operator: Client) -> None:
    message = failed_message()
    operator.post(f"/beheer/stand/message/{message.pk}/opnieuw/")
    assert operator.post(f"/beheer/stand/message/{message.pk}/opnieuw/").status_code == 409
    assert operator.post(f"/beheer/stand/event/{uuid4()}/opnieuw/").status_code == 409
    assert operator.post(f"/beheer/stand/iets/{uuid4()}/opnieuw/").status_code == 404
    assert operator.get(f"/beheer/stand/message/{message.pk}/opnieuw/").status_code == 405


def test_the_letterbox_of_the_demo_shows_mails_safely(client: Client, settings: Settings) -> None:
    settings.DEMO, settings.DEMO_TODAY = True, date(2027, 7, 1)
    message = failed_message()
    message.subject, message.body = "Afspraak", "<script>alert(1)</script> http://127.0.0.1:8000/x/"
    message.save()
    page = client.get("/demo/post/").content.decode()
    assert "Afspraak" in page
    assert "<script>alert" not in page
    assert client.get("/demo/post/?pagina=-7").status_code == 200
