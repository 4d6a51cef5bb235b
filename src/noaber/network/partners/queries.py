"""Looking up the region and who works there. Nothing here is about a resident."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from noaber.hallway.access import gate
from noaber.network.partners.models import Municipality, Organisation, Professional, Region, Room

PLANNING_OFFICE = "planning_office"


def region_by_slug(slug: str) -> Region:
    """The region with this slug."""
    region = Region.objects.filter(slug=slug).first()
    if region is None:
        raise gate.not_here()
    return region


def settings_of(region_id: UUID) -> dict[str, Any]:
    """The rules of a region, as its file says them."""
    found: dict[str, Any] | None = (
        Region.objects.filter(pk=region_id).values_list("settings", flat=True).first()
    )
    if found is None:
        raise gate.not_here()
    return found


def municipality_in(region_id: UUID, municipality_id: UUID) -> Municipality:
    """A municipality, only when it belongs to this region."""
    place = Municipality.objects.filter(pk=municipality_id, region_id=region_id).first()
    if place is None:
        raise gate.not_here()
    return place


def municipalities_of(region_id: UUID) -> list[Municipality]:
    """The municipalities of a region, by name."""
    return list(Municipality.objects.filter(region_id=region_id).order_by("name"))


def planning_office(region_id: UUID) -> Organisation | None:
    """The organisation that plans conversations in this region."""
    return (
        Organisation.objects.filter(region_id=region_id, roles__contains=[PLANNING_OFFICE])
        .order_by("name")
        .first()
    )


def conversation_pool(region_id: UUID, on: date) -> QuerySet[Professional]:
    """Everyone who holds conversations on this day, with hours and certificates."""
    return (
        Professional.objects.filter(organisation__region_id=region_id, holds_conversations=True)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), begins_on__lte=on)
        .select_related("organisation", "home")
        .prefetch_related("working_patterns", "absences", "certificates")
    )


def rooms_of(region_id: UUID) -> QuerySet[Room]:
    """Every room of the region's locations."""
    return Room.objects.filter(location__municipality__region_id=region_id).select_related(
        "location__municipality"
    )
