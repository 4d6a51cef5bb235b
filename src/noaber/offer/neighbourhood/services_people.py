"""Key persons: on the list with their own yes, and off it at once."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from noaber.ground.identifiers import contains_bsn
from noaber.ground.traces import Trace, TraceKind
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.outbox.services import publish
from noaber.offer.neighbourhood import errors, rules
from noaber.offer.neighbourhood.events import KeyPersonWithdrew
from noaber.offer.neighbourhood.models import KeyPerson
from noaber.offer.neighbourhood.services import area_for, note
from noaber.offer.neighbourhood.types import ConsentItem, NewKeyPerson


@transaction.atomic
def add_key_person(*, actor: Actor, area_id: UUID, new: NewKeyPerson, now: datetime) -> UUID:
    """Put someone on the list of an area with what she agreed to. The same `once_key` twice is once."""
    area = area_for(actor, area_id, "work")
    _check(new, day_of(now))
    row, fresh = KeyPerson.objects.get_or_create(
        once_key=new.once_key,
        area=area,
        defaults={
            "name": new.name.strip(),
            "knows": new.knows.strip(),
            "reach": new.reach.strip(),
            "formal": new.formal,
            "consent_items": sorted(set(new.items)),
            "consent_said": new.said,
            "consent_on": new.consent_on,
            "consent_until": rules.consent_until(new.consent_on, new.consent_until),
            "recorded_by_id": actor.account_id,
            "recorded_by_name": actor.name,
            "recorded_at": now,
        },
    )
    if fresh:
        note(actor, audit.Action.CREATE, "neighbourhood.key_person.added", "key_person", row.pk, now)
    return row.pk


def _check(new: NewKeyPerson, today: date) -> None:
    if str(ConsentItem.TEAM) not in new.items or not set(new.items) <= {str(item) for item in ConsentItem}:
        raise errors.no_consent()
    if new.reach.strip() and str(ConsentItem.REACH) not in new.items:
        raise errors.reach_without_consent()
    if new.consent_on > today:
        raise errors.wrong_day("consent_on", "Deze dag moet nog komen.")
    if new.consent_until is not None and new.consent_until <= today:
        raise errors.wrong_day("consent_until", "Kies een dag die nog komt.")
    if rules.consent_until(new.consent_on, new.consent_until) <= today:
        raise errors.wrong_day("consent_on", "Dit ja is ouder dan twee jaar. Vraag het opnieuw.")
    texts = {"name": new.name, "knows": new.knows, "reach": new.reach}
    if wrong := {n: (Trace(TraceKind.BSN, ""),) for n, text in texts.items() if contains_bsn(text)}:
        raise errors.text_names_someone(wrong)


@transaction.atomic
def withdraw_key_person(*, actor: Actor, key_person_id: UUID, now: datetime) -> UUID:
    """She stops. From this instant nothing of her is kept: no name, no number, no words. Twice is once.

    Returns the area.
    """
    with gate.as_system("een sleutelpersoon van de lijst halen"):
        rows = KeyPerson.objects.select_for_update(of=("self",))
        row = gate.get(actor, "end", rows, resource="key_person", pk=key_person_id)
        if row.ended_at is None:
            _empty(row, now)
            note(actor, audit.Action.DELETE, "neighbourhood.key_person.withdrew", "key_person", row.pk, now)
    return row.area_id


def _empty(row: KeyPerson, now: datetime) -> None:
    row.name, row.knows, row.reach, row.ended_at = "", "", "", now
    row.save(update_fields=["name", "knows", "reach", "ended_at"])
    publish(KeyPersonWithdrew(key_person_id=row.pk, area_id=row.area_id), now=now)


def empty_what_ended(*, now: datetime) -> int:
    """Empty those whose consent is over; pages left them out since the day itself. Returns how many."""
    with transaction.atomic(), gate.as_system("sleutelpersonen vergeten van wie de toestemming voorbij is"):
        over = KeyPerson.objects.select_for_update().filter(
            ended_at__isnull=True, consent_until__lt=day_of(now)
        )
        rows = list(over)
        for row in rows:
            _empty(row, now)
    return len(rows)
