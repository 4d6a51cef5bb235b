"""What anyone may see of groups: the catalogue, one group, and what starts this week. No person is in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from noaber.hallway.access import gate
from noaber.hallway.clock import day_of
from noaber.offer.directory.hooks import Sought, Starting
from noaber.offer.groups import seats, words
from noaber.offer.groups.models import Group, Leader, Session
from noaber.offer.groups.types import GroupCard, Places, Standing

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in the catalogue; empty is everything. `municipality` is a slug."""

    municipality: str = ""
    kind: str = ""
    without_referral: bool = False
    with_place: bool = False
    online: bool = False


def rows() -> QuerySet[Group]:
    """Groups with what a card needs."""
    return Group.objects.select_related("organisation", "municipality")


def catalogue(region_id: UUID, wanted: Wanted, *, now: datetime) -> list[GroupCard]:
    """The groups that take people, those with a place first, then by when they next meet."""
    found = rows().filter(region_id=region_id, state=Group.State.OPEN)
    if wanted.municipality:
        here = found.filter(municipality__slug=wanted.municipality)
        found = here | found.filter(municipality__isnull=True) | found.filter(form=Group.Form.ONLINE)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.without_referral:
        found = found.filter(needs_referral=False)
    if wanted.online:
        found = found.exclude(form=Group.Form.LIVE)
    listed = [card for card in cards(found, now=now) if _takes(card, now)]
    if wanted.with_place:
        listed = [card for card in listed if card.places.open_to_new]
    return sorted(listed, key=lambda c: (not c.places.open_to_new, c.next_at or _far(now), c.title))


def _far(now: datetime) -> datetime:
    return now + timedelta(days=3650)


def _takes(card: GroupCard, now: datetime) -> bool:
    return card.takes_people and (card.join_while_running or card.starts_on > day_of(now))


def cards(groups: QuerySet[Group] | Iterable[Group], *, now: datetime) -> list[GroupCard]:
    """These groups as anybody may see them."""
    listed = list(groups)
    ids = [group.pk for group in listed]
    places = seats.places_of(listed)
    upcoming: dict[UUID, datetime] = {}
    sessions = Session.objects.filter(group_id__in=ids, cancelled=False, during__endswith__gt=now)
    for group_id, starts in sessions.order_by("-during").values_list("group_id", "during__startswith"):
        upcoming[group_id] = starts
    leading: dict[UUID, list[str]] = {}
    today = day_of(now)
    seen = Leader.objects.filter(group_id__in=ids, period__contains=today)
    for group_id, name in seen.order_by("organisation__name").values_list("group_id", "organisation__name"):
        if name not in leading.setdefault(group_id, []):
            leading[group_id].append(name)
    return [
        _card(
            group,
            next_at=upcoming.get(group.pk),
            organisations=tuple(leading.get(group.pk, ())) or (group.organisation.name,),
            standing=seats.standing_of(group, places[group.pk], now=now),
            places=places[group.pk],
        )
        for group in listed
    ]


def _card(
    group: Group,
    *,
    next_at: datetime | None,
    organisations: tuple[str, ...],
    standing: Standing,
    places: Places,
) -> GroupCard:
    place = group.municipality
    return GroupCard(
        id=group.pk,
        title=group.title,
        kind=group.kind,
        kind_label=str(words.KINDS[Group.Kind(group.kind)]),
        domain=group.domain,
        standing=standing,
        municipality=place.name if place else "",
        municipality_slug=place.slug if place else "",
        city=group.city,
        venue=group.venue,
        organisation=group.organisation.name,
        organisations=organisations,
        phone=group.phone or group.organisation.phone,
        starts_on=group.starts_on,
        ends_on=group.ends_on,
        weekday=group.weekday,
        from_time=group.from_time,
        until_time=group.until_time,
        every_weeks=group.every_weeks,
        next_at=next_at,
        form=group.form,
        form_label=str(words.FORMS[Group.Form(group.form)]),
        cost=group.cost,
        language=group.language,
        needs_referral=group.needs_referral,
        join_while_running=group.join_while_running,
        text=group.text,
        suits=group.suits,
        waits_for=group.waits_for,
        terms=tuple(group.terms),
        places=places,
        min_age=group.min_age,
        max_age=group.max_age,
        latitude=group.latitude if group.latitude is not None else (place.latitude if place else None),
        longitude=group.longitude if group.longitude is not None else (place.longitude if place else None),
        service_id=group.service_id,
    )


def group_card(group_id: UUID, *, now: datetime) -> GroupCard:
    """One group, for anyone; one that is only proposed is not there yet."""
    found = rows().filter(pk=group_id).exclude(state=Group.State.PROPOSED)
    listed = cards(found, now=now)
    if not listed:
        raise gate.not_here()
    return listed[0]


def leader_names(group_id: UUID, *, now: datetime) -> list[str]:
    """First names of the leaders who agreed that they stand on the page."""
    seen = Leader.objects.filter(group_id=group_id, by_first_name=True, period__contains=day_of(now))
    names = seen.order_by("added_at", "pk").values_list("account__name", flat=True)
    return [name.split()[0] for name in names if name]


def upcoming(group_id: UUID, *, now: datetime, limit: int = 6) -> list[tuple[datetime, datetime]]:
    """When it meets next."""
    found = Session.objects.filter(group_id=group_id, cancelled=False, during__endswith__gt=now)
    return [(row.during.lower, row.during.upper) for row in found.order_by("during")[:limit]]


def starting(sought: Sought, now: datetime) -> tuple[Starting, ...]:
    """Groups with a free place that meet within seven days."""
    found = rows().filter(region_id=sought.region_id, state=Group.State.OPEN)
    if sought.municipality:
        here = found.filter(municipality__slug=sought.municipality)
        found = here | found.filter(municipality__isnull=True)
    if sought.terms:
        found = found.filter(terms__overlap=list(sought.terms))
    return tuple(
        Starting(
            name=card.title,
            kind="groep",
            address=f"/groepen/{card.id}/",
            municipality="" if card.form == Group.Form.ONLINE else card.municipality_slug,
            place=card.venue or card.city,
            latitude=card.latitude,
            longitude=card.longitude,
            when=card.next_at,
            free_places=card.places.open_to_new,
            needs_referral=card.needs_referral,
            min_age=card.min_age,
            max_age=card.max_age,
            terms=card.terms,
            service_id=card.service_id,
        )
        for card in cards(found, now=now)
        if card.next_at is not None
        and card.next_at <= now + WEEK
        and card.places.open_to_new
        and _takes(card, now)
    )
