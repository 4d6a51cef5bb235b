"""What this room does when something happened: neutral invitations, and cancelled appointments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from noaber.hallway.outbox.registry import listen
from noaber.hallway.outbox.services import is_worth_keeping
from noaber.hallway.post import services as post
from noaber.network.residents import services as residents
from noaber.network.residents.events import HelpRequestPostponed, HelpRequestStopped
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations.events import ConversationCancelled, ConversationPlanned, ReportWritten
from noaber.pathways.conversations.invitations import calendar_entry
from noaber.pathways.conversations.models import Conversation, Participation
from noaber.pathways.conversations.services.planning import let_go_of_planned

NEUTRAL = "Afspraak"


def _load(conversation_id: UUID) -> Conversation:
    return Conversation.objects.select_related(
        "help_request__resident", "help_request__resident__account", "room__location"
    ).get(pk=conversation_id)


def _addresses(conversation: Conversation, *, active: bool) -> Iterator[tuple[str, UUID | None]]:
    rows = Participation.objects.filter(conversation=conversation, active=active).select_related(
        "professional__account"
    )
    for row in rows:
        account = row.professional.account
        if account is not None and account.email:
            yield account.email, account.pk
    resident = conversation.help_request.resident
    if resident.email:
        yield resident.email, resident.account_id


def send_invitations(event: ConversationPlanned, now: datetime) -> None:
    """A neutral invitation for everyone at the table; those who no longer take part get a cancellation."""
    if not is_worth_keeping(now):
        return
    conversation = _load(event.conversation_id)
    if conversation.sequence != event.sequence or conversation.state != Conversation.State.PLANNED:
        return
    here = dict(_addresses(conversation, active=True))
    for address, account_id in here.items():
        _send(conversation, address, account_id, now=now, cancelled=False)
    for address, account_id in dict(_addresses(conversation, active=False)).items():
        if address not in here:
            _send(conversation, address, account_id, now=now, cancelled=True)


def send_cancellations(event: ConversationCancelled, now: datetime) -> None:
    """Everyone who had an invitation gets its cancellation."""
    if not is_worth_keeping(now):
        return
    conversation = _load(event.conversation_id)
    for address, account_id in dict(_addresses(conversation, active=False)).items():
        _send(conversation, address, account_id, now=now, cancelled=True)


def _fingerprint(address: str) -> str:
    """Tells addresses apart without holding one."""
    return salted_hmac("noaber.conversations.invitation", address, algorithm="sha256").hexdigest()[:32]


def _send(
    conversation: Conversation, address: str, account_id: UUID | None, *, now: datetime, cancelled: bool
) -> None:
    calendar = calendar_entry(conversation, address, now=now, cancelled=cancelled)
    act = "cancel" if cancelled else "invite"
    body = (
        "Deze afspraak gaat niet door.\n"
        if cancelled
        else "U hebt een afspraak. De tijd staat in de bijlage.\n"
    )
    post.queue(
        key=f"{act}:{conversation.pk}:{conversation.sequence}:{_fingerprint(address)}",
        address=address,
        account_id=account_id,
        subject=NEUTRAL,
        body=f"{body}\nMeer weten? Meld u aan op {settings.BASE_URL}/\n",
        calendar=calendar,
        calendar_method="CANCEL" if cancelled else "REQUEST",
        now=now,
    )


def tell_resident_of_report(event: ReportWritten, now: datetime) -> None:
    """A neutral mail that something can be read, when she gave an address."""
    conversation = _load(event.conversation_id)
    resident = conversation.help_request.resident
    post.queue(
        key=f"report:{conversation.pk}:{event.version}",
        address=resident.email,
        account_id=resident.account_id,
        subject="Bericht van Noaber",
        body=f"Er staat iets voor u klaar.\n\nMeld u aan op {settings.BASE_URL}/mijn/\n",
        now=now,
    )


def cancel_after_stop(event: HelpRequestStopped, now: datetime) -> None:
    """She stopped: whatever was planned is let go."""
    let_go_of_planned(help_request_id=event.help_request_id, because="de inwoner stopte", now=now)


def replan_after_postponement(event: HelpRequestPostponed, now: datetime) -> None:
    """She wants to wait: whatever was planned before that day is let go, and she is planned again after."""
    early = Conversation.objects.filter(
        help_request_id=event.help_request_id,
        state=Conversation.State.PLANNED,
        period__startswith__date__lt=event.until_on,
    )
    if not early.exists():
        return
    let_go_of_planned(
        help_request_id=event.help_request_id, because="op verzoek van de inwoner later", now=now
    )
    residents.move_on(
        help_request_id=event.help_request_id,
        phase=HelpRequest.Phase.RECEIVED,
        next_on=event.until_on,
        next_step="Wij plannen uw gesprek weer",
        now=now,
    )


def register() -> None:
    """Called once at start."""
    listen(ConversationPlanned, send_invitations)
    listen(ConversationCancelled, send_cancellations)
    listen(ReportWritten, tell_resident_of_report)
    listen(HelpRequestStopped, cancel_after_stop)
    listen(HelpRequestPostponed, replan_after_postponement)
