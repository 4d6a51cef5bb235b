"""What this room does when something happened: neutral invitations, and cancelled appointments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop

from noaber.hallway.outbox.registry import listen
from noaber.hallway.outbox.services import is_worth_keeping
from noaber.hallway.post import services as post
from noaber.network.residents import services as residents
from noaber.network.residents.events import HelpRequestPostponed, HelpRequestStopped
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.services import ENCLOSED, told
from noaber.pathways.conversations.events import (
    ConversationCancelled,
    ConversationPlanned,
    CorrectionAnswered,
    CorrectionProposed,
    ReportWritten,
)
from noaber.pathways.conversations.invitations import calendar_entry, sender
from noaber.pathways.conversations.models import Conversation, Correction, Participation
from noaber.pathways.conversations.services.planning import let_go_of_planned
from noaber.pathways.conversations.services.stopping import BECAUSE

NEUTRAL = gettext_noop("Afspraak")
INVITED = gettext_noop("U hebt een afspraak. Meer weten? Meld u aan op %(url)s")
CALLED_OFF = gettext_noop("Deze afspraak gaat niet door. Meer weten? Meld u aan op %(url)s")
INVITED_BY_HAND = gettext_noop("U hebt een afspraak: %(moment)s. Plaats: %(place)s.")
CALLED_OFF_BY_HAND = gettext_noop("Uw afspraak van %(moment)s gaat niet door.")
ONLINE = gettext_noop("online, met beeld")
READY_TITLE = gettext_noop("Bericht van Noaber")
READY = gettext_noop("Er staat iets voor u klaar. Meld u aan op %(url)s")
READY_BY_HAND = gettext_noop("Er staat iets voor u klaar. Bel ons of kom langs. Wij kijken er samen naar.")


def _load(conversation_id: UUID) -> Conversation:
    return Conversation.objects.select_related(
        "help_request__resident", "help_request__resident__account", "room__location"
    ).get(pk=conversation_id)


def _addresses(conversation: Conversation, *, left_at: int | None) -> Iterator[tuple[str, UUID | None]]:
    """Who sits at the table; or, with `left_at`, who left it in that version. Each leaving is told once."""
    rows = Participation.objects.filter(
        conversation=conversation,
        active=left_at is None,
        left_at=left_at,
        moment=Participation.Moment.DURING,
    ).select_related("professional__account")
    for row in rows:
        account = row.professional.account
        if account is not None and account.email:
            yield account.email, account.pk


def send_invitations(event: ConversationPlanned, now: datetime) -> None:
    """A neutral invitation for everyone at the table; those who no longer take part get a cancellation."""
    if not is_worth_keeping(now):
        return
    conversation = _load(event.conversation_id)
    if conversation.sequence != event.sequence or conversation.state != Conversation.State.PLANNED:
        return
    here = dict(_addresses(conversation, left_at=None))
    for address, account_id in here.items():
        _send(conversation, address, account_id, now=now, cancelled=False)
    for address, account_id in dict(_addresses(conversation, left_at=event.sequence)).items():
        if address not in here:
            _send(conversation, address, account_id, now=now, cancelled=True)
    _tell_her_of_appointment(conversation, now=now, cancelled=False)


def send_cancellations(event: ConversationCancelled, now: datetime) -> None:
    """Everyone who had an invitation gets its cancellation."""
    if not is_worth_keeping(now):
        return
    conversation = _load(event.conversation_id)
    for address, account_id in dict(_addresses(conversation, left_at=event.sequence)).items():
        _send(conversation, address, account_id, now=now, cancelled=True)
    _tell_her_of_appointment(conversation, now=now, cancelled=True)


def _fingerprint(address: str) -> str:
    """Tells addresses apart without holding one."""
    return salted_hmac("noaber.conversations.invitation", address, algorithm="sha256").hexdigest()[:32]


def _send(
    conversation: Conversation, address: str, account_id: UUID | None, *, now: datetime, cancelled: bool
) -> None:
    act = "cancel" if cancelled else "invite"
    words = told(CALLED_OFF if cancelled else INVITED, {"url": f"{settings.BASE_URL}/"})
    post.queue(
        key=f"{act}:{conversation.pk}:{conversation.sequence}:{_fingerprint(address)}",
        address=address,
        account_id=account_id,
        subject=told(NEUTRAL),
        body=f"{words}\n\n{told(ENCLOSED)}\n",
        calendar=calendar_entry(conversation, address, now=now, cancelled=cancelled),
        calendar_method="CANCEL" if cancelled else "REQUEST",
        now=now,
    )


def _tell_her_of_appointment(conversation: Conversation, *, now: datetime, cancelled: bool) -> None:
    """The resident hears it the way she allowed; a calendar entry goes along by mail alone."""
    resident = conversation.help_request.resident
    address = resident.email or sender()
    residents.reach(
        resident.pk,
        key=f"{'cancel' if cancelled else 'invite'}:{conversation.pk}:{conversation.sequence}:resident",
        subject=NEUTRAL,
        body=CALLED_OFF if cancelled else INVITED,
        by_hand=CALLED_OFF_BY_HAND if cancelled else INVITED_BY_HAND,
        values={
            "url": f"{settings.BASE_URL}/mijn/",
            "moment": conversation.period.lower,
            "place": conversation.room.location.address if conversation.room else ONLINE,
        },
        calendar=calendar_entry(conversation, address, now=now, cancelled=cancelled),
        calendar_method="CANCEL" if cancelled else "REQUEST",
        now=now,
    )


def tell_resident_of_report(event: ReportWritten, now: datetime) -> None:
    """A neutral message that something can be read, the way she allowed."""
    if not is_worth_keeping(now):
        return
    conversation = _load(event.conversation_id)
    residents.reach(
        conversation.help_request.resident_id,
        key=f"report:{conversation.pk}:{event.version}",
        subject=READY_TITLE,
        body=READY,
        by_hand=READY_BY_HAND,
        values={"url": f"{settings.BASE_URL}/mijn/"},
        now=now,
    )


def tell_author_of_correction(event: CorrectionProposed, now: datetime) -> None:
    """A neutral message for who wrote the report: something waits."""
    if not is_worth_keeping(now):
        return
    row = Correction.objects.select_related("conversation__report__author").get(pk=event.correction_id)
    author = row.conversation.report.author
    post.queue(
        key=f"correction:{row.pk}",
        address=author.email or "",
        account_id=author.pk,
        subject=READY_TITLE,
        body=f"Er staat iets voor u klaar. Kijk in Noaber: {settings.BASE_URL}/gesprekken/\n",
        now=now,
    )


def tell_resident_of_answer(event: CorrectionAnswered, now: datetime) -> None:
    """A neutral message that her question about the report was answered, the way she allowed."""
    if not is_worth_keeping(now):
        return
    row = Correction.objects.get(pk=event.correction_id)
    residents.reach(
        row.resident_id,
        key=f"correction-answered:{row.pk}",
        subject=READY_TITLE,
        body=READY,
        by_hand=READY_BY_HAND,
        values={"url": f"{settings.BASE_URL}/mijn/"},
        now=now,
    )


def cancel_after_stop(event: HelpRequestStopped, now: datetime) -> None:
    """She stopped: whatever was planned is let go. Heard after she took it up again, it does nothing."""
    if HelpRequest.objects.filter(pk=event.help_request_id, phase=HelpRequest.Phase.CLOSED).exists():
        let_go_of_planned(help_request_id=event.help_request_id, because=BECAUSE, now=now)


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
        next_step=gettext_noop("Wij plannen uw gesprek weer"),
        now=now,
    )


def register() -> None:
    """Called once at start."""
    listen(ConversationPlanned, send_invitations)
    listen(ConversationCancelled, send_cancellations)
    listen(ReportWritten, tell_resident_of_report)
    listen(CorrectionProposed, tell_author_of_correction)
    listen(CorrectionAnswered, tell_resident_of_answer)
    listen(HelpRequestStopped, cancel_after_stop)
    listen(HelpRequestPostponed, replan_after_postponement)
