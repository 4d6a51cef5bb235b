"""Tell the rest of the house what happened: in the same transaction, once in effect."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from noaber.hallway import clock
from noaber.hallway.access.scope import as_system
from noaber.hallway.outbox.models import Handling, OutboxEvent
from noaber.hallway.outbox.registry import from_payload, handlers_of, to_payload

_inline: ContextVar[bool] = ContextVar("outbox_inline", default=False)


KEPT_FOR = timedelta(days=90)
"""What was told or sent is kept this long; after that nobody needs it and it is removed."""


def is_worth_keeping(moment: datetime) -> bool:
    """False for something of the demo's past that would have been removed long ago."""
    return not is_inline() or moment > clock.now() - KEPT_FOR


def publish(event: Any, *, now: datetime) -> None:
    """Write that `event` happened, and have it told after commit.

    Must run inside the transaction of the act: then both are there or neither.
    """
    name = type(event).__name__
    if not handlers_of(name):
        return
    if not is_worth_keeping(now):
        for _, handler in handlers_of(name):
            handler(event, now)
        return
    row = OutboxEvent.objects.create(name=name, payload=to_payload(event), occurred_at=now)
    if _inline.get():
        deliver(row.pk, now=now)
    else:
        defer_delivery(row.pk)


def defer_delivery(event_id: UUID) -> None:
    """Queue the telling of one event, in this transaction."""
    app.configure_task("outbox.deliver", queue="events").defer(event_id=str(event_id))


def is_inline() -> bool:
    """Whether the past of the demo is being written, so that nothing is queued."""
    return _inline.get()


@contextmanager
def inline() -> Iterator[None]:
    """Tell events at once, in the same transaction; for filling the demo with its past."""
    token = _inline.set(True)
    try:
        yield
    finally:
        _inline.reset(token)


def deliver(event_id: UUID | str, *, now: datetime) -> None:
    """Let each listener hear this event once. A failed listener leaves no trace and is tried again."""
    event = OutboxEvent.objects.get(pk=event_id)
    if event.delivered_at is not None:
        return
    failed: Exception | None = None
    for label, handler in handlers_of(event.name):
        try:
            with as_system(f"outbox: {event.name}"):
                _, fresh = Handling.objects.get_or_create(
                    event=event, handler=label, defaults={"done_at": now}
                )
                if fresh:
                    handler(from_payload(event.name, event.payload), now)
        except Exception as failure:  # noqa: BLE001  # one listener's fault must not silence the others
            failed = failure
    with transaction.atomic():
        event.attempts += 1
        event.last_failure = type(failed).__name__ if failed else ""
        event.delivered_at = None if failed else now
        event.save(update_fields=["attempts", "last_failure", "delivered_at"])
    if failed is not None:
        raise failed


def tell_again(event_id: UUID) -> bool:
    """Queue an event once more that was not heard by everyone. False when there is no such event."""
    waiting = OutboxEvent.objects.filter(pk=event_id, delivered_at__isnull=True).exists()
    if waiting:
        defer_delivery(event_id)
    return waiting


def remove_old(*, now: datetime) -> int:
    """Remove events that everyone heard more than `KEPT_FOR` ago. Returns how many."""
    return OutboxEvent.objects.filter(delivered_at__lt=now - KEPT_FOR).delete()[0]
