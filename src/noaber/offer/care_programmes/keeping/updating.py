"""All figures of one provider at once: from its page or from the link in the mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from noaber.ground.errors import NoaberError
from noaber.offer.care_programmes import services
from noaber.offer.care_programmes.models import CareProgramme, IntakeStop, WaitReport
from noaber.offer.care_programmes.services import Teller
from noaber.offer.care_programmes.types import NewReport, ProgrammeRow


@dataclass(frozen=True, slots=True)
class Answer:
    """What was filled in for one programme. `new` is None when no figure was given."""

    programme_id: UUID
    new: NewReport | None
    stopped: bool
    stop_until: date | None = None
    stop_reason: str = ""


class RowWrong(Exception):
    """One of the answers cannot be kept, so none was."""

    def __init__(self, programme_id: UUID, wrong: NoaberError) -> None:
        super().__init__(wrong.code)
        self.programme_id, self.wrong = programme_id, wrong


@transaction.atomic
def keep(answers: Sequence[Answer], *, by: Teller, now: datetime, today: date) -> int:
    """Keep all of them or none; how many figures are news.

    Raises:
        RowWrong: with the programme it is about.
    """
    news = 0
    for one in sorted(answers, key=lambda answer: str(answer.programme_id)):
        try:
            if one.new is not None:
                news += services.report(one.new, by=by, now=now).news
            if one.stopped:
                services.stop_intake(
                    programme_id=one.programme_id,
                    since=today,
                    until=one.stop_until,
                    reason=one.stop_reason,
                    now=now,
                )
            else:
                services.lift_stop(programme_id=one.programme_id, now=now)
        except NoaberError as wrong:
            raise RowWrong(one.programme_id, wrong) from wrong
    return news


def unchanged(rows: Sequence[ProgrammeRow], *, today: date) -> list[Answer]:
    """'Alles klopt nog': the last figures of the provider itself again, of today."""
    last = last_own([row.programme_id for row in rows])
    found = []
    for row in rows:
        held = last.get(row.programme_id)
        if held is None or row.ended_on is not None:
            continue
        new = NewReport(
            programme_id=row.programme_id,
            intake_weeks=None if held.intake_weeks is None else float(held.intake_weeks),
            treatment_weeks=None if held.treatment_weeks is None else float(held.treatment_weeks),
            method=held.method,
            reference_date=today,
            inflow=held.inflow,
            waiting=held.waiting,
            unchanged=True,
            sure=True,
        )
        stop = row.stop
        found.append(
            Answer(
                row.programme_id,
                new,
                stop is not None,
                stop.until if stop else None,
                stop.reason if stop else "",
            )
        )
    return found


def last_own(programme_ids: Sequence[UUID]) -> dict[UUID, WaitReport]:
    """The newest figure that each provider itself gave and that counts."""
    read = WaitReport.objects.filter(
        programme_id__in=programme_ids, superseded_at__isnull=True, questioned=False, source=""
    ).order_by("programme_id", "-reference_date")
    return {row.programme_id: row for row in read.distinct("programme_id")}


def own_programmes(organisation_ids: Sequence[UUID], *, today: date) -> list[CareProgramme]:
    """The living programmes of a provider, to match the lines of a file with; also one that stops later."""
    read = CareProgramme.objects.filter(organisation_id__in=organisation_ids).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=today)
    )
    return list(read.select_related("organisation__as_provider").order_by("name", "pk"))


def stopped_now(programme_ids: Sequence[UUID], today: date) -> set[UUID]:
    """Which of these programmes take nobody new today."""
    read = IntakeStop.objects.filter(programme_id__in=programme_ids, since__lte=today)
    return set(read.filter(Q(until__isnull=True) | Q(until__gt=today)).values_list("programme_id", flat=True))
