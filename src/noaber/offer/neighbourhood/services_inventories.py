"""Inventories: what was found on a day, by whom, and what will be done about it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.knowledge.neighbourhood import ACCESS, inventories
from noaber.offer.neighbourhood import errors
from noaber.offer.neighbourhood.models import Inventory
from noaber.offer.neighbourhood.services import area_for, check_texts, keep_follow_up, note
from noaber.offer.neighbourhood.types import NewFollowUp, NewInventory


@transaction.atomic
def record_inventory(*, actor: Actor, area_id: UUID, new: NewInventory, now: datetime) -> UUID:
    """Keep an inventory, with a first follow-up when one was agreed. The same `once_key` twice is one.

    Raises `Invalid` when nothing was answered, a day cannot be right, or a text names somebody.
    """
    area = area_for(actor, area_id, "work")
    table = inventories().get(new.kind)
    if table is None:
        raise gate.not_here()
    answers = {
        q.code: new.answers[q.code] for q in table.questions if new.answers.get(q.code) in table.answers
    }
    notes = {q.code: new.notes[q.code].strip() for q in table.questions if new.notes.get(q.code, "").strip()}
    if not (new.narrative.strip() or any(answer != "unknown" for answer in answers.values())):
        raise errors.nothing_answered()
    if new.held_on > day_of(now):
        raise errors.wrong_day("held_on", "Deze dag moet nog komen.")
    texts = {"narrative": new.narrative, "spoke_with": new.spoke_with, "action": new.action}
    texts |= {f"note_{code}": words for code, words in notes.items()}
    place = new.place.strip() if new.kind == ACCESS else ""
    check_texts(area.region_id, texts, no_person=new.no_person, also=[place] if place else [])
    row, fresh = Inventory.objects.get_or_create(
        once_key=new.once_key,
        area=area,
        defaults={
            "kind": new.kind,
            "place": place,
            "held_on": new.held_on,
            "by_id": actor.account_id,
            "by_name": actor.name,
            "spoke_with": new.spoke_with.strip(),
            "list_dated": date.fromisoformat(table.dated),
            "answers": answers,
            "notes": notes,
            "narrative": new.narrative.strip(),
            "recorded_at": now,
        },
    )
    if fresh:
        if new.action.strip():
            first = NewFollowUp(
                words=new.action,
                owner=new.action_owner or actor.name,
                due_on=new.action_due or day_of(now),
                once_key=f"inventory:{row.pk}",
                no_person=new.no_person,
            )
            keep_follow_up(area, first, inventory_id=row.pk, signal_id=None, now=now)
        note(actor, audit.Action.CREATE, "neighbourhood.inventory.made", "inventory", row.pk, now)
    return row.pk
