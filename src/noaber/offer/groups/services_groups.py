"""Making a group with its leaders, sessions and shares of costs, and keeping its entry in the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.db.models import Max

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.clock import day_of
from noaber.knowledge.calendar import dutch_holidays
from noaber.offer.directory import services as directory
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord
from noaber.offer.groups import errors, rules, seats, telling
from noaber.offer.groups.models import CostShare, Enrolment, Group, Leader, Session, SessionLeader
from noaber.offer.groups.services_enrolling import pass_on
from noaber.offer.groups.types import NewGroup, NewLeader

ENTRY_KINDS = {
    Group.Kind.TREATMENT: "ggz_multidisciplinary",
    Group.Kind.SELF_HELP: "lived_experience",
}
"""What a group is in the directory; every other one is a source of help in a group."""
FORM_TERMS = {
    Group.Kind.OPEN: "peer_group",
    Group.Kind.TRAINING: "course",
    Group.Kind.TREATMENT: "treatment_group",
    Group.Kind.VOORZORG: "peer_group",
    Group.Kind.SELF_HELP: "self_help_group",
}


def keep_group(
    *,
    region_id: UUID,
    new: NewGroup,
    by_name: str,
    once_key: str,
    group_id: UUID | None = None,
    version: int = 0,
    now: datetime,
) -> UUID:
    """Make a group, or change the one with this id; its id. The caller asked access. Twice is once.

    `version` is the one that the writer saw. An open group is an entry in the directory at once.
    """
    _check(new)
    with transaction.atomic():
        if group_id is None:
            found = Group.objects.filter(once_key=once_key).first()
            if found is not None:
                return found.pk
            row = Group(region_id=region_id, once_key=once_key)
        else:
            row = seats.lock(group_id)
            if version and row.version != version:
                raise errors.somebody_was_first()
            _check_places(row, new.max_places)
            if row.state not in Group.LIVING:
                new = replace(new, state=row.state)
            row.version += 1
        for name in (field.name for field in fields(NewGroup)):
            value = getattr(new, name)
            setattr(row, name, list(value) if isinstance(value, tuple) else value)
        row.changed_by_name, row.changed_at = by_name, now
        row.save()
        keep_entry(row, now=now)
        if group_id is not None:
            pass_on(row, now=now)
    return row.pk


def _check(new: NewGroup) -> None:
    if not new.title.strip():
        raise errors.wrong("title", "Geef de groep een naam.")
    if new.max_places < new.min_places:
        raise errors.wrong("max_places", "Het grootste aantal is kleiner dan het kleinste.")
    if new.ends_on is not None and new.ends_on < new.starts_on:
        raise errors.wrong("ends_on", "De laatste dag ligt voor de eerste.")
    timed = new.weekday is not None or (new.from_time is not None and new.until_time is not None)
    if timed and not rules.fits_in_day(new.from_time, new.until_time):
        raise errors.wrong("until_time", "Zeg van hoe laat tot hoe laat de groep bij elkaar komt.")


def _check_places(row: Group, most: int) -> None:
    """A group cannot become smaller than the places that were given."""
    with gate.as_system(seats.COUNTING):
        highest = Enrolment.objects.filter(group=row).aggregate(most=Max("seat"))["most"] or 0
    if most < highest:
        raise errors.too_small(highest)


def keep_entry(row: Group, *, now: datetime) -> None:
    """Bring the entry of the directory to what the group says: open groups are there, others are not."""
    if row.state == Group.State.PROPOSED:
        return
    if row.state in {Group.State.ENDED, Group.State.CANCELLED}:
        if row.service_id is not None:
            directory.end_service(service_id=row.service_id, now=now, by=row.organisation.name)
        return
    slug = row.municipality.slug if row.municipality_id and row.municipality else ""
    service_id, _ = directory.keep_record(
        region_id=row.region_id,
        record=ServiceRecord(
            service_id=row.service_id,
            name=entry_name(row),
            kind=ENTRY_KINDS.get(Group.Kind(row.kind), "group"),
            organisation_id=row.organisation_id,
            organisation=row.organisation.name,
            municipality=slug,
            text=row.text,
            terms=tuple(sorted({*row.terms, FORM_TERMS[Group.Kind(row.kind)]})),
            mode=row.form,
            when=when_words(row),
            cost=row.cost,
            phone=row.phone,
            languages=(row.language[:2],) if row.language else (),
            min_age=row.min_age,
            max_age=row.max_age,
            needs_referral=row.needs_referral,
            assured_on=day_of(now),
            assured_by=row.organisation.name,
            places=_place(row, slug),
        ),
        by=row.organisation.name,
        now=now,
    )
    if row.service_id != service_id:
        row.service_id = service_id
        row.save(update_fields=["service_id"])


def entry_name(row: Group) -> str:
    """The name of its entry: with its first day, so that a next series is another entry."""
    return f"{row.title} ({row.starts_on.day}-{row.starts_on.month}-{row.starts_on.year})"


def when_words(row: Group) -> str:
    """When it meets, in Dutch words for the directory."""
    if row.weekday is None or row.from_time is None or row.until_time is None:
        return ""
    day = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")[row.weekday - 1]
    every = f"elke {day}" if row.every_weeks == 1 else f"elke {row.every_weeks} weken op {day}"
    return f"{every} van {row.from_time:%H.%M} tot {row.until_time:%H.%M} uur"


def _place(row: Group, slug: str) -> tuple[PlaceRecord, ...]:
    if row.form == Group.Form.ONLINE or not (row.venue or row.city):
        return ()
    hours: tuple[ScheduleRecord, ...] = ()
    if row.weekday is not None:
        hours = (
            ScheduleRecord(
                weekdays=(row.weekday,),
                every_weeks=row.every_weeks,
                opens_at=row.from_time,
                closes_at=row.until_time,
                valid_from=row.starts_on,
                valid_until=row.ends_on,
            ),
        )
    return (
        PlaceRecord(
            name=row.venue,
            city=row.city,
            municipality=slug,
            latitude=row.latitude,
            longitude=row.longitude,
            schedules=hours,
        ),
    )


@transaction.atomic
def set_state(*, group_id: UUID, state: str, by_name: str, now: datetime) -> None:
    """Open, close, end or cancel a group. Twice is once. Who waits when it is over stays on no list."""
    row = seats.lock(group_id)
    if row.state == state:
        return
    row.state, row.changed_by_name, row.changed_at = state, by_name, now
    row.version += 1
    row.save(update_fields=["state", "changed_by_name", "changed_at", "version"])
    keep_entry(row, now=now)
    if state in {Group.State.ENDED, Group.State.CANCELLED}:
        _tell_first_called_off(row, now=now)
        _let_everyone_go(row, finished=state == Group.State.ENDED, now=now)
        _clear_ahead(row, now=now)


def _tell_first_called_off(row: Group, *, now: datetime) -> None:
    """Who takes part and has a page hears that the next session does not take place, before she is out."""
    ahead = Session.objects.filter(group=row, during__startswith__gt=now, cancelled=False).order_by("during")
    following = ahead.first()
    if following is not None:
        telling.tell_called_off(following, now=now)


def _let_everyone_go(row: Group, *, finished: bool, now: datetime) -> None:
    with gate.as_system("een groep afronden"):
        telling.tell_list_ended(row, now=now)
        for one in Enrolment.objects.filter(group=row, status__in=Enrolment.LIVING):
            done = finished and one.status == Enrolment.Status.PLACED
            seats.end(one, Enrolment.Status.FINISHED if done else Enrolment.Status.WITHDRAWN, now=now)


def _clear_ahead(row: Group, *, now: datetime) -> None:
    later = Session.objects.filter(group=row, during__startswith__gt=now, cancelled=False)
    SessionLeader.objects.filter(session__in=later).delete()
    later.update(cancelled=True, cancelled_because="De groep is gestopt.")


@transaction.atomic
def add_leader(*, group_id: UUID, new: NewLeader, now: datetime) -> UUID:
    """Somebody leads this group for an organisation from a day, with the sessions that are planned."""
    if new.until_on is not None and new.until_on <= new.from_on:
        raise errors.wrong("until_on", "De laatste dag ligt voor de eerste.")
    group = seats.lock(group_id)
    try:
        with transaction.atomic():
            row = Leader.objects.create(
                group=group,
                account_id=new.account_id,
                organisation_id=new.organisation_id,
                period=DateRange(new.from_on, new.until_on),
                hours_per_week=new.hours_per_week,
                by_first_name=new.by_first_name,
                added_at=now,
            )
    except IntegrityError as fault:
        raise errors.already_leads() from fault
    sessions = Session.objects.filter(group=group, cancelled=False, during__startswith__gte=now)
    _seat_leaders(sessions, [row])
    return row.pk


@transaction.atomic
def end_leader(*, leader_id: UUID, until_on: date, now: datetime) -> None:
    """She leads up to and not including this day; of later sessions she is no leader."""
    row = Leader.objects.select_for_update().get(pk=leader_id)
    if row.period.upper is not None and row.period.upper <= until_on:
        return
    if until_on <= row.period.lower:
        SessionLeader.objects.filter(session__group_id=row.group_id, account_id=row.account_id).delete()
        row.delete()
        return
    row.period = DateRange(row.period.lower, until_on)
    row.save(update_fields=["period"])
    SessionLeader.objects.filter(
        session__group_id=row.group_id,
        account_id=row.account_id,
        during__startswith__gte=clock.at(until_on, 0),
    ).delete()


@transaction.atomic
def plan_sessions(*, group_id: UUID, skip: Iterable[date] = (), now: datetime) -> int:
    """Plan every session of the weekly pattern that is not there yet, without holidays; how many were added.

    Sessions ahead that no longer fit the pattern are called off first: a group does not meet twice a week
    because its day was changed. Who takes part hears of the first of them.

    Raises:
        Invalid: the room is taken, or a leader would be in two places at once. Then nothing is planned.
    """
    group = seats.lock(group_id)
    if group.weekday is None or group.from_time is None or group.until_time is None:
        raise errors.wrong("weekday", "Kies eerst een dag en een tijd.")
    days = rules.days_of_pattern(
        starts_on=group.starts_on,
        ends_on=group.ends_on,
        weekday=group.weekday,
        every_weeks=group.every_weeks,
    )
    off = {*skip, *(day for year in {d.year for d in days} for day in dutch_holidays(year))}
    gone = _call_off_what_moved(group, days, now=now)
    planned = Session.objects.filter(group=group).exclude(pk__in=gone)
    there = {clock.day_of(start) for start in planned.values_list("during__startswith", flat=True)}
    fresh = [
        Session(
            group=group,
            during=DateTimeTZRange(
                clock.at(day, group.from_time.hour, group.from_time.minute),
                clock.at(day, group.until_time.hour, group.until_time.minute),
            ),
            room_id=group.room_id,
            venue=group.venue,
        )
        for day in days
        if day not in off and day not in there
    ]
    try:
        with transaction.atomic():
            Session.objects.bulk_create(fresh)
    except IntegrityError as fault:
        raise errors.twice_at_once("room", "De ruimte is op een van deze momenten bezet.") from fault
    _seat_leaders(fresh, Leader.objects.filter(group=group))
    return len(fresh)


def _call_off_what_moved(group: Group, days: Iterable[date], *, now: datetime) -> list[UUID]:
    """Call off the sessions from tomorrow on that no longer fit the day and the hour; which they were.

    What is planned for today stays: people are on their way.
    """
    assert group.from_time is not None  # noqa: S101  # asked of the group before this
    assert group.until_time is not None  # noqa: S101  # likewise
    starts, ends = group.from_time, group.until_time
    tomorrow = clock.day_of(now) + timedelta(days=1)
    fits = {
        (clock.at(day, starts.hour, starts.minute), clock.at(day, ends.hour, ends.minute)) for day in days
    }
    ahead = Session.objects.filter(
        group=group, cancelled=False, held_at__isnull=True, during__startswith__gte=clock.at(tomorrow, 0)
    )
    moved = [row for row in ahead.order_by("during") if (row.during.lower, row.during.upper) not in fits]
    for row in moved:
        cancel_session(session_id=row.pk, because="De dag of de tijd van de groep is veranderd.", now=now)
    if moved:
        telling.tell_called_off(moved[0], now=now)
    return [row.pk for row in moved]


def _seat_leaders(sessions: Iterable[Session], leaders: Iterable[Leader]) -> None:
    """Each of these leaders leads those sessions that lie in her period."""
    known = list(leaders)
    rows = [
        SessionLeader(
            session=session,
            account_id=leader.account_id,
            organisation_id=leader.organisation_id,
            during=session.during,
        )
        for session in sessions
        for leader in known
        if _leads_on(leader, day_of(session.during.lower))
    ]
    try:
        with transaction.atomic():
            SessionLeader.objects.bulk_create(rows)
    except IntegrityError as fault:
        raise errors.twice_at_once(
            "account_id", "Iemand begeleidt op een van deze momenten al een andere groep."
        ) from fault


def _leads_on(leader: Leader, day: date) -> bool:
    until = leader.period.upper
    return bool(leader.period.lower <= day) and (until is None or day < until)


@transaction.atomic
def cancel_session(*, session_id: UUID, because: str, now: datetime) -> Session:
    """A session does not take place. Its room and its leaders are free. Twice is once."""
    row = Session.objects.select_for_update().get(pk=session_id)
    if not row.cancelled and row.held_at is None:
        SessionLeader.objects.filter(session=row).delete()
        row.cancelled, row.cancelled_because = True, because.strip()[:200]
        row.save(update_fields=["cancelled", "cancelled_because"])
    return row


@transaction.atomic
def share_costs(*, group_id: UUID, shares: Mapping[UUID, Decimal], now: datetime) -> None:
    """Agree which part of the costs each organisation bears, in percent; together a hundred."""
    group = seats.lock(group_id)
    kept = {who: part for who, part in shares.items() if part > 0}
    if kept and sum(kept.values(), Decimal(0)) != Decimal(100):
        raise errors.wrong("percent", "De delen zijn samen geen 100 procent.")
    CostShare.objects.filter(group=group).delete()
    CostShare.objects.bulk_create(
        CostShare(group=group, organisation_id=who, percent=part) for who, part in kept.items()
    )
