"""One map of somebody else, with a run, a text to choose and a pair that may be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from noaber.hallway.access import gate
from noaber.offer.directory.factories import make_service
from noaber.offer.sources.factories import make_source
from noaber.offer.sources.models import Difference, Duplicate, SourceEntry, SourceRun

if TYPE_CHECKING:
    from datetime import datetime

    from tests.security.world import World


def fill(world: World, now: datetime) -> dict[str, object]:
    """Their ids, by the name that stands in addresses."""
    region = world.regions["twente"]
    with gate.as_system("wereld van de beveiligingstests"):
        source = make_source(region, editor=world.accounts["anouk"])
        ours = make_service(region, "Repair Café van ons")
        theirs = make_service(region, "Repair Café", source=source.slug, source_key="1")
        entry = SourceEntry.objects.create(
            source=source, key="1", service=theirs, fingerprint="x", seen_at=now, said={}
        )
        asked = Difference.objects.create(entry=entry, field="text", ours="Wij.", theirs="Zij.", found_at=now)
        one, other = sorted((ours, theirs), key=lambda row: row.pk)
        pair = Duplicate.objects.create(region=region, one=one, other=other, score=80, found_at=now)
        run = SourceRun.objects.create(
            region=region, source=source, purpose="file", state="done", asked_at=now, rows=1, new=1
        )
    return {
        "source_id": source.pk,
        "run_id": run.pk,
        "difference_id": asked.pk,
        "duplicate_id": pair.pk,
        "form": "csv",
    }
