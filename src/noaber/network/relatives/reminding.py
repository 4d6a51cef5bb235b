"""A neutral message a day before the appointment, for a relative who asked and whom she lets."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_noop

from noaber.hallway.access import gate
from noaber.hallway.clock import day_of
from noaber.hallway.post import services as post
from noaber.network.relatives.models import Relative, SharedItem
from noaber.network.relatives.showing import read_items
from noaber.network.residents.services import told

GUARD = "relatives.reminder"
SUBJECT = gettext_noop("Bericht van Noaber")
BODY = gettext_noop("Morgen staat er iets op uw pagina. Kijk op %(url)s")
What = SharedItem.What
NEEDED = frozenset({str(What.APPOINTMENT), str(What.REMINDERS)})


def remind_all(*, now: datetime) -> int:
    """Queue a reminder for each appointment of tomorrow. Twice is still one. Returns how many."""
    count = 0
    with gate.as_system("naasten herinneren"):
        asked = Relative.objects.filter(revoked_at__isnull=True).exclude(reminder_channel="")
        for row in asked.prefetch_related("items"):
            starts = _tomorrow(row, now)
            if starts is None:
                continue
            post.queue(
                key=f"relative-reminder:{row.pk}:{starts.isoformat()}",
                address=row.reminder_address,
                subject=told(SUBJECT),
                body=told(BODY, {"url": f"{settings.BASE_URL}/naaste/"}) + "\n",
                guard=GUARD,
                guard_id=str(row.pk),
                channel=row.reminder_channel,
                now=now,
            )
            count += 1
    return count


def _tomorrow(row: Relative, now: datetime) -> datetime | None:
    living = {item.what for item in row.items.all() if item.ended_at is None}
    if not living >= NEEDED:
        return None
    shown = read_items(row.resident_id, frozenset({str(What.APPOINTMENT)}), now=now)
    starts = next((s.starts_at for s in shown if s.starts_at and not s.called_off), None)
    return starts if starts and day_of(starts) == day_of(now) + timedelta(days=1) else None


def may_remind(relative_id: str) -> bool:
    """Just before it goes: still invited, still both items, still asked for."""
    row = (
        Relative.objects.filter(pk=relative_id, revoked_at__isnull=True).exclude(reminder_channel="").first()
    )
    if row is None:
        return False
    return {i.what for i in row.items.filter(ended_at__isnull=True)} >= NEEDED


def register() -> None:
    """Called once at start."""
    post.register_guard(GUARD, may_remind)
