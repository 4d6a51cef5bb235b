"""One mail a provider when figures grow old, a link to answer without account, and few reminders."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from noaber.hallway.access import gate
from noaber.hallway.clock import day_of
from noaber.hallway.post import queries as posted
from noaber.hallway.post import services as post
from noaber.knowledge.waits import Limits, limits_on
from noaber.offer.care_programmes import queries
from noaber.offer.care_programmes.keeping import updating
from noaber.offer.care_programmes.models import Provider, UpdateRequest
from noaber.offer.care_programmes.services import fingerprint
from noaber.offer.care_programmes.types import ProgrammeRow

VALID = timedelta(days=30)
ASKING = "aanbieders vragen of de wachttijd nog klopt"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands behind a link. `answered_at` when it was used before."""

    request_id: UUID
    organisation_id: UUID
    organisation: str
    rows: tuple[ProgrammeRow, ...]
    answered_at: datetime | None
    expires_at: datetime


class Gone(Exception):
    """A link that leads nowhere any more; `why`: unknown, expired or ended."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def token_of(request_id: UUID) -> str:
    """The secret of a link. It can be made again for a reminder, so that it need not be kept."""
    made = hmac.new(settings.SECRET_KEY.encode(), f"wachttijd:{request_id}".encode(), hashlib.sha256)
    return made.hexdigest()[:40]


# --- asking -----------------------------------------------------------------------------


def ask_providers(*, now: datetime) -> int:
    """Ask every provider whose figures are due, remind who did not answer. Returns how many mails went.

    Each provider by itself: one that fails does not keep the others from being asked; the job then ends as
    failed, for the operator.
    """
    with gate.as_system(ASKING):
        note_bounces(now=now)
        owners = Provider.objects.exclude(owner_email="").order_by("organisation_id")
        waiting = list(owners.values_list("pk", flat=True))
    asked = 0
    failed: Exception | None = None
    for pk in waiting:
        try:
            with gate.as_system(ASKING):
                asked += _ask_one(pk, now=now)
        except Exception as fault:
            log.exception("a provider could not be asked for its waits")
            failed = fault
    if failed is not None:
        raise failed
    return asked


@transaction.atomic
def _ask_one(organisation_id: UUID, *, now: datetime) -> int:
    """One mail at most: a first question, or a reminder of the one that is open."""
    owner = (
        Provider.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=organisation_id)
    )
    limits = limits_on(day_of(now))
    due = _due(organisation_id, limits, now)
    if not due:
        return 0
    last = UpdateRequest.objects.filter(organisation_id=organisation_id).order_by("-asked_at").first()
    if last is not None and last.answered_at is None and last.expires_at > now:
        if not _may_remind(last, limits, now):
            return 0
        last.reminders += 1
        last.reminded_at = now
        last.save(update_fields=["reminders", "reminded_at", "mail_key"])
        return _mail(last, owner, len(due), now=now)
    if last is not None and last.asked_at > now - timedelta(days=limits.ask_after_days):
        return 0
    made = UpdateRequest(organisation_id=organisation_id, asked_at=now, expires_at=now + VALID)
    made.token_hash = fingerprint(token_of(made.pk))
    made.save()
    return _mail(made, owner, len(due), now=now)


def _due(organisation_id: UUID, limits: Limits, now: datetime) -> list[ProgrammeRow]:
    """The programmes whose own figure is older than we agreed, or that have none."""
    rows = queries.of_organisations([organisation_id], now=now)
    living = [row for row in rows if row.ended_on is None]
    last = updating.last_own([row.programme_id for row in living])
    young = day_of(now) - timedelta(days=limits.ask_after_days)
    return [
        row
        for row in living
        if row.programme_id not in last or last[row.programme_id].reference_date <= young
    ]


def _may_remind(last: UpdateRequest, limits: Limits, now: datetime) -> bool:
    before = last.reminded_at or last.asked_at
    return (
        last.bounced_at is None
        and last.reminders < limits.most_reminders
        and before <= now - timedelta(days=limits.remind_after_days)
    )


def _mail(request: UpdateRequest, owner: Provider, due: int, *, now: datetime) -> int:
    request.mail_key = f"wachttijd:{request.pk}:{request.reminders}"
    request.save(update_fields=["mail_key"])
    with override("nl"):
        again = bool(request.reminders)
        subject = _("Nog een keer: klopt uw wachttijd nog?") if again else _("Klopt uw wachttijd nog?")
        lines = [
            _("Goedendag,"),
            "",
            _("Huisartsen en inwoners lezen bij ons hoe lang het duurt bij %(name)s.")
            % {"name": owner.organisation.name},
            _("Wilt u de cijfers nakijken? Het kost twee minuten. U hoeft niet in te loggen."),
            "",
            f"{settings.BASE_URL}/wachttijden/bijwerken/{token_of(request.pk)}/",
            "",
            _("Aantal programma's met een oud cijfer: %(n)s.") % {"n": due},
            _("Zonder antwoord wordt een cijfer eerst grijs. Daarna telt het niet meer mee."),
            _("De link werkt 30 dagen en één keer."),
            "",
        ]
    post.queue(
        key=request.mail_key, address=owner.owner_email, subject=subject, body="\n".join(lines), now=now
    )
    return 1


def note_bounces(*, now: datetime) -> int:
    """Mark the questions whose mail did not arrive. Returns how many are new."""
    waiting = UpdateRequest.objects.filter(
        answered_at__isnull=True, bounced_at__isnull=True, expires_at__gt=now
    )
    failed = posted.failed_among(waiting.values_list("mail_key", flat=True))
    return waiting.filter(mail_key__in=failed).update(bounced_at=now)


# --- answering -----------------------------------------------------------------------------


def behind(token: str, *, now: datetime) -> Asked:
    """What stands behind a link. Looking changes nothing: mail scanners open links too.

    Raises:
        Gone: nobody was asked this, it is too long ago, or the provider has no programme any more.
    """
    row = UpdateRequest.objects.select_related("organisation").filter(token_hash=fingerprint(token)).first()
    if row is None:
        raise Gone("unknown")
    if row.answered_at is None and row.expires_at <= now:
        raise Gone("expired")
    rows = queries.of_organisations([row.organisation_id], now=now)
    living = tuple(one for one in rows if one.ended_on is None)
    if not living:
        raise Gone("ended")
    return Asked(row.pk, row.organisation_id, row.organisation.name, living, row.answered_at, row.expires_at)


def use(token: str, *, now: datetime) -> bool:
    """Take the link, in the transaction that keeps the answer; False when it was used before.

    Raises:
        Gone: unknown or expired.
    """
    row = UpdateRequest.objects.select_for_update().filter(token_hash=fingerprint(token)).first()
    if row is None:
        raise Gone("unknown")
    if row.answered_at is not None:
        return False
    if row.expires_at <= now:
        raise Gone("expired")
    row.answered_at = now
    row.save(update_fields=["answered_at"])
    return True


def close_open(organisation_ids: Sequence[UUID], *, now: datetime) -> None:
    """Who kept all figures another way need not be asked any more."""
    UpdateRequest.objects.filter(
        organisation_id__in=organisation_ids, answered_at__isnull=True, expires_at__gt=now
    ).update(answered_at=now)
