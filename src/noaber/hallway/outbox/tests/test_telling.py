"""Events reach each listener once in effect, whatever fails in between."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from noaber.hallway.accounts.models import Attempt
from noaber.hallway.outbox import queries, registry, services
from noaber.hallway.outbox.models import Handling, OutboxEvent

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LampLit:
    """Something that happens in these tests alone."""

    lamp_id: UUID
    on: date
    at: datetime | None = None
    words: str = ""


class Broken(Exception):
    """A listener that cannot."""


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_events", {})
    monkeypatch.setattr(registry, "_handlers", {})


def first(event: LampLit, now: datetime) -> None:
    Attempt.objects.create(key=f"first {event.words}", at=now)


def second(event: LampLit, now: datetime) -> None:
    Attempt.objects.create(key=f"second {event.words}", at=now)


MOOD = {"broken": False}


def moody(event: LampLit, now: datetime) -> None:
    Attempt.objects.create(key="moody", at=now)
    if MOOD["broken"]:
        raise Broken("a name that must not be kept")


def publish(words: str = "") -> UUID:
    with transaction.atomic():
        services.publish(LampLit(uuid4(), date(2026, 11, 20), words=words), now=NOW)
    return OutboxEvent.objects.latest("occurred_at").pk


def effects() -> list[str]:
    return sorted(Attempt.objects.values_list("key", flat=True))


@pytest.mark.django_db
def test_what_is_rolled_back_did_not_happen() -> None:
    registry.listen(LampLit, first)

    @transaction.atomic
    def act() -> None:
        services.publish(LampLit(uuid4(), date(2026, 11, 20)), now=NOW)
        raise Broken

    with pytest.raises(Broken):
        act()
    assert not OutboxEvent.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="outbox.deliver").exists()


@pytest.mark.django_db
def test_event_and_job_are_there_together() -> None:
    registry.listen(LampLit, first)
    event_id = publish()
    job = ProcrastinateJob.objects.get(task_name="outbox.deliver")
    assert job.args == {"event_id": str(event_id)}
    assert effects() == [], "nothing is told within the act itself"


@pytest.mark.django_db
def test_an_event_that_nobody_hears_leaves_nothing() -> None:
    with transaction.atomic():
        services.publish(LampLit(uuid4(), date(2026, 11, 20)), now=NOW)
    assert not OutboxEvent.objects.exists()


@pytest.mark.django_db
def test_an_event_comes_back_with_its_types() -> None:
    heard: list[LampLit] = []
    registry.listen(LampLit, lambda event, now: heard.append(event))
    told = LampLit(uuid4(), date(2026, 10, 25), datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Çelik-Öztürk")
    with transaction.atomic():
        services.publish(told, now=NOW)
    services.deliver(OutboxEvent.objects.get().pk, now=NOW)
    assert heard == [told]


def test_a_listener_whose_name_cannot_be_kept_is_refused_at_the_start() -> None:
    def listener(event: LampLit, now: datetime) -> None: ...

    listener.__qualname__ = "x" * 120
    with pytest.raises(ValueError, match="too long"):
        registry.listen(LampLit, listener)


@pytest.mark.django_db
def test_telling_twice_has_one_effect() -> None:
    registry.listen(LampLit, first)
    event_id = publish()
    services.deliver(event_id, now=NOW)
    services.deliver(event_id, now=NOW)
    assert effects() == ["first "]


@pytest.mark.django_db
def test_one_listener_that_fails_does_not_silence_or_repeat_the_other() -> None:
    MOOD["broken"] = True
    registry.listen(LampLit, moody)
    registry.listen(LampLit, second)
    event_id = publish()
    with pytest.raises(Broken):
        services.deliver(event_id, now=NOW)
    assert effects() == ["second "], "the half work of the one that failed is gone"
    row = OutboxEvent.objects.get()
    assert (row.attempts, row.last_failure, row.delivered_at) == (1, "Broken", None)
    assert queries.standing()["failed"] == 1
    MOOD["broken"] = False
    services.deliver(event_id, now=NOW)
    assert effects() == ["moody", "second "]
    assert OutboxEvent.objects.get().delivered_at == NOW
    assert queries.failing() == []


@pytest.mark.django_db
def test_an_event_that_lost_its_job_is_found_again() -> None:
    registry.listen(LampLit, first)
    event_id = publish()
    ProcrastinateJob.objects.all()._raw_delete("default")
    assert queries.forgotten() == [event_id]


@pytest.mark.django_db
def test_inline_tells_at_once_in_order_and_queues_nothing() -> None:
    registry.listen(LampLit, first)
    with services.inline(), transaction.atomic():
        services.publish(LampLit(uuid4(), date(2026, 11, 20), words="a"), now=NOW)
        assert effects() == ["first a"]
        assert services.is_inline()
    assert not services.is_inline()
    assert OutboxEvent.objects.get().delivered_at == NOW
    assert not ProcrastinateJob.objects.filter(task_name="outbox.deliver").exists()


@pytest.mark.django_db
def test_inline_ends_also_after_a_failure() -> None:
    with pytest.raises(Broken), services.inline():
        raise Broken
    assert not services.is_inline()


@pytest.mark.django_db
def test_trying_again_is_only_for_what_waits() -> None:
    registry.listen(LampLit, first)
    event_id = publish()
    assert services.tell_again(event_id)
    services.deliver(event_id, now=NOW)
    assert not services.tell_again(event_id)
    assert not services.tell_again(uuid4())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fails_once", [False, True])
def test_two_workers_with_the_same_event_have_one_effect(fails_once: bool) -> None:
    together = threading.Barrier(2, timeout=20)
    lock = threading.Lock()
    calls: list[int] = []

    def slow(event: LampLit, now: datetime) -> None:
        with lock:
            calls.append(1)
            turn = len(calls)
        Attempt.objects.create(key="slow", at=now)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.3)")
        if fails_once and turn == 1:
            raise Broken

    registry.listen(LampLit, slow)
    event_id = publish()

    def work() -> None:
        try:
            together.wait()
            services.deliver(event_id, now=NOW)
        except Broken:
            pass
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    if fails_once:
        services.deliver(event_id, now=NOW)
    assert effects() == ["slow"]
    assert Handling.objects.count() == 1
    assert len(calls) == (2 if fails_once else 1)
