"""What visitors say about an entry: something is not right, or it is. Without a name, without an address."""

from __future__ import annotations

from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from noaber.hallway.access import gate
from noaber.hallway.outbox import services as outbox
from noaber.offer.directory import keeping
from noaber.offer.directory.events import ErrorReported
from noaber.offer.directory.models import Confirmation, ErrorReport, Service
from noaber.offer.directory.upkeep import weighing

BY_A_VISITOR = "een bezoeker"


@transaction.atomic
def report_error(*, service_id: UUID, about: str, words: str, once_key: str, now: datetime) -> UUID:
    """Keep that something is not right; the key of the report. The same form twice is one report.

    `words` hold nothing of a person: the form has asked to leave that out.
    """
    row = Service.objects.filter(pk=service_id).first()
    if row is None or not row.active:
        raise gate.not_here()
    report, news = ErrorReport.objects.get_or_create(
        pk=uuid5(NAMESPACE_URL, f"noaber:report:{service_id}:{once_key}"),
        defaults={"service": row, "about": about, "words": words.strip(), "reported_at": now},
    )
    if news:
        outbox.publish(ErrorReported(report_id=report.pk, service_id=row.pk, at=now), now=now)
    return report.pk


@transaction.atomic
def say_right(*, service_id: UUID, on: date, now: datetime) -> bool:
    """A visitor says: this is right. Whether it was the first of this day.

    It counts lightly (`knowledge/freshness`), once a day, and it is no check: the day on which somebody
    looked stays what it was.
    """
    row = Service.objects.select_for_update().filter(pk=service_id).first()
    if row is None or not row.active:
        raise gate.not_here()
    _, news = Confirmation.objects.get_or_create(
        service=row,
        kind=Confirmation.Kind.VISITOR,
        reference=f"visitor {on.isoformat()}",
        defaults={"on": on, "by": BY_A_VISITOR},
    )
    if news:
        weighing.weigh(row, now=now)
        keeping.stamp(row, now)
        row.save(update_fields=["ageing_on", "stale_on", "revision"])
    return news
