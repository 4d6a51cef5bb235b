"""What an organisation and the region keep of points: opening, ending, capacity, growth, documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.clock import day_of
from noaber.knowledge.support_points import characteristics, characteristics_dated, measures
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Region
from noaber.offer.directory import services as directory
from noaber.offer.directory.models import Service
from noaber.offer.directory.types_record import PlaceRecord, ServiceRecord
from noaber.offer.support_points import errors
from noaber.offer.support_points.models import (
    Capacity,
    PlanDocument,
    SelfAssessment,
    SupportPoint,
    WantedGrowth,
)
from noaber.offer.support_points.services import check_words, point_for
from noaber.offer.support_points.types import NewPoint

TERMS = {"walk_in": "walk_in", "recovery": "walk_in", "respite": "", "youth": "walk_in"}
LONGEST_ANSWER = 2000


@transaction.atomic
def open_point(*, actor: Actor, organisation_id: UUID, new: NewPoint, now: datetime) -> UUID:
    """Make a point of an entry of the own organisation, or make its entry with it."""
    if organisation_id not in actor.organisations(Role.ORGANISATION_ADMIN):
        raise gate.not_here()
    region_id = next(g.region_id for g in actor.grants if g.organisation_id == organisation_id)
    if new.service_id is not None:
        entry = Service.objects.filter(
            pk=new.service_id, region_id=region_id, organisation_id=organisation_id
        ).first()
        if entry is None:
            raise gate.not_here()
        if SupportPoint.objects.filter(service=entry).exists():
            raise errors.already_a_point()
        service_id = entry.pk
    else:
        service_id, _changed = directory.keep_record(
            region_id=region_id, record=record_of(new, organisation_id), now=now
        )
    return SupportPoint.objects.create(
        region_id=region_id,
        organisation_id=organisation_id,
        service_id=service_id,
        kind=new.kind,
        recovery_phases=sorted(new.recovery_phases),
        platform_name=new.platform_name,
        platform_url=new.platform_url,
        opened_on=new.opened_on,
        recorded_at=now,
    ).pk


def record_of(new: NewPoint, organisation_id: UUID | None) -> ServiceRecord:
    """The entry that goes with a new point: free, without a referral, this week."""
    return ServiceRecord(
        name=new.name,
        kind=Service.Kind.LIVED_EXPERIENCE if new.kind == "recovery" else Service.Kind.SOCIAL_BASIS,
        organisation_id=organisation_id,
        municipality=new.municipality,
        text=new.text,
        terms=tuple(filter(None, [TERMS.get(new.kind, "")])),
        cost="Gratis",
        phone=new.phone,
        needs_referral=False,
        starts_this_week=True,
        min_age=new.min_age,
        max_age=new.max_age,
        places=(
            PlaceRecord(
                street=new.street,
                postal_code=new.postal_code,
                city=new.city,
                municipality=new.municipality,
                latitude=new.latitude,
                longitude=new.longitude,
            ),
        ),
        schedules=new.schedules,
    )


@transaction.atomic
def keep_point(
    *,
    actor: Actor,
    point_id: UUID,
    recovery_phases: tuple[int, ...],
    platform_name: str,
    platform_url: str,
    version: int,
) -> None:
    """What stands beside the entry: whom it serves best, and the online platform."""
    point = point_for(actor, point_id, "manage", lock=True)
    if point.version != version:
        raise errors.changed_meanwhile()
    point.recovery_phases = sorted(set(recovery_phases))
    point.platform_name, point.platform_url = platform_name.strip(), platform_url.strip()
    point.version += 1
    point.save(update_fields=["recovery_phases", "platform_name", "platform_url", "version"])


@transaction.atomic
def end_point(*, actor: Actor, point_id: UUID, on: date, now: datetime) -> None:
    """It closes for good, and so does its entry; what was counted stays."""
    point = point_for(actor, point_id, "manage", lock=True)
    if on <= point.opened_on or on > day_of(now):
        raise errors.wrong_day("on", "Kies een dag na de opening, tot en met vandaag.")
    point.ended_on = on
    point.version += 1
    point.save(update_fields=["ended_on", "version"])
    entry = point.service.merged_into_id or point.service_id
    directory.end_service(service_id=entry, now=now, by=point.organisation.name)


@transaction.atomic
def keep_capacity(
    *, actor: Actor, point_id: UUID, measure: str, from_on: date, value: Decimal, now: datetime
) -> None:
    """What the point holds from a day on."""
    point = point_for(actor, point_id, lock=True)
    known = measures().get(measure)
    if known is None or point.kind not in known.kinds:
        raise errors.not_a_measure()
    if from_on > day_of(now):
        raise errors.wrong_day("from_on", "Deze dag moet nog komen.")
    Capacity.objects.update_or_create(
        point=point,
        measure=measure,
        from_on=from_on,
        defaults={"value": value, "by_name": actor.name, "recorded_at": now},
    )


def _steered(actor: Actor, region_id: UUID) -> UUID:
    gate.require_act(actor, "support_points.steer")
    if region_id not in actor.regions(Role.PROGRAMME_MANAGER):
        raise gate.not_here()
    return region_id


@transaction.atomic
def agree_growth(
    *,
    actor: Actor,
    region_id: UUID,
    measure: str,
    zero_on: date,
    wanted: Decimal,
    by_on: date,
    agreed_words: str,
    version: int,
    now: datetime,
) -> None:
    """A new version of the growth that the region wants. Whoever read an older version is told."""
    _steered(actor, region_id)
    if measure not in measures():
        raise errors.not_a_measure()
    if by_on <= zero_on:
        raise errors.wrong_day("by_on", "De einddatum moet na de nulmeting liggen.")
    check_words(agreed_words)
    Region.objects.select_for_update().get(pk=region_id)
    rows = WantedGrowth.objects.filter(region_id=region_id, measure=measure)
    if (rows.aggregate(n=Max("version"))["n"] or 0) != version:
        raise errors.changed_meanwhile()
    WantedGrowth.objects.create(
        region_id=region_id,
        measure=measure,
        version=version + 1,
        zero_on=zero_on,
        wanted=wanted,
        by_on=by_on,
        agreed_words=agreed_words.strip(),
        by_name=actor.name,
        recorded_at=now,
    )


@transaction.atomic
def keep_document(
    *,
    actor: Actor,
    region_id: UUID,
    kind: str,
    state: str,
    state_on: date,
    title: str,
    where: str,
    version: int,
    now: datetime,
) -> None:
    """Where a document of the region stands now; earlier states stay readable."""
    _steered(actor, region_id)
    if state_on > day_of(now):
        raise errors.wrong_day("state_on", "Deze dag moet nog komen.")
    partners.region(region_id)
    Region.objects.select_for_update().get(pk=region_id)
    rows = PlanDocument.objects.filter(region_id=region_id, kind=kind)
    if (rows.aggregate(n=Max("version"))["n"] or 0) != version:
        raise errors.changed_meanwhile()
    PlanDocument.objects.create(
        region_id=region_id,
        kind=kind,
        version=version + 1,
        state=state,
        state_on=state_on,
        title=title.strip(),
        where=where.strip(),
        by_name=actor.name,
        recorded_at=now,
    )


@transaction.atomic
def tell_about_ourselves(
    *,
    actor: Actor,
    point_id: UUID,
    answers: Mapping[str, Mapping[str, str]],
    with_whom: str,
    version: int,
    now: datetime,
) -> int:
    """A new version of the story along the ten characteristics; the number of that version."""
    point = point_for(actor, point_id, lock=True)
    kept = {
        one.code: told
        for one in characteristics()
        if (
            told := {
                part: words.strip() for part, words in answers.get(one.code, {}).items() if words.strip()
            }
        )
    }
    if not kept:
        raise errors.nothing_told()
    check_words(with_whom, *(words for told in kept.values() for words in told.values()))
    last = SelfAssessment.objects.filter(point=point).aggregate(n=Max("version"))["n"] or 0
    if last != version:
        raise errors.changed_meanwhile()
    SelfAssessment.objects.create(
        point=point,
        version=last + 1,
        written_on=day_of(now),
        with_whom=with_whom.strip(),
        list_dated=characteristics_dated(),
        answers=kept,
        by_name=actor.name,
        recorded_at=now,
    )
    return last + 1
