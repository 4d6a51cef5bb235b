"""What needs a look, for the editor of a region and for an organisation about its own entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.clock import day_of
from noaber.offer.directory.models import CheckRequest, ErrorReport, Gap, Service
from noaber.offer.directory.queries import THERE
from noaber.offer.directory.rules import plain
from noaber.offer.directory.upkeep import rules_fresh, weighing
from noaber.offer.directory.upkeep.types_desk import Desk, DeskRow, Look, OwnerFreshness, Todo

MOST = 200
"""So many of each kind are shown at most; the counts count all."""
MOST_FOUND = 50
SILENT_TIMES = 2


def entries(actor: Actor) -> QuerySet[Service]:
    """The entries that this actor keeps; what was merged away is kept no more."""
    mine = gate.visible(actor, "keep", Service.objects.all(), resource="entry")
    return mine.filter(merged_into__isnull=True).select_related("organisation", "municipality")


def desk(actor: Actor, *, now: datetime) -> Desk:
    """Everything that waits, oldest first, and how fresh the entries of each owner are."""
    gate.require_act(actor, "directory.desk")
    today = day_of(now)
    mine = entries(actor)
    there = mine.filter(status__in=THERE)
    reports, answers, asked = _reports(mine), _answers(mine), _asked(there, now)
    call, stale = _to_call(there, now), _stale(there, today)
    counts = {
        Look.REPORT: reports.count(),
        Look.ANSWER: answers.count(),
        Look.CALL: call.count(),
        Look.STALE: stale.count(),
        Look.ASKED: asked.count(),
    }
    called = set(call.values_list("pk", flat=True)[:MOST])
    todos = [
        *(_of_report(row) for row in reports[:MOST]),
        *(_of_answer(row) for row in answers[:MOST]),
        *(_of_entry(row, Look.CALL) for row in call[:MOST]),
        *(_of_entry(row, Look.STALE) for row in stale[:MOST] if row.pk not in called),
        *(_of_asked(row) for row in asked[:MOST] if row.service_id not in called),
    ]
    whole = actor.has(Role.EDITOR)
    return Desk(
        todos=tuple(sorted(todos, key=_urgent_first)),
        counts=counts,
        owners=tuple(_owners(there, today)),
        whole_region=whole,
        gaps_open=gaps_open(actor) if whole else 0,
    )


def _urgent_first(todo: Todo) -> tuple[bool, date, str]:
    """What somebody said first, then what grew old; each the oldest first."""
    said = todo.look in {Look.REPORT, Look.ANSWER, Look.CALL}
    return not said, todo.since or date.min, todo.name.casefold()


def gaps_open(actor: Actor) -> int:
    """How many questions without an answer nobody took up."""
    seen = gate.visible(actor, "see", Gap.objects.filter(state=Gap.State.OPEN), resource="gap")
    return seen.values("question", "kind", "municipality").distinct().count()


def search(actor: Actor, text: str, *, today: date) -> list[DeskRow]:
    """The entries of this actor with these words in the name, the text, the provider or the place."""
    found = weighing.with_days(entries(actor))
    for word in text.replace("\x00", "").split()[:6]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(description__icontains=word)
            | Q(provider_name__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(municipality__name__icontains=word)
            | Q(at_places__place__city__icontains=word)
        )
    rows = list(found.distinct().order_by("name", "pk")[:MOST_FOUND])
    first = plain(text)
    rows.sort(key=lambda row: (first not in plain(row.name), row.name.casefold()))
    return [
        DeskRow(
            service_id=row.pk,
            name=row.name,
            organisation=_who(row),
            place=_where(row),
            state=rules_fresh.state_on(today, ageing_on=_day(row, "fades_on"), stale_on=_day(row, "dead_on")),
            status=row.status,
            assured_on=row.assured_on,
            source=row.source,
        )
        for row in rows
    ]


def _day(row: Service, name: str) -> date | None:
    found: date | None = getattr(row, name)
    return found


# --- the lists -------------------------------------------------------------------------------------------


def _reports(mine: QuerySet[Service]) -> QuerySet[ErrorReport]:
    rows = ErrorReport.objects.filter(state=ErrorReport.State.NEW, service__in=mine.values("pk"))
    return rows.select_related("service__organisation", "service__municipality").order_by("reported_at", "pk")


def _answers(mine: QuerySet[Service]) -> QuerySet[CheckRequest]:
    said = [CheckRequest.Answer.CHANGED, CheckRequest.Answer.GONE]
    rows = CheckRequest.objects.filter(
        answer__in=said, handled_at__isnull=True, service__in=mine.values("pk")
    )
    return rows.select_related("service__organisation", "service__municipality").order_by("answered_at", "pk")


def _stale(there: QuerySet[Service], today: date) -> QuerySet[Service]:
    rows = weighing.with_days(there).filter(Q(dead_on__lte=today) | Q(dead_on__isnull=True))
    return rows.order_by(F("dead_on").asc(nulls_first=True), "name")


def _asked(there: QuerySet[Service], now: datetime) -> QuerySet[CheckRequest]:
    rows = CheckRequest.objects.filter(answer="", expires_at__gt=now, service__in=there.values("pk"))
    return rows.select_related("service__organisation", "service__municipality").order_by("asked_at", "pk")


def _to_call(there: QuerySet[Service], now: datetime) -> QuerySet[Service]:
    """Whose mail came back, or who stayed silent twice since somebody last confirmed."""
    since = Q(check_requests__asked_at__date__gt=F("assured_on")) | Q(assured_on__isnull=True)
    silent = since & Q(check_requests__answer="", check_requests__expires_at__lte=now)
    back = since & Q(check_requests__answer="", check_requests__bounced_at__isnull=False)
    rows = there.annotate(
        silences=Count("check_requests", filter=silent, distinct=True),
        returned=Count("check_requests", filter=back, distinct=True),
    )
    return rows.filter(Q(silences__gte=SILENT_TIMES) | Q(returned__gte=1)).order_by(
        F("assured_on").asc(nulls_first=True), "name"
    )


def growing_old(region_id: UUID | None = None, *, today: date) -> QuerySet[Service]:
    """Entries that are ageing or stale, the longest ago first; of one region or of all."""
    rows = Service.objects.filter(status__in=THERE, merged_into__isnull=True)
    if region_id is not None:
        rows = rows.filter(region_id=region_id)
    rows = weighing.with_days(rows).filter(Q(fades_on__lte=today) | Q(fades_on__isnull=True))
    return rows.order_by("assured_on", "name", "pk")


def to_call_ids(rows: QuerySet[Service], now: datetime) -> set[UUID]:
    """Which of these are on the list to call, so that no mail goes."""
    return set(_to_call(rows, now).values_list("pk", flat=True))


def _owners(there: QuerySet[Service], today: date) -> Iterator[OwnerFreshness]:
    """How fresh, by owner: the largest first."""
    fresh, live = Q(fades_on__gt=today), Q(dead_on__gt=today)
    found = (
        weighing.with_days(there)
        .annotate(owner=Coalesce("organisation__name", NullIf("provider_name", Value("")), Value("")))
        .values("owner")
        .annotate(
            all=Count("pk", distinct=True),
            fresh=Count("pk", filter=fresh, distinct=True),
            live=Count("pk", filter=live, distinct=True),
        )
        .order_by("-all", "owner")
    )
    for row in found:
        yield OwnerFreshness(
            row["owner"], row["fresh"], max(0, row["live"] - row["fresh"]), row["all"] - row["live"]
        )


# --- as something to do ----------------------------------------------------------------------------------


def _who(row: Service) -> str:
    return row.organisation.name if row.organisation else row.provider_name


def _where(row: Service) -> str:
    return row.municipality.name if row.municipality else ""


def _of_report(row: ErrorReport) -> Todo:
    return Todo(
        Look.REPORT,
        row.service_id,
        row.service.name,
        _who(row.service),
        _where(row.service),
        day_of(row.reported_at),
        words=row.words,
        about=row.get_about_display(),
        item_id=row.pk,
    )


def _of_answer(row: CheckRequest) -> Todo:
    return Todo(
        Look.ANSWER,
        row.service_id,
        row.service.name,
        _who(row.service),
        _where(row.service),
        day_of(row.answered_at) if row.answered_at else None,
        words=row.words,
        about=row.get_answer_display(),
        item_id=row.pk,
    )


def _of_entry(row: Service, look: Look) -> Todo:
    return Todo(look, row.pk, row.name, _who(row), _where(row), row.assured_on, reachable=row.phone)


def _of_asked(row: CheckRequest) -> Todo:
    return Todo(
        Look.ASKED,
        row.service_id,
        row.service.name,
        _who(row.service),
        _where(row.service),
        day_of(row.asked_at),
        item_id=row.pk,
    )
