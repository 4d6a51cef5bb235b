"""Start lists and agendas: what systems of providers deliver, whole or not at all, and once."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from noaber.hallway.clock import day_of
from noaber.knowledge.waits import limits_on
from noaber.offer.care_programmes import errors, rules, services
from noaber.offer.care_programmes import rules_figures as figures
from noaber.offer.care_programmes.models import AgendaOpening, Delivery, Start, WaitReport
from noaber.offer.care_programmes.services import Teller
from noaber.offer.care_programmes.types import NewOpening, NewReport, NewStart

MOST_PLACES = 1_000
"""More free places on one day are kept as this many: only the third counts."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a delivery: numbers only. `before` is when the same one came in already."""

    rows: int
    news: int
    questioned: int = 0
    without_figure: int = 0
    before: datetime | None = None

    def as_numbers(self) -> dict[str, int]:
        """What is answered and kept of it."""
        return {
            "rows": self.rows,
            "news": self.news,
            "questioned": self.questioned,
            "without_figure": self.without_figure,
        }


@transaction.atomic
def once(
    *,
    organisation_id: UUID,
    kind: str,
    how: str,
    content: str,
    own_key: str = "",
    take: Callable[[], Delivered],
    now: datetime,
) -> Delivered:
    """Take a delivery in once. `content` is its fingerprint; `own_key` what the sender calls this message.

    Raises:
        Conflict: the same key came before with something else in it.
    """
    key = services.fingerprint(own_key) if own_key else content
    with connection.cursor() as cursor:
        lock = f"delivery:{organisation_id}:{kind}:{key}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
    before = Delivery.objects.filter(organisation_id=organisation_id, kind=kind, fingerprint=key).first()
    if before is not None:
        if before.content != content:
            raise errors.same_key_other_content()
        return Delivered(**before.answer, before=before.received_at)
    done = take()
    Delivery.objects.create(
        organisation_id=organisation_id,
        kind=kind,
        how=how,
        fingerprint=key,
        content=content,
        rows=done.rows,
        answer=done.as_numbers(),
        received_at=now,
    )
    return done


def take_reports(reports: Sequence[NewReport], *, by: Teller, now: datetime) -> Delivered:
    """Figures from a file or a system."""
    kept = services.report_all(reports, by=by, now=now)
    return Delivered(len(kept), sum(one.news for one in kept), sum(one.questioned for one in kept))


def pseudonym(organisation_id: UUID, reference: str) -> str:
    """The keyed fingerprint of a provider's own number: nobody can go back from it."""
    text = f"start:{organisation_id}:{reference.strip()}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def take_starts(
    starts: Sequence[NewStart], *, organisation_id: UUID, source: str, now: datetime
) -> Delivered:
    """A start list: who is on it already gets the newer days. The provider's own numbers are not kept.

    Raises:
        Invalid: days that cannot follow each other; then nothing is kept.
    """
    today = day_of(now)
    for new in starts:
        rules.check_start(new, today=today)
    rows = {
        (new.programme_id, pseudonym(organisation_id, new.reference)): Start(
            programme_id=new.programme_id,
            reference_hash=pseudonym(organisation_id, new.reference),
            registered_on=new.registered_on,
            intake_on=new.intake_on,
            treatment_on=new.treatment_on,
            left_on=new.left_on,
            source=source,
            received_at=now,
        )
        for new in starts
    }
    ordered = [rows[key] for key in sorted(rows, key=str)]
    hashes = [row.reference_hash for row in ordered]
    held = {
        (row.programme_id, row.reference_hash): _days(row)
        for row in Start.objects.filter(reference_hash__in=hashes)
    }
    news = [row for row in ordered if held.get((row.programme_id, row.reference_hash)) != _days(row)]
    Start.objects.bulk_create(
        news,
        update_conflicts=True,
        unique_fields=["programme", "reference_hash"],
        update_fields=["registered_on", "intake_on", "treatment_on", "left_on", "source", "received_at"],
    )
    return Delivered(len(starts), len(news))


def _days(row: Start) -> tuple[date | None, ...]:
    return row.registered_on, row.intake_on, row.treatment_on, row.left_on


def forget_old(*, now: datetime) -> int:
    """Starts that no figure and no trend needs any more; how many went."""
    before = figures.months_before(day_of(now), limits_on(day_of(now)).keep_starts_months)
    gone, _ = Start.objects.filter(registered_on__lt=before).delete()
    return gone


@transaction.atomic
def take_agenda(
    openings: Sequence[NewOpening], *, programme_ids: Sequence[UUID], on: date, by: str, now: datetime
) -> Delivered:
    """The free days of these programmes as of a day. The third free place becomes the figure of that day.

    An agenda replaces an older one of the same programme. With fewer than three free places there is no
    figure: it would be a guess.
    """
    free: dict[tuple[UUID, str], dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for one in openings:
        free[one.programme_id, one.kind][one.day] += one.places
    wanted = sorted(set(programme_ids), key=str)
    AgendaOpening.objects.filter(programme_id__in=wanted, delivered_on__lte=on).delete()
    AgendaOpening.objects.bulk_create(
        AgendaOpening(programme_id=pk, kind=kind, day=day, places=min(places, MOST_PLACES), delivered_on=on)
        for (pk, kind), days in free.items()
        for day, places in days.items()
        if day >= on
    )
    made, without = [], 0
    for pk in wanted:
        intake, treatment = (
            figures.third_opportunity(free[pk, kind].items(), on)
            for kind in (AgendaOpening.Kind.INTAKE, AgendaOpening.Kind.TREATMENT)
        )
        if intake is None and treatment is None:
            without += 1
            continue
        made.append(NewReport(pk, intake, treatment, "third_opportunity", on))
    teller = Teller(by, WaitReport.How.AGENDA)
    kept = services.report_all(made, by=teller, now=now)
    news, questioned = sum(one.news for one in kept), sum(one.questioned for one in kept)
    return Delivered(len(openings), news, questioned, without_figure=without)
