"""Prevention activities and campaigns: planned, held, counted and looked back on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.knowledge.neighbourhood import activity_kinds, risk_groups
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Municipality
from noaber.offer.neighbourhood import errors, rules
from noaber.offer.neighbourhood.models import Activity
from noaber.offer.neighbourhood.policies import own_areas
from noaber.offer.neighbourhood.services import check_texts, note
from noaber.offer.neighbourhood.types import NewActivity


def may_plan_in(actor: Actor) -> list[Municipality]:
    """The municipalities for which this actor may keep activities, by name."""
    found = {
        place.pk: place
        for region_id in actor.regions(Role.PROGRAMME_MANAGER)
        for place in partners.municipalities_of(region_id)
    }
    areas = own_areas(actor)
    if areas is not None:
        found |= {area.municipality_id: area.municipality for area in areas.select_related("municipality")}
    return sorted(found.values(), key=lambda place: place.name)


@transaction.atomic
def keep_activity(*, actor: Actor, new: NewActivity, activity_id: UUID | None = None, now: datetime) -> UUID:
    """Plan an activity or bring it up to date. The same `once_key` twice is one.

    Raises `Conflict` when somebody else changed it since `new.version` was read.
    """
    gate.require_act(actor, "neighbourhood.open")
    place = next((p for p in may_plan_in(actor) if p.pk == new.municipality_id), None)
    if place is None:
        raise gate.not_here()
    _check(place, new)
    if activity_id is not None:
        return _change(actor, activity_id, place, new, now)
    row, fresh = Activity.objects.get_or_create(
        once_key=new.once_key,
        region_id=place.region_id,
        defaults={**_columns(new, place), "changed_by_name": actor.name, "changed_at": now},
    )
    if fresh:
        note(actor, audit.Action.CREATE, "neighbourhood.activity.planned", "activity", row.pk, now)
    return row.pk


def _check(place: Municipality, new: NewActivity) -> None:
    if new.kind not in activity_kinds() or (new.risk_group and new.risk_group not in risk_groups()):
        raise gate.not_here()
    if new.ends_on < new.starts_on:
        raise errors.wrong_day("ends_on", "Het einde ligt voor het begin.")
    if new.evaluate_on is not None and new.evaluate_on < new.starts_on:
        raise errors.wrong_day("evaluate_on", "Terugkijken kan pas na het begin.")
    check_texts(place.region_id, {"learned": new.learned}, no_person=False, also=[new.title, new.place])


def _change(actor: Actor, activity_id: UUID, place: Municipality, new: NewActivity, now: datetime) -> UUID:
    rows = Activity.objects.select_for_update(of=("self",))
    row = gate.get(actor, "change", rows, resource="activity", pk=activity_id)
    if row.version != new.version or row.region_id != place.region_id:
        raise errors.somebody_was_first()
    for name, value in _columns(new, place).items():
        setattr(row, name, value)
    row.version += 1
    row.changed_by_name, row.changed_at = actor.name, now
    row.save()
    note(actor, audit.Action.UPDATE, "neighbourhood.activity.changed", "activity", row.pk, now)
    return row.pk


def _columns(new: NewActivity, place: Municipality) -> dict[str, object]:
    return {
        "municipality": place,
        "kind": new.kind,
        "risk_group": new.risk_group,
        "title": new.title.strip(),
        "text": new.text.strip(),
        "state": new.state,
        "starts_on": new.starts_on,
        "ends_on": new.ends_on,
        "when_words": new.when_words.strip(),
        "place": new.place.strip(),
        "organiser": new.organiser.strip(),
        "initiative": new.initiative,
        "public": new.public,
        "reach": new.reach,
        "reach_how": new.reach_how if new.reach is not None else "",
        "evaluate_on": new.evaluate_on,
        "learned": new.learned.strip(),
    }


def spans(rows: list[Activity]) -> list[rules.Span]:
    """Activities as far as overlapping goes; one that does not go on overlaps nothing."""
    return [
        rules.Span(str(row.pk), f"{row.municipality_id}:{row.risk_group}", row.starts_on, row.ends_on)
        for row in rows
        if row.risk_group and row.state != Activity.State.CANCELLED
    ]
