"""The living entries as light rows, for whoever must filter all of them at once. Nothing of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from noaber.offer.directory import hsds_terms
from noaber.offer.directory.hsds_terms import FACT, MODE, OUTCOME, made
from noaber.offer.directory.models import Service, ServiceAtPlace
from noaber.offer.directory.queries import THERE


@dataclass(frozen=True, slots=True)
class OpenRow:
    """What is needed to choose an entry. `term_ids` are HSDS ids."""

    service_id: UUID
    organisation_id: str
    modified_at: datetime | None
    term_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """An entry at a place, with where that is in degrees; None when nobody knows."""

    at_id: UUID
    service_id: UUID
    postal_code: str
    latitude: float | None
    longitude: float | None


def open_rows(region_id: UUID) -> list[OpenRow]:
    """Every living entry of the region, in the order of its id; one query."""
    known = hsds_terms.codes()
    rows = Service.objects.filter(region_id=region_id, status__in=THERE).order_by("pk")
    found = []
    for row in rows.values_list(
        "pk",
        "organisation_id",
        "provider_name",
        "last_modified_at",
        "terms",
        "kind",
        "mode",
        "needs_referral",
        "starts_this_week",
    ):
        pk, organisation, provider, modified, terms, kind, mode, referral, week = row
        ids = [str(known[code].term_id) for code in terms if code in known]
        ids += [made("term", OUTCOME, kind), made("term", MODE, mode)]
        facts = (("needs_referral", referral), ("starts_this_week", week))
        ids += [made("term", FACT, code) for code, true in facts if true]
        who = str(organisation) if organisation else made("organization", (provider or "Onbekend").casefold())
        found.append(OpenRow(pk, who, modified, frozenset(ids)))
    return found


def open_places(region_id: UUID) -> list[OpenPlace]:
    """Every living entry at each of its places, in the order of that id; one query."""
    rows = ServiceAtPlace.objects.filter(service__region_id=region_id, service__status__in=THERE)
    fields = ("pk", "service_id", "place__postal_code", "place__latitude", "place__longitude")
    return [OpenPlace(*row) for row in rows.order_by("pk").values_list(*fields)]
