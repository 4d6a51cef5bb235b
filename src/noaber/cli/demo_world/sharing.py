"""What people in the demo share and refuse: a shared report, one that was taken back, and an objection."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from noaber.cli.demo_world.history import Historian
from noaber.hallway import clock
from noaber.network.consents import services as consents
from noaber.network.consents.types import NewConsent
from noaber.network.partners.models import Organisation
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations import services as conversations
from noaber.pathways.conversations.models import Conversation, Report

FEW = 6
"""How many residents of the past share their report with an organisation of the cast."""


def fill(past: Historian, today: date) -> int:
    """Let a few people of the past decide, through the real services. Returns how many consents there are."""
    organisations = _with_someone_of_the_cast(past)
    if not organisations:
        return 0
    given = 0
    rows = Report.objects.filter(
        conversation__region=past.staff.region,
        resident_agreed_at__isnull=False,
        written_at__gte=clock.at(today - timedelta(days=60), 0),
    ).select_related("conversation__help_request")
    for number, report in enumerate(rows.order_by("-written_at", "pk")[:FEW]):
        organisation = organisations[number % len(organisations)]
        at = report.resident_agreed_at or report.written_at
        _decide(past, report.conversation, organisation, at, number)
        given += 1
    return given


def _with_someone_of_the_cast(past: Historian) -> list[Organisation]:
    wanted = [past.staff.cast[key].pk for key in ("sanne", "bram", "henk") if key in past.staff.cast]
    mine = {p.organisation_id: p.organisation for p in past.staff.pool if p.account_id in wanted}
    return sorted(mine.values(), key=lambda organisation: organisation.name)


def _decide(
    past: Historian, conversation: Conversation, organisation: Organisation, at: datetime, number: int
) -> None:
    thread: HelpRequest = conversation.help_request
    her = past.resident(thread.pk)
    report = conversations.read_report(actor=her, conversation_id=conversation.pk, now=at)
    new = NewConsent(
        what="report",
        object_id=conversation.pk,
        version=report.version,
        organisation_id=organisation.pk,
        purpose=("help", "consult", "inform")[number % 3],
        until=at + timedelta(days=90) if number % 2 else None,
    )
    consent = consents.give(actor=her, consent=new, now=at + timedelta(hours=1))
    if number % 3 == 0:
        conversations.state(
            actor=her,
            conversation_id=conversation.pk,
            words="Ik wil erbij zeggen dat het thuis nu rustiger is. Bel mij liever niet op mijn werk.",
            now=at + timedelta(hours=2),
        )
    if number == FEW - 1:
        consents.end(actor=her, consent_id=consent, now=at + timedelta(hours=5))
    if number == FEW - 2:
        consents.object_to(
            actor=her, what="report", organisation_id=organisation.pk, now=at + timedelta(hours=6)
        )
