"""How the machinery stands, for the technical administrator. Nothing here is about a resident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Max
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from noaber.ground.errors import Conflict
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import reviewing
from noaber.hallway.outbox import queries as outbox
from noaber.hallway.outbox.services import tell_again
from noaber.hallway.post import queries as post
from noaber.hallway.post.models import Message
from noaber.hallway.post.services import send_again

SILENT_AFTER = timedelta(minutes=1)
"""A worker tells that it lives every ten seconds."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that may be tried again."""

    id: UUID
    what: str
    since: datetime
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that gave up after its last try."""

    id: int
    task: str
    queue: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything on the page of the technical administrator."""

    waiting_events: int
    oldest_event: datetime | None
    failed_events: tuple[Failed, ...]
    post: tuple[tuple[str, int], ...]
    failed_messages: tuple[Failed, ...]
    jobs: tuple[tuple[str, int], ...]
    failed_jobs: tuple[FailedJob, ...]
    workers: int
    last_heartbeat: datetime | None
    database: str
    waiting_migrations: tuple[str, ...]
    overdue_reviews: int


def standing(actor: Actor) -> Standing:
    """How the machinery stands now. Workers count by the real clock, also in the demo."""
    gate.require_act(actor, "operator.act")
    events = outbox.standing()
    living = ProcrastinateWorker.objects.filter(last_heartbeat__gte=datetime.now(UTC) - SILENT_AFTER)
    counts = post.counts()
    jobs = dict(ProcrastinateJob.objects.values_list("status").annotate(n=Count("pk")))
    return Standing(
        waiting_events=_count(events["waiting"]),
        oldest_event=_moment(events["oldest"]),
        failed_events=tuple(
            Failed(e.pk, e.name, e.occurred_at, e.attempts, e.last_failure) for e in outbox.failing()
        ),
        post=tuple((str(Message.State(state).label), counts.get(state, 0)) for state in Message.State.values),
        failed_messages=tuple(
            Failed(m.pk, "post", m.created_at, m.attempts, m.last_failure) for m in post.failing()
        ),
        jobs=tuple((word, jobs.get(status, 0)) for status, word in JOB_WORDS.items()),
        failed_jobs=tuple(
            FailedJob(j.pk, j.task_name, j.queue_name, j.attempts)
            for j in ProcrastinateJob.objects.filter(status="failed").order_by("-pk")[:50]
        ),
        workers=living.count(),
        last_heartbeat=ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"],
        database=_database_version(),
        waiting_migrations=_waiting_migrations(),
        overdue_reviews=reviewing.overdue(now=clock.now()),
    )


JOB_WORDS = {"todo": "wacht", "doing": "bezig", "succeeded": "klaar", "failed": "mislukt"}


def _count(value: Any) -> int:
    return int(value or 0)


def _moment(value: Any) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _database_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def _waiting_migrations() -> tuple[str, ...]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return tuple(f"{migration.app_label} {migration.name}" for migration, _ in plan)


def try_again(actor: Actor, *, kind: str, thing_id: UUID) -> None:
    """Try an event or a message again. What was done already is not done twice."""
    gate.require_act(actor, "operator.act")
    again = {"event": tell_again, "message": send_again}.get(kind)
    if again is None:
        raise gate.not_here()
    if not again(thing_id):
        raise Conflict(
            "nothing_to_retry",
            happened="Hier valt niets meer opnieuw te proberen.",
            why="Het is intussen gelukt, of iemand was u voor.",
            now_what="Ga terug en kijk nog eens.",
        )
