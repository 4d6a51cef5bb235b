"""A time apart with a peer worker: neutral messages for the peer worker and for the resident."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_noop

from noaber.hallway import ics
from noaber.hallway.outbox.registry import listen
from noaber.hallway.outbox.services import is_worth_keeping
from noaber.hallway.post import services as post
from noaber.network.residents import services as residents
from noaber.network.residents.services import ENCLOSED, told
from noaber.pathways.conversations.events import ConversationCancelled, PeerTimeCancelled, PeerTimePlanned
from noaber.pathways.conversations.invitations import sender, uid_of
from noaber.pathways.conversations.models import Participation

NEUTRAL = gettext_noop("Afspraak")
INVITED = gettext_noop("U hebt een afspraak. Meer weten? Meld u aan op %(url)s")
CALLED_OFF = gettext_noop("Deze afspraak gaat niet door. Meer weten? Meld u aan op %(url)s")
INVITED_BY_HAND = gettext_noop("U hebt een afspraak: %(moment)s. Plaats: %(place)s.")
CALLED_OFF_BY_HAND = gettext_noop("Uw afspraak van %(moment)s gaat niet door.")
ONLINE = gettext_noop("online, met beeld")


def _load(pk: UUID) -> Participation:
    return Participation.objects.select_related(
        "professional__account", "conversation__help_request__resident", "conversation__room__location"
    ).get(pk=pk)


def _place(row: Participation) -> str:
    room = row.conversation.room
    return room.location.address if room else "online"


def _entry(row: Participation, address: str, *, now: datetime, cancelled: bool) -> bytes:
    """A time, a public place and a link; who or why stands nowhere."""
    when = {
        "uid": uid_of(row.pk),
        "sequence": int(cancelled),
        "start": row.period.lower,
        "end": row.period.upper,
        "organizer": sender(),
        "attendee": address,
        "now": now,
    }
    if cancelled:
        return ics.cancel(**when)
    return ics.invite(**when, location_public=_place(row), url=f"{settings.BASE_URL}/")


def _tell_both(row: Participation, *, now: datetime, cancelled: bool) -> None:
    act, method = ("cancel", "CANCEL") if cancelled else ("invite", "REQUEST")
    account = row.professional.account
    if account is not None and account.email:
        words = told(CALLED_OFF if cancelled else INVITED, {"url": f"{settings.BASE_URL}/"})
        post.queue(
            key=f"{act}:{row.pk}:peer",
            address=account.email,
            account_id=account.pk,
            subject=told(NEUTRAL),
            body=f"{words}\n\n{told(ENCLOSED)}\n",
            calendar=_entry(row, account.email, now=now, cancelled=cancelled),
            calendar_method=method,
            now=now,
        )
    resident = row.conversation.help_request.resident
    residents.reach(
        resident.pk,
        key=f"{act}:{row.pk}:resident",
        subject=NEUTRAL,
        body=CALLED_OFF if cancelled else INVITED,
        by_hand=CALLED_OFF_BY_HAND if cancelled else INVITED_BY_HAND,
        values={
            "url": f"{settings.BASE_URL}/mijn/",
            "moment": row.period.lower,
            "place": _place(row) if row.conversation.room else ONLINE,
        },
        calendar=_entry(row, resident.email or sender(), now=now, cancelled=cancelled),
        calendar_method=method,
        now=now,
    )


def send_peer_invitation(event: PeerTimePlanned, now: datetime) -> None:
    """A neutral invitation for the time apart, unless it was let go meanwhile."""
    if not is_worth_keeping(now):
        return
    row = _load(event.participation_id)
    if row.active:
        _tell_both(row, now=now, cancelled=False)


def send_peer_cancellation(event: PeerTimeCancelled, now: datetime) -> None:
    """The time apart does not take place."""
    if is_worth_keeping(now):
        _tell_both(_load(event.participation_id), now=now, cancelled=True)


def cancel_peers_with_conversation(event: ConversationCancelled, now: datetime) -> None:
    """The conversation is off, and with it the times apart that had not passed yet."""
    if not is_worth_keeping(now):
        return
    rows = Participation.objects.filter(
        conversation_id=event.conversation_id, left_at=event.sequence, period__startswith__gt=now
    ).exclude(moment=Participation.Moment.DURING)
    for pk in rows.values_list("pk", flat=True):
        _tell_both(_load(pk), now=now, cancelled=True)


def register() -> None:
    """Called once at start."""
    listen(PeerTimePlanned, send_peer_invitation)
    listen(PeerTimeCancelled, send_peer_cancellation)
    listen(ConversationCancelled, cancel_peers_with_conversation)
