"""Looking up what one can go to. Nothing here is about a person, so nothing is logged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from noaber.hallway.access import gate
from noaber.network.partners import queries as partners
from noaber.offer.directory import checking, keeping, rules
from noaber.offer.directory.hooks import PagePart as PagePart
from noaber.offer.directory.hooks import Sought as Sought
from noaber.offer.directory.hooks import register_beside as register_beside
from noaber.offer.directory.models import Revision, Service
from noaber.offer.directory.types import OfferCard, Place, Search
from noaber.offer.directory.types_record import ServiceRecord
from noaber.offer.directory.upkeep import weighing
from noaber.offer.directory.upkeep.rules_fresh import Freshness

THERE = (Service.Status.ACTIVE, Service.Status.CLOSED)
"""Temporarily closed is shown, with that word."""


def _living(region_id: UUID) -> QuerySet[Service]:
    return Service.objects.filter(region_id=region_id, status__in=THERE).select_related(
        "municipality", "organisation"
    )


def _card(row: Service) -> OfferCard:
    return OfferCard(
        service_id=row.pk,
        name=row.name,
        text=row.description,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        organisation=row.organisation.name if row.organisation else row.provider_name,
        municipality=row.municipality.name if row.municipality else "",
        when=row.when,
        cost=row.cost,
        needs_referral=row.needs_referral,
        this_week=row.starts_this_week and not row.needs_referral,
        checked_on=row.assured_on,
    )


def _nearest_first(rows: list[Service], municipality_id: UUID | None = None) -> list[Service]:
    """What is in her own municipality before what is anywhere, lighter kinds before heavier, then by name."""

    def order(row: Service) -> tuple[bool, bool, int, str]:
        elsewhere = municipality_id is not None and row.municipality_id != municipality_id
        return (
            not (row.starts_this_week and not row.needs_referral),
            elsewhere,
            rules.nearness(row.kind),
            row.name.casefold(),
        )

    return sorted(rows, key=order)


def this_week(region_id: UUID, municipality_id: UUID | None, *, limit: int = 3) -> list[OfferCard]:
    """What can start this week without a referral: in this municipality, or anywhere in the region."""
    rows = _living(region_id).filter(starts_this_week=True, needs_referral=False)
    here = Q(municipality__isnull=True)
    if municipality_id is not None:
        here |= Q(municipality_id=municipality_id)
    return [_card(row) for row in _nearest_first(list(rows.filter(here)), municipality_id)[:limit]]


def search(region_id: UUID, wanted: Search) -> list[OfferCard]:
    """What fits the search: what can start this week first, then the nearest kinds.

    Each word must stand in the name, the text, the kind, the place or the organisation. An offer for the
    whole region is also an offer in each municipality.
    """
    rows = _living(region_id)
    if wanted.municipality:
        rows = rows.filter(Q(municipality__slug=wanted.municipality) | Q(municipality__isnull=True))
    if wanted.this_week:
        rows = rows.filter(starts_this_week=True, needs_referral=False)
    words = rules.words_in(wanted.text)
    found = [row for row in rows if rules.matches(words, _words_of(row))]
    return [_card(row) for row in _nearest_first(found)]


def _words_of(row: Service) -> str:
    place = row.municipality.name if row.municipality else ""
    who = row.organisation.name if row.organisation else row.provider_name
    return f"{row.name} {row.description} {row.get_kind_display()} {place} {who} {row.when}"


def did_you_mean(region_id: UUID, text: str) -> str:
    """The nearest words that do occur, for a search that found nothing."""
    names = Service.objects.filter(region_id=region_id, status__in=THERE)
    lines = [f"{name} {about}" for name, about in names.values_list("name", "description")]
    return rules.meant(text, lines)


def one(region_id: UUID, service_id: UUID) -> OfferCard:
    """One living offer of this region."""
    row = _living(region_id).filter(pk=stays(service_id)).first()
    if row is None:
        raise gate.not_here()
    return _card(row)


def stays(service_id: UUID) -> UUID:
    """The entry that stayed, when this one was merged into another."""
    went = Service.objects.filter(pk=service_id).values_list("merged_into_id", flat=True).first()
    return went or service_id


def record(region_id: UUID, service_id: UUID, *, living: bool = True) -> ServiceRecord:
    """One whole entry of this region; also one that ended, when `living` is False."""
    rows = keeping.whole().filter(region_id=region_id, pk=stays(service_id) if living else service_id)
    row = (rows.filter(status__in=THERE) if living else rows).first()
    if row is None:
        raise gate.not_here()
    return keeping.as_record(row)


def records(
    region_id: UUID,
    *,
    service_ids: Iterable[UUID] | None = None,
    source: str | None = None,
    modified_since: datetime | None = None,
    since_revision: int | None = None,
    living: bool = True,
) -> Iterator[ServiceRecord]:
    """Whole entries of a region in the order of their id, 500 at a time; the filters narrow each other."""
    rows = keeping.whole().filter(region_id=region_id).order_by("pk")
    if living:
        rows = rows.filter(status__in=THERE)
    if service_ids is not None:
        rows = rows.filter(pk__in=list(service_ids))
    if source is not None:
        rows = rows.filter(source=source)
    if modified_since is not None:
        rows = rows.filter(last_modified_at__gte=modified_since)
    if since_revision is not None:
        rows = rows.filter(revision__gt=since_revision)
    return (keeping.as_record(row) for row in rows.iterator(chunk_size=500))


def freshness(region_id: UUID, service_ids: Iterable[UUID], *, today: date) -> dict[UUID, Freshness]:
    """How fresh these entries of a region are today, and the days on which they will be ageing and stale."""
    rows = Service.objects.filter(region_id=region_id, pk__in=list(service_ids))
    return weighing.of_rows(rows, today=today)


def faults(entry: ServiceRecord) -> dict[str, str]:
    """What could not be kept of this entry, per field with its reason; empty when all is well."""
    return checking.check(entry)


def tracked_of(entry: ServiceRecord) -> dict[str, Any]:
    """The fields of an entry whose origin is kept, without ids that the database gives itself; to compare."""
    return keeping.tracked_of(entry)


def revision(region_id: UUID) -> int:
    """The number of the latest change in this region that is committed; 0 when nothing was written."""
    return Revision.objects.filter(region_id=region_id).values_list("number", flat=True).first() or 0


def some(region_id: UUID, service_ids: Iterable[UUID]) -> dict[UUID, OfferCard]:
    """These offers of a region by their key; what ended is left out."""
    return {row.pk: _card(row) for row in _living(region_id).filter(pk__in=list(service_ids))}


def places(region_id: UUID) -> list[Place]:
    """The municipalities of a region, to choose from."""
    return [Place(row.slug, row.name) for row in partners.municipalities_of(region_id)]
