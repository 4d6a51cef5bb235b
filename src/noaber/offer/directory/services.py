"""Keeping the offers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from noaber.offer.directory.models import Service
from noaber.offer.directory.types import NewService


@transaction.atomic
def keep_service(*, region_id: UUID, service: NewService) -> UUID:
    """Add an offer, or bring the one with this name in this place up to date. Twice is once."""
    row, _ = Service.objects.update_or_create(  # type: ignore[misc]  # no municipality: the whole region
        region_id=region_id,
        name=service.name.strip(),
        municipality_id=service.municipality_id,
        defaults={
            "kind": service.kind,
            "description": service.text.strip(),
            "organisation_id": service.organisation_id,
            "when": service.when.strip(),
            "cost": service.cost.strip(),
            "needs_referral": service.needs_referral,
            "starts_this_week": service.starts_this_week,
            "assured_on": service.checked_on,
            "active": True,
        },
    )
    return row.pk


@transaction.atomic
def confirm_service(*, service_id: UUID, on: date) -> None:
    """Someone looked: on this day it was still true. An older look never replaces a newer one."""
    row = Service.objects.select_for_update().get(pk=service_id)
    if row.assured_on is None or row.assured_on < on:
        row.assured_on = on
        row.save(update_fields=["assured_on"])


def end_service(*, service_id: UUID) -> None:
    """It is no longer there. What residents chose earlier stays readable."""
    Service.objects.filter(pk=service_id).update(active=False)
