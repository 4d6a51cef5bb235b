"""Writing a referral without signing in: by the link of a practice, or on one of its computers.

Both open the empty form and nothing else. Who holds such a key can add a referral, and reads nothing back but
the number and the card of what was just sent.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from noaber.ground.errors import Invalid
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Grant, Kind, Role
from noaber.hallway.accounts import throttle
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.network.partners.queries import works_at
from noaber.network.residents import services as residents
from noaber.pathways.referrals import queries_desk, rules
from noaber.pathways.referrals.errors import too_many_from_here, wrong_short_pin
from noaber.pathways.referrals.models import PracticeKey, ShortPin
from noaber.pathways.referrals.services import send_once
from noaber.pathways.referrals.types import NewReferral, PracticeDoor, Sender, SentReferral

DEVICE_LASTS = timedelta(days=180)
LASTS = {PracticeKey.Kind.LINK: timedelta(days=365), PracticeKey.Kind.DEVICE: DEVICE_LASTS}
PER_HOUR = 40
LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=15)
BY_LINK = gettext_noop("Verstuurd via de link van de praktijk, door %(name)s")
BY_DEVICE = gettext_noop("Verstuurd op een computer van de praktijk, door %(name)s")
_FOUR_TO_SIX = re.compile(r"[0-9]{4,6}")


def _fingerprint(token: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"practice:{token}".encode(), hashlib.sha256).hexdigest()


def _pin_fingerprint(row_id: UUID, pin: str) -> str:
    return hmac.new(
        settings.SECRET_KEY.encode(), f"short-pin:{row_id}:{pin}".encode(), hashlib.sha256
    ).hexdigest()


def _region(actor: Actor, organisation_id: UUID) -> UUID:
    return next(g.region_id for g in actor.grants if g.organisation_id == organisation_id)


@transaction.atomic
def make_key(*, actor: Actor, organisation_id: UUID, kind: str, label: str, now: datetime) -> str:
    """A fresh link or device token for this practice; it can be shown or set only now.

    A new link replaces the one before it: there is one living link a practice.
    """
    gate.require_act(actor, "practice_key.keep")
    if organisation_id not in queries_desk.practices(actor):
        raise gate.not_here()
    kept = PracticeKey.Kind(kind)
    if kept is PracticeKey.Kind.LINK:
        PracticeKey.objects.filter(
            organisation_id=organisation_id, kind=kept, revoked_at__isnull=True
        ).update(revoked_at=now, revoked_by_id=actor.signed_in_id)
    token = secrets.token_urlsafe(32)
    row = PracticeKey.objects.create(
        organisation_id=organisation_id,
        region_id=_region(actor, organisation_id),
        kind=kept,
        label=label.strip()[:80],
        token_hash=_fingerprint(token),
        made_by_id=actor.signed_in_id,
        made_at=now,
        expires_at=now + LASTS[kept],
    )
    _log(actor, "practice_key.make", row, now)
    return token


@transaction.atomic
def revoke_key(*, actor: Actor, key_id: UUID, now: datetime) -> None:
    """Stop a link or a computer of the own practice; twice is once."""
    gate.require_act(actor, "practice_key.keep")
    row = gate.get(actor, "keep", PracticeKey.objects.select_for_update(), resource="practice_key", pk=key_id)
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by_id = now, actor.signed_in_id
        row.save(update_fields=["revoked_at", "revoked_by"])
        _log(actor, "practice_key.revoke", row, now)


def _log(actor: Actor, event_type: str, row: PracticeKey, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type=event_type,
        resident_id=None,
        object_kind="practice_key",
        object_id=row.pk,
        purpose="om te verwijzen zonder in te loggen",
        now=now,
    )


@transaction.atomic
def choose_short_pin(*, actor: Actor, organisation_id: UUID, pin: str, now: datetime) -> None:
    """Choose the short pin with which this referrer signs what is written on a computer of the practice."""
    gate.require_act(actor, "referral.send")
    if organisation_id not in actor.organisations(Role.REFERRER):
        raise gate.not_here()
    plain = pin.strip()
    if not _FOUR_TO_SIX.fullmatch(plain) or len(set(plain)) < 2:
        raise Invalid(
            "short_pin_too_plain",
            happened="Deze korte pincode kan niet.",
            now_what="Kies vier tot zes cijfers, niet allemaal gelijk.",
            fields={"pin": "Kies vier tot zes cijfers, niet allemaal gelijk."},
        )
    row, _ = ShortPin.objects.get_or_create(
        account_id=actor.signed_in_id,
        organisation_id=organisation_id,
        defaults={"pin_hash": "", "chosen_at": now},
    )
    row.pin_hash, row.chosen_at = _pin_fingerprint(row.pk, plain), now
    row.failures, row.locked_until = 0, None
    row.save()


def door_behind(token: str, *, kind: str, now: datetime) -> PracticeDoor | None:
    """The practice behind a link or a device token; None for wrong, old and revoked ones alike."""
    with gate.as_system("de link van een praktijk lezen"):
        row = (
            PracticeKey.objects.select_related("organisation")
            .filter(token_hash=_fingerprint(token), kind=kind, revoked_at__isnull=True, expires_at__gt=now)
            .first()
        )
    if row is None:
        return None
    return PracticeDoor(row.pk, row.organisation_id, row.organisation.name, row.region_id, row.kind)


def send_by_link(door: PracticeDoor, *, name: str, referral: NewReferral, now: datetime) -> SentReferral:
    """Send a referral by the link of the practice. Who wrote it is a typed name, and is shown as such."""
    return _send(door, account_id=None, name=name.strip(), referral=referral, now=now)


def send_by_device(
    door: PracticeDoor, *, short_pin_id: UUID, pin: str, referral: NewReferral, now: datetime
) -> SentReferral:
    """Send a referral on a computer of the practice, by the colleague whose short pin was typed.

    The count of wrong pins must survive the refusal: the caller answers, and does not roll back.
    """
    account_id, name = _colleague(door, short_pin_id, pin, now)
    return _send(door, account_id=account_id, name=name, referral=referral, now=now)


def _colleague(door: PracticeDoor, short_pin_id: UUID, pin: str, now: datetime) -> tuple[UUID, str]:
    """Who types; one refusal for a wrong pin, a resting one, a colleague who left and an invented id.

    The refusal is raised outside the block of the house itself, which would else undo the count.
    """
    with gate.as_system("de korte pincode nakijken"):
        row = (
            ShortPin.objects.select_for_update(of=("self",))
            .select_related("account")
            .filter(pk=short_pin_id, organisation_id=door.organisation_id, account__is_active=True)
            .first()
        )
        given = _pin_fingerprint(row.pk if row else short_pin_id, pin.strip())
        right = hmac.compare_digest(row.pin_hash if row else "", given)
        works = row is not None and works_at(row.account_id, door.organisation_id, on=day_of(now))
        resting = row is not None and row.locked_until is not None and row.locked_until > now
        if row is not None and works and not resting:
            _count(row, right=right, now=now)
    if row is None or not (works and right) or resting:
        raise wrong_short_pin()
    return row.account_id, row.account.name


def _count(row: ShortPin, *, right: bool, now: datetime) -> None:
    row.failures = 0 if right else row.failures + 1
    if row.failures >= LOCK_AFTER:
        row.failures, row.locked_until = 0, now + LOCK_FOR
    row.save(update_fields=["failures", "locked_until"])


def _send(
    door: PracticeDoor, *, account_id: UUID | None, name: str, referral: NewReferral, now: datetime
) -> SentReferral:
    rules.check_referral(referral)
    calm = throttle.allows(
        "practice-key", str(door.key_id), limit=PER_HOUR, window=timedelta(hours=1), now=now
    )
    if not calm:
        raise too_many_from_here()
    writer = Actor(
        kind=Kind.STAFF if account_id else Kind.ANONYMOUS,
        account_id=account_id,
        name=name,
        grants=(Grant(Role.REFERRER, door.organisation_id, door.region_id, door.organisation),),
        purpose="om uw vraag te sturen",
    )
    sender = Sender(door.organisation_id, door.region_id, account_id, door.kind, "" if account_id else name)
    with gate.as_system("een verwijzing van een praktijk aannemen"):
        sent = send_once(writer, referral, sender, now=now)
        if sent.card_code:
            residents.tell(
                sent.help_request_id,
                at=now,
                words=BY_DEVICE if account_id else BY_LINK,
                values={"name": name},
                kind="referred_by_key",
                by=door.organisation,
            )
        PracticeKey.objects.filter(pk=door.key_id).update(last_used_on=day_of(now))
    return sent
