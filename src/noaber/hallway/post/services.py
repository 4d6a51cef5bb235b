"""Queue a message in the transaction of the act; send it once, and ask again before it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from smtplib import SMTP, SMTP_SSL, SMTPException
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from noaber.hallway.access.scope import as_system
from noaber.hallway.outbox.services import KEPT_FOR, is_inline, is_worth_keeping
from noaber.hallway.post import texts
from noaber.hallway.post.models import Message

BY_HAND = frozenset({Message.Channel.LETTER, Message.Channel.CALL})
"""Channels that a person carries out."""

Guard = Callable[[str], bool]
_guards: dict[str, Guard] = {}


def register_guard(name: str, guard: Guard) -> None:
    """Let a room say, at the last moment, whether a message may still go (an objection may have come)."""
    _guards[name] = guard


def queue(
    *,
    key: str,
    address: str,
    subject: str,
    body: str,
    now: datetime,
    account_id: UUID | None = None,
    calendar: bytes | None = None,
    calendar_method: str = "",
    guard: str = "",
    guard_id: str = "",
    channel: str = Message.Channel.MAIL,
) -> None:
    """Put one message in the queue. The same `key` twice is one message.

    `address` is a mail address, a phone number or a postal address, as `channel` asks. Letters and calls wait
    in the queue until a person at the office says that they went.
    """
    if not address or not is_worth_keeping(now):
        return
    past = is_inline()
    message, fresh = Message.objects.get_or_create(
        key=key,
        defaults={
            "address": address,
            "recipient_account_id": account_id,
            "subject": subject,
            "body": body,
            "calendar": calendar,
            "calendar_method": calendar_method,
            "guard": guard,
            "guard_id": guard_id,
            "channel": channel,
            "created_at": now,
            "state": Message.State.SENT if past else Message.State.QUEUED,
            "sent_at": now if past else None,
        },
    )
    if fresh and not past and channel not in BY_HAND:
        defer_sending(message.pk)


def defer_sending(message_id: UUID) -> None:
    """Queue the sending of one message, in this transaction."""
    app.configure_task("post.send", queue="post").defer(message_id=str(message_id))


def send_again(message_id: UUID) -> bool:
    """Queue a message once more that the mail server did not take. False when there is no such message."""
    changed = Message.objects.filter(pk=message_id, state=Message.State.FAILED).update(
        state=Message.State.QUEUED
    )
    if changed:
        defer_sending(message_id)
    return bool(changed)


def send(message_id: str, *, now: datetime) -> None:
    """Send one message unless it went already or may no longer go.

    The row is locked while it is sent. A stop between the mail server's answer and our commit can give a
    second copy; it has the same Message-ID.
    """
    with as_system("post: versturen"), transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.state in {Message.State.SENT, Message.State.WITHHELD}:
            return
        if message.guard and not _guards[message.guard](message.guard_id):
            message.state = Message.State.WITHHELD
            message.save(update_fields=["state"])
            return
        message.attempts += 1
        try:
            _hand_over(message, now)
        except (OSError, SMTPException) as failure:
            message.state = Message.State.FAILED
            message.last_failure = type(failure).__name__
        else:
            message.state = Message.State.SENT
            message.sent_at = now
            message.last_failure = ""
        message.save(update_fields=["state", "sent_at", "attempts", "last_failure"])
    if message.state == Message.State.FAILED:
        raise NotSent(message.last_failure)


class NotSent(Exception):
    """The mail server did not take it; the queue tries again."""


def _hand_over(message: Message, now: datetime) -> None:
    if message.channel == Message.Channel.TEXT:
        texts.hand_over(message)
        return
    target = urlsplit(settings.MAIL_URL)
    if target.scheme == "database":
        return
    mail = as_mail(message, now)
    server_class = SMTP_SSL if target.scheme == "smtps" else SMTP
    with server_class(target.hostname or "localhost", target.port or 0, timeout=20) as server:
        if target.scheme == "smtp+tls":
            server.starttls()
        if target.username:
            server.login(unquote(target.username), unquote(target.password or ""))
        server.send_message(mail)


def as_mail(message: Message, now: datetime) -> EmailMessage:
    """The message as it travels; the same Message-ID at every try."""
    mail = EmailMessage()
    mail["From"] = settings.DEFAULT_FROM_EMAIL
    mail["To"] = message.address
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message.pk}@noaber>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    if message.calendar:
        mail.add_alternative(
            bytes(message.calendar).decode(), subtype="calendar", params={"method": message.calendar_method}
        )
    return mail


def forget(account_id: UUID | None, *, keys: Sequence[str] = ()) -> int:
    """Empty the messages to this account, or with these keys; what still waited does not go any more.

    The rows stay, so that nothing is sent anew under the same key. Returns how many were emptied.
    """
    mine = Q(key__in=list(keys))
    if account_id is not None:
        mine |= Q(recipient_account_id=account_id)
    found = Message.objects.filter(mine)
    found.filter(state__in=[Message.State.QUEUED, Message.State.FAILED]).update(state=Message.State.WITHHELD)
    return found.exclude(address="", body="").update(
        address="", subject="", body="", calendar=None, recipient_account_id=None
    )


def remove_old(*, now: datetime) -> int:
    """Remove sent and withheld messages that are older than `KEPT_FOR`. Returns how many."""
    old = Message.objects.filter(
        created_at__lt=now - KEPT_FOR, state__in=[Message.State.SENT, Message.State.WITHHELD]
    )
    return old.delete()[0]
