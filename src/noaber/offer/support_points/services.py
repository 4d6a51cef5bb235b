"""What a host does at a support point: counting, referring warmly, beds, days that differ, what is on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from noaber.ground.traces import TraceKind, traces_in
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.clock import day_of
from noaber.offer.directory import services as directory
from noaber.offer.directory.models import Service
from noaber.offer.support_points import errors, rules
from noaber.offer.support_points.models import (
    BedNight,
    ProgrammeItem,
    SpecialDay,
    SupportPoint,
    VisitCount,
    WarmReferral,
)
from noaber.offer.support_points.types import Counted, Tap

LONGEST_SPAN_DAYS = 400
MINDED = frozenset({TraceKind.BSN, TraceKind.MAIL, TraceKind.PHONE, TraceKind.ADDRESS, TraceKind.NAME})


def point_for(actor: Actor, point_id: UUID, action: str = "work", *, lock: bool = False) -> SupportPoint:
    """The point, only for whoever may do this there."""
    found = SupportPoint.objects.select_related("organisation", "service__merged_into")
    if lock:
        found = found.select_for_update(of=("self",))
    return gate.get(actor, action, found, resource="support_point", pk=point_id)


def check_words(*texts: str) -> None:
    """Refuse words that hold somebody's number, mail, address or name."""
    if any(trace.kind in MINDED for text in texts for trace in traces_in(text)):
        raise errors.names_someone()


# --- counting -----------------------------------------------------------------------------------------


@transaction.atomic
def count(*, actor: Actor, point_id: UUID, tap: Tap, now: datetime) -> Counted:
    """Count a visit, take one back, or add a list from paper. The same key twice is one count.

    The first visit of a day confirms the entry in the directory: somebody came in, so it is there.

    Raises:
        Invalid: the day or the number cannot be right.
        Conflict: there is nothing left to take back, or the key belongs to another point.
    """
    point = point_for(actor, point_id, lock=True)
    known = VisitCount.objects.filter(once_key=tap.once_key).first()
    if known is not None:
        if known.point_id != point.pk:
            raise errors.key_used_elsewhere()
        return Counted(known.on, visits_on(point.pk, known.on), news=False)
    _check_tap(point, tap, now)
    before = visits_on(point.pk, tap.on)
    part = tap.part if tap.change > 0 else _part_to_take_from(point.pk, tap)
    VisitCount.objects.create(
        point=point, on=tap.on, part=part, change=tap.change, recorded_at=now, once_key=tap.once_key
    )
    if before == 0 and tap.change > 0:
        directory.confirm(
            service_id=point.service.merged_into_id or point.service_id,
            kind="visited",
            on=tap.on,
            by=point.organisation.name,
            reference=f"steunpunt {tap.on.isoformat()}",
            now=now,
        )
    return Counted(tap.on, before + tap.change, news=True)


def _check_tap(point: SupportPoint, tap: Tap, now: datetime) -> None:
    today = day_of(now)
    if not 1 <= abs(tap.change) <= rules.LARGEST_LIST or tap.part not in rules.PARTS:
        raise errors.no_count()
    if tap.on > today:
        raise errors.wrong_day("on", "Deze dag moet nog komen.")
    if tap.on < today - timedelta(days=rules.DAYS_BACK):
        raise errors.wrong_day("on", "Deze dag is te lang geleden om nog te tellen.")
    if tap.on < point.opened_on or (point.ended_on is not None and tap.on >= point.ended_on):
        raise errors.wrong_day("on", "Het steunpunt was op deze dag niet open.")


def _part_to_take_from(point_id: UUID, tap: Tap) -> str:
    """The part of the day that was said; for one tap else the last one before it that has one.

    A slip of the finger just before noon is taken back just after.
    """
    counted = VisitCount.objects.filter(point_id=point_id, on=tap.on).values_list("part")
    held = dict(counted.annotate(n=Sum("change")))
    order = rules.PARTS_IN_ORDER
    said = order.index(tap.part)
    for part in order[said::-1] if tap.change == -1 else order[said : said + 1]:
        if held.get(part, 0) >= -tap.change:
            return part
    raise errors.nothing_to_undo()


def visits_on(point_id: UUID, on: date) -> int:
    """The visits of one day."""
    total = VisitCount.objects.filter(point_id=point_id, on=on).aggregate(n=Sum("change"))
    return total["n"] or 0


# --- referring warmly -------------------------------------------------------------------------------------


@transaction.atomic
def refer(
    *,
    actor: Actor,
    point_id: UUID,
    how: str,
    now: datetime,
    once_key: str,
    service_id: UUID | None = None,
    elsewhere: str = "",
) -> UUID:
    """Someone was brought to other help. Who that was is not asked. The same key twice is one.

    Somebody could go there, so it also confirms the entry.
    """
    point = point_for(actor, point_id)
    known = WarmReferral.objects.filter(once_key=once_key, point=point).first()
    if known is not None:
        return known.pk
    entry = Service.objects.filter(pk=service_id, region_id=point.region_id).first() if service_id else None
    words = entry.name if entry else elsewhere.strip()
    if not words or how not in WarmReferral.How.values:
        raise errors.nowhere_to_go()
    if entry is None:
        check_words(words)
    row, fresh = WarmReferral.objects.get_or_create(
        once_key=once_key,
        point=point,
        defaults={
            "on": day_of(now),
            "service": entry,
            "to_name": words[:200],
            "how": how,
            "recorded_at": now,
        },
    )
    if fresh and entry is not None and how != WarmReferral.How.WROTE:
        directory.confirm(
            service_id=entry.merged_into_id or entry.pk,
            kind="chosen",
            on=day_of(now),
            by=point.organisation.name,
            reference=f"warm {row.pk}",
            now=now,
        )
    return row.pk


# --- beds ---------------------------------------------------------------------------------------------------


@transaction.atomic
def keep_beds(
    *, actor: Actor, point_id: UUID, night: date, beds: int, occupied: int, version: int, now: datetime
) -> None:
    """The beds of a night and how many are taken; a colleague who was first is not overwritten."""
    point = point_for(actor, point_id, lock=True)
    if point.kind != SupportPoint.Kind.RESPITE:
        raise gate.not_here()
    if abs((night - day_of(now)).days) > rules.DAYS_BACK:
        raise errors.wrong_day("night", "Kies een nacht van de laatste of de komende twee weken.")
    if not 0 <= occupied <= beds <= 60:
        raise errors.too_many_taken()
    row = BedNight.objects.filter(point=point, night=night).first()
    if (row.version if row else 0) != version:
        raise errors.changed_meanwhile()
    BedNight.objects.update_or_create(
        point=point,
        night=night,
        defaults={
            "beds": beds,
            "occupied": occupied,
            "version": version + 1,
            "by_name": actor.name,
            "recorded_at": now,
        },
    )


# --- days that differ, and what is on -----------------------------------------------------------------------


@transaction.atomic
def keep_special_day(
    *,
    actor: Actor,
    point_id: UUID,
    on: date,
    opens_at: time | None,
    closes_at: time | None,
    why: str,
    now: datetime,
) -> None:
    """Closed on a day, or other hours; said again it replaces what was said."""
    point = point_for(actor, point_id, lock=True)
    if on < day_of(now) or (on - day_of(now)).days > LONGEST_SPAN_DAYS:
        raise errors.wrong_day("on", "Kies een dag vanaf vandaag.")
    if (opens_at is None) != (closes_at is None) or (opens_at and closes_at and closes_at <= opens_at):
        raise errors.hours_wrong()
    check_words(why)
    SpecialDay.objects.update_or_create(
        point=point,
        on=on,
        defaults={
            "opens_at": opens_at,
            "closes_at": closes_at,
            "why": why.strip(),
            "by_name": actor.name,
            "recorded_at": now,
        },
    )


@transaction.atomic
def drop_special_day(*, actor: Actor, point_id: UUID, on: date) -> None:
    """This day is as every week again."""
    point = point_for(actor, point_id)
    SpecialDay.objects.filter(point=point, on=on).delete()


@transaction.atomic
def keep_item(
    *,
    actor: Actor,
    point_id: UUID,
    title: str,
    text: str,
    weekday: int | None,
    on: date | None,
    starts_at: time,
    ends_at: time,
    once_key: str,
    now: datetime,
) -> UUID:
    """Put something on the programme: every week on a weekday, or once. The same key twice is one."""
    point = point_for(actor, point_id)
    if (weekday is None) == (on is None):
        raise errors.wrong_day("on", "Kies een weekdag, of één dag.")
    if on is not None and on < day_of(now):
        raise errors.wrong_day("on", "Deze dag is al geweest.")
    if ends_at <= starts_at:
        raise errors.hours_wrong()
    check_words(title, text)
    row, _fresh = ProgrammeItem.objects.get_or_create(
        once_key=once_key,
        point=point,
        defaults={
            "title": title.strip(),
            "text": text.strip(),
            "weekday": weekday,
            "on": on,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "valid_from": day_of(now),
            "by_name": actor.name,
            "recorded_at": now,
        },
    )
    return row.pk


@transaction.atomic
def stop_item(*, actor: Actor, point_id: UUID, item_id: UUID, now: datetime) -> None:
    """It is on no more, from today; what was never on yet is gone."""
    point = point_for(actor, point_id)
    row = ProgrammeItem.objects.select_for_update().filter(pk=item_id, point=point).first()
    if row is None:
        raise gate.not_here()
    yesterday = day_of(now) - timedelta(days=1)
    if row.on is not None or row.valid_from > yesterday:
        row.delete()
    else:
        row.valid_until = yesterday
        row.save(update_fields=["valid_until"])
