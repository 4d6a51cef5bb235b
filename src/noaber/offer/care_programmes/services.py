"""Keeping waits: a figure comes in, is corrected, a stop begins and ends, a programme closes.

Whoever calls has asked access already, or holds a link or key of the provider.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from noaber.hallway.access import gate
from noaber.hallway.clock import day_of
from noaber.knowledge.waits import limits_on, methods
from noaber.offer.care_programmes import errors, rules
from noaber.offer.care_programmes.models import CareProgramme, IntakeStop, WaitReport
from noaber.offer.care_programmes.types import NewReport
from noaber.offer.directory import services as directory

LOOK_BACK_DAYS = 7
"""So long after its last day the entry of a programme is looked at again, should a day have been missed."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Who says it, by which way: an organisation, never a person. `source` is empty for the provider."""

    words: str
    how: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a figure: new, the same as it was, or kept and asked again."""

    report_id: UUID
    news: bool
    questioned: bool


@transaction.atomic
def report(new: NewReport, *, by: Teller, now: datetime) -> Kept:
    """Keep what a source says of one date. The same twice is once; a correction keeps what it corrects.

    A provider that says its figure is shown to be there: its entry in the directory is confirmed.

    Raises:
        Invalid: it cannot be. Conflict: the programme has ended. Missing: there is no such programme.
    """
    programme = _locked(new.programme_id)
    today = day_of(now)
    if programme.ended_on is not None and programme.ended_on <= today:
        raise errors.ended()
    rules.check_report(new, today=today, began_on=programme.began_on, known_methods=methods())
    believable = rules.is_believable(new, limits_on(today).believable_weeks)
    before = WaitReport.objects.filter(
        programme=programme,
        source=by.source,
        reference_date=new.reference_date,
        superseded_at__isnull=True,
    ).first()
    made = WaitReport(
        programme=programme,
        intake_weeks=rules.kept_weeks(new.intake_weeks),
        treatment_weeks=rules.kept_weeks(new.treatment_weeks),
        method=new.method,
        reference_date=new.reference_date,
        inflow=new.inflow,
        waiting=new.waiting,
        source=by.source,
        source_words=by.words,
        how=by.how,
        unchanged=new.unchanged,
        questioned=not (believable or new.sure),
        raw=dict(new.raw),
        reported_at=now,
    )
    if before is not None:
        if _says(before) == _says(made) and made.questioned >= before.questioned:
            return Kept(before.pk, news=False, questioned=before.questioned)
        before.superseded_at = now
        before.save(update_fields=["superseded_at"])
    made.save()
    if before is not None:
        before.superseded_by = made
        before.save(update_fields=["superseded_by"])
    if not by.source and not made.questioned:
        _confirm(programme, made.reference_date, by.words, str(made.pk), now)
    return Kept(made.pk, news=True, questioned=made.questioned)


def _locked(programme_id: UUID) -> CareProgramme:
    row = CareProgramme.objects.select_for_update().filter(pk=programme_id).first()
    if row is None:
        raise gate.not_here()
    return row


def _says(row: WaitReport) -> tuple[object, ...]:
    return row.intake_weeks, row.treatment_weeks, row.method, row.inflow, row.waiting


def _confirm(programme: CareProgramme, on: date, by: str, reference: str, now: datetime) -> None:
    if programme.service_id is not None:
        directory.confirm(
            service_id=programme.service_id, kind="wait", on=on, by=by, reference=reference, now=now
        )


def report_all(reports: Iterable[NewReport], *, by: Teller, now: datetime) -> list[Kept]:
    """All of them or none, always in the same order of locks."""
    with transaction.atomic():
        ordered = sorted(reports, key=lambda new: (str(new.programme_id), new.reference_date))
        return [report(new, by=by, now=now) for new in ordered]


@transaction.atomic
def stop_intake(*, programme_id: UUID, since: date, until: date | None, reason: str, now: datetime) -> None:
    """Nobody new from this day on. A stop that runs is told anew; twice is once.

    Raises:
        Invalid: it ends before it begins. Conflict: the programme has ended.
    """
    programme = _locked(programme_id)
    if programme.ended_on is not None and programme.ended_on <= day_of(now):
        raise errors.ended()
    running = _running(programme, day_of(now))
    rules.check_stop(running.since if running else since, until)
    if running is None:
        running = IntakeStop(programme=programme, since=since)
    running.until, running.reason, running.reported_at = until, reason.strip()[:200], now
    running.save()


@transaction.atomic
def lift_stop(*, programme_id: UUID, now: datetime) -> bool:
    """From today one can come again; whether a stop ran."""
    running = _running(_locked(programme_id), day_of(now))
    if running is None:
        return False
    running.until = max(day_of(now), running.since)
    running.reported_at = now
    running.save(update_fields=["until", "reported_at"])
    return True


@transaction.atomic
def tell_stops(told: Iterable[tuple[UUID, bool, date]], *, now: datetime) -> None:
    """Of each programme the newest word: whether nobody new can come, and from which day.

    A yes or no of a file or a system knows no reason and no end, so a stop that runs keeps its own. What was
    true on a day before a stop began, or within one that has ended since, changes nothing now.
    """
    newest = {pk: (stopped, on) for pk, stopped, on in sorted(told, key=lambda one: one[2])}
    for pk in sorted(newest, key=str):
        stopped, on = newest[pk]
        programme = _locked(pk)
        running = _running(programme, day_of(now))
        if stopped and running is None and not _ended_since(programme, on, day_of(now)):
            stop_intake(programme_id=pk, since=on, until=None, reason="", now=now)
        elif not stopped and running is not None and running.since <= on:
            lift_stop(programme_id=pk, now=now)


def _ended_since(programme: CareProgramme, on: date, today: date) -> bool:
    """Whether a stop that held on this day, or began after it, is over by now."""
    return on < today and programme.intake_stops.filter(until__gt=on, until__lte=today).exists()


def _running(programme: CareProgramme, today: date) -> IntakeStop | None:
    for row in programme.intake_stops.filter(since__lte=today).order_by("-since"):
        if row.until is None or row.until > today:
            return row
    return None


@transaction.atomic
def close(*, programme_id: UUID, on: date, why: str, now: datetime) -> None:
    """Nobody can start here any more from this day. Its past stays readable; its entry ends with it."""
    programme = _locked(programme_id)
    programme.ended_on, programme.ended_why, programme.changed_at = on, why.strip()[:200], now
    programme.save(update_fields=["ended_on", "ended_why", "changed_at"])
    if on <= day_of(now):
        _end_entry(programme, now)


def _end_entry(programme: CareProgramme, now: datetime) -> None:
    """The entry ends when none of the programmes behind it is left."""
    if programme.service_id is None:
        return
    left = CareProgramme.objects.filter(service_id=programme.service_id).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day_of(now))
    )
    if not left.exists():
        directory.end_service(service_id=programme.service_id, now=now, by=programme.organisation.name)


def end_entries(*, now: datetime) -> int:
    """The entries of programmes whose last day was told before and has come; how many were looked at."""
    week_ago = day_of(now) - timedelta(days=LOOK_BACK_DAYS)
    ended = CareProgramme.objects.filter(
        ended_on__gt=week_ago, ended_on__lte=day_of(now), changed_at__lt=F("ended_on"), service__isnull=False
    ).select_related("organisation")
    for programme in ended:
        _end_entry(programme, now)
    return len(ended)


@transaction.atomic
def reopen(*, programme_id: UUID, now: datetime) -> None:
    """It is there again."""
    programme = _locked(programme_id)
    programme.ended_on, programme.ended_why, programme.changed_at = None, "", now
    programme.save(update_fields=["ended_on", "ended_why", "changed_at"])
    if programme.service_id is not None:
        directory.end_service(
            service_id=programme.service_id, now=now, status="active", by=programme.organisation.name
        )


def fingerprint(content: bytes | str) -> str:
    """What is kept of a file, a key or a link."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()
