"""Her relatives for herself, and what one relative may see now."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.network.relatives import rules
from noaber.network.relatives.models import Relative, SharedItem
from noaber.network.relatives.showing import read_items
from noaber.network.relatives.types import Addressee, Glimpse, RelativeCard

What = SharedItem.What


def own_relatives(actor: Actor, *, now: datetime) -> tuple[RelativeCard, ...]:
    """The people she invited and did not send away, oldest first; for herself."""
    rows = Relative.objects.filter(revoked_at__isnull=True).prefetch_related("items").order_by("invited_at")
    found = [_card(row, now) for row in gate.visible(actor, "manage", rows, resource="relative")]
    if found and actor.resident_id is not None:
        audit.record(
            actor=actor,
            action=audit.Action.READ,
            event_type="relative.list",
            resident_id=actor.resident_id,
            object_kind="relative",
            part="uw naasten",
            purpose="om uw eigen naasten te zien",
            basis="eigen gegevens",
            now=now,
        )
    return tuple(found)


def own_relative(actor: Actor, relative_id: UUID, *, now: datetime) -> RelativeCard:
    """One of them."""
    rows = Relative.objects.filter(revoked_at__isnull=True).prefetch_related("items")
    row = gate.get(actor, "manage", rows, resource="relative", pk=relative_id)
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="relative.read",
        resident_id=row.resident_id,
        object_kind="relative",
        object_id=row.pk,
        part="uw naasten",
        purpose="om uw eigen naasten te zien",
        basis="eigen gegevens",
        now=now,
    )
    return _card(row, now)


def _card(row: Relative, now: datetime) -> RelativeCard:
    return RelativeCard(
        id=row.pk,
        name=row.name,
        channel=row.channel,
        address=row.address,
        items=frozenset(item.what for item in row.items.all() if item.ended_at is None),
        comes_along=row.comes_along,
        name_may_be_told=row.name_may_be_told,
        invited_at=row.invited_at,
        expires_at=row.expires_at,
        entered_at=row.entered_at,
        seen_at=row.seen_at,
        rests=row.failures >= rules.REST_AFTER,
        expired=row.expires_at <= now,
    )


def glimpse(actor: Actor, *, now: datetime) -> Glimpse:
    """What this relative may see at this moment. With nothing shared, nothing of hers is read or logged."""
    if actor.relative_id is None:
        raise gate.not_here()
    rows = Relative.objects.prefetch_related("items")
    row = gate.get(actor, "look", rows, resource="relative", pk=actor.relative_id)
    items = frozenset(item.what for item in row.items.all() if item.ended_at is None)
    with gate.as_system("tonen wat zij met haar naaste deelt"):
        shown = read_items(row.resident_id, items, now=now)
        Relative.objects.filter(pk=row.pk).update(seen_at=now)
    if shown:
        audit.record(
            actor=actor,
            action=audit.Action.READ,
            event_type="relative.look",
            resident_id=row.resident_id,
            object_kind="relative",
            object_id=row.pk,
            part="wat u met uw naaste deelt",
            purpose="om te zien wat u deelt",
            basis="uw uitnodiging",
            now=now,
        )
    return Glimpse(
        shown=shown,
        may_be_reminded={What.REMINDERS, What.APPOINTMENT} <= items,
        reminder_channel=row.reminder_channel,
        reminder_address=row.reminder_address,
    )


def company_of(resident_id: UUID) -> tuple[str, ...] | None:
    """Who comes along to her conversation: names she lets be told, '' for others; None when nobody does.

    For pages about a conversation that were already allowed and logged.
    """
    with gate.as_system("wie zij meeneemt naar het gesprek"):
        rows = list(
            Relative.objects.filter(resident_id=resident_id, revoked_at__isnull=True, comes_along=True)
        )
    return tuple(row.name if row.name_may_be_told else "" for row in rows) or None


def to_ask_afterwards(resident_id: UUID) -> tuple[Addressee, ...]:
    """The relatives who came along, came in by their link and can be reached; for the three questions.

    Runs as the house itself. It tells nothing of her: only that something can be answered.
    """
    rows = Relative.objects.filter(
        resident_id=resident_id, revoked_at__isnull=True, comes_along=True, entered_at__isnull=False
    ).exclude(channel=Relative.Channel.PAPER)
    return tuple(
        Addressee(id=row.pk, channel=row.channel, address=row.address)
        for row in rows.order_by("invited_at", "pk")
        if row.address
    )
