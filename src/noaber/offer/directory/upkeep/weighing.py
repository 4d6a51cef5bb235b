"""The trust in an entry, from what the database knows; the days on which it fades are kept with the row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, DateField, DateTimeField, ExpressionWrapper, F, Max, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from noaber.hallway.clock import day_of
from noaber.offer.directory.models import CheckRequest, Confirmation, ErrorReport, Service
from noaber.offer.directory.upkeep.rules_fresh import SURE_DAYS, Freshness, Sign, freshness


def weigh(row: Service, *, now: datetime) -> Freshness:
    """Set the two days of the row anew; the caller saves it."""
    found = of_rows([row], today=day_of(now))[row.pk]
    row.ageing_on, row.stale_on = found.ageing_on, found.stale_on
    return found


def of_rows(rows: Iterable[Service], *, today: date) -> dict[UUID, Freshness]:
    """The freshness of these entries, in three queries however many there are."""
    known = {row.pk: row for row in rows}
    signs: dict[UUID, list[Sign]] = {pk: [] for pk in known}
    seen = Confirmation.objects.filter(service__in=known).values("service_id", "kind")
    for one in seen.annotate(last=Max("on")).order_by():
        signs[one["service_id"]].append(Sign(one["kind"], one["last"]))
    for pk, row in known.items():
        if row.assured_on is not None and not any(s.on >= row.assured_on for s in signs[pk]):
            signs[pk].append(Sign(Confirmation.Kind.OWNER, row.assured_on))
    reports = open_reports(known)
    bounced = set(bounced_ids(known))
    return {
        pk: freshness(signs[pk], today=today, open_reports=reports.get(pk, 0), bounced=pk in bounced)
        for pk in known
    }


def open_reports(service_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many reports of visitors wait, by entry; an owner who says 'it is gone' counts as one."""
    counts: dict[UUID, int] = {}
    waiting = ErrorReport.objects.filter(service__in=service_ids, state=ErrorReport.State.NEW)
    said = CheckRequest.objects.filter(
        service__in=service_ids,
        answer__in=[CheckRequest.Answer.GONE, CheckRequest.Answer.CHANGED],
        handled_at__isnull=True,
    )
    for rows in (waiting, said):
        for one in rows.values("service_id").annotate(n=Count("pk")).order_by():
            counts[one["service_id"]] = counts.get(one["service_id"], 0) + one["n"]
    return counts


def bounced_ids(service_ids: Iterable[UUID]) -> list[UUID]:
    """The entries of which the last mail to the owner came back."""
    last = (
        CheckRequest.objects.filter(service__in=service_ids)
        .order_by("service_id", "-asked_at")
        .distinct("service_id")
    )
    return [row.service_id for row in last if row.bounced_at is not None and row.answered_at is None]


def with_days(rows: QuerySet[Service]) -> QuerySet[Service]:
    """The rows with `fades_on` and `dead_on`: the days on which they become ageing and stale.

    Rows of which only the last check is known count from that; what was never checked has no days.
    """

    def after(days: int) -> Combinable:
        moment = ExpressionWrapper(
            F("assured_on") + Value(timedelta(days=days)), output_field=DateTimeField()
        )
        return Cast(moment, DateField())

    return rows.annotate(
        fades_on=Coalesce("ageing_on", after(SURE_DAYS)), dead_on=Coalesce("stale_on", after(2 * SURE_DAYS))
    )
