"""Looking up the region and who works there. Nothing here is about a resident."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.frame import RegionWords
from noaber.network.partners.models import Membership, Municipality, Organisation, Professional, Region, Room

PLANNING_OFFICE = "planning_office"


def region_by_slug(slug: str) -> Region:
    """The region with this slug."""
    region = Region.objects.filter(slug=slug).first()
    if region is None:
        raise gate.not_here()
    return region


def home_region() -> Region | None:
    """The region this installation stands for: NOABER_REGION, else the first by name; None before any."""
    own_first = Case(When(slug=settings.DEFAULT_REGION, then=0), default=1)
    return Region.objects.order_by(own_first, "name").first()


def region_of_visitor(slug: str) -> Region | None:
    """The region with this slug; without one the first by name. None when no region was loaded yet."""
    return region_by_slug(slug) if slug else home_region()


def region(region_id: UUID) -> Region:
    """The region with this key."""
    found = Region.objects.filter(pk=region_id).first()
    if found is None:
        raise gate.not_here()
    return found


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


def home_of(organisation_id: UUID) -> Municipality | None:
    """The municipality in which an organisation has its door, when that is known."""
    found = Organisation.objects.select_related("municipality").filter(pk=organisation_id).first()
    return found.municipality if found else None


def planning_office(region_id: UUID) -> Organisation | None:
    """The organisation that plans conversations in this region."""
    return (
        Organisation.objects.filter(region_id=region_id, roles__contains=[PLANNING_OFFICE])
        .order_by("name")
        .first()
    )


def conversation_pool(region_id: UUID, on: date) -> QuerySet[Professional]:
    """Everyone who holds conversations on this day, with hours and certificates.

    Whoever can sign in must still have the role of guide there: an ex-employee is never proposed.
    """
    works_here = Membership.objects.filter(
        account_id=OuterRef("account_id"),
        organisation_id=OuterRef("organisation_id"),
        role=str(Role.GUIDE),
        period__contains=on,
    )
    return (
        Professional.objects.filter(organisation__region_id=region_id, holds_conversations=True)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), begins_on__lte=on)
        .filter(Q(account__isnull=True) | Exists(works_here))
        .select_related("organisation", "home")
        .prefetch_related("working_patterns", "absences", "certificates")
    )


def rooms_of(region_id: UUID) -> QuerySet[Room]:
    """Every room of the region's locations."""
    return Room.objects.filter(location__municipality__region_id=region_id).select_related(
        "location__municipality"
    )


def region_words(region_id: UUID | None, slug: str) -> RegionWords | None:
    """How a region introduces itself. Without id or slug: the region this installation stands for."""
    regions = Region.objects.only("slug", "name", "help_numbers", "settings")
    if slug:
        region = regions.filter(slug=slug).first()
    elif region_id:
        region = regions.filter(pk=region_id).first()
    else:
        region = home_region()
    if region is None:
        return None
    leave = region.settings.get("leave_link") or {}
    return RegionWords(
        slug=region.slug,
        name=region.name,
        help_numbers=tuple(region.help_numbers),
        leave_url=str(leave.get("url", "")),
    )


def works_at(account_id: UUID, organisation_id: UUID, *, on: date) -> bool:
    """Whether this account has a role at the organisation on this day."""
    return Membership.objects.filter(
        account_id=account_id, organisation_id=organisation_id, period__contains=on
    ).exists()
