"""Whole entries as the public pages show them. Nothing here is about a person, so nothing is logged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from noaber.hallway.access import gate
from noaber.network.partners.models import Organisation
from noaber.offer.directory import hooks, keeping
from noaber.offer.directory.models import Service
from noaber.offer.directory.types_record import ServiceRecord
from noaber.offer.directory.upkeep import rules_fresh


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry with the words around it. `stays_id` is the entry into which this one was merged."""

    record: ServiceRecord
    service_id: UUID
    region_id: UUID
    region_slug: str
    municipality: str
    kind_label: str
    living: bool
    stays_id: UUID | None
    ageing_on: date | None
    stale_on: date | None
    differs: hooks.Differs = field(default_factory=dict)
    """Days on which the hours are not those of the week, as rooms above know them."""

    def is_stale(self, today: date) -> bool:
        """Whether what earned it trust has faded."""
        state = rules_fresh.state_on(
            today, ageing_on=self.ageing_on, stale_on=self.stale_on, assured_on=self.record.assured_on
        )
        return state is rules_fresh.State.STALE


def entries(region_id: UUID, service_ids: Iterable[UUID]) -> list[Entry]:
    """These living entries of a region, in the order asked for."""
    wanted = list(service_ids)
    rows = keeping.whole().select_related("region", "municipality", "organisation")
    found = {row.pk: row for row in rows.filter(region_id=region_id, pk__in=wanted)} if wanted else {}
    differing = hooks.days_that_differ(found) if found else {}
    return [_entry(found[pk], differing.get(pk, {})) for pk in wanted if pk in found and found[pk].active]


def entry(service_id: UUID) -> Entry:
    """One entry of any region; also one that ended or was merged into another."""
    rows = keeping.whole().select_related("region", "municipality", "organisation")
    row = rows.filter(pk=service_id).first()
    if row is None:
        raise gate.not_here()
    return _entry(row, hooks.days_that_differ([row.pk]).get(row.pk, {}))


def is_organisation(region_id: UUID, name: str) -> bool:
    """Whether this is the name of a partner; anything else that looked at an entry is not named."""
    return bool(name) and Organisation.objects.filter(region_id=region_id, name=name).exists()


def _entry(row: Service, differs: hooks.Differs) -> Entry:
    return Entry(
        record=keeping.as_record(row),
        service_id=row.pk,
        region_id=row.region_id,
        region_slug=row.region.slug,
        municipality=row.municipality.name if row.municipality else "",
        kind_label=row.get_kind_display(),
        living=row.active,
        stays_id=row.merged_into_id,
        ageing_on=row.ageing_on,
        stale_on=row.stale_on,
        differs=differs,
    )
