"""Invite a relative, choose what each sees, send away; and come in with the link and the word."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from noaber.ground.errors import Conflict, Invalid
from noaber.ground.identifiers import new_reference, read_reference
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.accounts import services as accounts
from noaber.hallway.audit import services as audit
from noaber.hallway.post import services as post
from noaber.network.relatives import rules
from noaber.network.relatives.models import Relative, SharedItem
from noaber.network.relatives.showing import register_reader as register_reader
from noaber.network.relatives.types import Invited, NewRelative
from noaber.network.residents.services import told

GUARD = "relatives.invitation"
SUBJECT = gettext_noop("Bericht van Noaber")
BODY = gettext_noop(
    "Iemand wil iets met u delen. Kijk op %(url)s U hebt ook het woord nodig dat u van diegene hoort."
)
ACCOUNT_NAME = "Naaste"
What = SharedItem.What


def _sentences() -> dict[str, str]:
    return {
        "happened": _("Dit past nog niet bij elkaar."),
        "name": _("Vul een naam in, zonder nummers."),
        "mail": _("Vul een heel e-mailadres in, zoals naam@voorbeeld.nl."),
        "text": _("Vul een mobiel nummer in, met 10 cijfers."),
        "word": _("Kies een woord van ten minste 4 letters, of 4 cijfers."),
        "easy": _("Dit is makkelijk te raden. Kies een ander woord of andere cijfers."),
    }


def _fingerprint(kind: str, text: str) -> str:
    """The secret key guards what is too short to be guarded by slow hashing; the rest after ten tries too."""
    return hmac.new(
        settings.SECRET_KEY.encode(), f"relative-{kind}:{text}".encode(), hashlib.sha256
    ).hexdigest()


def _word_hash(code_hash: str, word: str) -> str:
    return _fingerprint("word", f"{code_hash}:{rules.plain_word(word)}")


def _log(actor: Actor, row: Relative, action: str, event: str, purpose: str, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        event_type=event,
        resident_id=row.resident_id,
        object_kind="relative",
        object_id=row.pk,
        part="uw naasten",
        purpose=purpose,
        basis="eigen gegevens",
        now=now,
    )


def invite(*, actor: Actor, new: NewRelative, now: datetime) -> Invited:
    """Invite someone. Without items nothing of hers shows. The same `once_key` twice is one invitation.

    With a helper beside her, her own pin is asked first: nobody else chooses who looks along.
    """
    rules.check_invitation(new, words=_sentences())
    if actor.resident_id is None:
        raise gate.not_here()
    gate.look_twice_at_all(actor)
    earlier = Relative.objects.filter(once_key=new.once_key, resident_id=actor.resident_id).first()
    if earlier is not None:
        return Invited(earlier.pk, "", earlier.channel)
    try:
        return _invite(actor, actor.resident_id, new, now)
    except IntegrityError:
        row = Relative.objects.get(once_key=new.once_key, resident_id=actor.resident_id)
        return Invited(row.pk, "", row.channel)


@transaction.atomic
def _invite(actor: Actor, resident_id: UUID, new: NewRelative, now: datetime) -> Invited:
    if Relative.objects.filter(resident_id=resident_id, revoked_at__isnull=True).count() >= rules.MOST:
        raise Conflict(
            "too_many_relatives",
            happened=_("U nodigde al %(n)s mensen uit.") % {"n": rules.MOST},
            why=_("Meer mensen tegelijk kan hier niet."),
            now_what=_("Stop eerst met iemand die niet meer hoeft mee te kijken."),
        )
    code = new_reference()
    code_hash = _fingerprint("code", code)
    row = Relative.objects.create(
        resident_id=resident_id,
        account_id=accounts.open_account(name=ACCOUNT_NAME, now=now),
        name=new.name.strip(),
        channel=new.channel,
        address=rules.clean_address(new.channel, new.address),
        code_hash=code_hash,
        word_hash=_word_hash(code_hash, new.word),
        invited_at=now,
        expires_at=now + rules.VALID_FOR,
        comes_along=new.comes_along,
        name_may_be_told=new.name_may_be_told,
        once_key=new.once_key,
    )
    _give(row, frozenset(new.items), now)
    _send(row, code, now)
    _log(actor, row, audit.Action.CREATE, "relative.invite", "om iemand uit te nodigen", now)
    return Invited(row.pk, code, row.channel)


def _send(row: Relative, code: str, now: datetime) -> None:
    if row.channel == Relative.Channel.PAPER:
        return
    post.queue(
        key=f"relative:{row.pk}:{row.code_hash[:16]}",
        address=row.address,
        subject=told(SUBJECT),
        body=told(BODY, {"url": f"{settings.BASE_URL}/naaste/{code}/"}) + "\n",
        guard=GUARD,
        guard_id=str(row.pk),
        channel=row.channel,
        now=now,
    )


def still_invited(relative_id: str) -> bool:
    """Just before a message to a relative goes: she may have said stop."""
    return Relative.objects.filter(pk=relative_id, revoked_at__isnull=True).exists()


def _own(actor: Actor, relative_id: UUID) -> Relative:
    rows = Relative.objects.select_for_update(of=("self",)).filter(revoked_at__isnull=True)
    return gate.get(actor, "manage", rows, resource="relative", pk=relative_id)


def _give(row: Relative, wanted: frozenset[str], now: datetime) -> bool:
    """Let exactly these items live. True when something changed."""
    wanted = wanted & {str(what) for what in What}
    living = {item.what: item for item in row.items.filter(ended_at__isnull=True)}
    for what, item in living.items():
        if what not in wanted:
            item.ended_at = now
            item.save(update_fields=["ended_at"])
    fresh = wanted - set(living)
    SharedItem.objects.bulk_create(
        SharedItem(relative=row, what=what, given_at=now) for what in sorted(fresh)
    )
    if What.REMINDERS not in wanted and row.reminder_channel:
        row.reminder_channel, row.reminder_address = "", ""
        row.save(update_fields=["reminder_channel", "reminder_address"])
    return bool(fresh or set(living) - wanted)


@transaction.atomic
def choose_items(
    *,
    actor: Actor,
    relative_id: UUID,
    items: frozenset[str],
    comes_along: bool,
    name_may_be_told: bool,
    now: datetime,
) -> bool:
    """She changes what this relative sees. What she takes back is gone at the relative's next click."""
    row = _own(actor, relative_id)
    living = set(row.items.filter(ended_at__isnull=True).values_list("what", flat=True))
    if items - living or (name_may_be_told and not row.name_may_be_told):
        gate.look_twice_at_all(actor)
    changed = _give(row, items, now)
    if (row.comes_along, row.name_may_be_told) != (comes_along, name_may_be_told):
        row.comes_along, row.name_may_be_told = comes_along, name_may_be_told
        row.save(update_fields=["comes_along", "name_may_be_told"])
        changed = True
    if changed:
        _log(actor, row, audit.Action.UPDATE, "relative.items", "om te kiezen wat uw naaste ziet", now)
    return changed


@transaction.atomic
def invite_again(*, actor: Actor, relative_id: UUID, word: str, now: datetime) -> Invited:
    """A new link with a new word. The old one stops at once, also where it was open."""
    row = _own(actor, relative_id)
    gate.look_twice_at_all(actor)
    rules.check_invitation(
        NewRelative(name=row.name, channel=row.channel, address=row.address, word=word), words=_sentences()
    )
    code = new_reference()
    row.code_hash = _fingerprint("code", code)
    row.word_hash = _word_hash(row.code_hash, word)
    row.failures, row.invited_at, row.expires_at = 0, now, now + rules.VALID_FOR
    row.save(update_fields=["code_hash", "word_hash", "failures", "invited_at", "expires_at"])
    if row.account_id is not None:
        accounts.end_sessions(row.account_id)
    _send(row, code, now)
    _log(actor, row, audit.Action.UPDATE, "relative.again", "om een nieuwe link te sturen", now)
    return Invited(row.pk, code, row.channel)


@transaction.atomic
def revoke(*, actor: Actor, relative_id: UUID, now: datetime) -> None:
    """She says stop: every item ends, the link is dead, and an open page finds nothing at its next click."""
    row = _own(actor, relative_id)
    end(row, now)
    _log(actor, row, audit.Action.DELETE, "relative.revoke", "om te stoppen met meekijken", now)


def end(row: Relative, now: datetime) -> None:
    """Close one invitation, whoever asks; nothing of the relative stays but that it was."""
    row.items.filter(ended_at__isnull=True).update(ended_at=now)
    account_id = row.account_id
    row.revoked_at, row.account_id, row.address = now, None, ""
    row.reminder_channel = row.reminder_address = ""
    row.save(update_fields=["revoked_at", "account", "address", "reminder_channel", "reminder_address"])
    if account_id is not None:
        accounts.close(account_id)


def open_with_link(*, code: str, word: str, now: datetime) -> UUID | None:
    """The account behind a link and its word, or None.

    An unknown, expired, revoked or resting link and a wrong word all give None, in about the same time. The
    count of wrong words must survive the refusal, so the caller may not roll this transaction back.
    """
    code_hash = _fingerprint("code", read_reference(code) or "")
    given = _word_hash(code_hash, word)
    with gate.as_system("binnenkomen als naaste"):
        row = Relative.objects.select_for_update(of=("self",)).filter(code_hash=code_hash).first()
        right = hmac.compare_digest(row.word_hash if row else "", given)
        if row is None or row.revoked_at or row.expires_at <= now or row.failures >= rules.REST_AFTER:
            return None
        if not right:
            row.failures += 1
            row.save(update_fields=["failures"])
            return None
        row.failures, row.entered_at = 0, row.entered_at or now
        row.save(update_fields=["failures", "entered_at"])
        return row.account_id


@transaction.atomic
def remind_me(*, actor: Actor, channel: str, address: str, now: datetime) -> None:
    """The relative asks for a reminder, when she allowed that; an empty channel stops it."""
    if actor.relative_id is None:
        raise gate.not_here()
    rows = Relative.objects.select_for_update(of=("self",))
    row = gate.get(actor, "look", rows, resource="relative", pk=actor.relative_id)
    if channel:
        if not row.items.filter(what=What.REMINDERS, ended_at__isnull=True).exists():
            raise gate.not_here()
        clean = rules.clean_address(channel, address)
        if not clean:
            words = _sentences()
            raise Invalid("reminder_address", happened=words[channel], fields={"address": words[channel]})
        row.reminder_channel, row.reminder_address = channel, clean
    else:
        row.reminder_channel, row.reminder_address = "", ""
    row.save(update_fields=["reminder_channel", "reminder_address"])


def register() -> None:
    """Called once at start."""
    from noaber.network.relatives import reminding

    post.register_guard(GUARD, still_invited)
    reminding.register()
