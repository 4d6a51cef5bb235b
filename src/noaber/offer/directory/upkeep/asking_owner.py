"""'Klopt dit nog?': one mail to each owner about what grows old, and one click to answer, without account."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from noaber.hallway.clock import day_of
from noaber.hallway.post import queries as posted
from noaber.hallway.post import services as post
from noaber.offer.directory import queries, services
from noaber.offer.directory.models import CheckRequest, Confirmation, Service
from noaber.offer.directory.types import OfferCard
from noaber.offer.directory.upkeep import queries_desk

VALID = timedelta(days=30)
BETWEEN = timedelta(days=14)
"""At most one mail to one owner in this time."""
REMIND_AFTER = timedelta(days=14)
MOST_IN_A_MAIL = 10
LONGEST_WORDS = 2000
Answer = CheckRequest.Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands behind a link: the entry and the question; `answer` when it was answered before."""

    request_id: UUID
    card: OfferCard
    phone: str
    website: str
    expires_on: date
    answer: str = ""


class Gone(Exception):
    """A link that leads nowhere any more; `why`: unknown, expired or ended."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def token_of(request_id: UUID) -> str:
    """The secret of a link. It can be made again for a reminder, so that it need not be kept."""
    made = hmac.new(settings.SECRET_KEY.encode(), f"klopt:{request_id}".encode(), hashlib.sha256)
    return made.hexdigest()[:40]


def fingerprint(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


# --- asking ----------------------------------------------------------------------------------------------


def ask_owners(*, now: datetime) -> int:
    """Mail every owner whose entries grow old, and remind once. Returns how many mails were queued."""
    note_bounces(now=now)
    owners = defaultdict[tuple[UUID, str], list[Service]](list)
    for row in queries_desk.growing_old(today=day_of(now)).exclude(owner_email=""):
        owners[row.region_id, row.owner_email.strip().casefold()].append(row)
    return sum(_ask_one(address, rows, now=now) for (_region, address), rows in sorted(owners.items()))


@transaction.atomic
def _ask_one(address: str, rows: Sequence[Service], *, now: datetime) -> int:
    """One mail for this owner, when there is something to ask and the last mail was long enough ago."""
    mine = CheckRequest.objects.filter(service__owner_email__iexact=address)
    recently = Q(asked_at__gt=now - BETWEEN) | Q(reminded_at__gt=now - BETWEEN)
    if mine.filter(recently).exists():
        return 0
    keys = [row.pk for row in rows]
    silent = queries_desk.to_call_ids(Service.objects.filter(pk__in=keys), now)
    waiting = mine.filter(answer="", expires_at__gt=now, service__in=keys)
    remind = list(
        waiting.filter(reminded_at__isnull=True, asked_at__lte=now - REMIND_AFTER, bounced_at__isnull=True)
        .select_for_update(of=("self",))
        .select_related("service")
        .order_by("asked_at", "pk")[:MOST_IN_A_MAIL]
    )
    busy = set(waiting.values_list("service_id", flat=True)) | silent
    busy |= set(
        mine.filter(answer__in=[Answer.CHANGED, Answer.GONE], handled_at__isnull=True).values_list(
            "service_id", flat=True
        )
    )
    fresh = [row for row in rows if row.pk not in busy][: MOST_IN_A_MAIL - len(remind)]
    if not (fresh or remind):
        return 0
    key = f"klopt:{fingerprint(address)[:24]}:{day_of(now).isoformat()}"
    made = [_request(row, key, now) for row in fresh]
    CheckRequest.objects.filter(pk__in=[one.pk for one in remind]).update(reminded_at=now, mail_key=key)
    subject, body = _mail([*remind, *made], reminded=bool(remind) and not made)
    post.queue(key=key, address=address, subject=subject, body=body, now=now)
    return 1


def _request(row: Service, key: str, now: datetime) -> CheckRequest:
    made = CheckRequest(service=row, asked_at=now, expires_at=now + VALID, mail_key=key)
    made.token_hash = fingerprint(token_of(made.pk))
    made.save()
    return made


def _mail(asked: Iterable[CheckRequest], *, reminded: bool) -> tuple[str, str]:
    """Subject and body, in plain Dutch."""
    with override("nl"):
        lines = [
            _("Goedendag,"),
            "",
            _("Dit staat van u op de sociale kaart. Klopt het nog?"),
            _("Klik op de link en kies een antwoord. U hoeft niet in te loggen."),
        ]
        for one in asked:
            lines += ["", one.service.name, f"{settings.BASE_URL}/klopt/{token_of(one.pk)}/"]
        lines += [
            "",
            _("De link werkt 30 dagen. Antwoordt u niet, dan bellen wij u een keer."),
            _("Zo houden wij de kaart waar, voor de mensen die u zoeken."),
            "",
        ]
        subject = _("Nog een keer: klopt dit nog?") if reminded else _("Klopt dit nog?")
    return subject, "\n".join(lines)


def note_bounces(*, now: datetime) -> int:
    """Mark the questions whose mail did not arrive, so that an editor calls. Returns how many are new."""
    open_ones = CheckRequest.objects.filter(answer="", bounced_at__isnull=True).exclude(mail_key="")
    failed = posted.failed_among(open_ones.values_list("mail_key", flat=True).distinct())
    found = list(open_ones.filter(mail_key__in=failed).select_related("service"))
    for one in found:
        one.bounced_at = now
        one.save(update_fields=["bounced_at"])
        services.weigh_again(service_id=one.service_id, now=now)
    return len(found)


# --- answering -------------------------------------------------------------------------------------------


def behind(token: str, *, now: datetime) -> Asked:
    """The question behind a link. Looking changes nothing: mail scanners open links too.

    Raises:
        Gone: nobody was asked this, it is too long ago, or the entry is no more.
    """
    row = CheckRequest.objects.filter(token_hash=fingerprint(token)).select_related("service").first()
    if row is None:
        raise Gone("unknown")
    if row.expires_at <= now and not row.answer:
        raise Gone("expired")
    shown = queries.some(row.service.region_id, [row.service_id])
    if row.service_id not in shown:
        raise Gone("ended")
    return Asked(
        request_id=row.pk,
        card=shown[row.service_id],
        phone=row.service.phone,
        website=row.service.website,
        expires_on=day_of(row.expires_at),
        answer=row.answer,
    )


@transaction.atomic
def answer(*, token: str, said: str, words: str, now: datetime) -> str:
    """Keep what the owner said; what is kept. A link is answered once: a second answer changes nothing.

    'Klopt' confirms the entry. 'Veranderd' and 'weg' wait for an editor, and lower the trust until then.
    """
    row = (
        CheckRequest.objects.select_for_update(of=("self",))
        .select_related("service__organisation")
        .filter(token_hash=fingerprint(token))
        .first()
    )
    if row is None or said not in {Answer.RIGHT, Answer.CHANGED, Answer.GONE}:
        raise Gone("unknown")
    if row.answer:
        return row.answer
    if row.expires_at <= now:
        raise Gone("expired")
    row.answer, row.answered_at = said, now
    row.words = words.strip().replace("\x00", "")[:LONGEST_WORDS]
    row.save(update_fields=["answer", "answered_at", "words"])
    owner = row.service.organisation.name if row.service.organisation else row.service.provider_name
    if said == Answer.RIGHT:
        services.confirm(
            service_id=row.service_id,
            on=day_of(now),
            now=now,
            kind=Confirmation.Kind.MAIL,
            by=owner,
            reference=f"mail:{row.pk}",
        )
    else:
        services.weigh_again(service_id=row.service_id, now=now)
    return row.answer
