"""What those who take part in a group hear from us: neutral words, and never which group it is."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop

from noaber.hallway.access import gate
from noaber.network.residents import services as residents
from noaber.offer.groups.models import Enrolment, Group, Session

Status = Enrolment.Status
OFFER_GUARD = "groups.offer"
ENDED = gettext_noop("Iets waarop u wachtte, gaat niet door. Kijk op uw eigen pagina wat er nog wel kan.")
ENDED_BY_HAND = gettext_noop("Iets waarop u wachtte, gaat niet door. Bel ons, dan zoeken wij iets anders.")
OFF = gettext_noop("Uw afspraak van %(when)s gaat niet door. Kijk op uw eigen pagina wanneer de volgende is.")


def tell_offer(row: Enrolment, *, now: datetime) -> None:
    """Tell her that a place is hers until a moment; who has no page is rung by the leaders."""
    if row.resident_id is None:
        return
    residents.reach(
        row.resident_id,
        key=f"groups.offer:{row.pk}:{row.offered_at:%Y%m%d%H%M}" if row.offered_at else f"groups:{row.pk}",
        subject="Er is een plek voor u",
        body="Er is een plek voor u vrij. Laat voor %(until)s weten of u komt. Kijk op uw eigen pagina.",
        by_hand="Er is een plek voor u vrij. Bel ons voor %(until)s als u wilt komen.",
        values={"until": row.offer_until},
        guard=OFFER_GUARD,
        guard_id=str(row.pk),
        now=now,
    )


def tell_called_off(session: Session, *, now: datetime) -> int:
    """Tell everyone with a place and a page that a session does not take place; how many were told.

    Who has no page is rung by the leaders. The message says when, and nothing of what.
    """
    if session.during.lower <= now:
        return 0
    told = 0
    with gate.as_system("afzeggen van een bijeenkomst melden"):
        placed = Enrolment.objects.filter(
            group_id=session.group_id, status=Status.PLACED, resident__isnull=False
        )
        for row in placed.order_by("pk"):
            if row.resident_id is None:
                continue
            channel = residents.reach(
                row.resident_id,
                key=f"groups.called_off:{session.pk}:{row.pk}",
                subject="Uw afspraak gaat niet door",
                body=OFF,
                by_hand="Uw afspraak van %(when)s gaat niet door.",
                values={"when": session.during.lower},
                now=now,
            )
            told += bool(channel)
    return told


def tell_list_ended(group: Group, *, now: datetime) -> int:
    """Tell everyone with a page who waits or was offered a place that there is none; how many were told."""
    told = 0
    waiting = Enrolment.objects.filter(
        group=group, status__in=(Status.WAITING, Status.OFFERED), resident__isnull=False
    )
    for row in waiting.order_by("pk"):
        if row.resident_id is None:
            continue
        channel = residents.reach(
            row.resident_id,
            key=f"groups.list_ended:{row.pk}",
            subject="Bericht van Noaber",
            body=ENDED,
            by_hand=ENDED_BY_HAND,
            now=now,
        )
        told += bool(channel)
    return told


def offer_still_stands(enrolment_id: str) -> bool:
    """Whether a message about this offer may still go."""
    with gate.as_system("kijken of een aanbod nog geldt"):
        return Enrolment.objects.filter(pk=enrolment_id, status=Status.OFFERED).exists()
