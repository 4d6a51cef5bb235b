"""Which entries of an organisation are no support point yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from noaber.offer.directory.models import Service


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may become a point."""

    service_id: UUID
    organisation_id: UUID
    name: str


def entries_without_point(organisation_ids: Iterable[UUID]) -> list[Candidate]:
    """The living entries of these organisations that are no point, by name."""
    found = Service.objects.filter(
        organisation_id__in=list(organisation_ids),
        status__in=(Service.Status.ACTIVE, Service.Status.CLOSED),
        support_point__isnull=True,
    )
    return [
        Candidate(pk, home, name)
        for pk, home, name in found.order_by("name", "pk").values_list("pk", "organisation_id", "name")
    ]
